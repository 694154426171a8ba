"""config.yaml: the design's example is the standard; every mistake is told with line, key, cure and nearest name."""

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import pytest
from pydantic import Field, ValidationError

from core.settings import ConfigError, OfficeSettings, Section, Settings, Span, read_config

ROOT = Path(__file__).parents[2]
TOKENS = ("TELEGRAM_TOKEN", "WHATSAPP_TOKEN", "WHATSAPP_APP_SECRET", "WHATSAPP_VERIFY_TOKEN", "MATRIX_TOKEN")


@pytest.fixture
def example() -> str:
    """The example of docs/design.md §6."""
    found = re.search(r"### config\.yaml\n+```yaml\n(.*?)```", (ROOT / "docs/design.md").read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def read(tmp_path):
    """Read a text as config.yaml: the settings, or the mistakes without the file's path."""

    def read_text(text, model=Settings, **environment):
        path = tmp_path / "config.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        try:
            return read_config(path, model, environment)
        except ConfigError as error:
            return [problem.removeprefix(f"{path}:") for problem in error.problems]

    return read_text


def test_the_example_is_the_standard(example, read):
    settings = read(example, **dict.fromkeys(TOKENS, "secret"))
    standard = Settings()
    same = {name for name in Settings.model_fields if getattr(settings, name) == getattr(standard, name)}
    assert set(Settings.model_fields) - same == {"accounts", "words"}
    assert settings.accounts["telegram"]["token"] == "secret"
    assert settings.accounts["whatsapp"]["templates"]["roll_call"]["parameters"] == ["date", "time"]
    assert set(settings.words) == {"solution"}
    assert read("") == standard


def test_the_standard_in_its_own_types():
    settings = OfficeSettings()
    assert settings.office.zone == ZoneInfo("Asia/Kolkata")
    assert settings.office.hours.open == time(10)
    assert settings.office.name.hi.startswith("जिला")
    assert [(rule.letter, rule.days) for rule in settings.categories.rules()] == [("A", 0), ("B", 3), ("C", 7)]
    assert settings.categories.named("B").label.en == "3 days"
    assert settings.due.same_day_needs.elapsed == timedelta(hours=4)
    assert [f"{rung.when} {rung.to}" for rung in settings.escalation] == [
        "due-4h assignee",
        "due head",
        "due+4h administration",
        "due+1d senior",
    ]
    assert settings.presence.roll_calls == (time(9), time(9, 40), time(10, 20))
    assert settings.closing.sample == 0.1
    assert settings.files.limit == 10 * 1024 * 1024
    assert (str(settings.retention.personal_data), settings.retention.attachments) == ("1y", None)
    with pytest.raises(ValidationError):
        settings.office.language = "en"


def test_spans_of_days_keep_the_wall_time_and_hours_pass():
    """docs/rules.md D1; clocks in Berlin go back on 25 October 2026."""
    berlin, at = ZoneInfo("Europe/Berlin"), datetime(2026, 10, 24, 16, tzinfo=UTC)
    assert Span(1, "d").after(at, berlin) == datetime(2026, 10, 25, 17, tzinfo=UTC)
    assert Span(24, "h").after(at, berlin) == datetime(2026, 10, 25, 16, tzinfo=UTC)
    assert Span(1, "d").before(Span(1, "d").after(at, berlin), berlin) == at
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert Span(1, "y").after(leap, berlin) == datetime(2029, 2, 28, 12, tzinfo=UTC)
    assert OfficeSettings().escalation[3].when.at(at, berlin) == Span(1, "d").after(at, berlin)
    assert OfficeSettings().escalation[0].when.at(at, berlin) == at - timedelta(hours=4)
    with pytest.raises(ValueError, match="no fixed length"):
        assert Span(1, "d").elapsed


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("office:\n  timezon: Asia/Kolkata", "2: office.timezon: unknown key; allowed here: holidays, .*'timezone'?"),
        ("serve: {port: 80}", "1: serve: unknown key; .*did you mean 'server'?"),
        ("office: {hours: {open: 25:00}}", '1: office.hours.open: \'25:00\' is no time.*"00:00" to "23:59"'),
        ("office: {hours: {open: 9}}", "1: office.hours.open: '9' is no time"),
        ("office: {timezone: Asia/Kolkatta}", "1: office.timezone: .*did you mean 'Asia/Kolkata'?"),
        ("office: {timezone: ../etc}", "1: office.timezone: '../etc' is no time zone"),
        (
            "office:\n  hours:\n    closed_days: [sonday]",
            "3: office.hours.closed_days[0]: .*one of monday, .*'sunday'?",
        ),
        (
            "office: {hours: {open: 18:00, close: 10:00}}",
            "1: office.hours.close: 10:00 is not after the opening at 18:00",
        ),
        (
            "office: {hours: {closed_days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]}}",
            "1: office.hours.closed_days: no weekday is left open, so nothing could ever fall due; leave one out",
        ),
        (
            "office: {holidays: {closed: [2026-11-24], open: [2026-11-24]}}",
            "1: office.holidays.open: 2026-11-24 stands in closed too",
        ),
        ("office: {holidays: {closed: [2026-02-30]}}", "1: office.holidays.closed[0]: '2026-02-30' is no date"),
        (
            "office: {holidays: {country: india}}",
            "1: office.holidays.country: 'india' are no letters of a country; write them in capitals, such as IN",
        ),
        ("office: {quiet: {from: 20:00, to: 20:00}}", "1: office.quiet.to: quiet hours from 20:00"),
        ("office: {quiet: {from: 20:00}}", "1: office.quiet.to: this key is missing"),
        ("office: 5", "1: office: a section stands here.*hours, language"),
        ("enrol: automatic", "1: enrol: 'automatic' is not allowed; write one of approve, auto; did you mean 'auto'?"),
        ("categories:\n  B: {label: {hi: x, en: x}, days: 9}", "1: categories.C.days: C has 7 days and B has 9"),
        ("categories:\n  A: {label: {hi: x, en: x}, days: 4}", "1: categories.B.days: B has 3 days and A has 4"),
        ("categories: {A: {days: 0}}", "1: categories.A.label: this key is missing"),
        (
            "due: {same_day_needs: 1d}",
            "1: due.same_day_needs: '1d' is no span of time here; .*m (minutes) or h (hours)",
        ),
        ("due: {transfer_floor: 8h}", "1: due.transfer_floor: '8h' is no span of time here; .*d (days)"),
        ("due: {count: workdays}", "1: due.count: .*one of calendar, working"),
        (
            "escalation:\n  - {when: due, to: head}\n  - {when: due-4h, to: head}",
            "3: escalation[1].when: due-4h is not later than the step above it, due; order the steps by time",
        ),
        (
            "escalation: [{when: due+24h, to: head}, {when: due+1d, to: head}]",
            "1: escalation[1].when: due+1d is not later",
        ),
        (
            "escalation:\n  - {when: due, to: senior}\n  - {when: due+1d, to: head}",
            "3: escalation[1].to: head is lower than senior",
        ),
        ("escalation: [{when: tomorrow, to: head}]", "1: escalation[0].when: 'tomorrow' is no moment of the ladder"),
        (
            "presence: {window: {from: 11:00, to: 09:00}}",
            "1: presence.window.to: the window ends at 09:00, not after 11:00; end it later",
        ),
        (
            "presence: {roll_calls: ['08:00']}",
            "1: presence.roll_calls[0]: 08:00 is outside the window, .*; move it inside",
        ),
        (
            "presence: {roll_calls: ['09:40', '09:40']}",
            "1: presence.roll_calls[1]: 09:40 is not later .*; order them by time",
        ),
        ("server: {port: 80800}", "1: server.port: '80800' is too large; write 65535 or less"),
        ("server: {public_url: janmilan.in}", "1: server.public_url: 'janmilan.in' is no address; write it with https"),
        ("closing: {sample: 0.1}", "1: closing.sample: '0.1' is no share; write a percentage"),
        ("closing: {evidence: {A: video}}", "1: closing.evidence.A: 'video' is not allowed; write one of photo, paper"),
        ("files: {limit: 10}", "1: files.limit: '10' is no size of a file"),
        ("rejection: {reasons: [Sub Judice]}", "1: rejection.reasons[0]: 'Sub Judice' is no name of a reason"),
        ("retention: {personal_data: 1y}", "1: retention.personal_data: '1y' is no time after closing"),
        ("retention: {attachments: never}", "1: retention.attachments: .*with the complaint"),
        ("server: {port: eighty}", "1: server.port: 'eighty' is no whole number; write one, such as 3"),
        ("accounts: {web: web}", "1: accounts.web: a section stands here"),
        ("enrol: auto\n\nenrol: approve", "3: enrol: this key stands on line 1 already"),
        ("office: {name: 'x}", "1: this is not YAML: "),
        ("office:\n\tname: x", "2: this is not YAML: "),
        ("a: \x00", "1: this is not YAML: "),
        ("- a\n- b", "1: a section stands here"),
        ("? [a]\n: b", "1: a key must be a plain word"),
        ("words: &w\n  solution: *w", "2: words.solution: this alias contains itself"),
        (b"office: {name: \xe9}", " the file is not UTF-8"),
    ],
)
def test_a_mistake_is_told_with_its_line_key_and_cure(read, text, mistake):
    told = read(text)
    pattern = re.escape(mistake).replace(re.escape(".*"), ".*")
    assert isinstance(told, list)
    assert any(re.match(pattern, line) for line in told), told
    assert len(told) == 1, told


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(read):
    told = read("office:\n  langage: hi\n  timezone: Mars\nenrol: perhaps\nenrol: no\nbackup: {keep: 0, at: noon}\n")
    assert [line.split(": ")[0] for line in told] == ["2", "3", "4", "5", "6", "6"]


