"""Plays the past days of the demo district on a clock of their own, in a few seconds.

Each step is a command with a key of its own, so that what was played is not played again when the demo is stopped in
the middle and started anew. The day on which it was first started is kept with a key too.
"""

from datetime import date, datetime, timedelta
from typing import Any

from core.attachments import Attachments
from core.clock import SetClock
from core.commands import (
    Acknowledge,
    AddNote,
    Command,
    Confirm,
    Part,
    RegisterPetition,
    Reopen,
    Solve,
    TellStillWrong,
    Transfer,
    UndoSolution,
)
from core.demo.district import ACCOUNT, DATA, group_of, make_district
from core.demo.drawing import drawn_photo
from core.demo.lives import Life, Step, another_department, lives_until, sentence
from core.demo.mornings import close_mornings, play_morning
from core.directory import Directory
from core.imports.complaints import complaint_sheet
from core.imports.report import Progress
from core.office import Office
from core.people import Actor, Door, Person, Role, Via
from core.petitions import Direction, Petition
from core.store.queries.petitions import petition
from core.store.queries.roster import key_answer
from core.store.queries.secrets import keep_secret
from core.store.store import Store
from core.store.work import Work
from core.sweeping import sweep_now

PLAYED = "demo:played"
BEGUN = "demo:begun"
BEFORE = timedelta(days=30)
"""How long ago everybody was enrolled: before the first morning that is played, so that they have a verdict for it."""

DIRECTIONS = (Direction.ACT, Direction.INQUIRE_AND_ACT, None, Direction.REPORT, None)


def is_played(store: Store) -> bool:
    """Whether the past of the district has been played to its end."""
    return store.read_now(lambda connection: key_answer(connection, PLAYED)) is not None


def play(office: Office, clock: SetClock, files: Attachments, progress: Progress | None = None) -> None:
    """Make the district and play its past up to the instant at which `clock` stands, which it stands at afterwards.

    office: on a store and with rules that take their time from `clock`; its teller is told of each step.
    files: where the officers' photos are kept.   Nothing happens once it has been played.
    """
    if is_played(office.store):
        return
    until = clock.now()
    clock.set(until - BEFORE)
    make_district(office)
    clock.set(until)
    # Drawn by lot elsewhere; here the same past is played every time.
    office.store.do_now(Work(lambda unit: keep_secret(unit, "sample", "demo")))
    # A demo that was stopped while it played goes on with the past that it began.
    now = datetime.fromisoformat(_kept_once(office.store, BEGUN, until.isoformat()))
    calendar = office.store.read_now(office.rules).calendar
    lives = lives_until(now, calendar)
    _Player(office, clock, files, now).play(lives, progress)
    clock.set(max(until, clock.now()))
    _kept_once(office.store, PLAYED, until.isoformat())


