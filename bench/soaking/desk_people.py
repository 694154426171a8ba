"""The hearing desk: petitions registered through the API and through the form, officers' notes through the API.

Each asks with a key of its own until it has an answer, and now and then once more, as if that had been lost.
"""

import asyncio
import random
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from bench.soaking.crowd import NOTE, Crowd
from bench.soaking.district import District, departments
from bench.soaking.marks import Marks
from bench.soaking.patience import Line

ONCE_MORE_CHANCE = 0.1
COMPLAINANT_CHANCE = 0.3
SEVERAL_CHANCE = 0.2


@dataclass
class Asked:
    """Something that was asked of the desk until it was answered. `answers`: what each answer named, in order."""

    mark: str
    kind: str
    answers: list[str] = field(default_factory=list)


class DeskPeople:
    """Registers and notes while `active`. `asked`: all that they asked."""

    def __init__(self, district: District, crowd: Crowd, marks: Marks, chance: random.Random) -> None:
        self.active = True
        self.busy = 0
        self.asked: list[Asked] = []
        self._district = district
        self._crowd = crowd
        self._marks = marks
        self._chance = chance
        self._phones = count(7_000_000_000)
        self._keys = count(1)

    async def register_by_api(self, line: Line, pause_s: float) -> None:
        """A program that registers, until cancelled."""
        while True:
            await self._wait(pause_s)
            asked, petition = self._asking("petition"), self._petition()
            petition["words"] += f" {asked.mark}"
            key = {"Idempotency-Key": f"soak-{next(self._keys)}"}
            answer = await self._insist(asked, line, "/api/petitions", json=petition, headers=key)
            self._registered(answer, str(petition["phone"]))

    async def note_by_api(self, line: Line, department: str, pause_s: float) -> None:
        """An officer's program that keeps notes, until cancelled."""
        while True:
            await self._wait(pause_s)
            code = self._district.any_code(department, self._chance)
            if code is None:
                self.busy -= 1
                continue
            asked = self._asking("note")
            body = {"words": f"{NOTE} {asked.mark}"}
            key = {"Idempotency-Key": f"soak-{next(self._keys)}"}
            await self._insist(asked, line, f"/api/complaints/{code}/note", json=body, headers=key)
            self.busy -= 1

    async def register_by_form(self, line: Line, pause_s: float) -> None:
        """An operator at the desk, until cancelled."""
        while (await line.ask("POST", f"/enter/{self._district.desk_link}")).status_code != 303:
            pass
        while True:
            await self._wait(pause_s)
            asked, petition = self._asking("petition"), self._petition()
            page = (await line.ask("GET", "/intake")).text
            form = {name: _hidden(page, name) for name in ("csrf", "key")}
            form |= {name: str(petition[name]) for name in ("name", "phone", "village")}
            form["words"] = f"{petition['words']} {asked.mark}"
            for number, part in enumerate(petition["parts"]):
                form |= {f"department_{number}": part["department"], f"category_{number}": part["category"]}
            await self._insist(asked, line, "/intake/register", data=form)
            self.busy -= 1

    async def _wait(self, pause_s: float) -> None:
        while True:
            await asyncio.sleep(self._chance.uniform(0, 2 * pause_s))
            if self.active:
                self.busy += 1
                return

    def _asking(self, kind: str) -> Asked:
        asked = Asked(self._marks.next(), kind)
        self.asked.append(asked)
        return asked

    async def _insist(self, asked: Asked, line: Line, path: str, **what: object) -> httpx.Response:
        answer = await line.ask("POST", path, **what)
        asked.answers.append(_named(answer))
        if self._chance.random() < ONCE_MORE_CHANCE:
            asked.answers.append(_named(await line.ask("POST", path, **what)))
        return answer

    def _petition(self) -> dict[str, Any]:
        several = 2 if self._chance.random() < SEVERAL_CHANCE else 1
        chosen = self._chance.sample(departments(), several)
        return {
            "name": "सावित्री देवी",
            "phone": str(next(self._phones)),
            "village": "बसही",
            "words": "नाली टूटने से गंदा पानी भर गया है",
            "parts": [{"department": code, "category": self._chance.choice("ABC")} for code in chosen],
        }

    def _registered(self, answer: httpx.Response, phone: str) -> None:
        self.busy -= 1
        if answer.status_code != 201:
            return
        registered = answer.json()
        for each in registered["complaints"]:
            self._district.codes.setdefault(each["department"], []).append(each["code"])
        if self._crowd.active and self._chance.random() < COMPLAINANT_CHANCE:
            self._crowd.bring_complainant(registered["petition"], registered["complaints"][0]["code"], phone[-4:])


def _named(answer: httpx.Response) -> str:
    """What an answer says that it did: the same request must always be told the same."""
    if answer.status_code == 201:
        return str(answer.json()["petition"])
    if answer.status_code == 303:
        return answer.headers["location"].rpartition("/")[2]
    return str(answer.status_code)


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the form has no {name}"
    return found[1]
