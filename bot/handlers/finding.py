"""/find WORDS: complaints by who brought them, where from, or what about."""

from datetime import timedelta

from bot.context import Context
from bot.events import Message
from bot.handlers.cards import brief_facts
from bot.handlers.lists import departments_of_reader, show_status
from bot.handlers.meant import complaint_named
from bot.questions import Question
from bot.routing import Routes
from bot.store.asks import Ask
from core.complaints.sight import sees, sees_words
from core.people import Role
from core.store.queries.finding import complaints_with_words

on = Routes()

WHAT_TO_FIND = Question("what_to_find")
MOST_FOUND = 10
HOW_LONG_BACK = timedelta(days=366)
_READ = 40
"""So many are read, since some of them may be no business of the reader."""


@on.command("find", role=Role.MEMBER)
def find(ctx: Context, words: str) -> None:
    """/find WORDS; without words it asks for them. A code is shown at once."""
    if not words.strip():
        ctx.ask_back(WHAT_TO_FIND, "find_prompt")
        return
    named = complaint_named(ctx, words)
    if named is not None:
        show_status(ctx, named)
        return
    since = ctx.unit.now - HOW_LONG_BACK
    found = complaints_with_words(ctx.fresh, words, departments_of_reader(ctx), since, _READ)
    actor = ctx.actor()
    mine = [each for each in found if sees(actor, each) and sees_words(actor, each)]
    # In a group nobody finds a confidential complaint by its words, not even the head: the others read along.
    shown = [each for each in mine if ctx.direct or not each.confidential][:MOST_FOUND]
    ctx.reply("found", typed=words.strip()[:40], rows=[brief_facts(ctx, each) for each in shown], most=MOST_FOUND)


@on.answer(WHAT_TO_FIND)
def take_the_words(ctx: Context, ask: Ask, answer: Message) -> None:
    """The words, asked for."""
    find(ctx, answer.text)
