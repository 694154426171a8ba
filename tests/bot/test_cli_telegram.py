"""The command line of an office that is on Telegram."""

import asyncio
from pathlib import Path

from tests.command_line import run
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import TOKEN

DEPARTMENTS = "code,name_hi,name_en\nDPRO,जिला पंचायत राज अधिकारी,District Panchayat Raj Officer\n"


async def test_the_doctor_looks_at_telegram_and_links_are_printed_for_groups_that_are_missing(tmp_path: Path) -> None:
    async with BotApi() as api:
        account = f"  telegram: {{platform: telegram, token: '{TOKEN}', api_url: '{api.url}'}}\n"
        assert (await asyncio.to_thread(run, tmp_path, "init")).returncode == 0
        config = tmp_path / "config.yaml"
        written = config.read_text(encoding="utf-8")
        config.write_text(
            written.replace("\naccounts:", "\naccounts:\n" + account.rstrip() + " #", 1), encoding="utf-8"
        )
        (tmp_path / "departments.csv").write_text(DEPARTMENTS, encoding="utf-8")
        imported = await asyncio.to_thread(run, tmp_path, "import", "departments", tmp_path / "departments.csv")
        assert imported.returncode == 0, imported.stderr
        told = await asyncio.to_thread(run, tmp_path, "doctor")
        assert "telegram: Telegram knows the bot @janmilan_test_bot" in told.stdout
        links = await asyncio.to_thread(run, tmp_path, "group-links")
        assert links.returncode == 0, links.stderr
        assert "DPRO  https://t.me/janmilan_test_bot?startgroup=DPRO-" in links.stdout
        assert "administration  https://t.me/" in links.stdout
        api.world.refuse_next("getMe", 401, description="Unauthorized")
        told = await asyncio.to_thread(run, tmp_path, "doctor")
        assert told.returncode == 1
        assert "@BotFather" in told.stderr
        for said in (told.stdout, told.stderr, links.stdout):
            assert TOKEN.partition(":")[2] not in said


def test_without_telegram_it_is_said_where_that_is_explained(tmp_path: Path) -> None:
    assert run(tmp_path, "init").returncode == 0
    told = run(tmp_path, "group-links")
    assert told.returncode != 0
    assert "docs/telegram.md" in told.stderr


def test_what_is_wrong_in_the_section_is_told_and_no_secret_is_shown(tmp_path: Path) -> None:
    assert run(tmp_path, "init").returncode == 0
    config = tmp_path / "config.yaml"
    written = config.read_text(encoding="utf-8")
    for section, wanted in (
        ("token: 'secret-but-wrong'", "accounts.telegram.token: this is no bot's token"),
        (f"token: '{TOKEN}', recieve: polling", "accounts.telegram.recieve: unknown key"),
        (f"token: '{TOKEN}', library: telethon", "accounts.telegram.library: this is not allowed"),
        (f"token: '{TOKEN}', receive: webhook", "accounts.telegram.receive: Telegram brings updates only to https"),
        ("receive: polling", "accounts.telegram.token: this key is missing"),
    ):
        account = f"\naccounts:\n  telegram: {{platform: telegram, {section}}} #"
        config.write_text(written.replace("\naccounts:", account, 1), encoding="utf-8")
        told = run(tmp_path, "verify")
        assert wanted in told.stderr
        assert "secret-but-wrong" not in told.stderr
        assert TOKEN.partition(":")[2] not in told.stderr
