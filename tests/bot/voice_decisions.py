"""The cases of what is said when a complaint is rejected, joined, given to somebody, or asked about."""

from collections.abc import Mapping

from tests.bot.voice_values import CODE, CODE2, DUE, HEAD, NAME, OFFICER, REASON, SENIOR, WHAT, at

_CODED: Mapping[str, object] = {"code": CODE}

DECISIONS: Mapping[str, list[Mapping[str, object]]] = {
    "reject_which": [_CODED],
    "reject_sure": [{**_CODED, "ground": "sub_judice", "told": told} for told in (True, False)],
    "rejected": [{**_CODED, "ground": "sub_judice", "senior": SENIOR, "words": words} for words in ("", REASON)],
    "rejected_told": [
        {**_CODED, "ground": ground}
        for ground in ("personal_dispute", "right_to_information", "not_this_district", "already_decided")
    ],
    "merge_which": [_CODED],
    "merge_sure": [{**_CODED, "code2": CODE2}],
    "merged": [{**_CODED, "code2": CODE2}],
    "merged_told": [{**_CODED, "code2": CODE2}],
    "joined_ended": [{**_CODED, "code2": CODE2, "rejected": rejected} for rejected in (True, False)],
    "unmerged": [{**_CODED, "due": DUE}],
    "assign_whom": [_CODED],
    "assigned_to": [{**_CODED, "officer": OFFICER}],
    "assigned": [
        {**_CODED, "head": HEAD, "due": DUE, "what": what, "place": place} for what, place in ((WHAT, NAME), ("", ""))
    ],
    "question_prompt": [_CODED],
    "question_put": [{**_CODED, "officer": officer} for officer in (OFFICER, "")],
    "question": [{**_CODED, "senior": SENIOR, "asked": asked} for asked in (REASON, "")],
    "answer_prompt": [_CODED],
    "answer_passed_on": [_CODED],
    "question_answered": [
        {**_CODED, "officer": OFFICER, "answer": answer, "files": files} for answer, files in ((REASON, 0), ("", 1))
    ],
    "refusal/already_rejected": [{**_CODED, "ground": "sub_judice", "at": at(9, 12)}],
    "refusal/already_merged": [{**_CODED, "into": CODE2}],
    "refusal/merged_around": [{**_CODED, "into": CODE2, "goes_on": goes_on} for goes_on in ("", "DPRO-1044-16")],
    "refusal/not_merged": [_CODED],
    "refusal/no_question": [_CODED],
    "refusal/about_own_office": [_CODED],
}
