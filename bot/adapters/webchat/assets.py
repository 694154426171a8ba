"""The page's own files: scripts and style sheets under an address that changes with their content, and the icons.

`/chat/static/<version>/main.js` may be kept by a browser for ever, and what it imports as `./api.js` has the same
version: a page never runs with half of another version's files.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from bot.adapters.webchat.icons import ICONS, icon
from bot.adapters.webchat.speech import LANGUAGES, Speech

PATH = "/chat/static"
WORKER = "worker.js"
NAVY = "#14375a"
_STATIC = Path(__file__).parent / "static"
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FONTS = ("/static/vendor/mukta-400.woff2", "/static/vendor/mukta-600.woff2")
_SAFE = {"X-Content-Type-Options": "nosniff"}
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", **_SAFE}
_NOT_KEPT = {"Cache-Control": "no-cache", **_SAFE}


@dataclass(frozen=True)
class Asset:
    """A file as it is sent."""

    content: bytes
    media_type: str


class Assets:
    """All files, read once when the office starts."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._files = {
            path.name: Asset(path.read_bytes(), _MEDIA_TYPES[path.suffix])
            for path in sorted(_STATIC.iterdir())
            if path.suffix in _MEDIA_TYPES
        }
        digest = sha256()
        for name, asset in self._files.items():
            digest.update(f"{name} {len(asset.content)} ".encode() + asset.content)
        self.version = digest.hexdigest()[:16]

    @property
    def root(self) -> str:
        """Where the files of this version are."""
        return f"{PATH}/{self.version}"

    def router(self) -> APIRouter:
        """The routes of the files, the icons, the manifest and the service worker."""
        router = APIRouter(include_in_schema=False)
        router.get("/chat/static/{version}/{name}")(self.file)
        router.get("/chat/icons/{name}")(self.icon)
        router.get("/chat/manifest/{language}")(self.manifest)
        router.get("/chat/worker.js")(self.worker)
        return router

    def file(self, version: str, name: str) -> Response:
        """A script, a style sheet or the drawing. Another version's address gives today's file, not to be kept."""
        asset = self._files.get(name)
        if asset is None:
            return PlainTextResponse("", 404)
        headers = _FOR_EVER if version == self.version else _NOT_KEPT
        return Response(asset.content, media_type=asset.media_type, headers=headers)

    def icon(self, name: str) -> Response:
        """An icon for a phone's home screen."""
        if name not in ICONS:
            return PlainTextResponse("", 404)
        return Response(icon(name), media_type="image/png", headers={"Cache-Control": "public, max-age=86400", **_SAFE})

    def manifest(self, language: str) -> Response:
        """What a browser must know to install the chat as an app."""
        if language not in LANGUAGES:
            return PlainTextResponse("", 404)
        name = self._speech.sentence("bot", language)
        icons = [
            {
                "src": f"/chat/icons/{file}",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": "maskable" if whole else "any",
            }
            for file, (size, whole) in ICONS.items()
        ]
        told = {
            "id": "/chat",
            "name": name,
            "short_name": name,
            "description": self._speech.sentence("app_about", language),
            "lang": language,
            "start_url": "/chat",
            "scope": "/chat",
            "display": "standalone",
            "background_color": "#e9eef0",
            "theme_color": NAVY,
            "icons": icons,
        }
        content = json.dumps(told, ensure_ascii=False)
        return Response(content, media_type="application/manifest+json", headers=_NOT_KEPT)

    def worker(self) -> Response:
        """The service worker; its text changes with every version, so that browsers take the new one."""
        headers = {**_NOT_KEPT, "Service-Worker-Allowed": "/chat"}
        return Response(self._worker, media_type="text/javascript", headers=headers)

    @cached_property
    def _worker(self) -> bytes:
        name, new = self._in_both("bot"), self._in_both("new_message")
        told = {
            "version": self.version,
            "shell": [f"{self.root}/{file}" for file in self._files if file != WORKER],
            "wanted": [*_FONTS, "/chat/icons/icon-192.png"],
            "offline": "/chat/offline",
            "name": name,
            "new": new,
        }
        return f"const TOLD = {json.dumps(told, ensure_ascii=False)};\n".encode() + self._files[WORKER].content

    def _in_both(self, sentence: str) -> str:
        return " · ".join(self._speech.sentence(sentence, language) for language in LANGUAGES)
