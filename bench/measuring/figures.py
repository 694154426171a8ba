"""Figures as every benchmark ends with them: `figure NAME VALUE UNIT`, the median of its runs, the noise beside."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """What was measured, once for each run. `value`: the median."""

    name: str
    unit: str
    runs: tuple[float, ...]

    @property
    def value(self) -> float:
        """The median of the runs."""
        return median(self.runs)

    @property
    def line(self) -> str:
        """The line that is compared over time."""
        return f"figure {self.name} {_number(self.value)} {self.unit}"

    @property
    def noise(self) -> str:
        """The least and the most of the runs, for a reader."""
        spread = f"{_number(min(self.runs))} to {_number(max(self.runs))}"
        return f"{self.name}: {_number(self.value)} {self.unit}, {spread} in {len(self.runs)} runs"


def figure(name: str, unit: str, runs: Sequence[float]) -> Figure:
    """A figure of one run or several. Raises ValueError without any."""
    if not runs:
        raise ValueError(f"nothing was measured for {name}")
    return Figure(name, unit, tuple(runs))


def tell(figures: Sequence[Figure]) -> None:
    """Print the noise of each, then the lines for comparison, which stand last."""
    print()
    for each in figures:
        print(each.noise)
    print()
    for each in figures:
        print(each.line, flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not pass."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _number(value: float) -> str:
    """Three digits that mean something, no more."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"
