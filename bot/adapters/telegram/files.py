"""Which files a message of Telegram carries."""

from bot.adapters.telegram.fields import Fields, inner, several, size, token, words
from bot.events import FileReference

_KINDS = {
    "video": ("video.mp4", "video/mp4"),
    "audio": ("audio.mp3", "audio/mpeg"),
    "voice": ("voice.ogg", "audio/ogg"),
    "video_note": ("video.mp4", "video/mp4"),
}
"""The name and type where the message tells none."""


def attachments(message: Fields) -> tuple[FileReference, ...]:
    """The message's file, if it has one; of a photo the largest of the sizes that Telegram made. Stickers are none."""
    sizes = several(message, "photo")
    if sizes:
        largest = max(sizes, key=lambda each: size(each, "width") * size(each, "height"))
        return (FileReference(token(largest, "file_id"), "photo.jpg", "image/jpeg", size(largest, "file_size")),)
    document = inner(message, "document")
    if document is not None:
        return (_file(document, "file", "application/octet-stream"),)
    for kind, (name, media_type) in _KINDS.items():
        found = inner(message, kind)
        if found is not None:
            return (_file(found, name, media_type),)
    return ()


def _file(of: Fields, name: str, media_type: str) -> FileReference:
    return FileReference(
        token(of, "file_id"),
        words(of, "file_name") or name,
        words(of, "mime_type") or media_type,
        size(of, "file_size"),
    )
