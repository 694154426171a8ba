"""A day's report: written once, changed only by amendments that say why, each told once."""

from datetime import date

import pytest

from core.commands import LinkIdentity
from core.holiday_commands import DeclareHoliday
from core.joining import Joined
from core.marking import mark_of_stranger
from core.people import Person
from core.people_commands import AddPerson, ApproveJoins, AskToJoin
from core.presence import Strength
from core.presence.happened import DayReported, VerdictAmended
from core.presence_commands import CorrectVerdict, EnterLeave, TakeOffline
from core.refusals import Invalid, NotAllowed, NotReported, OwnDuty, Refusal
from core.store.queries.day_reports import absentees, tell_amendments, untold_amendments
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.watching import month_of, record, sheet
from tests.core.presence.office_mornings import (
    WEDNESDAY,
    Listener,
    amendments,
    at,
    at_eleven,
    bind,
    close_windows,
    receiving,
    seen,
    verdicts,
    words,
)
from tests.district import DEPARTMENT_IDS, PEOPLE, District, small_district

ALL_DAY = ("09:05:00", "09:45:00", "10:30:00")


def test_at_the_windows_end_everybody_has_one_verdict(district: District) -> None:
    seen(district, "ashok", *ALL_DAY)
    seen(district, "sunita", "09:16:00", *ALL_DAY[1:])
    seen(district, "ramesh", "09:05:00", weak=True)
    district.clock.set(at("10:59:59"))
    assert close_windows(district) == 0
    at_eleven(district)
    assert words(district) == {"ashok": "present", "sunita": "late", "ramesh": "seen_only", "vimla": "absent"}
    assert verdicts(district)["sunita"].first == at("09:16:00")
    with district.store.reading() as connection:
        assert absentees(connection.execute, WEDNESDAY) == ((DEPARTMENT_IDS["JNR"], PEOPLE["vimla"]),)
    assert close_windows(district) == 0, "once"
    assert amendments(district) == []


def test_a_message_that_comes_three_days_late_counts_on_its_own_day(district: District) -> None:
    at_eleven(district)
    district.clock.set(at("28 09:00:00"))
    assert seen(district, "vimla", "09:05:00") is not None
    assert seen(district, "vimla", "09:45:00", "10:30:00") is not None
    assert seen(district, "vimla", "10:30:00") is None, "the same once more changes nothing"
    now = verdicts(district)["vimla"]
    assert (now.reported, now.verdict, now.amended, now.first) == ("absent", "present", True, at("09:05:00"))
    assert amendments(district) == [
        ("vimla", "absent", "partial", "late_delivery"),
        ("vimla", "partial", "present", "late_delivery"),
    ]
    with district.store.reading() as connection:
        assert absentees(connection.execute, WEDNESDAY) == tuple(
            sorted(
                (DEPARTMENT_IDS[code], PEOPLE[name])
                for code, name in (("DPRO", "ashok"), ("DPRO", "sunita"), ("BDO", "ramesh"))
            )
        )


def test_an_earlier_first_mark_makes_late_present_and_is_told(quick_district: District) -> None:
    seen(quick_district, "vimla", "09:20:00", *ALL_DAY[1:])
    at_eleven(quick_district)
    assert words(quick_district)["vimla"] == "late"
    seen(quick_district, "vimla", "09:15:00")
    assert amendments(quick_district) == [("vimla", "late", "present", "late_delivery")]
    seen(quick_district, "vimla", "09:03:00")
    assert verdicts(quick_district)["vimla"].first == at("09:03:00"), "since when they were there is kept true"
    assert len(amendments(quick_district)) == 1


def test_marks_outside_the_window_and_of_people_without_a_department_leave_no_trace(quick_district: District) -> None:
    seen(quick_district, "vimla", "08:59:59", "11:00:00", "29 09:30:00", "24 08:00:00")
    seen(quick_district, "senior", *ALL_DAY)
    at_eleven(quick_district)
    assert set(words(quick_district).values()) == {"absent"}
    assert "senior" not in words(quick_district)


def test_everybody_who_shall_be_told_is_told_in_the_same_transaction(sqlite_database: str) -> None:
    listener = Listener()
    district = small_district(sqlite_database, teller=listener)
    bind(district)
    at_eleven(district)
    seen(district, "vimla", *ALL_DAY)
    kinds = [type(each) for each in listener.told]
    assert kinds == [DayReported, VerdictAmended, VerdictAmended]
    told = listener.told[0]
    assert isinstance(told, DayReported)
    assert (told.day, told.departments) == (WEDNESDAY, tuple(sorted(DEPARTMENT_IDS.values())))
    with district.store.reading() as connection:
        untold = untold_amendments(connection.execute)
    assert [each.why for each in untold] == ["late_delivery", "late_delivery"]
    district.store.do_now(Work(lambda unit: tell_amendments(unit, [each.id for each in untold])))
    with district.store.reading() as connection:
        assert untold_amendments(connection.execute) == ()
    district.close()


