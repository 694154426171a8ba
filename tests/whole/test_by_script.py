"""The main job by a script over the HTTP API alone: from the desk to two groups, to the complainant, and closed."""

from collections.abc import Callable
from io import BytesIO
from itertools import count
from typing import Any

import httpx
from PIL import Image

from core.store.queries.petitions import petition
from tests.whole.office import Office

Json = dict[str, Any]
SECONDS = 60


class Chatter:
    """Somebody in the web chat, by script."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self._ids = count(1)

    def messages(self, chat: str) -> list[Json]:
        """The messages of a chat, oldest first."""
        found: list[Json] = self.client.get(f"/chat/api/chats/{chat}/messages").raise_for_status().json()["messages"]
        return found

    def wait(self, chat: str, wanted: Callable[[Json], bool]) -> Json:
        """The latest message for which `wanted` holds, as soon as there is one: told by the live stream."""
        with self.client.stream("GET", "/chat/api/stream", timeout=SECONDS) as stream:
            lines = stream.iter_lines()
            while True:
                fitting = [message for message in self.messages(chat) if wanted(message)]
                if fitting:
                    return fitting[-1]
                next(lines)

    def write(self, chat: str, text: str, **more: object) -> None:
        """Write a message."""
        body = {"id": f"m{next(self._ids)}", "text": text, **more}
        self.client.post(f"/chat/api/chats/{chat}/messages", json=body).raise_for_status()

    def press(self, chat: str, message: Json, action: str) -> list[str]:
        """Press a button; returns the toasts."""
        data = next(b["data"] for row in message["buttons"] for b in row if b["data"].startswith(action))
        body = {"id": f"p{next(self._ids)}", "message": message["id"], "data": data}
        answer = self.client.post(f"/chat/api/chats/{chat}/presses", json=body).raise_for_status().json()
        return list(answer["toasts"])

    def upload(self, content: bytes) -> Json:
        """Upload a photo; returns how a message names it."""
        files = {"file": ("नाली.jpg", content, "image/jpeg")}
        kept: Json = self.client.post("/chat/api/files", files=files).raise_for_status().json()
        return {"sha256": kept["sha256"], "name": kept["name"]}


def photo() -> bytes:
    """A photo as a phone takes it."""
    made = BytesIO()
    Image.new("RGB", (320, 240), "olive").save(made, "JPEG")
    return made.getvalue()


def names(code: str) -> Callable[[Json], bool]:
    """Whether a message is the card of the complaint."""
    return lambda message: message["sender"]["bot"] and f"<b>{code}</b>" in message["html"]


def test_a_petition_for_two_departments_is_solved_confirmed_and_closed(served: Office) -> None:
    operator = served.script(served.token("operator"))
    asked = {
        "name": "सावित्री देवी",
        "phone": "+91 98123 45610",
        "village": "बसही",
        "words": "नाली टूटने से गंदा पानी हैंडपंप के पास भर गया है",
        "parts": [{"department": "DPRO", "category": "A"}, {"department": "BDO", "category": "C"}],
    }
    registered = operator.post("/api/petitions", json=asked).raise_for_status().json()
    first, second = (complaint["code"] for complaint in registered["complaints"])
    brought = served.running.store.read_now(lambda connection: petition(connection.execute, registered["petition"]))
    assert brought is not None
    assert (brought.phone, brought.codes) == ("9812345610", (first, second))

    link = served.running.access.issue_link_now(None, "chat", once=False, ttl=None, petition=brought.id)
    savitri = Chatter(served.script(link))
    her_chat = savitri.client.get("/chat/api/chats").json()["chats"][0]["id"]
    savitri.write(her_chat, first)
    savitri.wait(her_chat, lambda message: first in message["text"] and message["sender"]["bot"])

    sunita, ramesh = Chatter(served.script(served.token("sunita"))), Chatter(served.script(served.token("ramesh")))
    card = sunita.wait("group:dpro", names(first))
    assert "98xxxxxx10" in card["text"]
    assert ramesh.wait("group:bdo", names(second))
    assert sunita.press("group:dpro", card, "acknowledge") == ["ज़िम्मा आपके नाम दर्ज हुआ"]
    sunita.press("group:dpro", sunita.wait("group:dpro", names(first)), "solve")
    sunita.wait("group:dpro", lambda message: "क्या काम हुआ" in message["text"])
    sunita.write("group:dpro", "नाली की मरम्मत कराई, पानी निकल गया", files=[sunita.upload(photo())])
    sunita.wait("group:dpro", lambda message: "⏳" in message["text"] and names(first)(message))
    assert (
        "निस्तारित" in ramesh.wait("group:bdo", lambda message: f"{first} (DPRO), निस्तारित" in message["text"])["text"]
    )
    assert not any("yes_solved" in str(message["buttons"]) for message in savitri.messages(her_chat))

    ramesh.write("group:bdo", f"{second.lower()} निस्तारित, हैंडपंप के पास मिट्टी डलवा दी")
    question = savitri.wait(her_chat, lambda message: "yes_solved" in str(message["buttons"]))
    assert first in question["text"]
    assert second in question["text"]
    savitri.press(her_chat, question, "yes_solved")
    sunita.wait("group:dpro", lambda message: "✅" in message["text"] and names(first)(message))
    ramesh.wait("group:bdo", lambda message: "✅" in message["text"] and names(second)(message))

    shown = operator.get(f"/api/complaints/{first}").raise_for_status().json()
    assert shown["state"] == "closed"
    asked_once = [
        m for m in savitri.messages(her_chat) if "yes_solved" in str(m["buttons"]) and m["id"] > question["id"]
    ]
    assert asked_once == []


def test_the_same_request_again_is_one_petition_one_message_one_step(served: Office) -> None:
    operator = served.script(served.token("operator"))
    sunita = Chatter(served.script(served.token("sunita")))
    asked = {
        "name": "रामसजीवन",
        "phone": "",
        "village": "बसही",
        "words": "नाली टूटी है",
        "parts": [{"department": "DPRO", "category": "B"}],
    }
    key = {"Idempotency-Key": "desk-1-17"}
    answers = [operator.post("/api/petitions", json=asked, headers=key).raise_for_status().json() for _ in range(3)]
    assert len({answer["petition"] for answer in answers}) == 1
    code = answers[0]["complaints"][0]["code"]
    card = sunita.wait("group:dpro", names(code))
    body = {"id": "same", "text": f"{code} निस्तारित, नाली की मरम्मत कराई"}
    for _ in range(3):
        sunita.client.post("/chat/api/chats/group:dpro/messages", json=body).raise_for_status()
    sunita.wait("group:dpro", lambda message: "undo" in str(message["buttons"]))
    assert [message["text"] for message in sunita.messages("group:dpro")].count(body["text"]) == 1
    steps = [step["what"] for step in operator.get(f"/api/complaints/{code}").json()["history"]]
    assert steps.count("Solved") == 1
    assert card["id"] == sunita.wait("group:dpro", names(code))["id"], "the card is edited in place"
