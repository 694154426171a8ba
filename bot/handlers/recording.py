"""Recording a solution: at once, or after asking for the words or the photo that are missing."""

from collections.abc import Mapping
from datetime import timedelta

from bot.context import Context
from bot.questions import Question
from bot.speaking import button
from bot.store.asks import Ask
from core.commands import AddNote, Solve
from core.complaints import Complaint
from core.refusals import (
    AlreadyClosed,
    AlreadyMerged,
    AlreadyRejected,
    AlreadySolved,
    PhotoMissing,
    PhotoUsed,
    TooShort,
)

SOLUTION = Question("solution")
PHOTO = Question("photo")
MORE_PHOTOS = Question("more_photos")
PHOTOS_WITHIN = timedelta(minutes=10)


def record_solution(ctx: Context, complaint: Complaint, words: str, evidence: tuple[str, ...], from_text: bool) -> None:
    """Record it, or say what is still missing; what came too late is kept as a note."""
    try:
        ctx.do(Solve(complaint.code, words, evidence, from_text, at=ctx.at))
    except TooShort as missing:
        _ask_for_words(ctx, complaint, missing.short, evidence)
    except PhotoMissing as missing:
        _ask_for_photo(ctx, complaint, missing.words, from_text, "photo_missing", {"kind": missing.kind})
    except PhotoUsed as used:
        _ask_for_photo(ctx, complaint, used.words, from_text, "photo_used", {"code2": used.used_in})
    except (AlreadySolved, AlreadyClosed, AlreadyRejected, AlreadyMerged) as refusal:
        keep_as_note(ctx, complaint, words, evidence)
        ctx.refuse(refusal)
    else:
        ctx.listen_for(MORE_PHOTOS, {"complaint": complaint.id}, PHOTOS_WITHIN)


def keep_as_note(
    ctx: Context, complaint: Complaint, words: str, evidence: tuple[str, ...], question: bool = False
) -> None:
    """Words that change nothing stay in the complaint's history."""
    if words.strip() or evidence:
        ctx.keep(AddNote(complaint.code, words, evidence, question, at=ctx.at), complaint)


def ask_what_was_done(ctx: Context, complaint: Complaint, evidence: tuple[str, ...] = ()) -> None:
    """Ask for the words of a solution; photos that came before them are kept for it."""
    ctx.ask_back(
        SOLUTION,
        "solution_prompt",
        about=complaint,
        data={"complaint": complaint.id, "evidence": list(evidence)},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


def _ask_for_words(ctx: Context, complaint: Complaint, short: str, evidence: tuple[str, ...]) -> None:
    if not short:
        ask_what_was_done(ctx, complaint, evidence)
        return
    ctx.ask_back(
        SOLUTION,
        "too_short",
        about=complaint,
        data={"complaint": complaint.id, "evidence": list(evidence)},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
        short=short,
    )


def _ask_for_photo(
    ctx: Context, complaint: Complaint, words: str, from_text: bool, template: str, params: Mapping[str, str]
) -> None:
    ctx.ask_back(
        PHOTO,
        template,
        about=complaint,
        data={"complaint": complaint.id, "words": words, "from_text": from_text},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
        kind=params.get("kind", ""),
        code2=params.get("code2", ""),
    )


def complaint_asked_about(ctx: Context, ask: Ask) -> Complaint:
    """The complaint that a question was about."""
    return ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))


def evidence_kept(ask: Ask) -> tuple[str, ...]:
    """The photos that came before the answer."""
    kept = ask.data.get("evidence", [])
    return tuple(map(str, kept)) if isinstance(kept, list) else ()
