"""Whether the complainant was treated politely: asked once, after their answer whether it is solved."""

from collections.abc import Sequence

from bot.context import Context
from bot.events import Message
from bot.handlers.citizens import where_it_stands
from bot.handlers.meant import complaints_meant
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import button
from bot.store.asks import Ask
from core.commands import TellPoliteness
from core.complaints import Complaint
from core.reading import Answer, read_answer

on = Routes()

POLITE = Question("polite")


def ask_politeness(ctx: Context, complaints: Sequence[Complaint], in_words: bool = False) -> None:
    """Ask the complainant, where they have not told it yet.

    in_words: a yes or no that they write next is the answer; else only the buttons, as something else is asked too.
    """
    untold = [each for each in complaints if each.polite is None]
    if ctx.person is not None or not untold:
        return
    first = untold[0]
    buttons = [[button("yes", first, "were_polite"), button("no", first, "not_polite")]]
    if in_words:
        ctx.ask_back(POLITE, "ask_polite", about=first, data={"petition": first.petition}, buttons=buttons)
    else:
        ctx.reply("ask_polite", about=first, buttons=buttons)


@on.button("were_polite")
def they_were(ctx: Context, complaint: Complaint) -> None:
    """Politely treated."""
    _tell(ctx, complaint, polite=True)


@on.button("not_polite")
def they_were_not(ctx: Context, complaint: Complaint) -> None:
    """Not politely treated."""
    _tell(ctx, complaint, polite=False)


@on.answer(POLITE)
def read_politeness(ctx: Context, ask: Ask, answer: Message) -> None:
    """A yes or a no in words. Thanks are no answer and want none; a code is a question of its own."""
    complaint = ctx.unit.complaint(ctx.codes_of_petition(int(str(ask.data["petition"])))[0])
    match read_answer(answer.text, ctx.rules.words):
        case Answer.YES:
            _tell(ctx, complaint, polite=True)
        case Answer.NO:
            _tell(ctx, complaint, polite=False)
        case _:
            for each in complaints_meant(ctx, answer).complaints[:1]:
                where_it_stands(ctx, each)


def _tell(ctx: Context, complaint: Complaint, polite: bool) -> None:
    """It holds for every department whose work was asked about at once."""
    ctx.need_own_word(complaint)
    ctx.stop_asking(POLITE)
    for code in ctx.codes_of_petition(complaint.petition):
        each = ctx.unit.complaint(code)
        if each.id == complaint.id or each.confirmed_by_complainant:
            ctx.do(TellPoliteness(code, polite), about=each)
    ctx.reply("polite_noted")
