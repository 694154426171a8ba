"""/seen CODE: who of the department has seen it, and when (docs/design.md §3, Receipts)."""

from bot.context import Context
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.routing import Routes
from bot.store.receipts import Seen, seen_about
from core.complaints import Complaint
from core.complaints.sight import sees
from core.people import Person, Role
from core.refusals import NotAllowed

on = Routes()


@on.command("seen", role=Role.MEMBER)
def who_has_seen_it(ctx: Context, words: str) -> None:
    """/seen CODE."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "show_seen", words)
    else:
        show_seen(ctx, complaint)


@on.button("show_seen", role=Role.MEMBER)
def show_seen(ctx: Context, complaint: Complaint) -> None:
    """By receipts, presses, reactions and replies; "not known" where a platform tells nothing of who only read."""
    if not sees(ctx.actor(), complaint):
        raise NotAllowed(Role.MEMBER, complaint.code)
    seen = {each.person: each for each in seen_about(ctx.fresh, "complaint", complaint.id)}
    ctx.reply(
        "seen",
        about=complaint,
        code=complaint.code,
        department=ctx.department_name(complaint.department),
        rows=[_row(ctx, person, seen.get(person.id)) for person in _readers(ctx, complaint, seen)],
    )


def _readers(ctx: Context, complaint: Complaint, seen: dict[int, Seen]) -> list[Person]:
    """Everybody of the department, its head first, and then whoever else has seen it."""
    members = ctx.directory.members(complaint.department)
    others = [ctx.directory.people[id] for id in seen if id not in {each.id for each in members}]
    return [*members, *others]


def _row(ctx: Context, person: Person, seen: Seen | None) -> dict[str, object]:
    accounts = {each.account for each in ctx.directory.identities(person.id)}
    return {
        "name": ctx.person_name(person.id),
        "read_at": seen.read_at if seen else None,
        "delivered_at": seen.delivered_at if seen else None,
        "would_tell": any(ctx.around.tells_reading(account) for account in accounts),
    }
