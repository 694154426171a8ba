"""/help, /privacy and /language: what the reader may do, what is kept, and in which language."""

from bot.context import Context
from bot.outbox import ButtonSpec
from bot.routing import Routes
from core.commands import ChooseLanguage
from core.enrolment import LANGUAGES
from core.people import Role

on = Routes()

RANK = (Role.ADMINISTRATOR, Role.SENIOR, Role.NODAL_OFFICER, Role.OPERATOR, Role.AUDITOR)


@on.command("help", anywhere=True)
def help(ctx: Context, words: str) -> None:
    """/help: what the reader may do, and nothing else."""
    ctx.reply("help", role=_highest(ctx), commands=ctx.allowed_commands(), link=ctx.around.link)


@on.command("privacy", anywhere=True)
def privacy(ctx: Context, words: str) -> None:
    """/privacy: what is kept, and for how long."""
    ctx.reply("what_is_kept", period=ctx.messages_kept_for())


@on.command("language", anywhere=True)
def language(ctx: Context, words: str) -> None:
    """/language: ask, or take the name that was written."""
    for each in LANGUAGES:
        if ctx.around.commands.means(words, each):
            choose(ctx, each)
            return
    ctx.reply("language_ask", buttons=[[ButtonSpec(f"language_{each}", f"language:{each}") for each in LANGUAGES]])


@on.choice("language")
def choose(ctx: Context, chosen: str) -> None:
    """The group's language, by one of its department or the nodal officer; in a direct chat one's own."""
    if ctx.group is not None:
        ctx.need_group_member()
    about = ctx.any_own_complaint()
    ctx.do(ChooseLanguage(chosen, ctx.address.account, ctx.address.chat), about=about)
    ctx.reply("language_set", group=ctx.group is not None)


def _highest(ctx: Context) -> str:
    if ctx.person is None:
        return "complainant"
    for role in RANK:
        if role in ctx.person.roles:
            return role.value
    heads = any(each.head for each in ctx.directory.memberships_of(ctx.person.id))
    return Role.HEAD.value if heads else Role.MEMBER.value
