"""A department group's working morning, as the updates that a bot is sent: the same seed gives the same bytes.

In a hundred updates: 35 of talk, 25 solutions as replies to a card, 20 presses, 15 commands, 5 edits; by 200 members
in 8 groups, in Hindi and English. The presses are spread over the card's four buttons. Each solution and each
"I'm on it" finds a complaint that is still open, as it does in an office: otherwise most of them would be refused, and
a refusal is little work. There is an update a second, from MORNING on.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle

MORNING = datetime(2026, 11, 25, 4, 45, tzinfo=UTC)
"""10:15 in Prayagraj on an office day: the hearing is on, and nothing is quiet."""

BOT_ID = 7_000_000_001
DEPARTMENTS = ("DPRO", "PWD", "JAL", "BIJLI", "PDS", "CMO", "BSA", "NAGAR")
MEMBERS = 200
ASKED = 40
"""So many members press the buttons that ask something back. They do not talk: their next words would be the answer."""

COMMANDS = (*["status"] * 3, "list", *["status"] * 3, "overdue", *["status"] * 3, "mine")
"""In twelve commands nine are about one complaint by its code, and three show a page of twenty."""

ACTIONS = ("acknowledge", "solve", "more_time", "not_ours")
SHARES = {"talk": 35, "solution": 25, "press": 20, "command": 15, "edit": 5}

TALK = (
    "नमस्ते, सभी लोग 9 बजे तक ऑनलाइन हो जाएँ",
    "Sir team is on the way to the village, will update by noon",
    "हाज़िर",
    "Please send the location of the hand pump once again",
    "आज दोपहर में सभी अवर अभियंता रजिस्टर लेकर कलेक्ट्रेट आएँ",
    "Meeting at collectorate 4 pm, all JEs to attend with registers 🙏",
)
SOLUTIONS = (
    "{code} निस्तारित: हैंडपंप की मरम्मत करा दी गई है, पानी आ रहा है",
    "{code} solved. Transformer replaced at 14:20, supply restored",
    "{code} राशन कार्ड में नाम जोड़ दिया गया है, शिकायत निस्तारित",
    "{code} drain cleaned on both sides, checked by the sanitary inspector. Resolved",
)
_FIRST_UPDATE = 900_000_000
_FIRST_DATE = int(MORNING.timestamp())


@dataclass(frozen=True)
class Standing:
    """A complaint and its card. `department`: its place in DEPARTMENTS.   message: the platform's id of the card."""

    id: int
    code: str
    department: int
    message: int


def complaints_for(updates: int) -> int:
    """How many complaints must stand in the groups: enough that every solution finds one that is open."""
    return int(updates * 0.36) + 20 * len(DEPARTMENTS)


def chat_of(department: int) -> int:
    """The platform's id of a department's group."""
    return -1_001_000_000_000 - department


ADMINISTRATION = chat_of(len(DEPARTMENTS))


def user_of(member: int) -> int:
    """The platform's id of a member, who belongs to department `member % 8`."""
    return 5_000_000 + member


def bodies(standing: Sequence[Standing], count: int, seed: int = 1) -> Iterator[bytes]:
    """`count` updates as the platform sends them, about complaints that stand in the groups."""
    return _Morning(standing, random.Random(seed)).updates(count)


def kind_of(body: bytes) -> str:
    """What an update is: talk, solution, command, edit, or the action of the button that was pressed."""
    update = json.loads(body)
    if (query := update.get("callback_query")) is not None:
        return str(query["data"]).partition(":")[0]
    if "edited_message" in update:
        return "edit"
    message = update["message"]
    return "solution" if "reply_to_message" in message else "command" if "entities" in message else "talk"


