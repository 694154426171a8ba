"""Who does what when: the same on the same day, all of it in the window, in words that are read as they are meant."""

from datetime import timedelta

import pytest

from bot.players.script import Script, draw
from core.codes import Finder
from core.reading import Words, read
from tests.district import District, small_district

NINE_DAYS = range(9)


@pytest.fixture
def district(sqlite_database: str) -> District:
    return small_district(sqlite_database)


def scripts(district: District) -> list[Script]:
    """The mornings of some days."""
    watch = district.store.read_now(district.office.watch)
    window = watch.window(watch.today)
    assert window is not None
    people = [each for _ in range(20) for each in watch.attending.values()]
    days = [watch.today + timedelta(days=number) for number in NINE_DAYS]
    return [draw(window.begin, day, watch.directory, people) for day in days]


def test_a_day_is_always_the_same_and_another_day_another(district: District) -> None:
    first, again = scripts(district), scripts(district)
    assert first == again
    assert len({str(each.petitions) for each in first}) == len(NINE_DAYS)


def test_everything_happens_in_the_window_and_in_order(district: District) -> None:
    for script in scripts(district):
        end = script.begin + timedelta(hours=2)
        assert script.petitions
        times = [each.at for each in script.attends], [each.at for each in script.petitions]
        for at in times:
            assert at == sorted(at)
            assert not at or script.begin < at[0] <= at[-1] < end
        assert script.until < end < script.senior


@pytest.mark.parametrize(("kind", "meaning"), [("solutions", "solution"), ("sloppy", "ask"), ("questions", "question")])
def test_words_are_read_as_they_are_meant(district: District, kind: str, meaning: str) -> None:
    words = Words.load({})
    sentences = scripts(district)[0].sentences[kind]
    assert sentences
    for sentence in sentences:
        assert read(sentence, words, addressed=True, forwarded=False).meaning == meaning, sentence


def test_no_sentence_holds_a_code(district: District) -> None:
    finder = Finder(["DPRO", "BDO", "JNR"], {})
    for sentences in scripts(district)[0].sentences.values():
        for sentence in sentences:
            assert not finder.find(sentence), sentence
