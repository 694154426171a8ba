"""The users of the platform: officers in their groups, complainants alone with the bot, and talk that is about nothing.

Some do not wait: they press and reply while the office still waits for the answer to what it has just sent.
"""

import asyncio
import random
from collections.abc import Coroutine
from typing import Any

from bench.soaking.district import District, departments, group_of
from bench.soaking.journal import Arrival, Standing
from bench.soaking.marks import Marks
from bench.soaking.platform import ASKED, CALLED, Platform

AT_ONCE_CHANCE = 0.4
PAUSE_S = (0.0, 0.4)
TALK_EVERY_S = 0.1
ENOUGH_WAITING = 60
"""So many updates on their way, and nobody begins anything new: the office may be down."""

SOLUTION = "नाली की मरम्मत कराई, पानी निकल गया"
NOTE = "मौके पर जाकर देखा, नाली दो जगह टूटी है"
TALK = "कल सुबह सब समय पर आएँ"


class Crowd:
    """Acts while `active`; what was begun is finished after that."""

    def __init__(self, platform: Platform, district: District, marks: Marks, chance: random.Random) -> None:
        self.active = True
        self._platform = platform
        self._district = district
        self._marks = marks
        self._chance = chance
        self._tasks: set[asyncio.Task[None]] = set()
        self._proving: dict[str, str] = {}
        platform.shown.append(self._see)

    @property
    def busy(self) -> bool:
        """Whether somebody is about to do something."""
        return bool(self._tasks)

    async def talk(self) -> None:
        """Begin something now and then, until cancelled."""
        kinds = (self._gossip, self._note, self._solve_by_code, self._ask_for_the_list)
        while True:
            await asyncio.sleep(self._chance.uniform(0, 2 * TALK_EVERY_S))
            if self.active and len(self._platform.journal.unacknowledged()) < ENOUGH_WAITING:
                department = self._chance.choice(departments())
                account, chat = group_of(department)
                if account in (ASKED, CALLED):
                    self._chance.choices(kinds, (4, 3, 2, 1))[0](account, chat, department)

    def bring_complainant(self, petition: int, code: str, last_four: str) -> None:
        """Somebody with a receipt opens a chat with the bot and asks where it stands."""
        user = f"citizen-{petition}"
        account, chat = self._chance.choice((ASKED, CALLED)), f"direct:{user}"
        self._proving[chat] = last_four
        self._platform.do(account, "message", chat, user, text=code, meant="answered")

    # What is begun

    def _gossip(self, account: str, chat: str, _department: str) -> None:
        mark = self._marks.next()
        self._write(account, chat, f"{TALK} {mark}", mark=mark, meant="archived")

    def _note(self, account: str, chat: str, department: str) -> None:
        self._about_a_code(account, chat, department, NOTE, "kept")

    def _solve_by_code(self, account: str, chat: str, department: str) -> None:
        self._about_a_code(account, chat, department, f"निस्तारित, {SOLUTION}", "kept")

    def _ask_for_the_list(self, account: str, chat: str, _department: str) -> None:
        self._write(account, chat, "/list", meant="answered")

    def _about_a_code(self, account: str, chat: str, department: str, words: str, meant: str) -> None:
        code, mark = self._district.any_code(department, self._chance), self._marks.next()
        if code is not None:
            self._write(account, chat, f"{code} {words} {mark}", mark=mark, meant=meant)

    def _write(self, account: str, chat: str, text: str, **what: Any) -> None:
        officer = self._chance.choice(self._district.officers_at(account, chat))
        self._platform.do(account, "message", chat, officer.user(account), text=text, **what)

    # What is answered

    def _see(self, arrival: Arrival, standing: Standing) -> None:
        if not self.active:
            return
        data = [button["data"] for row in standing.buttons for button in row]
        if arrival.chat.startswith("direct:"):
            self._begin(self._complainant_answers(arrival, data))
        else:
            self._begin(self._officer_answers(arrival, data))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _pause(self) -> None:
        if self._chance.random() >= AT_ONCE_CHANCE:
            await asyncio.sleep(self._chance.uniform(*PAUSE_S))

    async def _officer_answers(self, arrival: Arrival, data: list[str]) -> None:
        await self._pause()
        luck = self._chance.random()
        officers = self._district.officers_at(arrival.account, arrival.chat)
        user = self._chance.choice(officers).user(arrival.account)
        pressed = {each.partition(":")[0]: each for each in data}
        if "acknowledge" in pressed and luck < 0.6:
            self._press(arrival, user, pressed["acknowledge"])
            if luck < 0.1:
                self._press(arrival, officers[0].user(arrival.account), pressed["acknowledge"])
        elif "solve" in pressed and luck < 0.8:
            self._press(arrival, user, pressed["solve"])
            await asyncio.sleep(self._chance.uniform(0.1, 0.6))
            mark = self._marks.next()
            chat, text = arrival.chat, f"{SOLUTION} {mark}"
            self._platform.do(arrival.account, "message", chat, user, text=text, mark=mark, meant="archived")
        elif "it_is_solution" in pressed and luck < 0.5:
            self._press(arrival, user, pressed["it_is_solution"])
        elif data and luck > 0.97:
            mark = self._marks.next()
            what = {"text": f"{NOTE} {mark}", "mark": mark, "reply_to": arrival.message, "meant": "archived"}
            self._platform.do(arrival.account, "message", arrival.chat, user, **what)

    async def _complainant_answers(self, arrival: Arrival, data: list[str]) -> None:
        await self._pause()
        user = arrival.chat.partition(":")[2]
        last_four = self._proving.pop(arrival.chat, None)
        if last_four is not None:
            self._platform.do(arrival.account, "message", arrival.chat, user, text=last_four, meant="answered")
            return
        answers = [each for each in data if each.startswith(("yes_solved:", "not_solved:"))]
        if answers:
            self._press(arrival, user, answers[0] if self._chance.random() < 0.7 else answers[-1])

    def _press(self, arrival: Arrival, user: str, data: str) -> None:
        self._platform.do(arrival.account, "press", arrival.chat, user, data=data, message=arrival.message)
