"""What officers do with a complaint in their group. A course ends early where what it needs is not there."""

import random
from dataclasses import replace

from bot.simulation.cases import LATE_MIN, Course, Heard, NotThere, Scene, Write, habit
from bot.simulation.chats import Standing
from bot.simulation.district import ADMINISTRATION
from core.people import Role

MOST_QUESTIONS = 3
_DEVANAGARI_DIGITS = str.maketrans({str(digit): chr(ord("०") + digit) for digit in range(10)})


@habit
def acknowledge(scene: Scene) -> Course:
    """The button *I'm on it*."""
    yield scene.press("acknowledge")


@habit
def acknowledge_at_once(scene: Scene) -> Course:
    """Two officers press in the same moment; the second is told who has it."""
    others = [each for each in scene.world.directory.members(scene.complaint.department) if each != scene.officer]
    first = scene.press("acknowledge")
    yield (first, *(replace(first, user=scene.user_of(each)) for each in others[:1]))


@habit
def acknowledge_in_words(scene: Scene) -> Course:
    """Words, and then the button that the bot offers."""
    yield scene.reply(scene.sentence("on_it"))
    yield scene.press("acknowledge" if scene.happens("presses_when_asked") else "only_note")


@habit
def solve_by_button(scene: Scene) -> Course:
    """*Solved*, and what was done under the question."""
    heard = yield scene.press("solve")
    yield from _answer_questions(scene, heard)


@habit
def solve_by_reply(scene: Scene) -> Course:
    """The solution under the card."""
    heard = yield scene.reply(scene.sentence("solutions"), scene.photo())
    yield from _answer_questions(scene, heard)


@habit
def solve_by_code(scene: Scene) -> Course:
    """The solution with the code in it, as people type codes."""
    heard = yield scene.write(_with_code(scene, scene.sentence("solutions")), photos=scene.photo())
    yield from _answer_questions(scene, heard)


@habit
def solve_sloppily(scene: Scene) -> Course:
    """Words that may be a solution: the bot asks."""
    words = scene.sentence("sloppy")
    by_code = scene.chance.random() < 0.5
    heard = yield scene.write(_with_code(scene, words)) if by_code else scene.reply(words)
    yield from _answer_questions(scene, heard)


@habit
def solve_with_one_word(scene: Scene) -> Course:
    """A solved word alone: the bot asks what was done."""
    heard = yield scene.reply(scene.sentence("one_word"))
    yield from _answer_questions(scene, heard)


@habit
def solve_with_a_wrong_code(scene: Scene) -> Course:
    """A digit is wrong: "did you mean …?"."""
    code = scene.complaint.code
    at = scene.chance.choice([place for place, sign in enumerate(code) if sign.isdigit()])
    wrong = code[:at] + str((int(code[at]) + scene.chance.randint(1, 9)) % 10) + code[at + 1 :]
    heard = yield scene.write(f"{wrong} {scene.sentence('solutions')}", photos=scene.photo())
    data = f"meant:{code}"
    offered = next((each for each in heard if _has(each, data)), None)
    heard = yield scene.press_on(offered, data)
    yield from _answer_questions(scene, heard)


@habit
def solve_and_undo(scene: Scene) -> Course:
    """A solution that was not meant so, taken back within ten minutes."""
    heard = yield scene.reply(scene.sentence("solutions"), scene.photo(forgettable=False))
    yield from _answer_questions(scene, heard)
    yield scene.press("undo")


@habit
def solve_from_another_department(scene: Scene) -> Course:
    """Somebody of another department reports it: whose it is, and nothing changes."""
    directory = scene.world.directory
    others = [each for each in sorted(directory.departments) if each != scene.complaint.department]
    other = scene.chance.choice(others) if others else None
    if other is None or not directory.members(other) or not directory.groups_of(other):
        raise NotThere
    user, chat = scene.user_of(directory.members(other)[0]), directory.groups_of(other)[0].chat
    yield scene.write(f"{scene.complaint.code} {scene.sentence('solutions')}", user=user, chat=chat)


@habit
def solve_again(scene: Scene) -> Course:
    """A second report of what is solved."""
    yield scene.write(f"{scene.complaint.code} {scene.sentence('solutions')}", photos=scene.photo())


@habit
def press_for_ones_own(scene: Scene) -> Course:
    """An officer tries to close what their own department solved, by data that was never on a button of theirs."""
    solution = scene.world.chats.with_button(scene.group, scene.data("undo"))
    yield scene.press_on(solution, scene.data("confirm_close"))


@habit
def promise(scene: Scene) -> Course:
    """Tomorrow, tomorrow."""
    words = scene.sentence("promises")
    yield scene.reply(words) if scene.chance.random() < 0.6 else scene.write(_with_code(scene, words))


@habit
def ask(scene: Scene) -> Course:
    """A question, or where it stands."""
    words = scene.sentence("questions")
    yield scene.reply(words) if scene.chance.random() < 0.6 else scene.write(_with_code(scene, words))


