"""The presence chart as a phone shows it: each share has its colour, each figure its band, and Hindi its shape."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from documents import presence_chart as drawing
from documents.presence_chart import Chart, Row, band, can_shape, presence_chart, shade

COLUMNS = ("9:00", "", "9:30", "", "10:00", "", "10:30", "")
SEEN = (0, 1, 2, None, 4, 3, 0, 4)


def chart(rows: int, title: str = "हाज़िरी · बुध 25 नव॰, 9 से 11") -> Chart:
    return Chart(title, COLUMNS, "हाज़िर", (Row("DPRO", SEEN, 3, 4),) * rows, ("खाने में: कितने दिखे",))


def picture(made: Chart) -> Image.Image:
    return Image.open(BytesIO(presence_chart(made))).convert("RGB")


@pytest.mark.parametrize("rows", [0, 3, 74, 300])
def test_every_row_has_its_place_and_telegram_takes_the_picture(rows: int) -> None:
    image = picture(chart(rows))
    assert image.width == 1080
    assert image.height == 234 + 46 * rows
    if rows <= 74:
        assert image.width + image.height < 10_000
        assert image.height / image.width < 20
        assert len(presence_chart(chart(rows))) < 400_000


def test_a_cell_has_the_colour_of_its_share_and_what_nobody_knows_is_grey() -> None:
    image = picture(chart(1))
    edges = list(drawing._edges(len(COLUMNS)))
    top = drawing.MARGIN + drawing.TITLE + drawing.HEAD + 3
    for number, seen in enumerate(SEEN):
        wanted = drawing.UNKNOWN if seen is None else shade(seen, 4)
        got = image.getpixel((edges[number] + 5, top))
        assert isinstance(got, tuple)
        assert max(abs(a - b) for a, b in zip(got, _rgb(wanted), strict=True)) <= 8, (number, got, wanted)


def test_a_row_needs_a_value_for_each_column() -> None:
    with pytest.raises(ValueError, match="DPRO has 1 values for 8 columns"):
        presence_chart(Chart("", COLUMNS, "", (Row("DPRO", (1,), 0, 1),)))


def test_a_department_from_which_nobody_was_expected_has_no_figure() -> None:
    presence_chart(Chart("", COLUMNS, "", (Row("DPRO", (0,) * 8, 0, 0),)))


@given(st.integers(0, 40), st.integers(1, 40))
def test_who_sees_more_sees_it_darker(seen: int, total: int) -> None:
    order = (drawing.FAINT, *drawing.SHADES)
    assert order.index(shade(seen, total)) <= order.index(shade(seen + 1, total))
    assert (shade(seen, total) == drawing.FAINT) == (seen == 0)


@given(st.integers(1, 300), st.data())
def test_a_figure_is_in_the_band_of_the_percentage_that_is_printed(total: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, total))
    percent = round(100 * present / total)
    assert (band(present, total) == drawing.GOOD) == (percent >= 90)
    assert (band(present, total) == drawing.BAD) == (percent < 50)


def test_hindi_is_shaped() -> None:
    """Unshaped, the sign of i stands behind its letter and a conjunct falls apart: such words come out wider."""
    assert can_shape(), "install libfribidi0"
    font = str(drawing._FONTS / "Mukta-Regular.ttf")
    for word in ("निवृत्ति प्रतिशत", "राष्ट्र", "प्रयागराज", "श्रृंगवेरपुर"):
        shaped = ImageFont.truetype(font, 60, layout_engine=ImageFont.Layout.RAQM).getlength(word)
        apart = ImageFont.truetype(font, 60, layout_engine=ImageFont.Layout.BASIC).getlength(word)
        assert shaped < 0.95 * apart, word
        assert ImageFont.truetype(font, 60).getlength(word) == shaped, "the picture's fonts are shaped"


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
