"""What can be typed after `janmilan`. Each command imports what it needs when it is run."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

CONFIG = Path("config.yaml")

app = typer.Typer(
    name="janmilan",
    help="Complaints of a public hearing: from the desk to the department's group and back, in time and on record.",
    epilog="Try it: janmilan demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
lists = typer.Typer(
    help="Bring in lists from a spreadsheet: departments, then people, then complaints.",
    epilog="Example: janmilan import departments departments.csv --aliases department_aliases.csv",
    no_args_is_help=True,
    rich_markup_mode=None,
)
failures = typer.Typer(
    help="What went wrong inside, kept so that it can be looked at and tried again.",
    epilog="Example: janmilan failures list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(lists, name="import", short_help="Bring in lists from a spreadsheet")
app.add_typer(failures, name="failures", short_help="What went wrong inside")

Config = Annotated[Path, typer.Option("--config", envvar="JANMILAN_CONFIG", help="The office's configuration.")]
Port = Annotated[int | None, typer.Option("--port", min=0, max=65535, help="Another port; 0 takes any free one.")]
Host = Annotated[str | None, typer.Option("--host", help="Another address to listen on.")]
File = Annotated[Path, typer.Argument(help="A CSV file.")]
SkipBad = Annotated[bool, typer.Option("--skip-bad", help="Leave bad rows out instead of importing nothing.")]
Number = Annotated[str, typer.Argument(help="Its number, such as F-12.")]


@contextmanager
def nothing_collected() -> Iterator[None]:
    """While modules are imported nothing is garbage, and to look for it takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # all that was imported stays, and need not be looked through ever again
        gc.enable()


@app.command(
    short_help="Begin: config.yaml, database, administrator",
    epilog="Example: janmilan init --config /srv/janmilan/config.yaml",
)
def init(config: Config = CONFIG) -> None:
    """Begin: write config.yaml, make the database, print the first administrator's link."""
    from bot.cli.beginning import begin

    begin(config)


@app.command(short_help="Print another link for an administrator", epilog="Example: janmilan claim")
def claim(config: Config = CONFIG) -> None:
    """Print a link, good for an hour, by which somebody becomes an administrator."""
    from bot.cli.beginning import print_claim_link

    print_claim_link(config)


@app.command(short_help="Run the office", epilog="Example: janmilan serve --port 8080")
def serve(config: Config = CONFIG, port: Port = None, host: Host = None) -> None:
    """Run the office: the desk at /, the web chat at /chat, the API at /api. Ctrl-C stops it."""
    with nothing_collected():
        from bot.cli.running import run_office

    run_office(config, host, port)


@app.command(short_help="Run a demo district to try everything", epilog="Example: janmilan demo --speed 60")
def demo(
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Where to listen.")] = 8080,
    folder: Annotated[Path, typer.Option("--folder", help="Where the demo district is kept.")] = Path("data"),
    host: Annotated[str, typer.Option("--host", help="An address of this machine alone.")] = "127.0.0.1",
    speed: Annotated[
        int | None,
        typer.Option("--speed", min=1, max=600, help="Play a morning, from 8:55 to 11:05, so many times as fast."),
    ] = None,
) -> None:
    """Run a demo district: 74 departments, 330 people, 100 petitions in every state. Choose who you are.

    With --speed a whole morning happens before your eyes: people come to the desk, officers answer the roll-calls, come
    late or stay away, and you may be one of them. It is kept nowhere, and begins anew each time. At 60 it takes two
    minutes.
    """
    with nothing_collected():
        from bot.cli.running import run_demo

    if speed is None:
        run_demo(folder, host, port)
        return
    from bot.cli.morning import run_morning

    run_morning(speed, host, port)


@app.command(short_help="Bring the database up to date", epilog="Example: janmilan upgrade")
def upgrade(config: Config = CONFIG) -> None:
    """Bring the database up to date. SQLite is upgraded by `serve` too; PostgreSQL only by this."""
    from bot.cli.beginning import upgrade_database

    upgrade_database(config)


@lists.command(
    "departments",
    short_help="The departments, and what people call them",
    epilog="Example: janmilan import departments departments.csv --aliases aliases.csv",
)
def import_departments(
    file: File,
    aliases: Annotated[Path | None, typer.Option("--aliases", help="A CSV file: code, alias.")] = None,
    skip_bad: SkipBad = False,
    config: Config = CONFIG,
) -> None:
    """Columns: code, name_en, name_hi; may have: category, aliases (with | between)."""
    from bot.cli.lists import bring_departments

    bring_departments(config, file, aliases, skip_bad)


