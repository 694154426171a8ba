"""/ask: a senior or operator asks whoever has a complaint, and is told the answer (docs/rules.md Q1, Q2)."""

from bot.context import Context
from bot.events import Address, Message
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import Priority
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import ANSWER_WITHIN, Speaking, button
from bot.store.asks import Ask, open_asks_of_all
from core.commands import AnswerQuestion, AskOfficer
from core.complaints import Complaint, Merged, QuestionAnswered, QuestionAsked, Rejected, Transferred
from core.complaints.rights import need_neither_closed_nor_merged
from core.people import Role
from core.refusals import NoQuestion, NotAllowed
from core.timeline import Entry

on = Routes()

WHAT_TO_ASK = Question("what_to_ask")
ASKED_OFFICER = Question("asked_officer")


@on.command("ask", role=(Role.SENIOR, Role.OPERATOR))
def ask_by_command(ctx: Context, words: str) -> None:
    """/ask CODE WORDS: what is missing is asked."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "ask", words)
        return
    question = ctx.directory.codes.cut(words).strip()
    if question:
        _ask(ctx, complaint, question)
    else:
        ask_what_to_ask(ctx, complaint)


@on.button("ask", role=Role.OPERATOR)
def ask_what_to_ask(ctx: Context, complaint: Complaint) -> None:
    """The words of the question."""
    need_neither_closed_nor_merged(complaint)
    ctx.ask_back(
        WHAT_TO_ASK,
        "ask_prompt",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


@on.answer(WHAT_TO_ASK)
def take_the_question(ctx: Context, ask: Ask, answer: Message) -> None:
    """The question goes to whoever has the complaint."""
    _ask(ctx, ctx.unit.complaint_by_id(int(str(ask.data["complaint"]))), answer.text)


@on.button("answer_question")
def ask_for_the_answer(ctx: Context, complaint: Complaint) -> None:
    """Whoever answers for a department that nobody could be asked of privately."""
    actor = ctx.actor()
    if not (actor.belongs_to(complaint.department) or actor.has(Role.OPERATOR, Role.SENIOR)):
        raise NotAllowed(Role.MEMBER, complaint.code)
    if complaint.question is None:
        raise NoQuestion(complaint.code)
    ctx.ask_back(
        ASKED_OFFICER,
        "answer_prompt",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


@on.answer(ASKED_OFFICER)
def take_the_answer(ctx: Context, ask: Ask, answer: Message) -> None:
    """A reply to the question is its answer."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    ctx.do(AnswerQuestion(complaint.code, answer.text, ctx.evidence(answer), at=ctx.at))
    ctx.reply("answer_sent", about=complaint, code=complaint.code)


@on.happened(QuestionAsked)
def put_it_to_the_officer(speaking: Speaking, entry: Entry) -> None:
    """To whoever has it, privately; where they have no chat to the head, else to the administration group."""
    complaint, asked = entry.complaint, entry.happened
    assert isinstance(asked, QuestionAsked)
    drop_what_was_asked(speaking, entry)
    senior = speaking.person_name(asked.by)
    chats = whom_to_ask(speaking, complaint)
    for chat, user in chats:
        speaking.ask(
            chat,
            user,
            ASKED_OFFICER,
            "question",
            about=complaint,
            data={"complaint": complaint.id},
            within=ANSWER_WITHIN,
            code=complaint.code,
            senior=senior,
            words=asked.words,
        )
    for group in () if chats else speaking.administration():
        speaking.say(
            group,
            "question_here",
            about=complaint,
            priority=Priority.CARD,
            buttons=[] if complaint.confidential else [[button("answer_question", complaint)]],
            code=complaint.code,
            senior=senior,
            words="" if complaint.confidential else asked.words,
        )


@on.happened(QuestionAnswered)
def tell_who_asked(speaking: Speaking, entry: Entry) -> None:
    """Everybody who has asked, privately; whoever has no chat reads it in the administration group or at the desk."""
    complaint, answered = entry.complaint, entry.happened
    assert isinstance(answered, QuestionAnswered)
    drop_what_was_asked(speaking, entry)
    unreached = False
    for asker in answered.askers:
        chats = speaking.private(asker)
        unreached |= not chats
        for chat in chats:
            _tell_the_answer(speaking, chat, complaint, answered, hidden=False)
    for group in speaking.administration() if unreached else ():
        _tell_the_answer(speaking, group, complaint, answered, hidden=complaint.confidential)


@on.happened(Transferred, Rejected, Merged)
def drop_what_was_asked(speaking: Speaking, entry: Entry) -> None:
    """A question that was answered, replaced or that fell is no question in any chat any more."""
    for ask in open_asks_of_all(speaking.unit, ASKED_OFFICER.name):
        if ask.data["complaint"] == entry.complaint.id:
            speaking.settle(ask)


def whom_to_ask(speaking: Speaking, complaint: Complaint) -> tuple[tuple[Address, str], ...]:
    """(chat, user) of whoever is asked: the officer of the question, else the head; () for nobody with a chat."""
    asked, head = complaint.question, speaking.directory.head(complaint.department)
    officer = asked.officer if asked is not None else None
    for person in (officer, head.id if head else None):
        if person is not None and (chats := speaking.private_users(person)):
            return chats
    return ()


def _ask(ctx: Context, complaint: Complaint, words: str) -> None:
    done = ctx.do(AskOfficer(complaint.code, words))
    after = ctx.unit.complaint_by_id(complaint.id)
    officer = after.question.officer if after.question else None
    template = "question_sent" if done.entries else "question_waits"
    ctx.reply(template, about=complaint, code=complaint.code, officer=ctx.person_name(officer))


def _tell_the_answer(
    speaking: Speaking, chat: Address, complaint: Complaint, answered: QuestionAnswered, hidden: bool
) -> None:
    speaking.say(
        chat,
        "answer_told",
        about=complaint,
        code=complaint.code,
        officer=speaking.person_name(answered.by),
        answer="" if hidden else answered.words,
        photos=len(answered.evidence),
    )