def test_values_come_from_the_environment_and_are_never_shown(read):
    text = "accounts: {t: {platform: telegram, token: ${TG_TOKEN}}}\nserver: {port: ${PORT}}\n"
    settings = read(text, TG_TOKEN="123:abc", PORT="9000")
    assert settings.accounts["t"]["token"] == "123:abc"
    assert settings.server.port == 9000
    assert read(text, TG_TOKEN="hush", PORT="hush") == [
        "2: server.port: ${PORT} is no whole number; write one, such as 3"
    ]
    assert read(text, PORT="1") == [
        "1: accounts.t.token: the environment variable TG_TOKEN is not set; "
        "set it before the start, or write the value here"
    ]
    assert read("database: ${no-name}") == [
        "1: database: ${no-name} names no environment variable; use letters, digits and underscores: ${TELEGRAM_TOKEN}"
    ]
    assert read("database: [hush]") == [
        "1: database: what stands here is no text; write it in quotes",
    ]


def test_unquoted_words_are_text(read):
    """Plain YAML would read 1080 minutes, the country False, a date, and a file of the BOM."""
    text = (
        "\ufeffoffice: {hours: {open: 09:30, close: 18:00}, holidays: {country: NO, state: null, closed: [2026-11-24]}}"
    )
    office = read(text).office
    assert (office.hours.open, office.hours.close) == (time(9, 30), time(18))
    assert (office.holidays.country, office.holidays.state) == ("NO", None)
    assert office.holidays.closed == (date(2026, 11, 24),)


