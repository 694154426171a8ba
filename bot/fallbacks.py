"""What a platform cannot do, done another way, so that every action of every card stays reachable; the one place.

No buttons (or more than fit): numbered choices under the text, which a reply, or the code with the number, picks. No
edit: a new message that answers the old one. No replies: the code stands in the text. Too long: several messages, the
buttons under the last. Too many files: further messages. No toast: a quiet message. No reaction: nothing, since a
reaction of the bot only repeats what the card says.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from bot.adapters.base import Adapter, CanEdit, CanOfferMenu, CanReact, CanToast, Limits
from bot.markup import escape, length, to_plain
from bot.messages import Button, Edit, Outgoing, OutgoingFile, React, Say, Toast
from bot.render import Voice
from bot.splitting import SMALLEST, split
from core.text import fold

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True)
class Ability:
    """What an adapter's platform can do: its limits, and which of the optional methods the adapter has."""

    limits: Limits
    edit: bool = False
    toast: bool = False
    react: bool = False
    menu: bool = False

    @property
    def buttons(self) -> bool:
        """Whether there are buttons at all."""
        return self.limits.buttons > 0

    @property
    def replies(self) -> bool:
        """Whether a message can be shown as the answer to another, and people's replies tell to which."""
        return self.limits.replies

    def without_edit(self) -> "Ability":
        """The same for a message that cannot be edited any more."""
        return replace(self, edit=False)


@dataclass(frozen=True)
class Choice:
    """A button that became a number. `about`: the code of what the message is about, or ""."""

    number: int
    label: str
    data: str
    about: str = ""


Choices = tuple[Choice, ...]


@dataclass(frozen=True)
class Adapted:
    """What goes out, in order, and the choices that an answer to any of these parts picks from."""

    parts: tuple[Outgoing, ...]
    choices: Choices = ()


def ability_of(adapter: Adapter) -> Ability:
    """What the adapter's platform can do."""
    return Ability(
        limits=adapter.limits,
        edit=isinstance(adapter, CanEdit),
        toast=isinstance(adapter, CanToast),
        react=isinstance(adapter, CanReact),
        menu=isinstance(adapter, CanOfferMenu),
    )


def adapt(message: Outgoing, ability: Ability, voice: Voice, about: str = "") -> Adapted:
    """The message as the platform can take it.

    voice: who speaks to this reader.   about: the code of the complaint that the message is about, or "".
    What neither speaks nor asks (Restrict, Restore) passes as it is.
    """
    match message:
        case Say():
            return _say(message, ability, voice, about)
        case Edit():
            return _edit(message, ability, voice, about)
        case React():
            return Adapted((message,) if ability.react else ())
    return Adapted((message,))


def adapt_toast(toast: Toast, ability: Ability) -> Toast | Say:
    """The toast, or where there are none a quiet message to the chat."""
    if ability.toast:
        return toast
    return Say(key=f"toast/{toast.update}", address=toast.address, text=escape(toast.text), silent=True)


def pick(text: str, choices: Sequence[Choice], code: str = "") -> str | None:
    """The data of the button that a person means by `text`: its number or its label, alone or after the code.

    code: what the choices are about; by default what they say themselves. None if it is none of them.
    """
    code = code or next((choice.about for choice in choices), "")
    typed = _bare(_without_code(fold(text), code))
    by_number = {str(choice.number): choice.data for choice in choices}
    by_label = {_bare(fold(choice.label)): choice.data for choice in choices}
    by_both = {_bare(fold(f"{choice.number} {choice.label}")): choice.data for choice in choices}
    return by_number.get(typed) or by_both.get(typed) or by_label.get(typed)


def pick_among(text: str, offers: Iterable[Choices]) -> str | None:
    """The same for a message that is no reply, among all that is still offered in the chat, the newest first.

    One that names a code picks from what is about that code. A bare number or label picks from the newest offer if that
    is about nothing or is the only one; else it could mean any of several complaints, and picks nothing.
    """
    known = [choices for choices in offers if choices]
    for choices in known:
        about = choices[0].about
        if about and _without_code(fold(text), about) != fold(text):
            return pick(text, choices)
    if known and (len({choices[0].about for choices in known}) == 1 or not known[0][0].about):
        return pick(text, known[0])
    return None


def write_choices(choices: Choices) -> str:
    """The choices as the JSON that is kept with a posted message."""
    return json.dumps([asdict(choice) for choice in choices], ensure_ascii=False)


def read_choices(text: str) -> Choices:
    """What `write_choices` wrote."""
    return tuple(Choice(**each) for each in json.loads(text))


# Speaking


