"""What went wrong in other bots on Telegram: old buttons, presses again and again, names with markup, updates twice."""

import json
from datetime import timedelta
from pathlib import Path

import httpx

from bot.settings import TelegramAccount
from core.complaints import State
from core.store.queries.failures import failures
from tests.adapters.webchat.talk import photo
from tests.fakes.telegram.office import ACCOUNT, GROUPS, USERS, telegram_office
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import TOKEN

DPRO = GROUPS["DPRO"]
ASHOK, SUNITA = USERS["ashok"], USERS["sunita"]
SECRET = TelegramAccount.model_validate({"platform": "telegram", "token": TOKEN}).secret


async def test_an_old_button_works_from_its_own_data_and_its_card_is_posted_anew(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        (complaint,) = await office.register("DPRO B")
        await office.settled()
        card = world.last(DPRO)
        data = card.data("acknowledge:")
        del world.chats[DPRO].messages[card.id]
        inaccessible = {"chat": world.chats[DPRO].shown(), "message_id": card.id, "date": 0}
        query = {"id": "4399", "from": world.people[ASHOK], "message": inaccessible, "data": data}
        await world.happen(callback_query=query)
        await world.until(lambda: "4399" in world.toasts)
        await office.settled()
        assert office.complaint(complaint.code).state is State.ACKNOWLEDGED
        assert world.last(DPRO).id != card.id
        assert complaint.code in world.last(DPRO).text


async def test_five_presses_are_one_step_and_five_answers(sqlite_database: str, tmp_path: Path) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        (complaint,) = await office.register("DPRO B")
        await office.settled()
        card = world.last(DPRO)
        before = office.complaint(complaint.code).version
        presses = [await world.presses(ASHOK, DPRO, card.id, card.data("acknowledge:")) for _ in range(5)]
        await world.until(lambda: all(press in world.toasts for press in presses))
        await office.settled()
        assert office.complaint(complaint.code).version == before + 1


async def test_names_with_markup_break_nothing(sqlite_database: str, tmp_path: Path) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        await office.register("DPRO B", words="<script>alert(1)</script> &amp; नाली </b>", name="Ram & Sons_*")
        await office.settled()
        assert "<script>alert(1)</script> &amp; नाली </b>" in world.last(DPRO).text
        for number, name in enumerate(("<3", "Ram & Sons_*", "O'Neil — for", "</b>")):
            await world.writes(world.person(4711 + number, name), DPRO, "नमस्ते")
        await office.settled()
        said = "\n".join(each.text for chat in world.chats for each in world.of_bot(chat))
        for name in ("<3", "Ram & Sons_*", "O'Neil — for", "</b>"):
            assert name in said
        assert not office.running.store.read_now(failures)


async def test_the_same_update_again_says_and_does_nothing_more(sqlite_database: str, tmp_path: Path) -> None:
    async with (
        BotApi() as api,
        telegram_office(sqlite_database, tmp_path, api, receive="webhook") as office,
        httpx.AsyncClient() as client,
    ):
        world = api.world
        (complaint,) = await office.register("DPRO B")
        await world.until(lambda: bool(api.hook["url"]))
        await office.settled()
        message = world.message(world.chats[DPRO], 77, world.people[SUNITA], f"{complaint.code} निस्तारित, नाली साफ की")
        body = json.dumps({"update_id": 5, "message": message})
        url = api.hook["url"].replace("https://", "http://")
        for state in ("pending", "sent", "long sent"):
            answer = await client.post(url, content=body, headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})
            assert answer.status_code == 200, state
            if state != "pending":
                await office.settled()
        solved = office.complaint(complaint.code)
        assert solved.state is State.SOLVED
        texts = [each.text for each in world.of_bot(DPRO)]
        assert len(texts) == len(set(texts)), "nothing is said twice"
        forged = await client.post(url, content=body, headers={"X-Telegram-Bot-Api-Secret-Token": "x"})
        assert forged.status_code == 403
        assert url.endswith(ACCOUNT)


async def test_an_album_is_one_solution_with_all_its_photos_and_words_in_whatever_order_it_comes(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi() as api, telegram_office(sqlite_database, tmp_path, api) as office:
        world = api.world
        (complaint,) = await office.register("DPRO B")
        await office.settled()
        card, before = world.last(DPRO), len(world.of_bot(DPRO))
        shown = world.chats[DPRO]
        for number, words in ((3, "निस्तारित, नाली साफ कराई"), (2, ""), (1, "पहले")):
            world.files[f"photo-{number}"] = photo(300 + 10 * number, 200)
            sizes = [{"file_id": f"photo-{number}", "width": 9, "height": 9}]
            part = world.message(shown, 500 + number, world.people[ASHOK], "", card.id, photo=sizes)
            await world.happen(message={**part, "caption": words, "media_group_id": "1377"})
            await world.until(lambda: not world.updates)
            office.clock.advance(timedelta(seconds=2))
        office.clock.advance(timedelta(seconds=3))
        await world.until(lambda: office.complaint(complaint.code).state is State.SOLVED)
        await office.settled()
        solution = office.complaint(complaint.code).solution
        assert solution is not None
        assert solution.words == "पहले\nनिस्तारित, नाली साफ कराई"
        assert len(solution.evidence) == 3
        undo = [each for each in world.of_bot(DPRO)[before:] if any("undo" in str(row) for row in each.keyboard)]
        assert len(undo) <= 1
