"""From an outbox row to exactly what goes out: words in the reader's language, in the form that the platform takes.

What comes of it is kept with the row before the first send, so that a repeat is identical (docs/design.md §3).
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row

from bot.cards import CardView
from bot.events import Address
from bot.fallbacks import Ability, Adapted, Choice, Choices, adapt
from bot.markup import to_plain
from bot.messages import Button, Edit, MenuItem, OutgoingFile, PersonalMenu, Say
from bot.outbox import ButtonSpec
from bot.render import Renderer, Voice, thaw
from bot.splitting import SMALLEST, split
from bot.store import posted
from core.instants import microseconds
from core.json_text import as_json
from core.store.unit import UnitOfWork

CardRenderer = Callable[[UnitOfWork, int, Address], CardView]
LanguageOf = Callable[[UnitOfWork, Address], str]

ELLIPSIS = "…"
AGAIN = "-again-"
_SHARES = (0.95, 0.8, 0.6, 0.4, 0.2)


Part = Say | Edit | PersonalMenu
PERSONAL_MENU = "personal_menu"
"""The kind of card that a person's menu is: like a card it follows what they may do, and is sent where it changed."""


@dataclass(frozen=True)
class Composed:
    """What goes out for a row, part by part, and the choices that an answer to it picks from."""

    parts: tuple[Part, ...]
    choices: Choices = ()

    def to_json(self) -> str:
        """As kept in the row; `of` is the inverse."""
        kept = {"parts": [_kept(part) for part in self.parts], "choices": [vars(each) for each in self.choices]}
        return as_json(kept)

    @staticmethod
    def of(text: str) -> "Composed":
        """What `to_json` wrote."""
        kept = json.loads(text)
        return Composed(tuple(map(_part, kept["parts"])), tuple(Choice(**each) for each in kept["choices"]))


@dataclass(frozen=True)
class _Wording:
    template: str
    params: Mapping[str, object]
    buttons: Sequence[Sequence[ButtonSpec]]


class Composer:
    """Finds the words of a row. `cards`: who renders a kind of card; `language_of`: the language of a chat."""

    def __init__(self, renderer: Renderer, cards: Mapping[str, CardRenderer], language_of: LanguageOf) -> None:
        self._renderer = renderer
        self._cards = cards
        self._language_of = language_of

    def compose(self, unit: UnitOfWork, row: Row[Any], ability: Ability) -> Composed | None:
        """What goes out for the row now, or None if the chat shows just that already, or cannot any more.

        Raises whatever a template or a card's renderer raises.
        """
        address = Address(row.account, row.chat)
        voice = Voice(self._renderer, row.language or self._language_of(unit, address), unit.now)
        if row.card_kind == PERSONAL_MENU:
            return self._menu(unit, row, address, voice) if ability.menu else None
        wording = self._wording(unit, row, address, voice.language)
        text = voice.text(wording.template, wording.params)
        buttons = tuple(tuple(self._button(voice, spec) for spec in each) for each in wording.buttons)
        standing = _standing(unit, row, address)
        able = ability if _can_be_edited(standing, ability, unit.now) else ability.without_edit()
        if row.only_in_place and not able.edit:
            return None
        message = _message(row, address, text, buttons, standing.message if standing is not None else row.edit_of)
        code = wording.params.get("code") if row.kind is not None else None
        adapted = self._adapted(row, message, able, voice, code if isinstance(code, str) else "")
        parts = tuple(part for part in adapted.parts if isinstance(part, Say | Edit))
        if standing is not None and len(parts) == 1 and shown(parts[0]) == standing.shown:
            return None
        return Composed(parts, adapted.choices)

    def _menu(self, unit: UnitOfWork, row: Row[Any], address: Address, voice: Voice) -> Composed | None:
        view, standing = self._cards[PERSONAL_MENU](unit, row.card_id, address), _standing(unit, row, address)
        lines = to_plain(voice.text(view.template, view.params)).splitlines()
        others: Any = view.params["others"]
        told = [line.removeprefix("/").partition(" ") for line in lines if line]
        items = tuple(MenuItem(name, tuple(others[name]), words) for name, _, words in told)
        menu = PersonalMenu(key=_key(row), address=address, items=items)
        return None if standing is not None and shown(menu) == standing.shown else Composed((menu,))

    def repeated(self, unit: UnitOfWork, row: Row[Any], ability: Ability) -> Composed:
        """What was kept, with the part in doubt marked as a repeat and given a key of its own."""
        kept = Composed.of(row.text)
        part = kept.parts[row.parts_sent]
        assert isinstance(part, Say), "an edit that comes twice is no repeat"
        voice = Voice(self._renderer, row.language or self._language_of(unit, Address(row.account, row.chat)), unit.now)
        mark = voice.text("repeat", {})
        text = part.text if part.text.startswith(mark) else "\n".join(each for each in (mark, part.text) if each)
        again = adapt(
            replace(part, key=f"{part.key.partition(AGAIN)[0]}{AGAIN}{row.attempts + 1}", text=text), ability, voice
        )
        between = tuple(each for each in again.parts if isinstance(each, Say))
        before, after = kept.parts[: row.parts_sent], kept.parts[row.parts_sent + 1 :]
        return replace(kept, parts=(*before, *between, *after))

    def _wording(self, unit: UnitOfWork, row: Row[Any], address: Address, language: str) -> _Wording:
        if row.card_kind is None:
            rows = json.loads(row.buttons)
            buttons = [[ButtonSpec(**{**b, "params": thaw(b["params"], language)}) for b in each] for each in rows]
            return _Wording(row.template, thaw(row.params, language), buttons)
        view = self._cards[row.card_kind](unit, row.card_id, address)
        return _Wording(view.template, view.params, view.buttons)

    def _button(self, voice: Voice, spec: ButtonSpec) -> Button:
        label = self._renderer.label(spec.label, spec.params, voice.language, voice.now)
        return Button(label, spec.data, spec.copies)

    def _adapted(self, row: Row[Any], message: Say | Edit, ability: Ability, voice: Voice, code: str) -> Adapted:
        adapted = adapt(message, ability, voice, code)
        if row.card_kind is None:
            return adapted
        # A card never splits: its message is what is edited later. Its end is cut, its buttons stay.
        for share in _SHARES:
            if len(adapted.parts) == 1:
                break
            room = max(int(ability.limits.text * share), SMALLEST)
            cut = split(message.text, room, ability.limits.markup)[0] + ELLIPSIS
            adapted = adapt(replace(message, text=cut), ability, voice, code)
        return adapted


