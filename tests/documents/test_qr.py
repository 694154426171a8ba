"""QR codes as they stand in a page: readable squares, and nothing that a strict page would refuse."""

import re

import segno

from documents.qr import qr_svg

LINK = "https://janmilan.example/chat/p/xvT9jtVpfA5uTjRo7amJxRHak77a2rDVNjs5Bj1SAGo"


def test_the_picture_has_the_size_of_its_code_and_a_quiet_border() -> None:
    modules = len(segno.make(LINK, error="m", micro=False).matrix)
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', qr_svg(LINK, module=4))
    assert found
    assert found[1] == found[2] == str((modules + 2 * 2) * 4)


def test_it_holds_no_style_and_no_script() -> None:
    svg = qr_svg(LINK)
    assert svg.startswith("<svg")
    assert not re.search(r"style|script|\son\w+=|<\?xml", svg)


def test_another_link_is_another_picture_and_the_same_is_the_same() -> None:
    assert qr_svg(LINK) == qr_svg(LINK)
    assert qr_svg(LINK) != qr_svg(LINK + "x")
