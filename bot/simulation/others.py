"""What complainants, seniors and operators do once a department says that it is solved; and the chatter of a group.

Whoever can be asked in a chat answers there; whoever has only a phone is called by an operator; for the others a senior
decides, from the administration group.
"""

import random
from collections.abc import Callable

from bot.simulation.cases import Course, NotThere, Scene, World, Write, habit
from bot.simulation.chats import Standing
from bot.simulation.district import ADMINISTRATION
from core.commands import Confirm, Reopen
from core.people import Person, Role


@habit
def say_yes(scene: Scene) -> Course:
    """It is really solved."""
    if scene.case.user is not None:
        message, data = _asked(scene, "yes_solved")
        if scene.happens("complainant_answers_by_button"):
            yield scene.press_on(message, data, scene.case.user)
        else:
            yield _in_words(scene, scene.sentence("affirmed"), message)
    elif scene.case.phone:
        yield scene.at_the_desk(Confirm(scene.complaint.code, complainant=True), Role.OPERATOR)
    else:
        senior = scene.user_of(scene.somebody(Role.SENIOR))
        yield scene.press("confirm_close", user=senior, chat=ADMINISTRATION)


@habit
def say_no(scene: Scene) -> Course:
    """It is not, and what is still wrong."""
    words = scene.sentence("still_wrong") if scene.happens("says_what_is_wrong") else ""
    if scene.case.user is not None:
        message, data = _asked(scene, "not_solved")
        by_button = scene.happens("complainant_answers_by_button")
        said = _in_words(scene, scene.sentence("denied"), message)
        heard = yield scene.press_on(message, data, scene.case.user) if by_button else said
        which = [
            (each, b.data) for each in heard for row in each.buttons for b in row if b.data.startswith("work_left")
        ]
        if which:
            yield scene.press_on(*scene.chance.choice(which), scene.case.user)
        if words:
            yield scene.write(words, user=scene.case.user, chat=scene.private)
    elif scene.case.phone:
        yield scene.at_the_desk(Reopen(scene.complaint.code, words, complainant=True), Role.OPERATOR)
    else:
        senior = scene.user_of(scene.somebody(Role.SENIOR))
        heard = yield scene.press("reopen", user=senior, chat=ADMINISTRATION)
        question = heard[-1] if heard else None
        yield scene.write(scene.sentence("still_wrong"), user=senior, chat=ADMINISTRATION, under=question)


@habit
def say_neither(scene: Scene) -> Course:
    """An answer that is none."""
    message, _ = _asked(scene, "yes_solved")
    yield _in_words(scene, scene.sentence("neither"), message)


@habit
def open_again(scene: Scene) -> Course:
    """After it was closed: a senior by a command, or an operator for a complainant who came back."""
    code, words = scene.complaint.code, scene.sentence("still_wrong")
    if scene.chance.random() < 0.5:
        senior = scene.user_of(scene.somebody(Role.SENIOR))
        yield scene.write(f"/reopen {code} {words}", user=senior, chat=ADMINISTRATION)
    else:
        yield scene.at_the_desk(Reopen(code, words, complainant=True), Role.OPERATOR)


def prove_who_one_is(scene: Scene) -> Course:
    """A complainant writes the code of the slip to the bot, and proves by the phone whose it is."""
    user, chat = scene.case.user, scene.private
    yield scene.write(scene.complaint.code, user=user, chat=chat)
    four = scene.case.phone[-4:]
    if scene.chance.random() < scene.world.habits.petitions["mistyped_proof"]:
        yield scene.write(f"{(int(four) + 1) % 10_000:04}", user=user, chat=chat)
    yield scene.write(four, user=user, chat=chat)


def _asked(scene: Scene, action: str) -> tuple[Standing, str]:
    """The question whether it is solved; it is asked once for all complaints of a petition."""
    for id in (scene.complaint.id, *scene.siblings):
        data = scene.data(action, id)
        found = scene.world.chats.with_button(scene.private, data)
        if found is not None:
            return found, data
    raise NotThere


def _in_words(scene: Scene, words: str, question: Standing) -> Write:
    under = question if scene.happens("answers_under_the_question") else None
    return scene.write(words, user=scene.case.user, chat=scene.private, under=under)


Chatter = Callable[[World, str, str, random.Random], Write]


def greet(world: World, user: str, chat: str, chance: random.Random) -> Write:
    """Good morning, present, and news."""
    return Write(user, chat, world.habits.sentence("greetings", chance))


def type_a_command(world: World, user: str, chat: str, chance: random.Random) -> Write:
    """A command as it is typed in a group."""
    return Write(user, chat, world.habits.sentence("commands", chance))


CHATTER: dict[str, Chatter] = {"greet": greet, "type_a_command": type_a_command}
"""What each name in the table of chatter does."""


def who_chats(world: World, department: int, chance: random.Random) -> Person | None:
    """Somebody of a department, None where it has nobody."""
    members = world.directory.members(department)
    return chance.choice(members) if members else None
