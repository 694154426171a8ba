"""/department: one is added, or called by another name; its letters stay for ever."""

from bot.context import Context
from bot.events import Message
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.store.asks import Ask
from core.people import Role
from core.people_commands import AddDepartment, RenameDepartment

on = Routes()

LETTERS = Question("department_letters")
NAME_HI = Question("department_name_hi")
NAME_EN = Question("department_name_en")


@on.command("department", role=Role.ADMINISTRATOR, anywhere=True)
def department(ctx: Context, words: str) -> None:
    """/department DPRO: a known one is renamed, an unknown one is added; without letters they are asked for."""
    ctx.stop_all_asking()
    letters = words.strip().upper()
    if not letters:
        ctx.ask_back(LETTERS, "department_letters", buttons=[[ButtonSpec("cancel", "cancel:")]])
        return
    known = ctx.directory.department(letters)
    _ask(ctx, NAME_HI, "department_name_hi", {"letters": letters[:40]}, ctx.department_name(known.id) if known else "")


@on.answer(LETTERS)
def take_the_letters(ctx: Context, ask: Ask, answer: Message) -> None:
    """The letters, asked for."""
    department(ctx, answer.text)


@on.answer(NAME_HI)
def take_the_hindi_name(ctx: Context, ask: Ask, answer: Message) -> None:
    """Its name in Hindi; then the English one."""
    known = ctx.directory.department(str(ask.data["letters"]))
    data = {**ask.data, "name_hi": answer.text.strip()}
    _ask(ctx, NAME_EN, "department_name_en", data, ctx.department_name(known.id) if known else "")


@on.answer(NAME_EN)
def take_the_english_name(ctx: Context, ask: Ask, answer: Message) -> None:
    """Its name in English, and it is done."""
    letters, name_hi = str(ask.data["letters"]), str(ask.data["name_hi"])
    known = ctx.directory.department(letters)
    change = RenameDepartment if known else AddDepartment
    ctx.do(change(letters, name_hi, answer.text))
    changed = ctx.directory.department(letters)
    assert changed is not None, "it was added or renamed in this work"
    ctx.reply("department_kept", letters=letters, department=ctx.department_name(changed.id), added=known is None)


def _ask(ctx: Context, question: Question, template: str, data: dict[str, object], known: object) -> None:
    buttons = [[ButtonSpec("cancel", "cancel:")]]
    ctx.ask_back(question, template, data=data, buttons=buttons, letters=str(data["letters"]), department=known)
