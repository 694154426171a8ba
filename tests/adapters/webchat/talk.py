"""Short ways to say to the API what tests say often."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import httpx
from PIL import Image

Officer = Callable[[int], httpx.Client]


def posted(client: httpx.Client, chat: str, id: str, text: str = "", **more: Any) -> httpx.Response:
    """Post a message under a client id."""
    return client.post(f"/chats/{chat}/messages", json={"id": id, "text": text, **more})


def messages(client: httpx.Client, chat: str, **where: int) -> list[dict[str, Any]]:
    """A page of messages of a chat, oldest first."""
    found: list[dict[str, Any]] = client.get(f"/chats/{chat}/messages", params=where).json()["messages"]
    return found


def chats(client: httpx.Client) -> dict[str, dict[str, Any]]:
    """The chats that somebody is in, by id."""
    return {chat["id"]: chat for chat in client.get("/chats").json()["chats"]}


def photo(width: int = 900, height: int = 600) -> bytes:
    """A photo, as JPEG."""
    made = BytesIO()
    Image.new("RGB", (width, height), "#4a8").save(made, "JPEG")
    return made.getvalue()