def shown(part: Part) -> str:
    """A digest of what people see of a part: two that look the same have the same."""
    if isinstance(part, PersonalMenu):
        return sha256(json.dumps([vars(item) for item in part.items], ensure_ascii=False).encode()).hexdigest()
    files = part.attachments if isinstance(part, Say) else ()
    seen = [part.text, _as_json(part.buttons), [vars(file) for file in files]]
    return sha256(as_json(seen).encode()).hexdigest()


def _standing(unit: UnitOfWork, row: Row[Any], address: Address) -> Row[Any] | None:
    """The message of ours whose place this one takes, if we know it."""
    if row.card_kind is not None:
        return posted.live_card(unit, address, row.card_kind, row.card_id)
    return posted.posted_message(unit, address, row.edit_of) if row.edit_of is not None else None


def _can_be_edited(standing: Row[Any] | None, ability: Ability, now: datetime) -> bool:
    within = ability.limits.edit_within
    return standing is None or within is None or now - standing.posted_at <= within


def _message(
    row: Row[Any], address: Address, text: str, buttons: tuple[tuple[Button, ...], ...], takes_place_of: str | None
) -> Say | Edit:
    key = _key(row)
    if takes_place_of is not None:
        return Edit(key=key, address=address, message=takes_place_of, text=text, buttons=buttons)
    files = tuple(OutgoingFile(**each) for each in json.loads(row.attachments))
    return Say(key=key, address=address, text=text, buttons=buttons, attachments=files, reply_to=row.reply_to)


def _key(row: Row[Any]) -> str:
    # Ids alone would come again after a database was made anew, and a platform may still know the key.
    return f"{row.id}-{microseconds(row.said_at)}-{row.attempts}"


def _kept(part: Part) -> dict[str, Any]:
    # Not `asdict`, which copies whatever is in it: a text of some thousand letters is kept for each message.
    kept = {"type": type(part).__name__, **vars(part)}
    if isinstance(part, PersonalMenu):
        return {**kept, "address": vars(part.address), "items": [vars(item) for item in part.items]}
    kept |= {"address": vars(part.address), "buttons": _as_json(part.buttons)}
    if isinstance(part, Say):
        kept["attachments"] = [vars(file) for file in part.attachments]
    return kept


def _as_json(buttons: Sequence[Sequence[Button]]) -> list[list[dict[str, str]]]:
    return [[button.kept() for button in row] for row in buttons]


def _part(kept: dict[str, Any]) -> Part:
    kind = kept.pop("type")
    kept["address"] = Address(**kept["address"])
    if kind == "PersonalMenu":
        items = (MenuItem(each["name"], tuple(each["others"]), each["words"]) for each in kept.pop("items"))
        return PersonalMenu(**kept, items=tuple(items))
    kept["buttons"] = tuple(tuple(Button(**button) for button in row) for row in kept["buttons"])
    if kind == "Edit":
        return Edit(**kept)
    kept["attachments"] = tuple(OutgoingFile(**file) for file in kept["attachments"])
    return Say(**kept)
