"""The live feed, over HTTP against a running district."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import httpx

from bot.messages import Edit, Toast
from tests.adapters.webchat.district import ADMINISTRATION, ASHA, CLINIC, IMRAN, MOHAN, PANCHAYAT, SUNITA, District
from tests.adapters.webchat.talk import Officer

MOST_LINES = 1000
Event = tuple[str, str, dict[str, Any]]


@contextmanager
def following(client: httpx.Client, **where: Any) -> Iterator[Iterator[Event]]:
    """The events of a live stream as (kind, number, data), from the moment it is connected."""
    with client.stream("GET", "/stream", **where) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert next(lines) == ": connected"
        yield events(lines)


def events(lines: Iterator[str]) -> Iterator[Event]:
    event: dict[str, str] = {}
    for line in islice(lines, MOST_LINES):
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value
        elif event:
            yield event["event"], event.get("id", ""), json.loads(event["data"])
            event = {}
    assert next(lines, None) is None, f"nothing but signs of life in {MOST_LINES} lines"


def test_what_is_said_and_changed_comes_at_once(district: District, officer: Officer) -> None:
    with following(officer(ASHA), params={"after": 0}) as live:
        said = district.say(PANCHAYAT, "first", "k1")
        kind, number, message = next(live)
        assert (kind, number, message["id"], message["text"]) == ("message", said, said, "first")

        address = district.address(PANCHAYAT)
        district.run(district.adapter.edit(Edit(key="e1", address=address, message=said, text="second")))
        kind, number, message = next(live)
        assert (kind, message["id"], message["text"]) == ("changed", said, "second")
        assert int(number) > int(said)


def test_an_edit_that_changes_nothing_is_silent(district: District, officer: Officer) -> None:
    said = district.say(PANCHAYAT, "same", "k1")
    edit = Edit(key="e1", address=district.address(PANCHAYAT), message=said, text="same")
    district.run(district.adapter.edit(edit))
    (message,) = officer(ASHA).get(f"/chats/{PANCHAYAT}/messages").json()["messages"]
    assert message["edited_at"] is None


def test_other_chats_are_not_told(district: District, officer: Officer) -> None:
    with following(officer(ASHA), params={"after": 0}) as live:
        district.say(CLINIC, "not for Asha", "k1")
        district.say(PANCHAYAT, "for Asha", "k2")
        assert next(live)[2]["text"] == "for Asha"


def test_whoever_comes_back_gets_what_was_missed_and_nothing_twice(district: District, officer: Officer) -> None:
    first = district.say(PANCHAYAT, "seen", "k1")
    district.say(PANCHAYAT, "missed", "k2")
    for where in ({"params": {"after": first}}, {"headers": {"Last-Event-ID": first}}):
        with following(officer(ASHA), **where) as live:
            assert next(live)[2]["text"] == "missed"


def test_whoever_was_away_for_long_reads_everything_anew(district: District, officer: Officer) -> None:
    for number in range(201):
        district.say(PANCHAYAT, f"{number}", f"k{number}")
    with following(officer(ASHA), params={"after": 0}) as live:
        assert next(live) == ("reset", "201", {})
    with following(officer(ASHA), params={"after": 999_999}) as live:
        assert next(live)[0] == "reset", "numbers that this database has not given yet"


def test_the_first_who_reads_on_is_told_to_the_others_alone(district: District, officer: Officer) -> None:
    with following(officer(ASHA), params={"after": 0}) as live, following(officer(MOHAN), params={"after": 0}) as other:
        said = district.say(ADMINISTRATION, "report", "k1")
        assert next(live)[0] == next(other)[0] == "message"
        for reader in (MOHAN, SUNITA):
            officer(reader).post(f"/chats/{ADMINISTRATION}/read", json={"message": said}).raise_for_status()
        assert next(live) == next(other) == ("seen", "", {"chat": ADMINISTRATION, "upto": said})
        district.say(ADMINISTRATION, "nothing before this", "k2")
        assert next(live)[2]["text"] == next(other)[2]["text"] == "nothing before this"


def test_a_toast_reaches_the_pages_of_whoever_pressed(district: District, officer: Officer) -> None:
    toast = Toast(address=district.address(PANCHAYAT), user=f"person:{ASHA}", update="u", text="दर्ज हुआ")
    with following(officer(IMRAN), params={"after": 0}) as other, following(officer(ASHA), params={"after": 0}) as live:
        district.say(PANCHAYAT, "both are following", "k1")
        assert next(live)[0] == next(other)[0] == "message"
        district.run(district.adapter.toast(toast))
        assert next(live) == ("toast", "", {"text": "दर्ज हुआ"})
        district.say(PANCHAYAT, "no toast before this", "k2")
        assert next(other)[2]["text"] == "no toast before this"


def test_the_stream_says_when_the_session_is_over(district: District) -> None:
    district.ping_every = 0.05
    district.stop()
    district.start()
    with httpx.Client(base_url=f"{district.url}/chat/api", timeout=60) as browser:
        browser.cookies.set("janmilan_chat", district.enter(ASHA))
        with following(browser, params={"after": 0}) as live:
            district.end_session(browser.cookies["janmilan_chat"])
            assert next(live) == ("over", "", {})
            assert next(live, None) is None
        assert browser.get("/stream").status_code == 401


def test_a_quiet_stream_is_kept_open(district: District, officer: Officer) -> None:
    district.ping_every = 0.05
    district.stop()
    district.start()
    with officer(ASHA).stream("GET", "/stream") as answer:
        lines = answer.iter_lines()
        assert [next(lines) for _ in range(5)] == [": connected", "", ": ping", "", ": ping"]
