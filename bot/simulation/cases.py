"""A complaint as those see it who have to do with it: what they can press, reply to and write about."""

import random
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from bot.simulation.chats import Chats, Standing
from bot.simulation.district import ADMINISTRATION
from bot.simulation.habits import Habits
from core.commands import Command
from core.complaints import Complaint
from core.directory import Directory
from core.people import Actor, Door, Person, Role, Via

LATE_MIN = 16
"""Later than a question stays open (docs/design.md §3, Asking)."""


@dataclass(frozen=True)
class Press:
    """Somebody presses a button. `later`: so many minutes after what was before."""

    user: str
    chat: str
    message: str
    data: str
    later: int = 1


@dataclass(frozen=True)
class Write:
    """Somebody writes; `under`: the id of the message that it replies to. `photos`: sha256 of kept files."""

    user: str
    chat: str
    text: str
    under: str | None = None
    photos: tuple[str, ...] = ()
    later: int = 1


@dataclass(frozen=True)
class Do:
    """Somebody does something at the desk."""

    command: Command
    by: Actor
    later: int = 1


@dataclass(frozen=True)
class Read:
    """Somebody has read a message, as the platform tells."""

    user: str
    chat: str
    message: str
    later: int = 1


Act = Press | Write | Read | Do
Heard = tuple[Standing, ...]
"""What the bot said, or changed, in the chat since."""
Course = Generator[Act | tuple[Act, ...], Heard, None]
"""What somebody does, step by step; several acts in one step happen in the same moment."""


class NotThere(Exception):
    """What somebody wanted to press or to reply to is not there (any more): they leave it."""


@dataclass
class Case:
    """A complaint at play. `busy`: somebody is about to do something.   quiet_in: nobody will, while it stands so."""

    id: int
    code: str
    petition: int
    phone: str
    user: str | None
    chance: random.Random
    busy: bool = False
    quiet_in: str | None = None


@dataclass(frozen=True)
class World:
    """Where everybody is. `take_photo`: somebody takes a picture that nobody has taken yet; its sha256."""

    chats: Chats
    directory: Directory
    habits: Habits
    take_photo: Callable[[], str]


class Scene:
    """One person of the department that holds the complaint, before its card."""

    def __init__(self, world: World, case: Case, complaint: Complaint, siblings: Sequence[int]) -> None:
        self.world = world
        self.case = case
        self.complaint = complaint
        self.siblings = siblings
        self.chance = case.chance
        members = world.directory.members(complaint.department)
        self.officer: Person | None = self.chance.choice(members) if members else None

    # Who and where

    @property
    def user(self) -> str:
        """By which id the chat knows the officer."""
        return self.user_of(self.officer)

    @property
    def group(self) -> str:
        """The chat of the department that holds the complaint."""
        groups = self.world.directory.groups_of(self.complaint.department)
        return groups[0].chat if groups else ADMINISTRATION

    @property
    def private(self) -> str:
        """The complainant's chat with the bot. Raises NotThere for one who has none."""
        if self.case.user is None:
            raise NotThere
        return self.world.chats.direct_chat(self.case.user)

    def user_of(self, person: Person | None) -> str:
        """By which id the chat knows somebody. Raises NotThere for nobody."""
        found = self.world.directory.identities(person.id) if person else ()
        if not found:
            raise NotThere
        return found[0].user

    def somebody(self, role: Role) -> Person:
        """One of those with a role in the district. Raises NotThere."""
        people = self.world.directory.with_role(role)
        if not people:
            raise NotThere
        return self.chance.choice(people)

    # What they do

    def data(self, action: str, id: int | None = None) -> str:
        """What a button about the complaint carries."""
        return f"{action}:complaint:{id or self.complaint.id}"

    def press(self, action: str, user: str | None = None, chat: str | None = None, later: int | None = None) -> Press:
        """Press what stands under a message about the complaint. Raises NotThere."""
        data = self.data(action)
        found = self.world.chats.with_button(chat or self.group, data)
        return self.press_on(found, data, user, later)

    def press_on(self, message: Standing | None, data: str, user: str | None = None, later: int | None = None) -> Press:
        """Press a button of a message that was found, or not. Raises NotThere."""
        if message is None:
            raise NotThere
        return Press(user or self.user, message.chat, message.id, data, later or self.soon())

    def write(
        self,
        text: str,
        *,
        user: str | None = None,
        chat: str | None = None,
        under: Standing | None = None,
        photos: tuple[str, ...] = (),
        later: int | None = None,
    ) -> Write:
        """Write in a chat, by default as the officer in the group."""
        message = under.id if under else None
        return Write(user or self.user, chat or self.group, text, message, photos, later or self.soon())

    def reply(self, text: str, photos: tuple[str, ...] = ()) -> Write:
        """Reply to the card. Raises NotThere."""
        return self.write(text, under=self.card(), photos=photos)

    def at_the_desk(self, command: Command, role: Role) -> Do:
        """Somebody does it at the desk. Raises NotThere."""
        return Do(command, self.world.directory.actor(self.somebody(role).id, Via(Door.DESK)), self.soon())

    def card(self) -> Standing:
        """The card in the group while something can be done from it. Raises NotThere."""
        for action in ("acknowledge", "solve", "not_ours"):
            found = self.world.chats.with_button(self.group, self.data(action))
            if found is not None:
                return found
        raise NotThere

    def photo(self, forgettable: bool = True) -> tuple[str, ...]:
        """A picture where the category asks for one, unless it is forgotten; elsewhere sometimes."""
        if forgettable and self.happens("forgets_the_photo"):
            return ()
        needed = self.complaint.category == "A" or self.chance.random() < 0.2
        return (self.world.take_photo(),) if needed or not forgettable else ()

    def soon(self) -> int:
        """A few minutes."""
        return self.chance.randint(1, 4)

    def happens(self, manner: str) -> bool:
        """Whether they do it so this time."""
        return self.world.habits.happens(manner, self.chance)

    def sentence(self, kind: str) -> str:
        """One of the sentences of a kind."""
        return self.world.habits.sentence(kind, self.chance)


Played = Callable[[Scene], Course]
COURSES: dict[str, Played] = {}
"""What each name in habits.yaml does."""


def habit(course: Played) -> Played:
    """Put a course into the table under its name."""
    if course.__name__ in COURSES:
        raise ValueError(f"there are two courses {course.__name__!r}; give one of them another name")
    COURSES[course.__name__] = course
    return course
