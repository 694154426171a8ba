"""What an officer does with a complaint in their group, each step by what stands there. NotThere: they leave it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.players.people import Message, NotThere, Officer

TRIES, AGAIN_S = 40, 0.1
"""An answer of the bot comes a moment after what it answers."""


@dataclass(frozen=True)
class Matter:
    """A complaint as those see it who have to do with it. `photo`: the number of a picture that nobody has taken."""

    code: str
    category: str
    photo: int
    chance: random.Random
    sentences: Mapping[str, Sequence[str]]

    def sentence(self, kind: str) -> str:
        """One of the sentences of a kind, the same each time the morning is played."""
        return self.chance.choice(self.sentences[kind])


Course = Callable[[Officer, Matter], Awaitable[None]]


async def take_it(officer: Officer, matter: Matter) -> None:
    """The button *I'm on it*."""
    await officer.press(officer.group, "acknowledge:complaint:", matter.code)


async def solve_well(officer: Officer, matter: Matter) -> None:
    """The solution under the card, in words that leave no doubt."""
    card = await officer.message(officer.group, "solve:complaint:", matter.code)
    await officer.write(officer.group, matter.sentence("solutions"), card, await _photos(officer, matter))


async def solve_by_button(officer: Officer, matter: Matter) -> None:
    """*Solved*, and what was done under the question."""
    await officer.press(officer.group, "solve:complaint:", matter.code)
    await _answer(officer, matter, matter.sentence("plain"), await _photos(officer, matter))


async def solve_sloppily(officer: Officer, matter: Matter) -> None:
    """Words that may be a solution; the bot asks, and the button says that they are."""
    card = await officer.message(officer.group, "solve:complaint:", matter.code)
    await officer.write(officer.group, matter.sentence("sloppy"), card)
    await _soon(lambda: officer.press(officer.group, "it_is_solution:complaint:"))
    if matter.category == "A":
        await _answer(officer, matter, matter.sentence("plain"), await _photos(officer, matter))


async def send_it_on(officer: Officer, matter: Matter) -> None:
    """*Not ours*: one of the departments that the bot offers, and why."""
    await officer.press(officer.group, "not_ours:complaint:", matter.code)
    await _soon(lambda: officer.press(officer.group, "to_department:"))
    await _answer(officer, matter, matter.sentence("reasons"))


async def ask(officer: Officer, matter: Matter) -> None:
    """A question under the card."""
    card = await officer.message(officer.group, "solve:complaint:", matter.code)
    await officer.write(officer.group, matter.sentence("questions"), card)


async def do_no_more(officer: Officer, matter: Matter) -> None:
    """They have taken it, and that was all for this morning."""


ENDS: dict[str, tuple[Course, str]] = {
    "solves_well": (solve_well, "{code}: {name} reports the solution"),
    "solves_by_button": (solve_by_button, "{code}: {name} presses Solved and writes what was done"),
    "solves_sloppily": (solve_sloppily, "{code}: {name} writes something like a solution; the bot asks, they confirm"),
    "sends_it_on": (send_it_on, "{code}: {name} sends it on: not ours"),
    "asks": (ask, "{code}: {name} asks a question under the card"),
    "only_takes_it": (do_no_more, ""),
}
"""What each course of script.yaml ends with, and how that is told; `does_nothing` does not even begin."""


async def _answer(officer: Officer, matter: Matter, words: str, files: Sequence[str] = ()) -> None:
    """Under the newest question of the bot that can be cancelled."""

    async def under_the_question() -> None:
        await officer.write(officer.group, words, await _question(officer, matter), files)

    await _soon(under_the_question)


async def _question(officer: Officer, matter: Matter) -> Message:
    return await officer.message(officer.group, "cancel:", matter.code, since=officer.pressed)


async def _photos(officer: Officer, matter: Matter) -> tuple[str, ...]:
    """Where the category asks for one, and for each third of the others."""
    wanted = matter.category == "A" or matter.photo % 3 == 0
    return (await officer.take_photo(matter.photo),) if wanted else ()


async def _soon(act: Callable[[], Awaitable[object]]) -> None:
    """Do it as soon as what it needs is there. Raises NotThere if it does not come."""
    for _ in range(TRIES):
        try:
            await act()
            return
        except NotThere:
            await asyncio.sleep(AGAIN_S)
    raise NotThere
