"""However messages are delayed, no stretch of the platform's time has more than it allows."""

from hypothesis import given
from hypothesis import strategies as some

from bot.adapters.base import Limits
from bot.limits import Pace, Window

DELAYS = some.lists(some.tuples(some.floats(0, 2), some.floats(0, 1)), min_size=1, max_size=60)


@given(most=some.integers(1, 5), seconds=some.floats(0.5, 3), delays=DELAYS)
def test_no_stretch_has_more(most: int, seconds: float, delays: list[tuple[float, float]]) -> None:
    """Each message takes `travel` seconds and arrives at a share of that; as many go side by side as may."""
    window, now = Window(most, seconds), 0.0
    on_the_way: list[float] = []
    arrivals = []
    for travel, share in delays:
        while not window.room(now):
            now = min([now + window.wait(now), *on_the_way])
            while on_the_way and min(on_the_way) <= now:
                on_the_way.remove(min(on_the_way))
                window.answered(now)
        window.send()
        on_the_way.append(now + travel)
        arrivals.append(now + travel * share)
    arrivals.sort()
    for first, over in zip(arrivals, arrivals[most:], strict=False):
        assert over - first >= seconds - 1e-6


def test_what_was_not_sent_takes_no_place() -> None:
    window = Window(1, 60.0)
    window.send()
    assert window.room(0.0) == 0
    assert window.wait(0.0) == float("inf")
    window.unsent()
    assert window.room(0.0) == 1
    assert window.idle(0.0)


def test_a_chat_that_is_full_holds_up_no_other() -> None:
    pace = Pace(Limits(per_second=10.0, per_chat_minute=2.0))
    for _ in range(2):
        pace.send("sadar")
        pace.answered("sadar", 100.0)
    assert pace.full_chats(101.0) == ["sadar"]
    assert pace.room(101.5) == 10
    assert pace.wait(101.5) == 58.5
    assert pace.full_chats(160.0) == []


def test_slower_than_one_a_second() -> None:
    pace = Pace(Limits(per_second=0.25))
    pace.send("sadar")
    pace.answered("sadar", 10.0)
    assert pace.room(13.9) == 0
    assert pace.wait(12.0) == 2.0
    assert pace.room(14.0) == 1