def test_a_missing_file_names_the_command_that_writes_one(tmp_path):
    with pytest.raises(ConfigError, match="`janmilan init` writes one"):
        read_config(tmp_path / "config.yaml", Settings)
    with pytest.raises(ConfigError, match="check its path and rights"):
        read_config(tmp_path, Settings)


class Web(Section):
    """An account of the web chat, as a platform's settings would type it."""

    platform: Literal["web"]


class Telegram(Section):
    """An account of Telegram."""

    platform: Literal["telegram"]
    token: str = Field(pattern=":")


class WithAccounts(OfficeSettings):
    """Settings whose accounts are typed by their platform."""

    accounts: dict[str, Annotated[Web | Telegram, Field(discriminator="platform")]]


def test_whoever_types_the_accounts_gets_the_same_care(read):
    text = (
        "accounts:\n  one: {platform: telegrm}\n  two: {platform: telegram, tokn: x}\n  three: {}\n"
        "  four: {platform: telegram, token: [hush]}\n  five: {platform: web, token: x}\n"
        "  six: {platform: telegram, token: hush}"
    )
    assert read(text, WithAccounts) == [
        "2: accounts.one.platform: 'telegrm' is not allowed; write one of web, telegram; did you mean 'telegram'?",
        "3: accounts.two.token: this key is missing; write it here",
        "3: accounts.two.tokn: unknown key; allowed here: platform, token; did you mean 'token'?",
        "4: accounts.three.platform: this key is missing; write it here",
        "5: accounts.four.token: what stands here is no text; write it in quotes",
        "6: accounts.five.token: unknown key; allowed here: platform",
        "7: accounts.six.token: the value does not fit: string should match pattern ':'",
    ]
