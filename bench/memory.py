"""How much memory the office holds: after ten minutes of ten updates a second over the demo district's records, with
three boards and 24 chats open.

    make bench B=memory
    .venv/bin/python -m bench.memory --minutes 1
"""

import argparse
import asyncio

import httpx

from bench.measuring.demo import demo_database
from bench.measuring.figures import figure, tell
from bench.measuring.officers import Morning, Officer, watching
from bench.measuring.places import scratch
from bench.measuring.serving import Invited, Served, invite, serving, sign_in
from bench.press import BOARDS, OFFICERS

RATE = 10.0
_LOOKED_AT = 10


async def measure(served: Served, invited: Invited, minutes: float) -> float:
    """Megabytes that the process holds at the end."""
    boards = [sign_in(served, token) for token in invited.desk]
    officers = [Officer(token, invited.department(person)) for person, token in invited.officers.items()]
    print(f"at the start {served.resident_mb:.0f} MB", flush=True)
    async with (
        httpx.AsyncClient(base_url=served.address, timeout=60) as client,
        watching(served.address, officers, boards) as seen,
    ):
        for number in range(1, _LOOKED_AT + 1):
            morning = Morning(f"part{number}", client, officers, {})
            await morning.go_on(seen, RATE, minutes * 60 / _LOOKED_AT)
            print(f"after {minutes * number / _LOOKED_AT:.1f} minutes {served.resident_mb:.0f} MB", flush=True)
        return served.resident_mb


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How much memory the office holds, at ten updates a second.")
    parser.add_argument("--minutes", type=float, default=10.0)
    asked = parser.parse_args()
    with scratch() as folder:
        url = demo_database(folder)
        invited = invite(url, OFFICERS, BOARDS)
        with serving(url, folder) as served:
            megabytes = asyncio.run(measure(served, invited, asked.minutes))
    print(f"measured over {asked.minutes:g} minutes; the figure to compare is that of ten")
    tell([figure("serve_rss_mb", "MB", [megabytes])])


if __name__ == "__main__":
    main()
