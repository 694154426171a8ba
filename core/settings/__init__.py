"""The typed form of config.yaml: what the office has decided (docs/design.md §6).

`OfficeSettings` is what core needs, `Settings` the whole file, `read_config` reads it and names every mistake.
"""

from core.settings.deadlines import (
    ADDRESSEES,
    LETTERS,
    Addressee,
    Categories,
    Category,
    CategoryRule,
    DueRules,
    Ladder,
    Letter,
    Moment,
    Rung,
    moment_named,
)
from core.settings.keeping import Backup, Closing, Evidence, Files, Flags, Rejection, Retention, WordChanges
from core.settings.kinds import Bilingual, Section, Span, misfit
from core.settings.office import WEEKDAYS, Holidays, Hours, Language, Office, Quiet
from core.settings.presence import Counts, Presence, Strength, Window
from core.settings.reading import ConfigError, read_config
from core.settings.whole import OfficeSettings, Server, Settings

__all__ = [
    "ADDRESSEES",
    "LETTERS",
    "WEEKDAYS",
    "Addressee",
    "Backup",
    "Bilingual",
    "Categories",
    "Category",
    "CategoryRule",
    "Closing",
    "ConfigError",
    "Counts",
    "DueRules",
    "Evidence",
    "Files",
    "Flags",
    "Holidays",
    "Hours",
    "Ladder",
    "Language",
    "Letter",
    "Moment",
    "Office",
    "OfficeSettings",
    "Presence",
    "Quiet",
    "Rejection",
    "Retention",
    "Rung",
    "Section",
    "Server",
    "Settings",
    "Span",
    "Strength",
    "Window",
    "WordChanges",
    "misfit",
    "moment_named",
    "read_config",
]
