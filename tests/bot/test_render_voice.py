"""Every sentence of the bot, in both languages, against docs/voice.md: no template is left out."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

import bot
from bot.markup import to_plain
from bot.render import Renderer
from core import refusals
from core.people import Role
from tests.bot.voice_cards import CARDS
from tests.bot.voice_samples import CASES, PIECES, cases
from tests.bot.voice_values import LANGUAGES, NOW, ROW, ZONE

ROOM = Path(bot.__file__).parent
TEMPLATES = ROOM / "templates"
CATALOGUE = ROOM / "locales" / "hi" / "LC_MESSAGES" / "bot.po"
RENDERER = Renderer(ZONE)

LATIN = re.compile(r"[A-Za-z]+")
EMOJI = set("🆕👤⏳✅🔁🔀✋🔗⏰🔴🔔📴📷🔒📊📍❓⛔🔧🙏")
# What stands in Latin letters in Hindi too: codes, commands, the categories' letters, a file's size, a language's name.
LATIN_IN_HINDI = re.compile(
    r"[A-Z]{2,5}-\d+-\d\d|/[a-z]+|\b[ABC] ·|\b(?:DPRO|BDO)\b|\bMB\b|\bEnglish\b|F-2381|janmilan\.example\S*|98x+10"
    # What Telegram itself writes on its buttons.
    r"|Administrators|Add Admin|Ban users|@BotFather|Disable|\bStart\b"
)
# Lines of docs/voice.md 1.3: a card nine, help and set-up as long as they need, the rest five.
CARD_LINES, OTHER_LINES = 9, 5
LONGER = {
    "help",
    "menu",
    "list",
    "seen",
    "found",
    "join_list",
    "history",
    "setup",
    "setup_all",
    "mine",
    "overdue",
    "mine_of_complainant",
    "receipt",
    "waiting",
    "flagged",
    "ask_solved",
    "card/presence_day",
    "absent_list",
    "missing_list",
    "presence_departments",
    "reminder/several",
    "still_on_several",
    "rights_missing",
    "personal_menu",
}


def templates() -> set[str]:
    return {path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.j2")}


@cache
def said() -> list[tuple[str, Mapping[str, object], str, str]]:
    return [(name, params, language, RENDERER.text(name, params, language, NOW)) for name, params, language in cases()]


def test_every_template_is_shown() -> None:
    assert templates() == set(CASES) | PIECES
    assert len(said()) > 300


def test_every_template_says_what_it_asks_for() -> None:
    for name in templates():
        assert (TEMPLATES / f"{name}.j2").read_text(encoding="utf-8").startswith("{# "), name


def test_nothing_is_said_in_english_to_a_hindi_reader() -> None:
    for name, params, language, text in said():
        if language == "hi" and name != "language_ask":
            rest = LATIN_IN_HINDI.sub(" ", re.sub(r"</?b>", "", str(to_plain(text))))
            assert not LATIN.search(rest), (name, params, text)


def test_nothing_is_said_in_hindi_to_an_english_reader() -> None:
    allowed = re.compile(r"/[\u0900-\u097f]+|हिन्दी|भाषा चुनें|जल|देख लिया गया")
    for name, params, language, text in said():
        if language == "en":
            assert not re.search("[\u0900-\u097f]", allowed.sub("", to_plain(text))), (name, params, text)


def test_no_message_is_longer_than_a_phone_shows() -> None:
    for name, params, language, text in said():
        lines = text.split("\n")
        if name in ("card/complaint", "status", "confidential_told"):
            assert len(lines) <= CARD_LINES, (params, text)
        elif name not in LONGER:
            assert len(lines) <= OTHER_LINES, (name, text)
        assert len(to_plain(text)) <= 1024 or name in LONGER, (name, language, text)
        assert all(line.strip() == line and line for line in lines), (name, text)


def test_a_toast_is_one_short_line() -> None:
    toasts = [(name, text) for name, _, _, text in said() if name.startswith("toast/")]
    assert len(toasts) > 20
    for name, text in toasts:
        assert "\n" not in text
        assert len(to_plain(text)) <= 60, (name, text)


def test_the_first_line_names_the_complaint() -> None:
    later = {
        "receipt",
        "waiting",
        "flagged",
        "ask_solved",
        "which_work_left",
        "transferred_here",
        "help",
        "code_unknown",
        "refusal/not_allowed",
    }
    for name, params, _, text in said():
        if "code" in params and name not in later and name != "choices":
            assert str(params["code"]) in text.split("\n")[0], (name, text)


def test_a_category_is_never_a_letter_alone() -> None:
    """In English texts A is also a word; B and C are none."""
    for name, _, language, text in said():
        letters = "[ABC]" if language == "hi" else "[BC]"
        for found in re.finditer(rf"(?<![\w-]){letters}(?![\w-])", to_plain(text)):
            assert to_plain(text)[found.end() :].startswith(" · "), (name, text)


def test_the_marks_are_those_of_the_voice() -> None:
    for name, _, _, text in said():
        plain = to_plain(text)
        assert not re.search(r"[!–—*]|\.\.\.", plain), (name, plain)
        assert unicodedata.is_normalized("NFC", text), (name, text)
        assert not re.search("[\u0966-\u096f]", plain), (name, plain)
        shown = {char for char in plain if unicodedata.category(char) == "So"}
        assert shown <= EMOJI, (name, shown - EMOJI)
        assert not re.search(r"(?<![\u0900-\u0963])कल(?![\u0900-\u0963])|परसों|जल्द|शीघ्र", plain), (name, plain)


def test_words_to_avoid_are_avoided() -> None:
    avoid = re.compile(
        r"द्वारा|हेतु|उक्त|अवगत|सुनिश्चित|परिवाद|प्रकरण|प्रार्थी|आवेदक|फरियादी|समूह|अग्रसारित|आख्या|सबूत|नोटिस|खारिज|स्थगित"
        r"|लंबित|विलंबित|संज्ञान|स्थानांतरित|निरस्त|विलय|विभागाध्यक्ष|एडमिन|साहब|रसीद|कृपया|\bमैं\b|\bहम\b|करो\b|\bतुम"
    )
    for name, _, language, text in said():
        if language == "hi":
            assert not avoid.search(to_plain(text)), (name, text)
            assert not re.search(r"[\u0900-\u097f]\s*[.]\s*(\n|$)", to_plain(text)), (name, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_every_platform(language: str) -> None:
    params: dict[str, object] = {
        "code": "ABCDE-9999999-22",
        "department_code": "ABCDE",
        "department": "अपर जिलाधिकारी (वित्त एवं राजस्व)",
        "name": "सावित्री देवी विश्वकर्मा",
        "role": "nodal_officer",
        "verdict": "partial",
        "reason": "बहुत लंबा कारण, जो नहीं समाता",
        "day": date(2027, 11, 25),
        "letter": "C",
        "label": "बहुत लंबा नाम, जो नहीं समाता",
    }
    labels = {name: RENDERER.label(name, params, language, NOW) for name in label_names()}
    assert len(labels) >= 20
    for name, label in labels.items():
        assert 0 < len(label) <= 20, (name, label)
        assert unicodedata.is_normalized("NFC", label)
    fixed = {
        name: label for name, label in labels.items() if name not in ("code", "department", "day", "category_named")
    }
    assert len(set(fixed.values())) == len(fixed)


def label_names() -> list[str]:
    return re.findall(r"{% block (\w+) %}", (TEMPLATES / "labels.j2").read_text(encoding="utf-8"))


def test_the_labels_are_those_of_the_voice() -> None:
    """docs/voice.md 2.1, the figures beside each button: code points in Hindi and in English."""
    counted = {
        "acknowledge": (12, 9), "solve": (9, 6), "more_time": (12, 9), "not_ours": (19, 8), "more_options": (11, 12),
        "it_is_solution": (13, 18), "only_note": (12, 11), "yes_solved": (15, 17), "not_solved": (17, 14),
        "none_of_these": (17, 13), "show_list": (10, 13), "show_card": (11, 13), "show_history": (12, 12),
        "confirm_close": (18, 17), "reopen": (12, 6), "cancel": (8, 6), "change_department": (11, 17), "undo": (8, 4),
    }  # fmt: skip
    for name, lengths in counted.items():
        assert tuple(len(RENDERER.label(name, {}, language, NOW)) for language in LANGUAGES) == lengths, name


def refusal_names() -> list[str]:
    kinds = [kind for kind in refusals.Refusal.__subclasses__() if kind.__module__ == refusals.__name__]
    return [re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in kinds]


def test_every_refusal_has_its_sentence_and_its_cure() -> None:
    assert len(refusal_names()) >= 16
    for name in refusal_names():
        texts = [text for each, _, _, text in said() if each == f"refusal/{name}"]
        assert texts, name
        assert all(len(text.split("\n")) >= 2 or "group will now decide" in text or "तय करेगा" in text for text in texts)


def test_every_role_has_a_name() -> None:
    names = {role: RENDERER.text("not_allowed", {"role": role.value}, "hi", NOW) for role in Role}
    assert len(set(names.values())) == len(Role)


# Word by word: the tables of docs/voice.md 3.2 and 3.3, whatever the values are.

VOICE = (ROOM.parent / "docs" / "voice.md").read_text(encoding="utf-8")
CARD_ROWS = ("new", "acknowledged", "solved", "overdue", "closed", "reopened", "confidential")
MESSAGE_ROWS = {
    "receipt · complainant, **T**": "receipt",
    "receipt, several departments": "receipt",
    "solution_prompt · officer": "solution_prompt",
    "solution_taken · group": "solution_taken",
    "is_it_solution · officer": "is_it_solution",
    "code_near · who wrote it": "code_near",
    "code_unknown · who wrote it": "code_unknown",
    "wrong_department · officer": "wrong_department",
    "elsewhere · who only asked": "elsewhere",
    "already_solved · officer": "already_solved",
    "too_short · officer": "too_short",
    "photo_missing · officer": "photo_missing",
    "photo_used · officer": "photo_used",
    "own_solution · officer": "own_solution",
    "ask_polite · complainant, after the answer to ask_solved": "ask_polite",
    "closed_unconfirmed · group": "closed_unconfirmed",
    "not_allowed · anyone": "not_allowed",
    "not_ours_prompt · officer": "not_ours_prompt",
    "ask_solved · complainant, **T**": "ask_solved",
    "thanks_closed · complainant": "thanks_closed",
    "thanks_reopened · complainant": "thanks_reopened",
    "group_bound · group": "group_bound",
    "welcome · new member": "welcome",
    "could_not · who asked": "could_not",
    "not_understood · private chat only": "not_understood",
    "undo · under a solution taken from free text, ten minutes": "undo",
    "privacy · group, once on binding": "privacy",
    "help · member": "help",
    "roll_call_first · group, **T**": "card/roll_call",
    "roll_call_next · group": "card/roll_call",
    "nudge · officer, private, **T**": "nudge",
    "nudge, after the grace · officer, private, **T**": "nudge",
    "presence_summary · administration, 11:00": "card/presence_day",
    "offline_confirm · senior": "offline_confirm",
    "offline_noted · group": "offline_noted",
    "offline_told · officer, private": "offline_told",
    "restored · group and officer": "restored",
}


def rows_of_the_voice() -> dict[str, tuple[str, str]]:
    """The first cell of each row, with its Hindi and its English."""
    cells = [[cell.strip() for cell in line.strip("| ").split("|")] for line in VOICE.split("\n") if line[:1] == "|"]
    return {row[0]: (row[1], row[2]) for row in cells if len(row) == 3}


def as_pattern(sentence: str) -> str:
    """The sentence without its buttons; each value stands for anything on its line."""
    words = re.sub(r"(<br>)?(\(only on|\[(?!·)).*", "", sentence).replace("<br>", "\n")
    # The window is one value in the voice and two in the settings.
    words = words.replace("{window}", "{from} से {to}" if re.search("[\u0900-\u097f]", words) else "{from} to {to}")
    return re.sub(r"\\\{\w+\\\}", "[^\n]+", re.escape(words))


@pytest.mark.parametrize("place", range(2), ids=LANGUAGES)
@pytest.mark.parametrize("row", CARD_ROWS)
def test_the_cards_word_by_word(row: str, place: int) -> None:
    text = RENDERER.text("card/complaint", CARDS[row], LANGUAGES[place], NOW)
    assert re.fullmatch(as_pattern(rows_of_the_voice()[row][place]), text), text


@pytest.mark.parametrize("place", range(2), ids=LANGUAGES)
@pytest.mark.parametrize("row", MESSAGE_ROWS)
def test_the_messages_word_by_word(row: str, place: int) -> None:
    texts = [text for name, _, language, text in said() if (name, language) == (MESSAGE_ROWS[row], LANGUAGES[place])]
    pattern = as_pattern(rows_of_the_voice()[row][place])
    assert any(re.fullmatch(pattern, text) for text in texts), (pattern, texts)


@pytest.mark.parametrize(
    ("case", "first_line"),
    [
        ("new, moved at registration", "🆕 <b>DPRO-1042-22</b> · A · अगला कार्य-दिवस"),
        ("new, read on a later day", "🆕 <b>DPRO-1042-22</b> · A · उसी दिन"),
        ("new, for a week", "🆕 <b>DPRO-1042-22</b> · C · 7 दिन"),
    ],
)
def test_how_a_category_is_read_on_each_day(case: str, first_line: str) -> None:
    assert RENDERER.text("card/complaint", CARDS[case], "hi", NOW).split("\n")[0] == first_line


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_confidential_card_tells_nothing(language: str) -> None:
    secret = [name for name, params in CARDS.items() if params.get("confidential")]
    assert len(secret) >= 5
    for name in secret:
        text = RENDERER.text("card/complaint", CARDS[name], language, NOW)
        for told in ("हैंडपंप", "handpump", "बसही", "Basahi", "सावित्री", "Savitri", "98", "नाली", "Drain"):
            assert told not in text, (name, text)


def test_a_confidential_row_tells_nothing() -> None:
    text = RENDERER.text("card/complaint_brief", {**ROW, "confidential": True}, "en", NOW)
    assert text == "🔒 DPRO-1042-22 · 3 h 20 min left · confidential"


@pytest.mark.parametrize(
    ("days", "said"), [(365, "1 year"), (366, "1 year"), (731, "2 years"), (90, "3 months"), (1, "1 day")]
)
def test_how_long_is_said_in_whole_units(days: int, said: str) -> None:
    hour_of_summer_time = timedelta(hours=1)
    text = RENDERER.text("privacy", {"period": timedelta(days=days) - hour_of_summer_time}, "en", NOW)
    assert f" kept for {said} and" in text


def test_help_shows_only_what_the_reader_may_do() -> None:
    text = RENDERER.text("help", {"role": "member", "commands": ["mine", "status"]}, "en", NOW)
    assert re.findall(r"^/\w+", text, re.MULTILINE) == ["/mine", "/status"]
    assert "In Hindi too: /मेरी /स्थिति" in text


def test_the_catalogue_has_the_sentences_of_the_templates_and_no_others() -> None:
    asked = set()
    for path in TEMPLATES.rglob("*.j2"):
        keywords = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
        found = extract("jinja2", BytesIO(path.read_bytes()), keywords, options={"silent": "false"})
        asked |= {(words if isinstance(words, str) else words[0], context) for _, words, _, context in found}
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="hi")
    has = {(each.id if isinstance(each.id, str) else each.id[0], each.context) for each in catalogue if each.id}
    assert len(asked) > 200
    assert has == asked
    assert not catalogue.obsolete
