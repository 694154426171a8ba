"""Where an office lives on this machine: its config.yaml, its database, and the folder of its files."""

from dataclasses import dataclass
from pathlib import Path

from bot.settings import SQLITE, Configuration
from core.settings import read_config


@dataclass(frozen=True)
class Place:
    """An office on this machine. `folder`: where photos, papers and the office's own words are kept."""

    settings: Configuration
    folder: Path

    @property
    def address(self) -> str:
        """The address of its pages, without a slash at the end."""
        server = self.settings.server
        return (server.public_url or f"http://{_in_url(server.host)}:{server.port}").rstrip("/")

    def at(self, host: str | None, port: int | None) -> "Place":
        """The same, served at another host or port."""
        changes = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
        server = self.settings.server.model_copy(update=changes)
        return Place(self.settings.model_copy(update={"server": server}), self.folder)


def read_place(config: Path) -> Place:
    """The office that `config` describes; a path in it is taken from the folder that the file is in.

    Raises ConfigError.
    """
    settings = read_config(config, Configuration)
    home = config.resolve().parent
    folder = home / "data"
    if settings.database.startswith(SQLITE):
        file = home / settings.database.removeprefix(SQLITE)
        settings = settings.model_copy(update={"database": SQLITE + str(file)})
        folder = file.parent
    return Place(settings, folder)


def demo_place(folder: Path, host: str, port: int) -> Place:
    """A demo district in `folder`, apart from the database of an office that may be there too."""
    home = folder.resolve() / "demo"
    settings = Configuration(database=f"{SQLITE}{home / 'demo.db'}")
    return Place(settings, home).at(host, port)


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