class _Player:
    """Whoever does the steps, as the person that the step names."""

    def __init__(self, office: Office, clock: SetClock, files: Attachments, until: datetime) -> None:
        self._office = office
        self._clock = clock
        self._files = files
        self._until = until
        self._day: date | None = None
        self._directory: Directory = office.store.read_now(office.store.directory)
        self._samples = [line["department_code"] for line in complaint_sheet(DATA / "sample_complaints.csv").lines]
        self._codes: dict[int, tuple[str, ...]] = {}
        self._holders: dict[str, str] = {}

    def play(self, lives: tuple[Life, ...], progress: Progress | None) -> None:
        """All that happened, in the order in which it happened."""
        moments: list[tuple[datetime, int, int, Life, Step | None]] = []
        for life in lives:
            moments.append((life.at, life.number, 0, life, None))
            moments.extend((step.at, life.number, step.number, life, step) for step in life.steps)
        moments.sort(key=lambda moment: moment[:3])
        for done, (at, _, _, life, step) in enumerate(moments, start=1):
            self._clock.set(at)
            self._begin_day(at)
            # The clock looked that morning too, as long as nobody does anything else in between.
            sweep_now(self._office)
            if step is None:
                self._register(life)
            else:
                self._do(life, step)
            if progress:
                progress(done, len(moments))

    def _begin_day(self, at: datetime) -> None:
        """Everybody comes to the hearing, or does not; the mornings before it are reported."""
        day = self._office.store.read_now(self._office.rules).calendar.day_of(at)
        if day != self._day:
            self._day = day
            close_mornings(self._office)
            play_morning(self._office, day, self._until)

    def _register(self, life: Life) -> None:
        operator = self._with_role(Role.OPERATOR, life.number)
        command = RegisterPetition(
            name=life.name,
            phone=life.phone,
            village=life.village,
            words=life.words,
            parts=tuple(Part(each, life.category) for each in life.departments),
            confidential=life.confidential,
            waiting=life.waiting,
            about=self._directory.department_id(life.about) if life.about else None,
            heard_by=self._with_role(Role.SENIOR, life.number).id,
            direction=DIRECTIONS[life.number % len(DIRECTIONS)],
        )
        by = self._directory.actor(operator.id, Via(Door.DESK))
        done = self._office.do_now(command, by, key=f"demo:{life.number}")
        kept = done.value
        if done.repeated:
            id = int(done.remembered)
            kept = self._office.store.read_now(lambda connection: petition(connection.execute, id))
        assert isinstance(kept, Petition)
        self._codes[life.number] = kept.codes
        self._holders.update(zip(kept.codes, life.departments, strict=True))

    def _do(self, life: Life, step: Step) -> None:
        for part, code in enumerate(self._codes[life.number]):
            if step.part not in (None, part):
                continue
            command = self._command(life, step, code)
            self._office.do_now(command, self._actor(life, step, code), key=f"demo:{life.number}:{step.number}:{part}")
            if isinstance(command, Transfer):
                self._holders[code] = command.to

    def _command(self, life: Life, step: Step, code: str) -> Command:
        number = life.number
        options: dict[str, Any] = dict(step.options)
        match step.do:
            case "acknowledge":
                return Acknowledge(code)
            case "note":
                return AddNote(code, sentence("notes", number), **options)
            case "solve":
                return Solve(code, sentence("solutions", number), self._evidence(life, step), **options)
            case "undo":
                return UndoSolution(code)
            case "confirm":
                return Confirm(code, **options)
            case "reopen":
                return Reopen(code, sentence("still_wrong", number), **options)
            case "still_wrong":
                return TellStillWrong(code, sentence("still_wrong", number + 1))
            case "transfer":
                to = another_department(self._samples, number)
                return Transfer(code, to, sentence("transfers", number))
        raise ValueError(f"lives.yaml: {step.do!r} is nothing that can be done with a complaint")

    def _evidence(self, life: Life, step: Step) -> tuple[str, ...]:
        """A photo from the spot: always where the category asks for one, sometimes elsewhere."""
        if life.confidential or (life.category != "A" and life.number % 3):
            return ()
        return (self._files.keep(drawn_photo(life.number * 31 + step.number), "photo.jpg", "image/jpeg").sha256,)

    def _actor(self, life: Life, step: Step, code: str) -> Actor:
        if step.by in ("operator", "senior"):
            return self._directory.actor(self._with_role(Role(step.by), life.number).id, Via(Door.DESK))
        letters = self._holders[code]
        department = self._directory.department_id(letters)
        assert department is not None, "the demo's files name only departments that there are"
        members = self._directory.members(department)
        person = members[0] if step.by == "head" or len(members) == 1 else members[1 + life.number % (len(members) - 1)]
        return self._directory.actor(person.id, Via(Door.CHAT, ACCOUNT, group_of(letters)))

    def _with_role(self, role: Role, number: int) -> Person:
        people = self._directory.with_role(role)
        return people[number % len(people)]


def _kept_once(store: Store, key: str, answer: str) -> str:
    """Keep an answer under a key; returns the one that is kept, which may be an earlier one."""
    result = store.do_now(Work(lambda unit: unit.remember(answer), key=key))
    return result.remembered if result.repeated else answer
