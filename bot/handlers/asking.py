"""/ask: a senior or operator asks whoever has a complaint, and is told the answer (docs/rules.md Q1, Q2)."""

from bot.context import Context
from bot.events import Address, Message
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask, open_asks_of_all
from core.commands import AnswerQuestion, AskOfficer
from core.complaints import Complaint, QuestionAnswered, QuestionAsked, Rejected, Transferred
from core.people import Role
from core.timeline import Entry

on = Routes()

WHAT_TO_ASK = Question("what_to_ask")
ANSWER = Question("answer")


@on.command("ask", role=Role.OPERATOR)
def ask_by_command(ctx: Context, words: str) -> None:
    """/ask CODE WORDS: without words they are asked for."""
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
    """The question itself."""
    ctx.ask_back(
        WHAT_TO_ASK,
        "question_prompt",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


@on.answer(WHAT_TO_ASK)
def take_the_question(ctx: Context, ask: Ask, answer: Message) -> None:
    """The words of the question."""
    _ask(ctx, ctx.unit.complaint_by_id(int(str(ask.data["complaint"]))), answer.text)


@on.answer(ANSWER)
def take_the_answer(ctx: Context, ask: Ask, answer: Message) -> None:
    """A reply to the question is its answer; photos go along."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    words = ctx.directory.codes.cut(answer.text).strip()
    ctx.do(AnswerQuestion(complaint.code, words, ctx.evidence(answer), at=ctx.at))
    ctx.reply("answer_passed_on", about=complaint, code=complaint.code)


@on.happened(QuestionAsked)
def put_the_question(speaking: Speaking, entry: Entry) -> None:
    """To the officer privately; where nobody can be told so, in the administration group, without secrets."""
    complaint, asked = entry.complaint, entry.happened
    assert isinstance(asked, QuestionAsked)
    _take_back(speaking, complaint)
    senior = speaking.person_name(asked.by)
    chats = _chats_of(speaking, asked.officer)
    for chat, user in chats:
        speaking.ask(
            chat,
            user,
            ANSWER,
            "question",
            about=complaint,
            data={"complaint": complaint.id},
            code=complaint.code,
            senior=senior,
            asked=asked.words,
        )
    for group in () if chats else speaking.administration():
        words = "" if complaint.confidential else asked.words
        buttons = [[button("answer", complaint)]]
        speaking.say(
            group, "question", about=complaint, buttons=buttons, code=complaint.code, senior=senior, asked=words
        )


@on.button("answer", role=Role.MEMBER)
def ask_for_the_answer(ctx: Context, complaint: Complaint) -> None:
    """Whoever of the department presses in the administration group writes the answer there."""
    ctx.ask_back(
        ANSWER,
        "answer_prompt",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


@on.happened(QuestionAnswered)
def tell_the_answer(speaking: Speaking, entry: Entry) -> None:
    """To everybody who has asked since the last answer, privately."""
    complaint, answered = entry.complaint, entry.happened
    assert isinstance(answered, QuestionAnswered)
    _take_back(speaking, complaint)
    for asker in answered.askers:
        for chat, _ in _chats_of(speaking, asker):
            speaking.say(
                chat,
                "question_answered",
                about=complaint,
                code=complaint.code,
                officer=speaking.person_name(answered.by),
                answer=answered.words,
                files=len(answered.evidence),
            )


@on.happened(Transferred, Rejected)
def drop_the_question(speaking: Speaking, entry: Entry) -> None:
    """It fell: nobody answers it any more."""
    _take_back(speaking, entry.complaint)


def _ask(ctx: Context, complaint: Complaint, words: str) -> None:
    done = ctx.do(AskOfficer(complaint.code, words))
    asked = done.entries[-1].happened if done.entries else None
    officer = asked.officer if isinstance(asked, QuestionAsked) else None
    ctx.reply("question_put", about=complaint, code=complaint.code, officer=ctx.person_name(officer))


def _chats_of(speaking: Speaking, person: int | None) -> list[tuple[Address, str]]:
    if person is None:
        return []
    found = []
    for identity in speaking.directory.identities(person):
        chat = speaking.around.direct_chat(identity.account, identity.user)
        if chat is not None:
            found.append((Address(identity.account, chat), identity.user))
    return found


def _take_back(speaking: Speaking, complaint: Complaint) -> None:
    """Only the latest question waits for an answer."""
    for ask in open_asks_of_all(speaking.unit, ANSWER.name):
        if ask.data["complaint"] == complaint.id:
            speaking.settle(ask)
