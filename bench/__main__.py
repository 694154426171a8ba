"""What `make bench` does: lists the benchmarks, runs one, or all of them.

python -m bench            the list
python -m bench updates    one; what follows is for it: --count 500
python -m bench all
"""

import ast
import runpy
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
NOT_HERE = ("__main__", "soak")
"""`make soak` has a target of its own: it proves and does not measure."""


def names() -> list[str]:
    """The benchmarks that there are; `profile` tells where the time goes and has no figure."""
    return sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_HERE)


def about(name: str) -> str:
    """The first words of a benchmark's file, up to its colon."""
    told = ast.get_docstring(ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))) or ""
    return " ".join(told.partition("\n\n")[0].partition(": ")[0].split())


def main() -> None:
    """The command line."""
    asked, *rest = sys.argv[1:] or [""]
    if not asked:
        print("Choose one: make bench B=name, or B=all\n")
        for name in names():
            print(f"{name:<16} {about(name)}")
    elif asked == "all":
        for name in names():
            print(f"\n== {name}: {about(name)}\n", flush=True)
            begun = time.monotonic()
            _run(name, rest)
            print(f"({name} took {time.monotonic() - begun:.0f} s)", flush=True)
    elif asked in names():
        _run(asked, rest)
    else:
        raise SystemExit(f"There is no benchmark {asked!r}; `make bench` lists what there is.")


def _run(name: str, words: list[str]) -> None:
    sys.argv = [name, *words]
    runpy.run_module(f"bench.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