class _Morning:
    def __init__(self, standing: Sequence[Standing], chance: random.Random) -> None:
        self._chance = chance
        self._standing: list[list[Standing]] = [[] for _ in DEPARTMENTS]
        for each in standing:
            self._standing[each.department].append(each)
        self._open = [list(each) for each in self._standing]
        self._actions = cycle(ACTIONS)
        self._commands = cycle(COMMANDS)
        self._talked: list[dict[str, object]] = []

    def updates(self, count: int) -> Iterator[bytes]:
        for number in range(count):
            (kind,) = self._chance.choices(tuple(SHARES), tuple(SHARES.values()))
            update = {"update_id": _FIRST_UPDATE + number, **self._update(kind, number)}
            yield json.dumps(update, ensure_ascii=False, separators=(",", ":")).encode()

    def _update(self, kind: str, number: int) -> dict[str, object]:
        if kind == "edit" and self._talked:
            said = self._chance.choice(self._talked)
            date = _FIRST_DATE + number
            return {"edited_message": {**said, "edit_date": date, "text": f"{said['text']} ({number})"}}
        if kind == "press":
            return self._press(number)
        message = self._message(self._chance.randrange(MEMBERS - ASKED), number)
        department = self._department(message)
        if kind == "command":
            command = next(self._commands)
            code = self._chance.choice(self._standing[department]).code
            message["text"] = f"/{command} {code}" if command == "status" else f"/{command}"
            message["entities"] = [{"offset": 0, "length": len(command) + 1, "type": "bot_command"}]
        elif kind == "solution":
            about = self._open[department].pop()
            message["text"] = self._chance.choice(SOLUTIONS).format(code=about.code)
            message["reply_to_message"] = _card(about, number)
        else:
            message["text"] = self._chance.choice(TALK)
            self._talked.append(message)
        return {"message": message}

    def _press(self, number: int) -> dict[str, object]:
        action = next(self._actions)
        asks = action != "acknowledge"
        member = MEMBERS - ASKED + self._chance.randrange(ASKED) if asks else self._chance.randrange(MEMBERS - ASKED)
        department = member % len(DEPARTMENTS)
        there = self._open[department]
        about = there.pop() if action == "acknowledge" else self._chance.choice(there)
        press = {
            "id": str(4_000_000_000_000 + number),
            "from": _sender(member),
            "message": _card(about, number),
            "chat_instance": "-55512345678",
            "data": f"{action}:complaint:{about.id}",
        }
        return {"callback_query": press}

    def _message(self, member: int, number: int) -> dict[str, object]:
        chat = _chat(member % len(DEPARTMENTS))
        return {
            "message_id": 5_000_000 + number,
            "from": _sender(member),
            "chat": chat,
            "date": _FIRST_DATE + number,
        }

    def _department(self, message: dict[str, object]) -> int:
        chat = message["chat"]
        assert isinstance(chat, dict)
        return chat_of(0) - int(chat["id"])


def _sender(member: int) -> dict[str, object]:
    return {
        "id": user_of(member),
        "is_bot": False,
        "first_name": "अधिकारी",
        "last_name": f"N{member}",
        "username": f"officer{member}",
        "language_code": "hi",
    }


def _chat(department: int) -> dict[str, object]:
    return {"id": chat_of(department), "title": f"{DEPARTMENTS[department]} विभाग", "type": "supergroup"}


def _card(about: Standing, number: int) -> dict[str, object]:
    rows = [ACTIONS[:2], ACTIONS[2:]]
    keyboard = [[{"text": each, "callback_data": f"{each}:complaint:{about.id}"} for each in row] for row in rows]
    return {
        "message_id": about.message,
        "date": _FIRST_DATE + number - 3600,
        "chat": _chat(about.department),
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "Jan Milan", "username": "janmilan_bot"},
        "text": f"{about.code}\nB · 3 दिन\nग्राम रामपुर: हैंडपंप खराब है\nशेष समय: 2 दिन",
        "entities": [{"offset": 0, "length": len(about.code), "type": "bold"}],
        "reply_markup": {"inline_keyboard": keyboard},
    }
