"""Finds other distributions that bring a package of ours: whichever was installed last has overwritten files."""

from importlib.metadata import packages_distributions

from bot.cli.failing import Wrong

PACKAGES = ("bot", "core", "desk", "documents")
OURS = "janmilan"


def rivals() -> dict[str, list[str]]:
    """Our packages that somebody else brings too, each with whose they are."""
    brought = packages_distributions()
    return {
        package: others
        for package in PACKAGES
        if (others := sorted({name for name in brought.get(package, ()) if name.lower() != OURS}))
    }


def refuse_rivals() -> None:
    """Raise Wrong, with the cure, where another distribution has one of our packages."""
    found = rivals()
    if found:
        told = "; ".join(f"{package} by {', '.join(others)}" for package, others in found.items())
        raise Wrong(
            f"Other packages of this Python environment have overwritten parts of Jan Milan ({told}). Install it in an "
            "environment of its own: python3 -m venv janmilan && janmilan/bin/pip install janmilan"
        )
