"""Departments: who must act on a complaint."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Department:
    """A department. `code` is two to five capital letters, never reused (docs/design.md §4, Codes).

    aliases: what people call it, in Hindi and English.   category: the usual category of its complaints.
    """

    id: int
    code: str
    name_hi: str
    name_en: str
    aliases: tuple[str, ...] = ()
    category: str | None = None

    def name(self, language: str) -> str:
        """The department's full name in `language` ("hi" or "en")."""
        return self.name_en if language == "en" else self.name_hi
