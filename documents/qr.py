"""QR codes: a link that a phone reads off paper or screen."""

import io

import segno


def qr_svg(text: str, module: int = 4) -> str:
    """The QR code of `text` as an SVG element to stand in a page; `module`: side of one square in CSS pixels.

    Medium error correction, so that a slip that was folded or stained can still be read.
    """
    drawn = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(drawn, kind="svg", scale=module, border=2, xmldecl=False, svgns=True, omitsize=True, nl=False, unit=None)
    return drawn.getvalue().decode()
