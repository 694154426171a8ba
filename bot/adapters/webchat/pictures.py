"""Small pictures of photos, so that a phone on a slow line need not fetch ten megabytes to show a chat."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

SIDE = 480
"""Pixels of the longer side."""

MOST_PIXELS = 60_000_000
"""A picture that claims to be larger is not opened: it would take the memory of the whole office."""

_QUALITY = 80


def small(data: bytes) -> bytes | None:
    """A small JPEG, upright and without EXIF; None if it cannot be made."""
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            picture.draft("RGB", (SIDE, SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((SIDE, SIDE))
            made = BytesIO()
            _on_white(upright).save(made, "JPEG", quality=_QUALITY)
            return made.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "P"):
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")