def test_a_day_that_nobody_reported_is_reported_later_with_its_own_day(district: District) -> None:
    at_eleven(district)
    seen(district, "vimla", "26 09:05:00", "26 09:45:00", "26 10:30:00")
    district.clock.set(at("28 08:00:00"))
    assert close_windows(district) == 2 * 4, "Thursday and Friday"
    assert words(district, date(2026, 11, 26))["vimla"] == "present"
    assert words(district, date(2026, 11, 27))["vimla"] == "absent"
    assert words(district, date(2026, 11, 28)) == {}


def test_before_the_first_report_of_all_no_past_day_is_reported(quick_district: District) -> None:
    quick_district.clock.set(at("28 12:00:00"))
    assert close_windows(quick_district) == 4
    assert words(quick_district, date(2026, 11, 27)) == {}


def test_who_came_after_the_window_had_opened_has_no_verdict_that_day(district: District) -> None:
    new = district.do(AddPerson("गीता सिंह", "Geeta Singh", department="BDO"), "nodal").value
    assert isinstance(new, Person)
    district.do(LinkIdentity("bot", "geeta", new.id), "nodal")
    at_eleven(district)
    district.clock.set(at("26 11:00:00"))
    assert close_windows(district) == 5, "the next day they have one"


def test_marks_made_while_waiting_count_afterwards(district: District) -> None:
    waiting = AskToJoin("bot", "4711", "group of JNR", DEPARTMENT_IDS["JNR"], "मोहन लाल")
    district.clock.set(at("08:30:00"))
    asked = district.do(waiting, "nodal").value
    assert isinstance(asked, Joined)
    assert asked.waits is not None

    def write(unit: UnitOfWork) -> None:
        for wall in ("08:59:00", *ALL_DAY):
            department = DEPARTMENT_IDS["JNR"]
            mark_of_stranger(district.office, unit, "bot", "4711", department, at(wall), Strength.STRONG)

    district.store.do_now(Work(write))
    at_eleven(district)
    district.clock.set(at("28 12:00:00"))
    approved = district.do(ApproveJoins((asked.waits.id,)), "vimla").value
    assert isinstance(approved, Joined)
    ((_, person),) = approved.enrolled
    with district.store.reading() as connection:
        own = record(district.office.watch(connection), person, WEDNESDAY, date(2026, 11, 28))
    assert [(each.day, each.reported, each.verdict.value) for each in own.verdicts] == [(WEDNESDAY, None, "present")]
    first = own.amendments[0]
    assert (first.why, first.was) == ("enrolled", None)


def test_leave_after_the_window_is_entered_by_the_head_or_a_senior_and_amends(district: District) -> None:
    at_eleven(district)
    with pytest.raises(Invalid) as refused:
        district.do(EnterLeave(PEOPLE["sunita"], WEDNESDAY, WEDNESDAY), "sunita")
    assert (refused.value.field, refused.value.reason, refused.value.limit) == ("leave", "past", "2026-11-26")
    district.do(EnterLeave(PEOPLE["sunita"], WEDNESDAY, WEDNESDAY, "बुखार"), "ashok")
    district.do(EnterLeave(PEOPLE["ramesh"], WEDNESDAY, date(2026, 11, 27)), "senior")
    assert words(district)["sunita"] == words(district)["ramesh"] == "on_leave"
    assert amendments(district) == [
        ("sunita", "absent", "on_leave", "leave"),
        ("ramesh", "absent", "on_leave", "leave"),
    ]


def test_leave_entered_before_the_windows_end_counts_that_day(quick_district: District) -> None:
    quick_district.clock.set(at("10:59:59"))
    quick_district.do(EnterLeave(PEOPLE["sunita"], WEDNESDAY, WEDNESDAY), "sunita")
    at_eleven(quick_district)
    assert words(quick_district)["sunita"] == "on_leave"
    assert amendments(quick_district) == []


def test_a_holiday_declared_after_the_report_makes_every_verdict_closed_day(district: District) -> None:
    seen(district, "ashok", *ALL_DAY)
    at_eleven(district)
    district.do(CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "present", "फ़ील्ड में थीं"), "senior")
    district.do(DeclareHoliday(WEDNESDAY, "भारी वर्षा"), "administrator")
    assert set(words(district).values()) == {"closed_day"}
    assert [why for _, _, _, why in amendments(district)].count("holiday") == 4
    assert seen(district, "sunita", "10:00:00") is None
    assert close_windows(district) == 0


def test_a_senior_corrects_with_a_reason_and_no_late_message_undoes_it(district: District) -> None:
    at_eleven(district)
    correction = CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "present", "ज़िलाधिकारी के साथ मौके पर थीं")
    district.do(correction, "senior")
    assert district.do(correction, "senior").value == verdicts(district)["vimla"]
    assert words(district)["vimla"] == "present"
    assert seen(district, "vimla", "10:58:00") is None
    assert amendments(district) == [("vimla", "absent", "present", "correction")]
    with district.store.reading() as connection:
        own = record(district.office.watch(connection), PEOPLE["vimla"], WEDNESDAY, WEDNESDAY)
    (amended,) = own.amendments
    assert (amended.by, amended.at, amended.words) == (PEOPLE["senior"], at("11:00:00"), correction.reason)


