"""Pictures for tests that are as unlike each other as photos are, and what somebody may do with one to use it again."""

import random
from io import BytesIO

from PIL import Image, ImageDraw


def photo(seed: int) -> Image.Image:
    """A picture with light and shade at every size, as photos have them, and some things in it."""
    chance = random.Random(seed)
    picture = None
    weight = 0.0
    for side in (3, 5, 9, 17, 33):
        grain = Image.frombytes("L", (side, side), chance.randbytes(side * side)).resize((640, 480))
        weight += 1 / side
        picture = grain if picture is None else Image.blend(picture, grain, 1 / side / weight)
    assert picture is not None
    draw = ImageDraw.Draw(picture)
    for _ in range(4):
        left, top = chance.randrange(600), chance.randrange(440)
        draw.rectangle((left, top, left + chance.randrange(40, 200), top + 90), fill=chance.randrange(256))
    return picture


def encoded(picture: Image.Image, quality: int = 85, kind: str = "JPEG", exif: Image.Exif | None = None) -> bytes:
    made = BytesIO()
    picture.save(made, kind, quality=quality, exif=exif or Image.Exif())
    return made.getvalue()


def trimmed(picture: Image.Image, most: float, chance: random.Random) -> Image.Image:
    width, height = picture.size
    left, right = (int(width * chance.uniform(0, most)) for _ in range(2))
    top, below = (int(height * chance.uniform(0, most)) for _ in range(2))
    return picture.crop((left, top, width - right, height - below))
