"""/history CODE: what happened to a complaint, the latest last, in the card's words."""

from bot.context import Context
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.routing import Routes
from core.complaints import Complaint
from core.complaints.sight import sees, sees_words
from core.people import Role
from core.refusals import NotAllowed
from core.store.queries.complaint_page import Step, timeline_of

on = Routes()

MOST_STEPS = 15


@on.command("history", role=Role.MEMBER)
def tell_the_history(ctx: Context, words: str) -> None:
    """/history CODE."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "show_history", words)
    else:
        show_history(ctx, complaint)


@on.button("show_history", role=Role.MEMBER)
def show_history(ctx: Context, complaint: Complaint) -> None:
    """The steps with who took them; words only to whom they are no secret, and of a confidential one only alone."""
    actor = ctx.actor()
    if not sees(actor, complaint):
        raise NotAllowed(Role.MEMBER, complaint.code)
    open_words = sees_words(actor, complaint) and (ctx.direct or not complaint.confidential)
    steps = timeline_of(ctx.fresh, complaint.id)
    ctx.reply(
        "history",
        about=complaint,
        code=complaint.code,
        earlier=max(0, len(steps) - MOST_STEPS),
        rows=[_row(ctx, step, open_words) for step in steps[-MOST_STEPS:]],
    )


def _row(ctx: Context, step: Step, open_words: bool) -> dict[str, object]:
    happened = step.happened
    said = getattr(happened, "words", "") or getattr(happened, "reason", "")
    due, officer = getattr(happened, "due", None), getattr(happened, "officer", None)
    receiver = getattr(happened, "receiver", None)
    return {
        "what": type(happened).__name__,
        "at": happened.at,
        "who": ctx.person_name(happened.by),
        "officer": ctx.person_name(officer),
        "head": ctx.person_name(getattr(happened, "head", None)),
        "department": ctx.department_name(receiver) if receiver is not None else "",
        "due": due.at if due is not None else None,
        "to": getattr(happened, "to", ""),
        "words": said if open_words and type(happened).__name__ != "Registered" else "",
    }
