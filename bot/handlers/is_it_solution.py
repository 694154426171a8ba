"""Words that may be a solution: kept as a note at once, and asked with two buttons."""

from bot.context import Context
from bot.handlers.recording import evidence_kept, keep_as_note, record_solution
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import button
from core.complaints import Complaint
from core.people import Role

on = Routes()

IS_IT_SOLUTION = Question("is_it_solution")


def ask_if_solution(ctx: Context, complaint: Complaint, words: str, evidence: tuple[str, ...]) -> None:
    """Keep the words, and ask whoever wrote them whether they are the solution."""
    keep_as_note(ctx, complaint, words, evidence)
    ctx.ask_back(
        IS_IT_SOLUTION,
        "is_it_solution",
        about=complaint,
        data={"complaint": complaint.id, "words": words, "evidence": list(evidence)},
        buttons=[[button("it_is_solution", complaint), button("only_note", complaint)]],
        code=complaint.code,
    )


@on.button("it_is_solution", role=(Role.MEMBER, Role.OPERATOR))
def take_as_solution(ctx: Context, complaint: Complaint) -> None:
    """The words that were asked about are the solution; only whoever wrote them can say so."""
    ask = ctx.open_question(IS_IT_SOLUTION, complaint)
    if ask is None:
        ctx.toast("press_again")
        return
    ctx.stop_asking(IS_IT_SOLUTION)
    record_solution(ctx, complaint, str(ask.data["words"]), evidence_kept(ask), from_text=False)


@on.button("only_note", role=Role.MEMBER)
def leave_it_a_note(ctx: Context, complaint: Complaint) -> None:
    """Nothing more: the words are in the complaint's history."""
    ctx.stop_asking(IS_IT_SOLUTION)
    ctx.toast("note_kept")
