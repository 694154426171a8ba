"""Formats, frozen parameters, and an office's own words: docs/voice.md 1.1 and docs/design.md §3, Rendering."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats import Formats
from bot.graphemes import clusters, cut
from bot.render import Bilingual, Renderer, Voice, freeze, thaw
from core.people import Role
from tests.bot.voice_cards import CARDS
from tests.bot.voice_values import DEPARTMENT, NOW, ZONE, at


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(ZONE)


def shown(folder: Path, expression: str, language: str, now: datetime = NOW, **params: object) -> str:
    """What a template of an office's own that holds only `expression` says."""
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "own.j2").write_text("{{ " + expression + " }}", encoding="utf-8")
    return Renderer(ZONE, folder).text("own", params, language, now)


@pytest.mark.parametrize(
    ("moment", "hindi", "english"),
    [
        (at(18), "आज शाम 6:00", "today 6:00 pm"),
        (at(0, 5), "आज रात 12:05", "today 12:05 am"),
        (at(18, day=27), "शुक्र 27 नव॰, शाम 6:00", "Fri 27 Nov, 6:00 pm"),
        (at(18, day=26), "गुरु 26 नव॰, शाम 6:00", "Thu 26 Nov, 6:00 pm"),
        (at(18, day=24), "मंगल 24 नव॰, शाम 6:00", "Tue 24 Nov, 6:00 pm"),
        (at(18, day=2, month=12), "बुध 2 दिस॰, शाम 6:00", "Wed 2 Dec, 6:00 pm"),
        (datetime(2027, 1, 4, 18, tzinfo=ZONE), "सोम 4 जन॰ 2027, शाम 6:00", "Mon 4 Jan 2027, 6:00 pm"),
    ],
)
def test_day_and_time(tmp_path: Path, moment: datetime, hindi: str, english: str) -> None:
    assert shown(tmp_path, "x|when", "hi", x=moment) == hindi
    assert shown(tmp_path, "x|when", "en", x=moment) == english


def test_the_point_of_a_short_month_is_the_devanagari_one(tmp_path: Path) -> None:
    assert "\u0970" in shown(tmp_path, "x|day", "hi", x=at(18))


@pytest.mark.parametrize(
    ("hour", "minute", "hindi", "english"),
    [
        (3, 59, "रात 3:59", "3:59 am"),
        (4, 0, "सुबह 4:00", "4:00 am"),
        (11, 59, "सुबह 11:59", "11:59 am"),
        (12, 0, "दोपहर 12:00", "12:00 pm"),
        (15, 59, "दोपहर 3:59", "3:59 pm"),
        (16, 0, "शाम 4:00", "4:00 pm"),
        (19, 59, "शाम 7:59", "7:59 pm"),
        (20, 0, "रात 8:00", "8:00 pm"),
    ],
)
def test_the_parts_of_the_day(tmp_path: Path, hour: int, minute: int, hindi: str, english: str) -> None:
    assert shown(tmp_path, "x|clock", "hi", x=at(hour, minute)) == hindi
    assert shown(tmp_path, "x|clock", "en", x=at(hour, minute)) == english


def test_what_happened_today_needs_no_day(tmp_path: Path) -> None:
    assert shown(tmp_path, "x|at", "hi", x=at(9, 12)) == "सुबह 9:12"
    assert shown(tmp_path, "x|at", "hi", x=at(9, 12, day=24)) == "मंगल 24 नव॰, सुबह 9:12"


def test_today_is_the_offices_day(tmp_path: Path) -> None:
    late = datetime(2026, 11, 25, 0, 10, tzinfo=ZONE)
    assert shown(tmp_path, "x|when", "en", now=late, x=at(23, 50, day=24)) == "Tue 24 Nov, 11:50 pm"


def test_the_last_day_of_a_period_that_ends_at_midnight(tmp_path: Path) -> None:
    assert shown(tmp_path, "x|last_day", "en", x=at(0, day=11, month=12)) == "Thu 10 Dec"


