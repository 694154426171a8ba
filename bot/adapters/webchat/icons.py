"""The icons of the installed chat, drawn at their size: the drawing of static/icon.svg, on its grid of 64."""

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

#: File name, pixels of a side, and whether the ground fills the square: a phone cuts its own shape out of it.
ICONS = {
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "icon-whole-192.png": (192, True),
    "icon-whole-512.png": (512, True),
}
NAVY, WHITE, GREEN = "#14375a", "#ffffff", "#0b6e5f"
_GRID = 64
_FINER = 4  # drawn larger and made smaller, so that the edges are smooth
_IN_SAFETY = 0.74  # what a phone never cuts off is the middle four fifths


@lru_cache(maxsize=len(ICONS))
def icon(name: str) -> bytes:
    """The icon as PNG. Raises KeyError for a name that is not in ICONS."""
    size, whole = ICONS[name]
    made = BytesIO()
    _drawn(size * _FINER, whole).resize((size, size), Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


def _drawn(side: int, whole: bool) -> Image.Image:
    picture = Image.new("RGBA", (side, side), NAVY if whole else "#00000000")
    pen = ImageDraw.Draw(picture)
    unit = side / _GRID
    if not whole:
        pen.rounded_rectangle((0, 0, side - 1, side - 1), 14 * unit, fill=NAVY)
    scale = _IN_SAFETY if whole else 1.0

    def at(x: float, y: float) -> tuple[float, float]:
        return tuple((_GRID / 2 + (each - _GRID / 2) * scale) * unit for each in (x, y))  # type: ignore[return-value]  # two in, two out

    pen.rounded_rectangle((at(10, 18), at(54, 44)), 4 * unit * scale, fill=WHITE)
    pen.polygon([at(20, 43), at(20, 53), at(31, 43)], fill=WHITE)
    tick = [at(22, 32), at(29, 39), at(43, 24)]
    width = 5 * unit * scale
    pen.line(tick, fill=GREEN, width=round(width), joint="curve")
    for x, y in (tick[0], tick[-1]):
        pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=GREEN)
    return picture
