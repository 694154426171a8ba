"""The presence chart of a morning as a picture: a row for each department, a column for each quarter of an hour.

    png = presence_chart(Chart(title="Presence · Wed 25 Nov", …))

It is read on a phone 360 pixels wide, so it is drawn three times as large and every letter is at least 10 of the
phone's pixels high. A cell says how many were seen in that quarter and is the darker the larger their share; the last
column says how many of how many count as present, in one of four bands. Red and green alone never tell the difference:
the numbers do. Pillow shapes Devanagari only with libraqm, and libraqm only with the system's FriBidi; without it the
signs would come out in the wrong order without a word, so whoever draws asks `can_shape()` first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw, ImageFont, features

WIDTH = 1080
"""Three times a phone's 360 pixels."""

MARGIN, TITLE, NOTE, HEAD, ROW = 24, 76, 54, 56, 46
"""Heights of the title, a note, the head of the columns and a row, in pixels."""

LABEL, FIGURE = 168, 150
"""Widths of the first and of the last column."""

INK, PAPER, FAINT, UNKNOWN = "#16211c", "#ffffff", "#f0f2f1", "#d5d9dc"
SHADES = ("#d6efe1", "#a6d9bf", "#5fb38d", "#2b8a63", "#0b6e4f")
"""How many of those of a row were seen, from few to all."""

GOOD, FAIR, POOR, BAD = "#0b6e4f", "#8fcfb1", "#ffd166", "#c1341f"
_DARK = frozenset({*SHADES[3:], GOOD, BAD})
_STEPS = 6
"""From a letter to its ground, so many colours."""

_FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True)
class Row:
    """A department. `seen`: how many in each column, None where nobody can know.   present, total: of its people.

    total counts only those who should have been there; with none of them nothing is told of the row.
    """

    label: str
    seen: tuple[int | None, ...]
    present: int
    total: int


@dataclass(frozen=True)
class Chart:
    """What is drawn. `columns`: over each column, "" for none.   figure: over the last.   notes: lines below."""

    title: str
    columns: tuple[str, ...]
    figure: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


def can_shape() -> bool:
    """Whether Devanagari comes out right on this machine; else draw in English, or install libfribidi (libfribidi0)."""
    return bool(features.check("raqm"))


def presence_chart(chart: Chart) -> bytes:
    """The chart as PNG. Raises ValueError for a row that has not one value for each column."""
    for row in chart.rows:
        if len(row.seen) != len(chart.columns):
            raise ValueError(f"{row.label} has {len(row.seen)} values for {len(chart.columns)} columns")
    height = MARGIN + TITLE + HEAD + ROW * len(chart.rows) + NOTE * len(chart.notes) + MARGIN
    image = Image.new("RGB", (WIDTH, height), PAPER)
    pen = _Pen(ImageDraw.Draw(image))
    pen.words((MARGIN, MARGIN), chart.title, 44, "Bold")
    _head(pen, chart, MARGIN + TITLE)
    top = MARGIN + TITLE + HEAD
    for number, row in enumerate(chart.rows):
        _row(pen, row, top + ROW * number, len(chart.columns))
    for number, note in enumerate(chart.notes):
        pen.words((MARGIN, top + ROW * len(chart.rows) + 10 + NOTE * number), note, 32, "Regular")
    return _png(image)


def shade(seen: int, total: int) -> str:
    """The colour of a cell: the paper's for nobody, the darkest for everybody."""
    if seen <= 0 or total <= 0:
        return FAINT
    return SHADES[min(len(SHADES) - 1, seen * len(SHADES) // total)]


def band(present: int, total: int) -> str:
    """The colour of a figure, by the percentage as it would be printed, so that 90 never stands in the lower band."""
    percent = round(100 * present / total)
    return GOOD if percent >= 90 else FAIR if percent >= 75 else POOR if percent >= 50 else BAD


class _Pen:
    """Draws words and boxes."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw
        self._fonts: dict[tuple[int, str], ImageFont.FreeTypeFont] = {}

    def words(self, at: tuple[int, int], text: str, size: int, weight: str, fill: str = INK) -> None:
        """Words from a point to the right, made smaller where the picture would end before them."""
        while size > 24 and self._font(size, weight).getlength(text) > WIDTH - at[0] - MARGIN:
            size -= 2
        self._draw.text(at, text, fill=fill, font=self._font(size, weight))

    def box(self, box: tuple[int, int, int, int], colour: str, text: str = "", size: int = 30) -> None:
        """A filled box with words in its middle."""
        self._draw.rectangle(box, fill=colour)
        if text:
            middle = ((box[0] + box[2]) // 2, (box[1] + box[3]) // 2)
            ink = PAPER if colour in _DARK else INK
            self._draw.text(middle, text, fill=ink, font=self._font(size, "SemiBold"), anchor="mm")

    def middle(self, at: tuple[int, int], text: str, size: int) -> None:
        """Words around a point."""
        self._draw.text(at, text, fill=INK, font=self._font(size, "SemiBold"), anchor="mm")

    def _font(self, size: int, weight: str) -> ImageFont.FreeTypeFont:
        key = (size, weight)
        if key not in self._fonts:
            self._fonts[key] = ImageFont.truetype(str(_FONTS / f"Mukta-{weight}.ttf"), size)
        return self._fonts[key]


def _head(pen: _Pen, chart: Chart, top: int) -> None:
    edges = _edges(len(chart.columns))
    for number, text in enumerate(chart.columns):
        if text:
            pen.middle((edges[number] + 40, top + HEAD // 2), text, 30)
    pen.middle((WIDTH - MARGIN - FIGURE // 2, top + HEAD // 2), chart.figure, 30)


def _row(pen: _Pen, row: Row, top: int, columns: int) -> None:
    pen.words((MARGIN, top - 4), row.label, 34, "SemiBold")
    edges = _edges(columns)
    for number, seen in enumerate(row.seen):
        box = (edges[number], top, edges[number + 1] - 4, top + ROW - 4)
        if seen is None:
            pen.box(box, UNKNOWN, "?")
        else:
            pen.box(box, shade(seen, row.total), str(seen) if seen else "")
    box = (WIDTH - MARGIN - FIGURE + 8, top, WIDTH - MARGIN, top + ROW - 4)
    if row.total:
        pen.box(box, band(row.present, row.total), f"{row.present}/{row.total}")
    else:
        pen.box(box, FAINT)


def _edges(columns: int) -> Sequence[int]:
    left, right = MARGIN + LABEL, WIDTH - MARGIN - FIGURE
    return [left + (right - left) * number // max(1, columns) for number in range(columns + 1)]


def _png(image: Image.Image) -> bytes:
    written = BytesIO()
    # Few colours: a third of the bytes, which a phone in a village thanks for.
    image.quantize(palette=_colours(), dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _colours() -> Image.Image:
    """The colours of the chart, and those between paper or ink and each of them, at the edges of letters. They are told
    and not found: to find them takes as much memory again as the picture does twice."""
    grounds = (PAPER, FAINT, UNKNOWN, *SHADES, GOOD, FAIR, POOR, BAD)
    found = dict.fromkeys(
        _between(ImageColor.getrgb(PAPER if ground in _DARK else INK), ImageColor.getrgb(ground), step / _STEPS)
        for ground in grounds
        for step in range(_STEPS + 1)
    )
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in found for part in colour])
    return palette


def _between(one: tuple[int, ...], other: tuple[int, ...], share: float) -> tuple[int, ...]:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
