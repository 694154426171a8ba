"""Files come after the message: fetched, kept, and told of; or missed, and asked for again."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.adapters.base import DeliveryError, Gone, Limits, Rejected, RetryLater, Unreachable
from bot.events import Address, FileReference, Message, Sender
from bot.fetcher import Fetcher
from bot.store.archive import keep_message, messages_about
from bot.store.file_waits import FileWait, expect_file, files_of
from bot.testing import FakeAdapter, FakePlatform
from core.attachments import Attachment, Attachments
from core.clock import SetClock
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.bot.outgoing import stop, until
from tests.made_once import new_store

NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
SADAR = Address("bot", "sadar")


def picture() -> bytes:
    """A small photo."""
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "green").save(drawn, "JPEG")
    return drawn.getvalue()


class Files:
    """A store, a platform with files, and a fetcher between them; `told` is what its work was told."""

    def __init__(self, url: str, folder: Path) -> None:
        self.clock = SetClock(NINE)
        self.store = new_store(url, self.clock)
        self.platform = FakePlatform(Limits(file_bytes=1_000_000))
        self.attachments = Attachments(folder, self.store, 500_000)
        self.told: list[str] = []
        self.fetcher = self.new_fetcher()

    def new_fetcher(self) -> Fetcher:
        """A fetcher as after a restart."""
        adapters = {"bot": FakeAdapter(self.platform)}
        return Fetcher(
            self.store, adapters, self.attachments, self.clock, self._arrived, self._missing, timedelta(minutes=1)
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The fetcher runs."""
        task = asyncio.create_task(self.fetcher.run())
        try:
            yield
        finally:
            await stop(task)

    async def come(self, file: FileReference, message: str = "m1") -> None:
        """A message about complaint 7 comes with this file."""
        sender = Sender("bot", "ravi")
        event = Message(key=message, address=SADAR, sender=sender, at=NINE, message=message, attachments=(file,))

        def keep(unit: UnitOfWork) -> None:
            unit.after_commit(self.fetcher.wake)
            keep_message(unit, event, None, about=[7])
            expect_file(unit, event, file, {"complaint": 7})

        await self.store.do(Work(keep))

    def _arrived(self, unit: UnitOfWork, wait: FileWait, kept: Attachment) -> None:
        unit.after_commit(lambda: self.told.append(f"{wait.data['complaint']} has {wait.file.id} of {wait.user}"))

    def _missing(self, unit: UnitOfWork, wait: FileWait, reason: str) -> None:
        unit.after_commit(lambda: self.told.append(f"{wait.data['complaint']} lacks {wait.file.id}: {reason}"))


@pytest.fixture
def files(database_url: str, tmp_path: Path) -> Iterator[Files]:
    """A fetcher with nothing to do."""
    made = Files(database_url, tmp_path / "files")
    yield made
    made.store.close()


async def test_a_file_is_fetched_kept_and_told_of(files: Files) -> None:
    files.platform.files["f1"] = picture()
    async with files.running():
        await files.come(FileReference("f1", "drain.jpg", "image/jpeg"))
        await until(lambda: bool(files.told))
    assert files.told == ["7 has f1 of ravi"]
    (row,) = files.store.read_now(lambda c: files_of(c, SADAR, "m1"))
    assert await files.attachments.read(row.sha256)
    (message,) = files.store.read_now(lambda c: messages_about(c, 7))
    assert [(each.name, each.sha256) for each in message.files] == [("drain.jpg", row.sha256)]


async def test_what_was_not_fetched_is_fetched_after_a_restart(files: Files) -> None:
    files.platform.files["f1"] = picture()
    files.platform.answer_delay_s = lambda: 3600.0
    async with files.running():
        await files.come(FileReference("f1"))
        await files.platform.until(lambda: files.platform.arrived == 1)
    files.platform.answer_delay_s = lambda: 0.0
    files.fetcher = files.new_fetcher()
    async with files.running():
        await until(lambda: bool(files.told))
    assert files.told == ["7 has f1 of ravi"]


async def test_a_platform_that_asks_to_wait_is_asked_again_then_and_not_before(files: Files) -> None:
    files.platform.files.update(f1=picture(), f2=picture())
    files.platform.fail_next("f1", RetryLater(timedelta(minutes=3)))
    async with files.running():
        await files.come(FileReference("f1"))
        await files.platform.until(lambda: files.platform.requests == 1)
        await until(lambda: files.store.read_now(lambda c: files_of(c, SADAR, "m1"))[0].tries == 1)
        files.clock.advance(timedelta(minutes=3) - timedelta(microseconds=1))
        await files.come(FileReference("f2"), "m2")
        await until(lambda: bool(files.told))
        assert files.told == ["7 has f2 of ravi"]
        files.clock.advance(timedelta(microseconds=1))
        await until(lambda: len(files.told) == 2)
    assert files.platform.requests == 3


@pytest.mark.parametrize("error", [Unreachable("away"), RetryLater(timedelta(hours=1))])
async def test_after_ten_minutes_without_bytes_somebody_is_told(files: Files, error: DeliveryError) -> None:
    files.platform.fail_next("f1", *[error] * 50)

    def later() -> bool:
        files.clock.advance(timedelta(seconds=20))
        return bool(files.told)

    async with files.running():
        await files.come(FileReference("f1"))
        await until(later)
    assert files.told == ["7 lacks f1: late"]
    assert files.clock.now() >= NINE + timedelta(minutes=10)
    assert files.platform.requests <= 12


@pytest.mark.parametrize("error", [Gone("expired"), Rejected("no")])
async def test_a_file_that_is_not_there_is_told_of_at_once(files: Files, error: DeliveryError) -> None:
    files.platform.fail_next("f1", error)
    async with files.running():
        await files.come(FileReference("f1"))
        await until(lambda: bool(files.told))
    assert files.told == ["7 lacks f1: not_there"]


async def test_too_large_for_the_platform_or_the_office(files: Files) -> None:
    files.platform.files["f2"] = b"x" * 600_000
    async with files.running():
        await files.come(FileReference("f1", size=2_000_000))
        await files.come(FileReference("f2", size=600_000), "m2")
        await until(lambda: len(files.told) == 2)
    assert sorted(files.told) == ["7 lacks f1: too_large", "7 lacks f2: too_large"]


async def test_the_work_that_is_told_may_fail_and_nothing_is_fetched_for_ever(files: Files) -> None:
    def broken(unit: UnitOfWork, wait: FileWait, kept: Attachment) -> None:
        raise LookupError(wait.id)

    files.platform.files["f1"] = picture()
    adapters = {"bot": FakeAdapter(files.platform)}
    files.fetcher = Fetcher(files.store, adapters, files.attachments, files.clock, broken, files._missing)
    async with files.running():
        await files.come(FileReference("f1"))
        await until(lambda: files.store.read_now(lambda c: files_of(c, SADAR, "m1"))[0].ended_at is not None)
    (row,) = files.store.read_now(lambda c: files_of(c, SADAR, "m1"))
    assert row.reason.startswith("F-")
    assert files.platform.requests == 1