@habit
def chat_under_the_card(scene: Scene) -> Course:
    """Words that mean nothing for the complaint."""
    yield scene.reply(scene.sentence("under_the_card"))


@habit
def want_more_time(scene: Scene) -> Course:
    """By the button, or in words first; until when and why as they like to write it; then a senior decides."""
    if scene.chance.random() < 0.5:
        yield scene.reply(scene.sentence("more_time"))
    heard = yield scene.press("more_time")
    words = scene.sentence("until_when")
    for _ in range(MOST_QUESTIONS):
        days = _offered(heard, f"time_until:{scene.complaint.id}:")
        question = next((each for each in heard if _has(each, scene.data("cancel"))), None)
        if question is None:
            break
        if words or not days:
            heard = yield scene.write(words or scene.sentence("time_reasons"), under=question)
        else:
            heard = yield scene.press_on(*scene.chance.choice(days))
        words = ""
    senior = scene.user_of(scene.somebody(Role.SENIOR))
    if scene.happens("senior_gives_time"):
        yield scene.press("give_time", user=senior, chat=ADMINISTRATION, later=LATE_MIN)
    else:
        yield scene.press("no_more_time", user=senior, chat=ADMINISTRATION, later=LATE_MIN)
        yield scene.press("without_reason", user=senior, chat=ADMINISTRATION)


@habit
def send_on_by_button(scene: Scene) -> Course:
    """*Not ours*, a department that the bot offers or else its name, and the reason."""
    heard = yield scene.press("not_ours")
    yield from _name_the_department(scene, heard, by_button=True)


@habit
def send_on_by_name(scene: Scene) -> Course:
    """*Not ours*, the department by what people call it, and the reason."""
    heard = yield scene.press("not_ours")
    yield from _name_the_department(scene, heard, by_button=False)


@habit
def send_on_in_words(scene: Scene) -> Course:
    """Words that sound like *not ours*: the bot asks, and the button goes on."""
    yield scene.reply(scene.sentence("not_ours"))
    heard = yield scene.press("not_ours")
    yield from _name_the_department(scene, heard, by_button=True)


def _answer_questions(scene: Scene, heard: Heard) -> Course:
    """Answer what the bot asks about the solution: is it one, what was done, where is the photo."""
    for _ in range(MOST_QUESTIONS):
        is_it = next((each for each in heard if _has(each, scene.data("it_is_solution"))), None)
        what = next((each for each in heard if _has(each, scene.data("cancel"))), None)
        if is_it is not None:
            action = "it_is_solution" if scene.happens("presses_when_asked") else "only_note"
            heard = yield scene.press_on(is_it, scene.data(action))
        elif what is not None and not scene.happens("never_sends_the_photo"):
            heard = yield _answer(scene, what)
        else:
            return


def _answer(scene: Scene, question: Standing) -> Write:
    late = LATE_MIN if scene.happens("comes_back_late") else None
    under = question if scene.happens("answers_under_the_question") else None
    return scene.write(scene.sentence("plain"), under=under, photos=scene.photo(), later=late)


def _name_the_department(scene: Scene, heard: Heard, by_button: bool) -> Course:
    offered = _offered(heard, f"to_department:{scene.complaint.id}:")
    question = next((each for each in heard if _has(each, scene.data("cancel"))), None)
    if offered and by_button:
        heard = yield scene.press_on(*scene.chance.choice(offered))
    else:
        departments = scene.world.directory.departments.values()
        chosen = scene.chance.choice([each for each in departments if each.id != scene.complaint.department])
        called = scene.chance.choice([chosen.code, chosen.name_hi, chosen.name_en, *sorted(chosen.aliases)])
        heard = yield scene.write(called, under=question)
    why = next((each for each in heard if _has(each, scene.data("cancel"))), None)
    if why is not None:
        yield scene.write(scene.sentence("reasons"), under=why if scene.happens("answers_under_the_question") else None)


def _offered(heard: Heard, begins: str) -> list[tuple[Standing, str]]:
    return [
        (message, button.data)
        for message in heard
        for row in message.buttons
        for button in row
        if button.data.startswith(begins)
    ]


def _has(message: Standing, data: str) -> bool:
    return any(button.data == data for row in message.buttons for button in row)


def _with_code(scene: Scene, words: str) -> str:
    code = _as_typed(scene.complaint.code, scene.chance)
    return f"{code} {words}" if scene.chance.random() < 0.8 else f"{words} {code}"


def _as_typed(code: str, chance: random.Random) -> str:
    """A code as people type it (docs/design.md §4, Codes)."""
    letters, serial, check = code.split("-")
    return chance.choice(
        (
            code,
            code,
            code.lower(),
            f"{letters} {serial} {check}",
            f"{letters.title()} {serial}-{check}",
            f"{letters}{serial}{check}",
            f"{letters}/{serial}/{check}",
            f"{letters} {serial} {check}".translate(_DEVANAGARI_DIGITS),
            f"{letters}–{serial}–{check}",
        )
    )
