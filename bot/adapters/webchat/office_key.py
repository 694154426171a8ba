"""The key by which push services know this office (VAPID, RFC 8292): made once, kept in the database."""

import json
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from bot.store import webchat as rows
from core.store.store import Store
from core.store.work import Work

_VALID_FOR = timedelta(hours=12)
"""How long a word signed for a push service holds; RFC 8292 allows a day."""

_HALF = 32
"""Bytes of each half of an ES256 signature (RFC 7518, 3.4)."""


@dataclass(frozen=True)
class Signer:
    """The key itself. `public`: as browsers and push services are given it."""

    private: ec.EllipticCurvePrivateKey
    public: str

    def authorization(self, origin: str, contact: str, now: datetime) -> str:
        """The header by which this office shows a push service at `origin` who it is."""
        claims = {"aud": origin, "exp": int((now + _VALID_FOR).timestamp()), "sub": contact}
        said = f"{_base64(_json({'typ': 'JWT', 'alg': 'ES256'}))}.{_base64(_json(claims))}"
        r, s = decode_dss_signature(self.private.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
        return f"vapid t={said}.{_base64(signature)}, k={self.public}"


class OfficeKey:
    """Gives the office's key, making it when it is first wanted."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._signer: Signer | None = None

    async def get(self) -> Signer:
        """The key; of two processes that make one at the same time the first one's stays."""
        if self._signer is None:
            kept = await self._store.read(rows.office_key) or await self._make()
            private = serialization.load_pem_private_key(kept.encode(), password=None)
            assert isinstance(private, ec.EllipticCurvePrivateKey), "the office's key is of P-256"
            public = private.public_key().public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
            self._signer = Signer(private, _base64(public))
        return self._signer

    async def _make(self) -> str:
        made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        await self._store.do(Work(lambda uow: rows.keep_office_key(uow, made.decode())))
        return await self._store.read(rows.office_key) or ""


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _base64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