@pytest.mark.parametrize(
    ("command", "by", "refusal"),
    [
        (CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "present", " "), "senior", Invalid),
        (CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "here", "x"), "senior", Invalid),
        (CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "closed_day", "x"), "senior", Invalid),
        (CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "present", "क" * 501), "senior", Invalid),
        (CorrectVerdict(PEOPLE["vimla"], date(2026, 11, 26), "present", "x"), "senior", NotReported),
        (CorrectVerdict(PEOPLE["nodal"], WEDNESDAY, "present", "x"), "senior", NotReported),
        (CorrectVerdict(PEOPLE["senior"], WEDNESDAY, "present", "x"), "senior", OwnDuty),
        (CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "present", "x"), "ashok", NotAllowed),
        (CorrectVerdict(PEOPLE["vimla"], WEDNESDAY, "present", "x"), "administrator", NotAllowed),
    ],
)
def test_what_is_no_correction_is_told(
    quick_district: District, command: CorrectVerdict, by: str, refusal: type[Refusal]
) -> None:
    at_eleven(quick_district)
    before = words(quick_district)
    with pytest.raises(refusal):
        quick_district.do(command, by)
    assert words(quick_district) == before


def test_what_came_while_the_account_was_down_is_not_known_and_then_said_once(district: District) -> None:
    """The marks were made at 10:05 and 10:58; the account has heard nothing since 10:50, and hears all at 11:04."""
    receiving(district, "08:00:00")
    district.clock.set(at("10:50:00"))
    receiving(district, "08:00:00")
    seen(district, "ashok", *ALL_DAY)
    at_eleven(district)
    assert words(district) == {"ashok": "present", "sunita": "not_known", "ramesh": "not_known", "vimla": "not_known"}
    district.clock.set(at("11:04:00"))
    seen(district, "vimla", "09:05:00", "10:05:00", "10:58:00")
    receiving(district, "11:04:00")
    assert words(district)["vimla"] == "present"
    assert words(district)["sunita"] == "not_known", "what was written down as an outage stays one"
    assert amendments(district) == [("vimla", "not_known", "present", "late_delivery")]


def test_an_outage_that_is_known_after_the_report_amends_it(district: District) -> None:
    """Of the last period 3.5 minutes were missed, which was known at 11:00; then 2 more, of which nobody knew."""
    receiving(district, "08:00:00")
    for heard, again in (("10:30:00", "10:33:30"), ("10:58:00", "")):
        district.clock.set(at(heard))
        receiving(district, "08:00:00" if heard == "10:30:00" else "10:33:30")
        if again:
            district.clock.set(at(again))
            receiving(district, again)
    seen(district, "ashok", *ALL_DAY)
    seen(district, "vimla", "09:05:00", "10:05:00")
    at_eleven(district)
    assert words(district) == {"ashok": "present", "sunita": "absent", "ramesh": "absent", "vimla": "partial"}
    district.clock.set(at("11:30:00"))
    receiving(district, "11:30:00")
    assert words(district) == {"ashok": "present", "sunita": "not_known", "ramesh": "not_known", "vimla": "not_known"}
    assert sorted(amendments(district)) == [
        ("ramesh", "absent", "not_known", "outage"),
        ("sunita", "absent", "not_known", "outage"),
        ("vimla", "partial", "not_known", "outage"),
    ]
    district.clock.set(at("12:30:00"))
    receiving(district, "12:30:00")
    assert len(amendments(district)) == 3, "an outage of another time changes nothing"


def test_off_duty_is_who_was_when_the_window_opened(district: District) -> None:
    district.do(TakeOffline(PEOPLE["sunita"], "बिना सूचना अनुपस्थित"), "senior")
    at_eleven(district)
    assert words(district)["sunita"] == "absent"
    district.clock.set(at("26 11:00:00"))
    seen(district, "sunita", "26 09:05:00")
    close_windows(district)
    assert words(district, date(2026, 11, 26))["sunita"] == "off_duty"


def test_a_departments_month_and_a_persons_record(district: District) -> None:
    at_eleven(district)
    district.clock.set(at("26 11:00:00"))
    seen(district, "ashok", "26 09:05:00", "26 09:45:00", "26 10:30:00")
    close_windows(district)
    first, last = month_of(WEDNESDAY)
    with district.store.reading() as connection:
        watch = district.office.watch(connection)
        month = sheet(watch, DEPARTMENT_IDS["DPRO"], first, last)
        own = record(watch, PEOPLE["ashok"], first, last)
    assert (first, last, len(month.days)) == (date(2026, 11, 1), date(2026, 11, 30), 30)
    assert date(2026, 11, 29) in month.closed
    assert month.people == tuple(sorted((PEOPLE["ashok"], PEOPLE["sunita"])))
    assert month.verdicts[PEOPLE["ashok"], date(2026, 11, 26)].verdict.value == "present"
    assert [each.verdict.value for each in own.verdicts] == ["absent", "present"]
