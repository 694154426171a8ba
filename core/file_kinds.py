"""What a file is, told by its content. A name or a sender's word is no proof of it."""

from core.refusals import Invalid

#: Bytes at the beginning, where they stand, and what the file is then.
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (4, b"ftypM4A", "audio/mp4"),
)
_FILM = b"ftyp"
_WEBM = b"\x1aE\xdf\xa3"
#: Kinds of films and pictures share a container; these brands are pictures that nobody here can open.
_STILL = (b"heic", b"heix", b"mif1", b"avif")
_TEXT = "text/plain"
_PAGE = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body")


def media_type_of(data: bytes, told: str) -> str:
    """The media type of a file's content.

    told: the sender's word; it tells sound from film where both use one container, and is refused for a web page.
    Raises Invalid("file", "empty") or ("file", "type") for what the office does not keep.
    """
    if not data:
        raise Invalid("file", "empty")
    for place, sign, kind in _SIGNS:
        if data.startswith(sign, place) and (kind != "image/webp" or data.startswith(b"RIFF")):
            return kind
    if data.startswith(_WEBM) and b"webm" in data[:64]:
        return "audio/webm" if told.startswith("audio/") else "video/webm"
    if data.startswith(_FILM, 4) and data[8:12] not in _STILL:
        return "audio/mp4" if told.startswith("audio/") else "video/mp4"
    if _is_plain_text(data):
        return _TEXT
    raise Invalid("file", "type", told)


def _is_plain_text(data: bytes) -> bool:
    """Whether people could read it as it is; a web page or drawing is none, whatever it is called."""
    begin = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if begin.startswith(_PAGE) or b"\x00" in data:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(byte < 32 and byte not in b"\t\n\r\x0c" for byte in data[:4096])
