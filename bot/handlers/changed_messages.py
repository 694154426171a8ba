"""Messages that were changed or taken back after they had done something (docs/design.md §3, Archive).

The record keeps what was said. Other words for a solution become its words until somebody has confirmed it; anything
else that is edited does nothing, for nobody looks at an old message again.
"""

from bot.context import Context
from bot.events import Deleted, Message
from bot.handlers.solving import TAKEN
from bot.outbox import Buttons
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.archive import said_before
from core.commands import RewordSolution
from core.complaints import Complaint, SolutionReworded, State
from core.reading import read
from core.timeline import Entry

on = Routes()


@on.edited()
def take_other_words(ctx: Context, message: Message) -> None:
    """The solution in other words, or why it stays as it is."""
    for complaint in _solved_by(ctx, message.message):
        words = ctx.directory.codes.cut(message.text).strip()
        if complaint.state is not State.SOLVED:
            ctx.reply("edited_too_late", about=complaint, code=complaint.code, solution=_words(complaint))
        elif read(words, ctx.rules.words, addressed=True).meaning in TAKEN:
            ctx.do(RewordSolution(complaint.code, words, at=ctx.at))
        else:
            ctx.reply(
                "edited_no_solution",
                about=complaint,
                buttons=_undo(ctx, complaint),
                code=complaint.code,
                solution=_words(complaint),
                undo=bool(_undo(ctx, complaint)),
            )


@on.deleted()
def keep_what_was_said(ctx: Context, gone: Deleted) -> None:
    """A solution does not go with its message; whoever did not mean it can take it back as long as that is possible."""
    for complaint in _solved_by(ctx, gone.message):
        ctx.say(
            ctx.address,
            "deleted_solution",
            about=complaint,
            buttons=_undo(ctx, complaint),
            code=complaint.code,
            solution=_words(complaint),
            undo=bool(_undo(ctx, complaint)),
        )


@on.happened(SolutionReworded)
def show_other_words(speaking: Speaking, entry: Entry) -> None:
    """The cards show the words as they are now."""
    for group in (*speaking.groups_of(entry.complaint), *speaking.administration()):
        if speaking.is_shown(entry.complaint, group):
            speaking.show(entry.complaint, group)


def _solved_by(ctx: Context, message: str) -> list[Complaint]:
    """The complaints whose solution was given by this user in this message, whatever it said since."""
    said = said_before(ctx.unit, ctx.address, message)
    return [
        complaint
        for id, texts in said.items()
        if (complaint := ctx.unit.complaint_by_id(id)).solution is not None
        and ctx.person is not None
        and complaint.solution.by == ctx.person.id
        and complaint.solution.words in {ctx.directory.codes.cut(text).strip() for text in texts}
    ]


def _words(complaint: Complaint) -> str:
    assert complaint.solution is not None
    return "" if complaint.confidential else complaint.solution.words


def _undo(ctx: Context, complaint: Complaint) -> Buttons:
    solution = complaint.solution
    if complaint.state is not State.SOLVED or solution is None or solution.undo_until is None:
        return ()
    return [[button("undo", complaint)]] if ctx.at <= solution.undo_until else ()