def _say(say: Say, ability: Ability, voice: Voice, about: str) -> Adapted:
    rows, choices = _buttons(say.buttons, ability.limits, about)
    texts = _texts(say, ability, voice, about, choices)
    answered = say.reply_to if ability.replies else None
    if len(texts) == 1 and not say.attachments:
        return Adapted((replace(say, text=texts[0], buttons=rows, reply_to=answered),), choices)
    first = replace(say, reply_to=answered, buttons=(), attachments=())
    messages = [replace(first, text=text) for text in texts]
    messages[1:] = [replace(message, reply_to=None, silent=True) for message in messages[1:]]
    with_words, without = _files(say.attachments, messages[-1].text, ability.limits)
    messages[-1] = replace(messages[-1], buttons=rows, attachments=with_words)
    messages += [replace(first, text="", attachments=files, reply_to=None, silent=True) for files in without]
    return Adapted(_with_keys(say.key, messages), choices)


def _edit(edit: Edit, ability: Ability, voice: Voice, about: str) -> Adapted:
    """An edit where it can be one and fits into one message; else a new message that answers the old one."""
    say = Say(key=edit.key, address=edit.address, text=edit.text, buttons=edit.buttons, reply_to=edit.message)
    adapted = _say(say, ability, voice, about)
    if not ability.edit or len(adapted.parts) > 1:
        return adapted
    (only,) = adapted.parts
    assert isinstance(only, Say)
    return Adapted((replace(edit, text=only.text, buttons=only.buttons),), adapted.choices)


def _with_keys(key: str, messages: list[Say]) -> tuple[Say, ...]:
    """Each part has a key of its own; a message of one part keeps its key."""
    if len(messages) == 1:
        return tuple(messages)
    return tuple(replace(message, key=f"{key}/{part}") for part, message in enumerate(messages, 1))


# Buttons


def _buttons(rows: Rows, limits: Limits, about: str) -> tuple[Rows, Choices]:
    """The rows that the platform shows, and the choices for all buttons if it does not show each of them."""
    rows = tuple(tuple(each for each in row if _is_offered(each, limits)) for row in rows)
    buttons = [button for row in rows for button in row]
    shown = [button for button in buttons if _fits(button, limits)][: limits.buttons]
    if len(shown) == len(buttons):
        return _in_rows(rows, limits.buttons_per_row), ()
    choices = tuple(Choice(number, each.label, each.data, about) for number, each in enumerate(buttons, 1))
    return _in_rows((tuple(shown),), limits.buttons_per_row), choices


def _is_offered(button: Button, limits: Limits) -> bool:
    """One that copies is a help and no choice: where there is none such, the words that it copies are read."""
    return not button.copies or (len(button.copies) <= limits.copies and len(button.label) <= limits.label)


def _fits(button: Button, limits: Limits) -> bool:
    return len(button.label) <= limits.label and len(button.data.encode()) <= limits.data


def _in_rows(rows: Rows, width: int) -> Rows:
    width = max(width, 1)
    return tuple(row[at : at + width] for row in rows for at in range(0, len(row), width))


# Texts


def _texts(say: Say, ability: Ability, voice: Voice, about: str, choices: Choices) -> list[str]:
    lines = [say.text]
    if about and not ability.replies and about not in to_plain(say.text):
        lines.insert(0, voice.text("about", {"code": about}))
    if choices:
        offered = [{"number": choice.number, "label": choice.label} for choice in choices]
        lines.append(voice.text("choices", {"choices": offered, "code": about, "by_reply": ability.replies}))
    if say.attachments and ability.limits.attachments == 0:
        lines.append(voice.text("files_left_out", {"number": len(say.attachments)}))
    text = "\n".join(line for line in lines if line)
    return split(text, max(ability.limits.text, SMALLEST), ability.limits.markup)


def _files(
    files: tuple[OutgoingFile, ...], text: str, limits: Limits
) -> tuple[tuple[OutgoingFile, ...], list[tuple[OutgoingFile, ...]]]:
    """The files that go with the words, and the batches that go in further messages."""
    most = limits.attachments
    if most == 0:
        return (), []
    first = most if length(text, limits.markup) <= limits.caption else 0
    return files[:first], [files[at : at + most] for at in range(first, len(files), most)]


# What people type


def _without_code(typed: str, code: str) -> str:
    """The folded text without the code it opens with, however the code's dashes are typed; unchanged without one."""
    if not code:
        return typed
    parts = [re.escape(part) for part in re.findall(r"[a-z]+|\d+", fold(code))]
    opened = re.match(r"\s*" + r"[\s/.\-]*".join(parts) + r"(?=[^\w]|$)", typed)
    return typed[opened.end() :] if opened else typed


def _bare(typed: str) -> str:
    """The words alone, so that “2.” and “(2)” are 2 and a comma in a label need not be typed."""
    return " ".join(re.sub(r"[^\w\u0900-\u0963]+", " ", typed).split())
