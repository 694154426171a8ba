"""Which tests coverage is measured in. Measuring makes code half as slow again, and a repetition shows it little new.

Measured is the first case of every test; the others, on PostgreSQL and with further values, run without, and so do
tests marked `unmeasured`. What only those reach counts as not covered: the floors of tools/coverage_floor.py are held
by fewer tests, never by more.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

import coverage
import pytest

FOR_PROCESSES = ("COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
"""By these a process that a test starts knows that it is to be measured."""
_IS_MEASURED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Note for each test whether it is the first case of its function."""
    seen: set[str] = set()
    for item in items:
        function = item.nodeid.partition("[")[0]
        item.stash[_IS_MEASURED] = function not in seen and not item.get_closest_marker("unmeasured")
        seen.add(function)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run a test, measured or not."""
    with nullcontext() if item.stash.get(_IS_MEASURED, True) else unmeasured():
        return (yield)


@contextmanager
def unmeasured() -> Iterator[None]:
    """Nothing is measured within, nor in processes that are started there."""
    measuring = coverage.Coverage.current()
    if measuring is None:
        yield
        return
    told = {name: os.environ.pop(name) for name in FOR_PROCESSES if name in os.environ}
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()
        os.environ.update(told)