@pytest.mark.parametrize(
    ("length", "hindi", "oblique", "english"),
    [
        (timedelta(), "1 मिनट", "1 मिनट", "1 min"),
        (timedelta(minutes=20, seconds=59), "20 मिनट", "20 मिनट", "20 min"),
        (timedelta(hours=1), "1 घंटा", "1 घंटे", "1 h"),
        (timedelta(hours=1, minutes=5), "1 घंटा 5 मिनट", "1 घंटे 5 मिनट", "1 h 5 min"),
        (timedelta(hours=3, minutes=20), "3 घंटे 20 मिनट", "3 घंटे 20 मिनट", "3 h 20 min"),
        (timedelta(hours=5, minutes=59), "5 घंटे 59 मिनट", "5 घंटे 59 मिनट", "5 h 59 min"),
        (timedelta(hours=6, minutes=30), "6 घंटे", "6 घंटे", "6 h"),
        (timedelta(hours=47, minutes=59), "47 घंटे", "47 घंटे", "47 h"),
        (timedelta(hours=48), "2 दिन", "2 दिन", "2 days"),
        (timedelta(days=6, hours=23), "6 दिन", "6 दिन", "6 days"),
    ],
)
def test_spans(tmp_path: Path, length: timedelta, hindi: str, oblique: str, english: str) -> None:
    assert shown(tmp_path, "x|span", "hi", x=length) == hindi
    assert shown(tmp_path, "x|span_oblique", "hi", x=length) == oblique
    assert shown(tmp_path, "x|span", "en", x=length) == english


@given(st.timedeltas(timedelta(), timedelta(days=400)))
def test_a_span_never_says_more_than_there_is(length: timedelta) -> None:
    """What is left is rounded down: nobody is promised a minute that is not there (but the last one)."""
    units = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
    said: list[timedelta] = []

    def word(name: str, values: dict[str, object]) -> str:
        number = values["number"]
        assert isinstance(number, int)
        said.append(units[name] * number)
        return name

    Formats("en", ZoneInfo("UTC"), word).span(length)
    assert sum(said, timedelta()) <= max(length, timedelta(minutes=1))
    assert len(said) == 1 or length < timedelta(hours=6)


def test_numbers_are_grouped_the_indian_way(tmp_path: Path) -> None:
    assert shown(tmp_path, "x|number", "hi", x=124560) == "1,24,560"
    assert shown(tmp_path, "x|number", "en", x=124560) == "1,24,560"


def test_a_window_is_said_shortly(tmp_path: Path) -> None:
    assert shown(tmp_path, "'09:00'|hour", "hi") == "9"
    assert shown(tmp_path, "'09:30'|hour", "hi") == "9:30"


def test_a_time_without_a_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        shown(tmp_path, "x|when", "hi", x=datetime(2026, 11, 25))  # noqa: DTZ001


# Cutting


@given(st.text(max_size=200), st.integers(2, 90))
def test_a_cut_text_is_short_and_ends_between_letters(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert len(short) <= limit
    assert "\n" not in short
    if short.endswith("…") and not text.strip().endswith("…"):
        whole = cut(text, 10_000)
        assert whole.startswith(short[:-1])
        kept = clusters(short[:-1])
        assert clusters(whole)[: len(kept)] == kept


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("नाली टूटने से गंदा पानी", 30, "नाली टूटने से गंदा पानी"),
        ("नाली टूटने से गंदा पानी भर गया है", 24, "नाली टूटने से गंदा पानी…"),
        ("a b\n\nc\t d", 30, "a b c d"),
        ("क्षक्षक्षक्ष", 5, "क्ष…"),
        ("राष्ट्र", 6, "रा…"),
        ("x\u202ey\u200bz", 30, "xyz"),
        ("स्\u200dथान", 30, "स्\u200dथान"),
        ("\u200b\u200b", 30, ""),
        ("👩‍👩‍👧👩‍👩‍👧", 6, "👩‍👩‍👧…"),
    ],
)
def test_cuts(text: str, limit: int, shown: str) -> None:
    assert cut(text, limit) == shown


@given(st.text(st.sampled_from("कषरि्ँंेा़\u200d\u200cab 🇮🇳👍🏽👩\n\r"), max_size=30))
def test_letters_joined_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    "letter", ["क्ष", "ज़", "हाँ"[:3], "स्त्री", "👍🏽", "👩‍👩‍👧", "🇮🇳", "e\u0301", "\r\n", "☎\ufe0f", "क्‍ष"]
)
def test_a_letter_is_one(letter: str) -> None:
    assert clusters(letter + "क" + letter) == [letter, "क", letter]


def test_two_flags_are_two_letters() -> None:
    assert clusters("🇮🇳🇮🇳") == ["🇮🇳", "🇮🇳"]


# Frozen parameters

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text()
    | st.datetimes(datetime(2000, 1, 1), timezones=st.just(ZONE))  # noqa: DTZ001 (hypothesis adds the zone)
    | st.dates()
    | st.timedeltas(timedelta(-9999), timedelta(9999)).map(lambda each: timedelta(seconds=each.total_seconds())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=3), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), VALUES, max_size=5))
def test_what_is_frozen_thaws(params: Mapping[str, object]) -> None:
    assert thaw(freeze(params), "hi") == params


