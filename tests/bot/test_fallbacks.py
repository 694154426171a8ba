"""Every action of every card and question stays reachable, whatever the platform cannot do.

A `Phone` shows what a platform would show, refuses what it would refuse, and is used as a person uses it: by what can
be seen on it, nothing else.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.base import Limits
from bot.events import Address
from bot.fallbacks import (
    Ability,
    Choices,
    adapt,
    adapt_toast,
    pick,
    pick_among,
    read_choices,
    write_choices,
)
from bot.markup import length, to_plain
from bot.messages import Button, Edit, Outgoing, OutgoingFile, React, Restrict, Say, Toast
from bot.render import Renderer, Voice
from tests.bot.voice_cards import CARDS
from tests.bot.voice_samples import CASES
from tests.bot.voice_values import CODE, CODE2, LANGUAGES, NOW, ZONE

RENDERER = Renderer(ZONE)
CHAT = Address("bot", "-100")
PHOTO = OutgoingFile("f00d", "नाली.jpg", "image/jpeg")

OPEN = ("acknowledge", "solve", "more_time", "not_ours")
HELD = ("solve", "more_time", "not_ours")
BUTTONS_OF_CARD = {
    "new": OPEN,
    "acknowledged": HELD,
    "solved": ("confirm_close", "reopen"),
    "overdue": HELD,
    "closed": ("reopen",),
    "reopened": OPEN,
    "confidential": ("acknowledge", "not_ours"),
    "transferred": OPEN,
    "new, everything": OPEN,
    "overdue, everything": HELD,
}
BUTTONS_OF_QUESTION = {
    "solution_prompt": ("cancel",),
    "is_it_solution": ("it_is_solution", "only_note"),
    "undo": ("undo",),
    "ask_solved": ("yes_solved", "not_solved"),
    "ask_solved_again": ("yes_solved", "not_solved"),
    "track": ("yes_solved", "not_solved"),
    "acknowledge_ask": ("acknowledge", "only_note"),
    "more_time_ask": ("more_time", "only_note"),
    "not_ours_ask": ("not_ours", "only_note"),
    "not_ours_prompt": ("department", "department", "department", "department", "cancel"),
    "code_near": ("code", "code", "none_of_these"),
    "which_code": ("code", "code", "none_of_these"),
    "language_ask": ("language_hi", "language_en"),
    "bind_other": ("yes", "cancel"),
}

TELEGRAM = Limits(markup="telegram", label=64, text=4096, caption=1024)
WHATSAPP = Limits(
    buttons=3, buttons_per_row=3, label=20, data=256, text=1024, caption=1024, attachments=1, markup="whatsapp"
)
SMALL = Limits(buttons=2, buttons_per_row=1, label=12, data=24, text=300, caption=60, attachments=2, markup="plain")
SMS = Limits(buttons=0, text=160, caption=0, attachments=0, markup="plain")
PLATFORMS = {"telegram": TELEGRAM, "whatsapp": WHATSAPP, "small": SMALL, "sms": SMS}


@dataclass(frozen=True)
class Sample:
    """A card or a question as the engine would say it; `about` is what the courier knows of it."""

    name: str
    language: str
    say: Say
    about: str


def samples() -> Iterator[Sample]:
    shown: list[tuple[str, str, Mapping[str, object], tuple[str, ...]]] = [
        (f"card {name}", "card/complaint", CARDS[name], buttons) for name, buttons in BUTTONS_OF_CARD.items()
    ]
    shown += [(name, name, CASES[name][0], buttons) for name, buttons in BUTTONS_OF_QUESTION.items()]
    for (name, template, params, buttons), language in product(shown, LANGUAGES):
        text = RENDERER.text(template, params, language, NOW)
        rows = tuple((button(each, place, language),) for place, each in enumerate(buttons))
        say = Say(key="1", address=CHAT, text=text, buttons=rows, reply_to="m0")
        yield Sample(name, language, say, str(params.get("code", "")))


def button(name: str, place: int, language: str) -> Button:
    params = {"code": f"DPRO-104{place}-22", "department_code": f"DPR{'ABCDE'[place]}", "department": "जिला पंचायत राज"}
    return Button(RENDERER.label(name, params, language, NOW), f"{name}:complaint:{4711 + place}")


SAMPLES = tuple(samples())


def all_abilities(limits: Limits) -> Iterator[Ability]:
    """Every subset of what a platform with these limits may or may not have."""
    for buttons, edit, react, replies, toast in product((True, False), repeat=5):
        can = replace(limits, replies=replies, buttons=limits.buttons if buttons else 0)
        yield Ability(can, edit=edit, toast=toast, react=react)


def abilities(limits: Limits) -> set[Ability]:
    """Those of them that what is said can depend on: toasts and reactions are words of their own (tested below)."""
    return {replace(ability, toast=False, react=False) for ability in all_abilities(limits)}


@dataclass
class Phone:
    """A chat as a person sees it. `live` is what the engine keeps of each message: its choices."""

    ability: Ability
    shown: dict[str, Outgoing] = field(default_factory=dict)
    live: dict[str, Choices] = field(default_factory=dict)

    def receive(self, message: Say | Edit, about: str, language: str) -> list[str]:
        """The message arrives, as the platform takes it; returns the ids of its parts."""
        adapted = adapt(message, self.ability, Voice(RENDERER, language, NOW), about)
        assert adapted.parts
        ids = []
        for part in adapted.parts:
            self._refuse(part)
            ids.append(part.message if isinstance(part, Edit) else f"m{len(self.shown) + 1}")
            self.shown[ids[-1]] = part
            self.live[ids[-1]] = read_choices(write_choices(adapted.choices))
        return ids

    def _refuse(self, part: Outgoing) -> None:
        """What the platform itself would refuse."""
        limits = self.ability.limits
        assert isinstance(part, Say | Edit)
        assert isinstance(part, Say) or self.ability.edit
        buttons = [each for row in part.buttons for each in row]
        assert len(buttons) <= limits.buttons
        assert all(len(row) <= limits.buttons_per_row for row in part.buttons)
        assert all(len(each.label) <= limits.label and len(each.data.encode()) <= limits.data for each in buttons)
        assert length(part.text, limits.markup) <= limits.text
        if isinstance(part, Say):
            assert part.reply_to is None or limits.replies
            assert len(part.attachments) <= limits.attachments
            assert not part.attachments or length(part.text, limits.markup) <= limits.caption
            assert part.text or part.attachments

    def act(self, ids: list[str], label: str) -> str | None:
        """What the engine is told when a person does what `label` says, by what is to be seen in these messages."""
        parts = [part for part in map(self.shown.__getitem__, ids) if isinstance(part, Say | Edit)]
        for each in (each for part in parts for row in part.buttons for each in row):
            if each.label == label:
                return each.data
        text = " ".join(" ".join(to_plain(part.text) for part in parts).split())
        number = re.search(rf"(\d+) {re.escape(label)}(?=[,:])", text)
        assert number, f"{label!r} is nowhere to be seen in {text!r}"
        return self.type(ids, number[1], text)

    def type(self, ids: list[str], words: str, text: str) -> str | None:
        """The person types, as a reply where the platform has replies, else after the code that the text names."""
        if self.ability.replies:
            return pick(words, self.live[ids[-1]])
        code = re.search(r"[A-Z]{2,5}-\d{4}-\d\d(?= \d+$)", text)
        return pick_among(f"{code[0]} {words}" if code else words, reversed(self.live.values()))


@pytest.mark.parametrize("limits", PLATFORMS)
def test_what_is_said_depends_on_neither_toasts_nor_reactions(limits: str) -> None:
    able = [*all_abilities(PLATFORMS[limits])]
    assert len(able) == 32
    for sample, ability in product(SAMPLES[::8], able):
        edit = Edit(key="2", address=CHAT, message="m1", text=sample.say.text, buttons=sample.say.buttons)
        for message in (sample.say, edit):
            voice = Voice(RENDERER, sample.language, NOW)
            without = replace(ability, toast=False, react=False)
            assert adapt(message, ability, voice, sample.about) == adapt(message, without, voice, sample.about)


@pytest.mark.parametrize("limits", PLATFORMS)
def test_every_action_of_every_card_is_reachable(limits: str) -> None:
    able = abilities(PLATFORMS[limits])
    assert len(able) == (8 if PLATFORMS[limits].buttons else 4)
    assert len(SAMPLES) == 2 * (len(BUTTONS_OF_CARD) + len(BUTTONS_OF_QUESTION))
    for sample, ability in product(SAMPLES, able):
        phone = Phone(ability)
        phone.receive(other_card(sample.language), CODE2, sample.language)
        ids = phone.receive(sample.say, sample.about, sample.language)
        for each in (each for row in sample.say.buttons for each in row):
            assert phone.act(ids, each.label) == each.data, (sample.name, sample.language, ability)


@pytest.mark.parametrize("limits", PLATFORMS)
def test_the_refreshed_card_is_reachable_too(limits: str) -> None:
    cards = [sample for sample in SAMPLES if sample.name.startswith("card")]
    for sample, ability in product(cards, abilities(PLATFORMS[limits])):
        phone = Phone(ability)
        say = sample.say
        edit = Edit(key="2", address=CHAT, message="m1", text=say.text, buttons=say.buttons)
        ids = phone.receive(edit, sample.about, sample.language)
        for each in (each for row in say.buttons for each in row):
            assert phone.act(ids, each.label) == each.data
        if not ability.edit and ability.replies:
            first = phone.shown[ids[0]]
            assert isinstance(first, Say)
            assert first.reply_to == "m1"


@cache
def other_card(language: str) -> Say:
    """The card of another complaint, which is in the chat as well."""
    rows = tuple((Button(RENDERER.label(each, {}, language, NOW), f"{each}:complaint:1"),) for each in OPEN)
    text = RENDERER.text("card/complaint", {**CARDS["new"], "code": CODE2}, language, NOW)
    return Say(key="0", address=CHAT, text=text, buttons=rows)


LABELS = st.lists(st.text(st.characters(categories=["L", "N", "Zs", "P"]), min_size=1, max_size=80), max_size=12)
FILES = st.integers(0, 25).map(lambda count: (PHOTO,) * count)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=3000),
    LABELS,
    FILES,
    st.sampled_from([able for limits in PLATFORMS.values() for able in all_abilities(limits)]),
)
def test_nothing_of_a_message_is_lost(
    text: str, labels: list[str], files: tuple[OutgoingFile, ...], ability: Ability
) -> None:
    rows = tuple((Button(label, f"x:{place}"),) for place, label in enumerate(labels))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    say = Say(key="1", address=CHAT, text=escaped or "-", buttons=rows, attachments=files)
    phone = Phone(ability)
    parts = [phone.shown[each] for each in phone.receive(say, CODE, "hi")]
    words = "".join("".join(to_plain(part.text).split()) for part in parts if isinstance(part, Say))
    assert "".join((text or "-").split()) in words
    sent = [file for part in parts if isinstance(part, Say) for file in part.attachments]
    assert len(sent) == (len(files) if ability.limits.attachments else 0)
    assert len({part.key for part in parts if isinstance(part, Say)}) == len(parts)
    shown = [each for part in parts if isinstance(part, Say) for row in part.buttons for each in row]
    choices = [*phone.live.values()][-1]
    assert {each.data for each in shown} | {each.data for each in choices} == {f"x:{n}" for n in range(len(labels))}
    for choice in choices:
        assert pick(str(choice.number), choices) == choice.data


def test_buttons_stand_under_the_last_words() -> None:
    say = replace(SAMPLES[0].say, text="पानी " * 400, attachments=(PHOTO, PHOTO))
    parts = adapt(say, Ability(WHATSAPP), Voice(RENDERER, "hi", NOW), CODE).parts
    words = [part for part in parts if isinstance(part, Say) and part.text]
    assert [bool(part.buttons) for part in words] == [False] * (len(words) - 1) + [True]
    assert [part.key for part in parts if isinstance(part, Say)] == [f"1/{n}" for n in range(1, len(parts) + 1)]


def test_a_message_that_fits_is_left_alone() -> None:
    say = SAMPLES[0].say
    assert adapt(say, Ability(TELEGRAM, edit=True), Voice(RENDERER, "hi", NOW), CODE).parts == (say,)


def test_a_button_that_copies_is_a_help_and_never_a_choice() -> None:
    copying = Button("कोड कॉपी करें", copies=CODE)
    say = Say(key="1", address=CHAT, text="नाली", buttons=((Button("हाँ", "yes:1"),), (copying,)))
    copies = replace(TELEGRAM, copies=len(CODE))
    assert adapt(say, Ability(copies), Voice(RENDERER, "hi", NOW), CODE).parts == (say,)
    for limits in (TELEGRAM, replace(copies, copies=len(CODE) - 1), replace(copies, label=3)):
        adapted = adapt(say, Ability(limits), Voice(RENDERER, "hi", NOW), CODE)
        assert adapted.parts == (replace(say, buttons=say.buttons[:1]),)
        assert adapted.choices == ()


def test_without_replies_the_code_stands_in_the_text() -> None:
    say = Say(key="1", address=CHAT, text="काम हो गया", reply_to="m1")
    without = Ability(replace(TELEGRAM, replies=False))
    (part,) = adapt(say, without, Voice(RENDERER, "hi", NOW), CODE).parts
    assert isinstance(part, Say)
    assert (part.text, part.reply_to) == (f"<b>{CODE}</b>\nकाम हो गया", None)


def test_files_that_a_platform_cannot_take_are_named() -> None:
    say = Say(key="1", address=CHAT, text="काम हो गया", attachments=(PHOTO, PHOTO))
    (part,) = adapt(say, Ability(SMS), Voice(RENDERER, "hi", NOW)).parts
    assert isinstance(part, Say)
    assert part.text == "काम हो गया\n2 फ़ाइलें यहाँ नहीं दिखतीं; पटल पर देखें।"


def test_an_edit_too_late_is_a_new_message() -> None:
    edit = Edit(key="2", address=CHAT, message="m1", text="x")
    (part,) = adapt(edit, Ability(TELEGRAM, edit=True).without_edit(), Voice(RENDERER, "hi", NOW), CODE).parts
    assert part == Say(key="2", address=CHAT, text="x", reply_to="m1")


def test_an_edit_too_long_is_new_messages() -> None:
    edit = Edit(key="2", address=CHAT, message="m1", text="पानी " * 100)
    parts = adapt(edit, Ability(SMS, edit=True), Voice(RENDERER, "hi", NOW)).parts
    assert len(parts) > 1
    assert all(isinstance(part, Say) for part in parts)


@pytest.mark.parametrize(
    ("typed", "data"),
    [
        ("2", "solve:complaint:1"),
        (" २ ", "solve:complaint:1"),
        ("2.", "solve:complaint:1"),
        ("(2)", "solve:complaint:1"),
        ("निस्तारित", "solve:complaint:1"),
        ("2 निस्तारित", "solve:complaint:1"),
        ("DPRO-1043-19 2", "solve:complaint:1"),
        ("dpro 1043 19: 2", "solve:complaint:1"),
        ("DPRO १०४३–१९ २", "solve:complaint:1"),
        ("DPRO-1043-19 निस्तारित", "solve:complaint:1"),
        ("ज़िम्मा लिया", "acknowledge:complaint:1"),
        ("जिम्मा लिया", "acknowledge:complaint:1"),
        ("5", None),
        ("12", None),
        ("", None),
        ("DPRO-1043-19", None),
        ("DPRO-1043-192", None),
        (f"{CODE} 2", None),
        ("2 दिन लगेंगे", None),
        ("नाली साफ कराई, निस्तारित", None),
    ],
)
def test_how_a_number_may_be_typed(typed: str, data: str | None) -> None:
    choices = adapt(other_card("hi"), Ability(SMS), Voice(RENDERER, "hi", NOW), CODE2).choices
    assert pick(typed, choices) == data
    assert pick(typed, choices, CODE2) == data


def test_a_bare_number_means_nothing_among_several_complaints() -> None:
    first, second = (
        adapt(other_card("hi"), Ability(SMS), Voice(RENDERER, "hi", NOW), about).choices for about in (CODE2, CODE)
    )
    question = adapt(
        replace(other_card("hi"), buttons=((Button("English", "english:-"),),)),
        Ability(SMS),
        Voice(RENDERER, "hi", NOW),
    ).choices
    assert pick_among("2", [second, first]) is None
    assert pick_among("2", [second]) == "solve:complaint:1"
    assert pick_among("1", [question, second, first]) == "english:-"
    assert pick_among(f"{CODE2} 2", [question, second, first]) == "solve:complaint:1"
    assert pick_among("2", []) is None


def test_a_toast_is_a_quiet_message_where_there_are_none() -> None:
    toast = Toast(address=CHAT, user="7", update="u1", text="ज़िम्मा <3 के पास है")
    assert adapt_toast(toast, Ability(TELEGRAM, toast=True)) == toast
    said = adapt_toast(toast, Ability(SMS))
    assert isinstance(said, Say)
    assert to_plain(said.text) == toast.text
    assert said.silent


def test_a_reaction_is_left_out_where_there_are_none() -> None:
    react = React(key="1", address=CHAT, message="m1", emoji="👍")
    assert adapt(react, Ability(TELEGRAM, react=True), Voice(RENDERER, "hi", NOW)).parts == (react,)
    assert adapt(react, Ability(TELEGRAM), Voice(RENDERER, "hi", NOW)).parts == ()


def test_what_does_not_speak_passes_as_it_is() -> None:
    restrict = Restrict(key="1", address=CHAT, user="7")
    assert adapt(restrict, Ability(SMS), Voice(RENDERER, "hi", NOW)).parts == (restrict,)