@lists.command(
    "people",
    short_help="Officers, heads and whoever works for the district",
    epilog="Example: janmilan import people people.csv --skip-bad",
)
def import_people(file: File, skip_bad: SkipBad = False, config: Config = CONFIG) -> None:
    """Columns: department_code, role, name_hi; may have: name_en, designation_hi, designation_en, staff, phone,
    language.

    A role of the whole district (operator, senior, …) needs no department.
    """
    from bot.cli.lists import bring_people

    bring_people(config, file, skip_bad)


@lists.command(
    "complaints", short_help="Complaints of another register", epilog="Example: janmilan import complaints register.csv"
)
def import_complaints(file: File, skip_bad: SkipBad = False, config: Config = CONFIG) -> None:
    """Columns: department_code, category, and text_hi or text_en; may have: village, name, phone, and others."""
    from bot.cli.lists import bring_complaints

    bring_complaints(config, file, skip_bad)


@app.command(short_help="Prove that no record was changed", epilog="Example: janmilan verify --json")
def verify(
    config: Config = CONFIG,
    json: Annotated[bool, typer.Option("--json", help="Tell it as JSON, for programs.")] = False,
) -> None:
    """Prove the records: every timeline, and each complaint against its timeline. Ends with 1 on a fault."""
    from bot.cli.proving import verify_records

    verify_records(config, json)


@failures.command("list", short_help="All that were kept, the newest first", epilog="Example: janmilan failures list")
def list_failures(config: Config = CONFIG) -> None:
    """All that were kept, the newest first."""
    from bot.cli.kept_failures import list_all

    list_all(config)


@failures.command("show", short_help="One of them, with its traceback", epilog="Example: janmilan failures show F-12")
def show_failure(number: Number, config: Config = CONFIG) -> None:
    """One of them with its traceback. It may hold what somebody wrote."""
    from bot.cli.kept_failures import show

    show(config, number)


@failures.command("retry", short_help="Handle again what came", epilog="Example: janmilan failures retry F-12")
def retry_failure(number: Number, config: Config = CONFIG) -> None:
    """Handle again what came, after the cause is mended."""
    from bot.cli.kept_failures import retry

    retry(config, number)


@app.command(
    short_help="Play a whole district on a clock of its own",
    epilog="Example: janmilan simulate --days 7 --seed 1 --config config.yaml",
)
def simulate(
    departments: Annotated[Path | None, typer.Option("--departments", help="A CSV file, as for import.")] = None,
    people: Annotated[Path | None, typer.Option("--people", help="A CSV file, as for import.")] = None,
    complaints: Annotated[Path | None, typer.Option("--complaints", help="A CSV file, as for import.")] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How many days, from a Monday on.")] = 7,
    seed: Annotated[int, typer.Option("--seed", help="The same seed plays the same days.")] = 1,
    each_morning: Annotated[
        int | None,
        typer.Option("--each-morning", min=1, help="Complaints at each hearing; else the file, once, over the days."),
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", help="Try this configuration; else the standard.")] = None,
    database: Annotated[
        str | None, typer.Option("--database", help="A new database to play in and keep; else one that is thrown away.")
    ] = None,
    outages: Annotated[
        int | None,
        typer.Option("--outages", min=0, help="Mornings with an hour without the chat; else one in two weeks."),
    ] = None,
    restarts: Annotated[
        int | None,
        typer.Option("--restarts", min=0, help="Restarts in the middle of a roll-call; else one in four weeks."),
    ] = None,
    holidays: Annotated[
        int | None, typer.Option("--holidays", min=0, help="Holidays that are declared; else one in four weeks.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Tell it as JSON, for programs.")] = False,
) -> None:
    """Play a whole district on a clock of its own: how would these people do with this configuration?

    Officers acknowledge, solve, write sloppily, send on and fall silent; they come to the hearing in time, late, or not
    at all, and are on leave; complainants confirm, say no, or never answer.
    Without files it is the demo district. Nothing of your office is touched. Ends with 1 if a complaint is without its
    card, or stuck (open, and its card in no group, so that nobody would come back to it), if something failed, or if
    the records do not prove clean.
    """
    from bot.cli.simulating import Asked, run_simulation

    asked = Asked(
        departments, people, complaints, days, seed, each_morning, config, database, outages, restarts, holidays
    )
    run_simulation(asked, json)


@app.command(name="group-links", short_help="Links that bind Telegram groups", epilog="Example: janmilan group-links")
def group_links(config: Config = CONFIG) -> None:
    """Print a link for each department that has no group on Telegram yet: it adds the bot and binds the group."""
    from bot.cli.linking_groups import print_links

    print_links(config)


@app.command(short_help="Look for what is wrong, and say what to do", epilog="Example: janmilan doctor")
def doctor(config: Config = CONFIG) -> None:
    """Look for what is wrong or missing, and say what to do about it. Ends with 1 if something is."""
    from bot.cli.doctor import examine

    examine(config)
