"""The cases of what is said about time: asked for and given, pauses, categories, and holidays."""

from collections.abc import Mapping
from datetime import date

from tests.bot.voice_values import (
    CATEGORY,
    CODE,
    CODE2,
    DAY,
    DEPARTMENT,
    DUE,
    OFFICER,
    OPENS,
    RAIN,
    REASON,
    SENIOR,
    UNTIL,
    at,
)

_CODED: Mapping[str, object] = {"code": CODE}

TIME: Mapping[str, list[Mapping[str, object]]] = {
    "category_why": [{**_CODED, "category": CATEGORY}],
    "give_time_late": [_CODED],
    "give_time_prompt": [_CODED],
    "holiday_confirm": [{"day": DAY, "holiday": RAIN, "number": number} for number in (0, 1, 10_000)],
    "holiday_declared": [{"day": DAY, "holiday": RAIN, "number": number} for number in (0, 1, 10_000)],
    "holiday_moved": [
        {"day": DAY, "holiday": RAIN, "due": at(18, day=28), "department": "", "codes": [CODE], "number": 1},
        {"day": DAY, "holiday": RAIN, "due": UNTIL, "department": DEPARTMENT, "codes": [CODE, CODE2] * 6, "number": 99},
    ],
    "holiday_name": [{"day": DAY}],
    "holiday_prompt": [{}],
    "holiday_which": [{}],
    "open_again_confirm": [{"day": DAY, "holiday": RAIN, "number": number} for number in (0, 1, 10_000)],
    "open_again_done": [{"day": DAY, "number": number} for number in (0, 1, 10_000)],
    "open_again_which": [{}],
    "open_again_told": [
        {"day": DAY, "holiday": RAIN, "department": "", "codes": [CODE], "number": 1},
        {"day": DAY, "holiday": RAIN, "department": DEPARTMENT, "codes": [CODE, CODE2] * 6, "number": 99},
    ],
    "refusal/not_declared": [{"day": DAY, "why": why} for why in ("", "weekday")],
    "more_time_asked": [
        {**_CODED, "officer": OFFICER, "until": UNTIL, "reason": REASON, "due": DUE, "due_then": None},
        {**_CODED, "officer": "", "until": UNTIL, "reason": "", "due": DUE, "due_then": at(18, day=30)},
    ],
    "more_time_declined": [{**_CODED, "senior": SENIOR, "due": DUE, "reason": reason} for reason in (REASON, "")],
    "more_time_given": [
        {**_CODED, "senior": SENIOR, "until": UNTIL, "due": due, "late": late}
        for due, late in ((DUE, False), (at(18, day=24), True))
    ],
    "more_time_prompt": [_CODED],
    "more_time_sent": [{**_CODED, "until": DAY}],
    "no_time_prompt": [_CODED],
    "pause_for": [_CODED],
    "pause_prompt": [_CODED],
    "paused": [
        {**_CODED, "until": OPENS, "waits_for": "court", "senior": SENIOR, "reason": REASON},
        {**_CODED, "until": OPENS, "waits_for": "complainant", "senior": "", "reason": ""},
    ],
    "paused_already": [{**_CODED, "until": OPENS}],
    "recategorised": [
        {**_CODED, "category": CATEGORY, "due": DUE, "senior": senior, "reason": reason}
        for senior, reason in ((SENIOR, REASON), ("", ""))
    ],
    "refusal/already_asked": [{**_CODED, "by": by, "until": DAY} for by in (OFFICER, "")],
    "refusal/already_paused": [{**_CODED, "until": OPENS}],
    "refusal/closed_already": [
        {"day": DAY, "why": "declared", "name_hi": "भारी वर्षा", "name_en": "Heavy rain"},
        {"day": date(2026, 11, 29), "why": "weekday", "name_hi": "", "name_en": ""},
    ],
    "refusal/due_over": [{**_CODED, "due": at(10, 40)}],
    "refusal/not_paused": [_CODED],
    "refusal/nothing_asked": [
        {**_CODED, "by": SENIOR, "at": at(9, 12), "until": UNTIL},
        {**_CODED, "by": SENIOR, "at": at(9, 12), "until": None},
        {**_CODED, "by": "", "at": None, "until": None},
    ],
    "refusal/same_category": [{**_CODED, "category": "A"}],
    "refusal/time_left": [{**_CODED, "until": DAY, "due": at(18, day=28)}],
    "refusal/too_many_pauses": [{**_CODED, "pauses": 2}],
    "resumed": [{**_CODED, "due": UNTIL, "officer": who} for who in (OFFICER, "")],
    "toast/recorded_decision": [{}],
    "until_when": [_CODED],
    "which_category": [
        {**_CODED, "category": CATEGORY, "registered_at": at(9, 5), "first_due_at": DUE, "due": DUE},
    ],
    "which_complaint": [{}],
    "which_complaint_none": [{}],
    "which_day": [{**_CODED, "typed": "27/11, 28/11"}],
    "why_until": [{**_CODED, "until": DAY}],
}
