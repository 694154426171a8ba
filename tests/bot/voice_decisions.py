"""What seniors and heads decide, and what is asked of an officer: the cases of each template."""

from collections.abc import Mapping

from bot.render import Bilingual
from tests.bot.voice_cards import CARD
from tests.bot.voice_values import (
    CODE,
    CODE2,
    DEPARTMENT,
    DEPARTMENT2,
    DUE,
    GROUND,
    HEAD,
    OFFICER,
    QUESTION,
    REASON,
    ROW,
    ROW2,
    SENIOR,
    SOLUTION,
    WHAT,
    at,
)

CODED: Mapping[str, object] = {"code": CODE}

DECISION_CASES: Mapping[str, list[Mapping[str, object]]] = {
    "about_solved": [{**CODED, "department": DEPARTMENT}],
    "answer_prompt": [CODED],
    "answer_sent": [CODED],
    "answer_told": [
        {**CODED, "officer": OFFICER, "answer": answer, "photos": photos} for answer, photos in ((SOLUTION, 0), ("", 2))
    ],
    "ask_prompt": [CODED],
    "assign_to_whom": [CODED],
    "assigned": [
        {**CARD, "by": by, "gist": gist, "place": place}
        for by, gist, place in ((HEAD, WHAT, Bilingual("बसही", "Basahi")), ("", "", ""))
    ],
    "assigned_noted": [{**CODED, "officer": OFFICER}],
    "joined": [{**CODED, "code2": CODE2}],
    "joined_closed": [{**CODED, "code2": CODE2, "date": at(9, 12), "until": at(0, day=11, month=12)}],
    "joined_told": [{**CODED, "code2": CODE2}],
    "merge_confirm": [{**CODED, "code2": CODE2, "department": DEPARTMENT2, "rows": [ROW, ROW2]}],
    "merge_which": [{**CODED, "rows": rows} for rows in ([], [ROW, ROW2] * 3)],
    "merged_already": [{**CODED, "code2": CODE2}],
    "options": [CODED],
    "parted": [{**CODED, "due": DUE}],
    "parted_told": [{**CODED, "due": DUE}],
    "question": [{**CODED, "senior": SENIOR, "words": QUESTION}],
    "question_here": [{**CODED, "senior": SENIOR, "words": words} for words in (QUESTION, "")],
    "question_sent": [{**CODED, "officer": officer} for officer in (OFFICER, "")],
    "question_waits": [{**CODED, "officer": OFFICER}],
    "reject_confirm": [{**CODED, "reason": GROUND, "words": words} for words in ("", REASON)],
    "reject_reason": [CODED],
    "rejected": [
        {**CODED, "reason": GROUND, "senior": senior, "words": words} for senior, words in ((SENIOR, REASON), ("", ""))
    ],
    "rejected_told": [{**CODED, "reason": GROUND, "confidential": secret} for secret in (False, True)],
    "refusal/about_own_office": [CODED],
    "refusal/already_merged": [{**CODED, "into": CODE2}],
    "refusal/already_rejected": [{**CODED, "ground": GROUND, "at": at(9, 12)}],
    "refusal/merged_around": [
        {**CODED, "into": into, "goes_on": goes_on}
        for into, goes_on in ((CODE2, "DPRO-1044-16"), (CODE, ""), (CODE2, ""))
    ],
    "refusal/not_merged": [CODED],
    "refusal/no_question": [CODED],
}
