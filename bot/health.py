"""/healthz: the process answers. /readyz: it can do its work, or says what it cannot (docs/design.md §6)."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.courier import Courier
from core.store.store import Store


def health(store: Store, courier: Courier, accounts: Mapping[str, str]) -> APIRouter:
    """The two routes. accounts: name of each account that is on, and its platform."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    def alive() -> dict[str, str]:
        """The process is there."""
        return {"status": "alive"}

    @router.get("/readyz")
    async def ready() -> JSONResponse:
        """200 when the database takes writes and messages go out; 503 with the reason when not."""
        database = store.trouble or await _reading_trouble(store)
        facts: dict[str, Any] = {
            "database": database or "ok",
            "accounts": dict(accounts),
            "courier": dict(courier.trouble) or "ok",
        }
        good = database is None and not courier.trouble
        return JSONResponse({"status": "ready" if good else "not ready", **facts}, 200 if good else 503)

    return router


async def _reading_trouble(store: Store) -> str | None:
    try:
        await store.read(store.directory)
    except SQLAlchemyError as error:
        return type(error).__name__
    return None
