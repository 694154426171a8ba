"""/reject: a senior rejects what nothing can be done about here, for one of the office's grounds (docs/rules.md R1)."""

from bot.context import Context
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec
from bot.routing import Routes
from bot.speaking import Speaking, button
from core.commands import Reject
from core.complaints import Complaint, Rejected
from core.complaints.rights import need_open
from core.people import Role
from core.refusals import Forged
from core.timeline import Entry

on = Routes()


@on.command("reject", role=Role.SENIOR)
def reject_by_command(ctx: Context, words: str) -> None:
    """/reject CODE: the ground is chosen from the office's list."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "reject", words)
    else:
        ask_ground(ctx, complaint)


@on.button("reject", role=Role.SENIOR)
def ask_ground(ctx: Context, complaint: Complaint) -> None:
    """The grounds as buttons; there are no others."""
    need_open(complaint)
    grounds = ctx.office.settings.rejection.reasons
    ctx.reply(
        "reject_which",
        about=complaint,
        buttons=[
            *([ButtonSpec("ground", f"reject_for:{complaint.id}:{each}", {"ground": each})] for each in grounds),
            [button("cancel", complaint)],
        ],
        code=complaint.code,
    )


@on.choice("reject_for", role=Role.SENIOR)
def ask_if_sure(ctx: Context, rest: str) -> None:
    """What will be told to whom, before it is done."""
    complaint, ground = _named(ctx, rest)
    need_open(complaint)
    yes = ButtonSpec("yes", f"reject_now:{complaint.id}:{ground}")
    ctx.reply(
        "reject_sure",
        about=complaint,
        buttons=[[yes, button("cancel", complaint)]],
        code=complaint.code,
        ground=ground,
        told=bool(ctx.complainant(complaint)),
    )


@on.choice("reject_now", role=Role.SENIOR)
def reject(ctx: Context, rest: str) -> None:
    """Reject it; a second press changes nothing."""
    complaint, ground = _named(ctx, rest)
    done = ctx.do(Reject(complaint.code, ground))
    ctx.toast("recorded_decision" if done.entries else "nothing_changed")


@on.happened(Rejected)
def tell_that_it_is_rejected(speaking: Speaking, entry: Entry) -> None:
    """The group, the administration and the complainant learn the ground."""
    complaint, rejected = entry.complaint, entry.happened
    assert isinstance(rejected, Rejected)
    for group in (*speaking.groups_of(complaint), *speaking.administration()):
        if speaking.is_shown(complaint, group):
            speaking.show(complaint, group)
    for group in speaking.groups_of(complaint):
        speaking.say(
            group,
            "rejected",
            about=complaint,
            code=complaint.code,
            ground=rejected.ground,
            senior=speaking.person_name(rejected.by),
            words="" if complaint.confidential else rejected.words,
        )
    for chat, _ in speaking.complainant(complaint):
        speaking.say(chat, "rejected_told", about=complaint, code=complaint.code, ground=rejected.ground)


def _named(ctx: Context, rest: str) -> tuple[Complaint, str]:
    id, _, ground = rest.partition(":")
    if ground not in ctx.office.settings.rejection.reasons:
        raise Forged("button")
    return ctx.complaint_pressed(id), ground