def test_names_thaw_in_the_readers_language() -> None:
    frozen = freeze({"department": DEPARTMENT, "others": [{"code": "X", "name": Bilingual("हिन्दी नाम", "")}]})
    assert thaw(frozen, "en") == {"department": DEPARTMENT.en, "others": [{"code": "X", "name": "हिन्दी नाम"}]}
    assert thaw(frozen, "hi")["department"] == DEPARTMENT.hi


def test_tuples_and_roles_are_kept_as_json_has_them() -> None:
    assert thaw(freeze({"a": (1, 2), "role": Role.SENIOR}), "hi") == {"a": [1, 2], "role": "senior"}


def test_a_day_and_an_instant_stay_apart() -> None:
    params = {"a": date(2026, 11, 25), "b": NOW}
    thawed = thaw(freeze(params), "hi")
    assert thawed == params
    assert type(thawed["a"]) is date


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}, datetime(2026, 11, 25)])  # noqa: DTZ001
def test_what_could_not_thaw_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        freeze({"x": value})


def test_a_frozen_row_is_json_that_can_be_read() -> None:
    assert json.loads(freeze({"what": "पानी"})) == {"what": "पानी"}
    assert "पानी" in freeze({"what": "पानी"})


# Rendering


@pytest.mark.parametrize(
    "name", ["<3", "Ram & Sons_*", "O'Neil — for", "</b>", "<script>", "&amp;", "{{ 7 * 7 }}", "%s"]
)
def test_names_are_shown_as_they_stand(renderer: Renderer, name: str) -> None:
    from bot.markup import to_plain

    text = renderer.text("card/complaint", {**CARDS["new"], "complainant": name, "what": name}, "hi", NOW)
    assert to_plain(text).split("\n")[1] == name
    assert to_plain(text).split("\n")[3] == f"शिकायतकर्ता: {name}, 98xxxxxx10"


def test_words_with_line_breaks_do_not_break_the_card(renderer: Renderer) -> None:
    text = renderer.text("card/complaint", {**CARDS["new"], "what": "a\n\nb", "place": "x\ny"}, "hi", NOW)
    assert "a b" in text
    assert text.count("\n") == renderer.text("card/complaint", CARDS["new"], "hi", NOW).count("\n")


def test_a_forgotten_parameter_is_an_error(renderer: Renderer) -> None:
    with pytest.raises(jinja2.UndefinedError):
        renderer.text("solution_prompt", {}, "hi", NOW)


def test_an_unknown_template_and_an_unknown_label_are_errors(renderer: Renderer) -> None:
    with pytest.raises(jinja2.TemplateNotFound):
        renderer.text("no_such", {}, "hi", NOW)
    with pytest.raises(KeyError):
        renderer.label("no_such", {}, "hi", NOW)


def test_a_toast_is_plain(renderer: Renderer) -> None:
    said = renderer.plain("toast/acknowledged_by", {"officer": "<3 & co", "at": NOW}, "en", NOW)
    assert said == "<3 & co has it since 2:40 pm"


def test_a_voice_knows_its_reader(renderer: Renderer) -> None:
    assert Voice(renderer, "hi", NOW).text("toast/nothing_changed", {}) == "पहले से दर्ज है, कुछ नहीं बदला"


# An office's own words


def test_an_offices_template_wins(tmp_path: Path) -> None:
    assert shown(tmp_path, "code", "hi", code="X") == "X"
    (tmp_path / "templates" / "elsewhere.j2").write_text("{{ code }}: {{ department2 }}", encoding="utf-8")
    office = Renderer(ZONE, tmp_path)
    assert office.text("elsewhere", {"code": "X", "department2": DEPARTMENT}, "en", NOW) == f"X: {DEPARTMENT.en}"
    assert office.text("not_understood", {}, "en", NOW).startswith("That was not understood.")


def test_an_offices_word_wins_and_the_others_stay(tmp_path: Path) -> None:
    for language, own in (("hi", "सुलझ गई"), ("en", "Sorted")):
        folder = tmp_path / "locales" / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "bot.po").write_text(
            f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Solved"\nmsgstr "{own}"\n',
            encoding="utf-8",
        )
    office = Renderer(ZONE, tmp_path)
    assert office.label("solve", {}, "hi", NOW) == "सुलझ गई"
    assert office.label("solve", {}, "en", NOW) == "Sorted"
    assert office.label("undo", {}, "hi", NOW) == "वापस लें"
    assert office.text("files_left_out", {"number": 1}, "hi", NOW) == "1 फ़ाइल यहाँ नहीं दिखती; पटल पर देखें।"


def test_an_office_may_override_one_label(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "labels.j2").write_text("{% block solve %}Finished{% endblock %}", encoding="utf-8")
    office = Renderer(ZONE, tmp_path)
    assert office.label("solve", {}, "en", NOW) == "Finished"
    assert office.label("undo", {}, "en", NOW) == "Undo"
