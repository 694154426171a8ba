"""The board without script: what is open, by department and state, for whom it is."""

from tests.desk.serving import Served


def test_the_board_shows_open_complaints_the_most_pressing_first(served: Served) -> None:
    late, early = served.district.register("BDO C")[0], served.district.register("DPRO A")[0]
    page = served.client("senior").open("/").text
    assert page.index(early.code) < page.index(late.code)
