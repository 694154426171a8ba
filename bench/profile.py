"""Where the time of an update goes, layer by layer, or function by function.

make bench B=profile
.venv/bin/python -m bench.profile --functions
"""

import argparse

from bench.measuring.databases import sqlite
from bench.measuring.district import make_district
from bench.measuring.mix import bodies, complaints_for
from bench.measuring.places import scratch
from bench.measuring.processes import measured


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1500, help="updates")
    parser.add_argument("--functions", action="store_true", help="the functions that take most, by cProfile")
    asked = parser.parse_args()
    with scratch() as folder:
        kind = sqlite(folder)
        standing = make_district(kind.url, folder, complaints_for(asked.count))
        file = folder / "bodies"
        file.write_bytes(b"\n".join(bodies(standing, asked.count)))
        how = "--functions" if asked.functions else "--profile"
        fed = measured("bench.measuring.feeding", kind.copied(), str(folder), str(file), how)
    if asked.functions:
        print(fed["functions"])
        return
    count = fed["count"]
    print(f"{count} updates, {fed['rate']:.0f}/s while watched, {fed['cpu_us']:.0f} us of CPU each\n")
    print("| layer | CPU us/update | us/update, waiting too | calls/update |\n|---|---:|---:|---:|")
    layers = sorted(fed["layers"].items(), key=lambda each: -each[1][0])
    for name, (cpu, wall, calls) in layers:
        print(f"| {name} | {cpu / count * 1e6:.0f} | {wall / count * 1e6:.0f} | {calls / count:.2f} |")
    rest = fed["cpu_us"] - sum(cpu for _, (cpu, _, _) in layers) / count * 1e6
    print(f"| the rest: event loop, futures, threads | {rest:.0f} | | |")
    for each in fed["missing"]:
        print(f"not watched, for it is not there any more: {each}")


if __name__ == "__main__":
    main()
