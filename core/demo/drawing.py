"""Photos for the demo district: drawn, so that they show nobody and no place."""

import random
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

WIDTH, HEIGHT = 640, 480
_SKIES = ("#9cc4e4", "#b7d3ea", "#d9c7a3", "#a8b8c8")
_GROUNDS = ("#8a7a5c", "#6f7f4f", "#9b8f7a", "#77695a")
_WALLS = ("#c8553d", "#d8a25e", "#7f8fa6", "#b5b8a3")


def drawn_photo(seed: int, width: int = WIDTH) -> bytes:
    """A JPEG of a street with houses and a drain, `width` pixels wide; the same `seed` draws the same."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (WIDTH, HEIGHT), chance.choice(_SKIES))
    draw = ImageDraw.Draw(picture)
    horizon = chance.randint(200, 280)
    draw.rectangle((0, horizon, WIDTH, HEIGHT), fill=chance.choice(_GROUNDS))
    for left in range(-40, WIDTH, chance.randint(110, 170)):
        top = horizon - chance.randint(60, 150)
        draw.rectangle((left, top, left + chance.randint(70, 105), horizon + 12), fill=chance.choice(_WALLS))
        draw.rectangle((left + 20, horizon - 40, left + 42, horizon + 12), fill="#4a3728")
    begin = chance.randint(60, 300)
    draw.polygon(
        [(begin, HEIGHT), (begin + 150, HEIGHT), (begin + 230, horizon + 12), (begin + 200, horizon + 12)], "#5b6470"
    )
    draw.line([(begin + 60, HEIGHT), (begin + 212, horizon + 12)], fill="#2f4858", width=9)
    size = (width, width * HEIGHT // WIDTH)
    made = BytesIO()
    ImageChops.multiply(picture.resize(size), _light(chance, size)).save(made, "JPEG", quality=80)
    return made.getvalue()


def _light(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    """Light and shade, so that two drawings are as unlike as two photos are (core.likeness)."""
    broad, fine = (
        Image.frombytes("L", (across, down), chance.randbytes(across * down)).resize(size)
        for across, down in ((7, 5), (19, 15))
    )
    shade = Image.blend(broad, fine, 0.4).point(lambda grey: 40 + grey * 215 // 255)
    return Image.merge("RGB", (shade, shade, shade))
