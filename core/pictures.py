"""Photos as they are kept: upright, and without what the camera wrote into them (place, model, owner).

Source: docs/design.md §4, Privacy. A picture is decoded and written anew, so nothing but its pixels can pass.
"""

import threading
from collections.abc import Sequence
from io import BytesIO
from typing import SupportsFloat

from PIL import Image, ImageOps

SIDE = 480
"""Pixels of the longer side of a small picture."""

MOST_PIXELS = 60_000_000
"""A picture that claims more is not decoded: it would take the memory of the whole office."""

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
"""Media types of the pictures that are kept, and what Pillow calls them."""

_GPS, _NORTH_OR_SOUTH, _LATITUDE, _EAST_OR_WEST, _LONGITUDE = 0x8825, 1, 2, 3, 4
_OPTIONS: dict[str, dict[str, int]] = {"JPEG": {"quality": 90}, "WEBP": {"quality": 90}, "PNG": {}}
# One large photo decoded at a time: eight at once would need more memory than a district's machine may have.
_ONE_AT_A_TIME = threading.Lock()


class BrokenPicture(ValueError):
    """It begins like a picture and cannot be decoded."""


class TooManyPixels(ValueError):
    """It claims to be larger than the office can decode; `pixels` is how large."""

    def __init__(self, pixels: int) -> None:
        super().__init__(f"{pixels} pixels, at most {MOST_PIXELS}")
        self.pixels = pixels


def cleaned(data: bytes, media_type: str) -> bytes:
    """The picture in its own format, upright, without metadata; the same picture always gives the same bytes.

    media_type: one of FORMATS.   Raises BrokenPicture or TooManyPixels.
    """
    kind = FORMATS[media_type]
    with _ONE_AT_A_TIME:
        return _written(_decoded(data, kind), kind)


def small(data: bytes, media_type: str) -> bytes:
    """A JPEG of at most 480 pixels a side, on white; raises as `cleaned` does."""
    with _ONE_AT_A_TIME:
        picture = _decoded(data, FORMATS[media_type], draft=True)
        picture.thumbnail((SIDE, SIDE))
        return _written(_on_white(picture), "JPEG")


def place_of(data: bytes) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, north and east positive, as the camera wrote them into a picture; else None.

    It must be asked of what was sent, before `cleaned` has taken it out.
    """
    try:
        with Image.open(BytesIO(data), formats=list(FORMATS.values())) as picture:
            told = picture.getexif().get_ifd(_GPS)
        latitude = _degrees(told[_LATITUDE], str(told[_NORTH_OR_SOUTH]) == "S")
        longitude = _degrees(told[_LONGITUDE], str(told[_EAST_OR_WEST]) == "W")
    # What a camera writes may be anything at all; a picture without a place is as good as any.
    except Exception:
        return None
    known = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude)
    return (latitude, longitude) if known else None


def _degrees(parts: Sequence[SupportsFloat], negative: bool) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    size = degrees + minutes / 60 + seconds / 3600
    return -size if negative else size


def _decoded(data: bytes, kind: str, draft: bool = False) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=[kind]) as picture:
            pixels = picture.width * picture.height
            if pixels > MOST_PIXELS:
                raise TooManyPixels(pixels)
            if draft:
                picture.draft("RGB", (SIDE, SIDE))
            return ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels(MOST_PIXELS + 1) from error
    except TooManyPixels:
        raise
    # Pillow's decoders raise whatever a broken file leads them to: OSError, SyntaxError, IndexError, struct.error …
    except Exception as error:
        raise BrokenPicture(str(error)) from error


def _written(picture: Image.Image, kind: str) -> bytes:
    if kind == "JPEG" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    if kind == "WEBP" and picture.mode not in ("RGB", "RGBA"):
        picture = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    # Comments, profiles, XMP: Pillow would write them again. What is transparent stays.
    picture.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    made = BytesIO()
    picture.save(made, kind, **_OPTIONS[kind])
    return made.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, "white")
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground
