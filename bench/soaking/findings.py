"""What a run has shown: counts, and every law that broke, with the update or the message that it broke for."""

from collections import Counter
from dataclasses import dataclass, field

SHOWN = 20


@dataclass
class Findings:
    """`broken`: law, and what it broke for.   counts: what was seen, by the name of the figure."""

    broken: list[tuple[str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def need(self, holds: bool, law: str, what: str) -> None:
        """Note that a law does not hold for something, unless it does."""
        if not holds:
            self.broken.append((law, what))

    def count(self, *laws: str) -> int:
        """How often one of these laws broke."""
        return sum(law in laws for law, _ in self.broken)

    @property
    def clean(self) -> bool:
        """Whether every law held."""
        return not self.broken

    def lines(self) -> list[str]:
        """What broke, the first of each law, for people."""
        laws = Counter(law for law, _ in self.broken)
        told = []
        for law, count in laws.items():
            told.append(f"BROKEN, {count} times: {law}")
            told += [f"  {what}" for of, what in self.broken if of == law][:SHOWN]
        return told
