"""What came of the days: counted in the records and in the chats, each against the other."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.events import Address
from bot.simulation.chats import Chats
from bot.store.answers import cards_posted, live_cards, refusals, reminders_said_at, said_by_template, unsaid
from core.complaints import Complaint, Escalated, State
from core.complaints.clocks import next_clock
from core.complaints.rules import OfficeRules
from core.directory import Directory
from core.escalation import is_quiet
from core.office import Office
from core.office_days import OfficeCalendar
from core.presence import Verdict
from core.proof import verify
from core.store.queries.day_reports import count_amendments, count_verdicts
from core.store.queries.happenings import complaints_by_happening, every_complaint, facts_of, failures_kept
from core.store.queries.holidays import declared_holidays, declared_when, frozen_holidays

CLEAN = "clean"


@dataclass
class Counted:
    """What is not on record. `refused`: at the desk."""

    refused: int = 0


@dataclass(frozen=True)
class ByCategory:
    """Of one category. in_time: solved, and before the due time."""

    registered: int = 0
    solved: int = 0
    in_time: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class Summary:
    """Numbers of complaints, unless said otherwise, at the end of the days.

    carded: with their card in the group of the department that holds them (or the administration's, if it has none).
    acknowledged, reopened: ever.   solved: the department says so now, the closed ones too.   overdue: open too long.
    satisfied: closed by the complainant's own word.   unconfirmed: closed since nobody answered.
    said, edited: messages.   refused: answers.   unsaid: messages that wait, are in doubt or could not be said.
    stuck: open, and their card stands in no group, or the clock has forgotten them: nobody would ever come back.
    breached: due times that passed.   rungs: of the ladder that spoke; missed: that were recorded with a higher one;
    twice: more than once for one due time, or of a roll-call to one chat; in_quiet: rungs that spoke, or messages of
    them said, when nothing is to be sent.
    present to closed_day: verdicts of a person and a day as they stand; amended: changed after the day was reported.
    roll_calls: said in groups.   reminders: to those who had not answered one, in private.
    verify: "clean", or how many faults the records have.
    """

    registered: int
    carded: int
    acknowledged: int
    solved: int
    closed: int
    satisfied: int
    unconfirmed: int
    reopened: int
    overdue: int
    said: int
    edited: int
    refused: int
    failures: int
    unsaid: int
    stuck: int
    breached: int
    rungs: int
    missed: int
    twice: int
    in_quiet: int
    present: int
    late: int
    partial: int
    seen_only: int
    absent: int
    not_known: int
    off_duty: int
    on_leave: int
    closed_day: int
    amended: int
    roll_calls: int
    reminders: int
    verify: str
    by_category: Mapping[str, ByCategory] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Whether nothing was lost, stuck, failed or changed."""
        wrong = self.failures + self.unsaid + self.stuck + self.twice + self.in_quiet + (self.registered - self.carded)
        return wrong == 0 and self.verify == CLEAN


def summed_up(office: Office, chats: Chats, now: datetime, counted: Counted) -> Summary:
    """Count everything that stands in the records and in the chats."""
    store = office.store
    with store.reading() as reader:
        rules = office.rules(reader)
        escalated = [(id, fact) for id, fact in facts_of(reader, "escalated") if isinstance(fact, Escalated)]
        said_at = tuple(reminders_said_at(reader))
        directory = store.directory(reader)
        complaints = tuple(every_complaint(reader))
        happened = complaints_by_happening(reader)
        cards = live_cards(reader, "complaint")
        called = [(chat, card) for chat, card, _ in cards_posted(reader, "roll_call")]
        reminded = [(chat, params) for chat, params, _ in said_by_template(reader, "nudge")]
        verdicts, amended = count_verdicts(reader.execute), count_amendments(reader.execute)
        was_quiet = _quiet_as_known_then(office, reader)
        refused, waiting, failures = refusals(reader), unsaid(reader), failures_kept(reader)
    with store.reading() as reader:
        proof = verify(reader)
    spoke = Counter((id, fact.version, rung) for id, fact in escalated for rung in (fact.rung, *fact.recorded))
    told_at = [*(fact.at for _, fact in escalated), *said_at]
    carded = [each for each in complaints if _is_carded(each, cards.get(each.id, []), directory, chats)]
    return Summary(
        registered=len(complaints),
        carded=len(carded),
        acknowledged=happened.get("acknowledged", 0),
        solved=sum(not each.is_open for each in complaints),
        closed=sum(each.closed_at is not None for each in complaints),
        satisfied=sum(each.state is State.CLOSED and each.confirmed_by_complainant for each in complaints),
        unconfirmed=sum(each.unconfirmed for each in complaints),
        reopened=happened.get("reopened", 0),
        overdue=sum(each.is_overdue(now) for each in complaints),
        said=chats.said,
        edited=chats.edited,
        refused=counted.refused + refused,
        failures=failures,
        unsaid=waiting,
        stuck=sum(each.is_open and (not cards.get(each.id) or _forgotten(each, now, rules)) for each in complaints),
        breached=happened.get("breached", 0),
        rungs=len(escalated),
        missed=sum(len(fact.recorded) for _, fact in escalated),
        twice=sum(times - 1 for counted in (spoke, Counter(called), Counter(reminded)) for times in counted.values()),
        in_quiet=sum(was_quiet(at) for at in told_at),
        present=verdicts.get(Verdict.PRESENT, 0),
        late=verdicts.get(Verdict.LATE, 0),
        partial=verdicts.get(Verdict.PARTIAL, 0),
        seen_only=verdicts.get(Verdict.SEEN_ONLY, 0),
        absent=verdicts.get(Verdict.ABSENT, 0),
        not_known=verdicts.get(Verdict.NOT_KNOWN, 0),
        off_duty=verdicts.get(Verdict.OFF_DUTY, 0),
        on_leave=verdicts.get(Verdict.ON_LEAVE, 0),
        closed_day=verdicts.get(Verdict.CLOSED_DAY, 0),
        amended=amended,
        roll_calls=len(called),
        reminders=len(reminded),
        verify=CLEAN if proof.clean else f"{len(proof.faults)} faults",
        by_category={letter: _of_category(letter, complaints, now) for letter in "ABC"},
    )


def _quiet_as_known_then(office: Office, reader: Connection) -> Callable[[datetime], bool]:
    """Whether nothing was to be sent at an instant: a holiday that was declared only after it was none yet."""
    settings, calendar = office.settings, office.rules(reader).calendar
    frozen, declared, when = frozen_holidays(reader), declared_holidays(reader), declared_when(reader)
    before = {day: OfficeCalendar.of(settings, frozen, [each for each in declared if each.day != day]) for day in when}

    def was_quiet(at: datetime) -> bool:
        day = calendar.day_of(at)
        known = before[day] if day in when and at < when[day] else calendar
        return is_quiet(at, known, settings.office.quiet)

    return was_quiet


def _forgotten(complaint: Complaint, now: datetime, rules: OfficeRules) -> bool:
    """Whether nothing would ever wake it, though its ladder is not at its end (docs/rules.md L5)."""
    return complaint.next_at is None and next_clock(complaint, now, rules) is not None


def _is_carded(complaint: Complaint, cards: list[tuple[str, str, str]], directory: Directory, chats: Chats) -> bool:
    groups = directory.groups_of(complaint.department) or directory.administration()
    wanted = {(group.account, group.chat) for group in groups}
    for account, chat, id in cards:
        message = chats.message(Address(account, chat), id)
        if (account, chat) in wanted and message is not None and complaint.code in message.text:
            return True
    return False


def _of_category(letter: str, complaints: tuple[Complaint, ...], now: datetime) -> ByCategory:
    of = [each for each in complaints if each.category == letter]
    solutions = [each.solution for each in of if not each.is_open]
    return ByCategory(
        registered=len(of),
        solved=len(solutions),
        in_time=sum(each is not None and each.in_time for each in solutions),
        overdue=sum(each.is_overdue(now) for each in of),
    )
