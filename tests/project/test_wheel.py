"""Guard: the wheel holds all that the four packages are made of, and runs in an environment of its own."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.project.commands import run
from tests.project.tree import PACKAGES, files
from tools.assets import expected


def build(project: Path, target: Path) -> Path:
    """Build the wheel of `project` into `target`; returns it."""
    built = run(project, "hatchling", "build", "-t", "wheel", "-d", str(target))
    assert built.returncode == 0, built.stdout
    return next(target.glob("*.whl"))


def missing_in_wheel(project: Path, wheel: Path) -> list[str]:
    """Files of the four packages (code, templates, catalogues, migrations, data) and of others (font, htmx, licences)
    that the wheel lacks."""
    ours = [path.relative_to(project).as_posix() for path in files(project, under=PACKAGES)]
    others = [path.as_posix() for path in expected()]
    with ZipFile(wheel) as packed:
        return sorted({*ours, *others} - set(packed.namelist()))


def add_assets(root: Path, copy: Path) -> None:
    """Put the font and htmx into a copy of the project, as `make install` has done in the project."""
    for path in expected():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, copy / path)


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel as it is now."""
    return build(root, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that has the wheel, and the other packages by a link; returns its folder of commands.

    The link is a line in a .pth file. A .pth file behind it is not read, so the project's folder, installed for
    editing in this environment, stays out of sight there.
    """
    folder = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    scheme = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)}, scheme="venv")
    Path(scheme["purelib"], "others.pth").write_text(sysconfig.get_paths()["purelib"])
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(folder), "install", "-qq"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--ignore-installed", wheel], check=True)
    return Path(scheme["scripts"])


def run_installed(commands: Path, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of that environment as somebody would who has only that."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    return subprocess.run(
        [str(commands / command[0]), *command[1:]],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_wheel_holds_everything(root: Path, wheel: Path) -> None:
    assert len(files(root, under=PACKAGES)) > 30
    assert missing_in_wheel(root, wheel) == []


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        tops = {name.partition("/")[0] for name in packed.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_each_package_says_that_it_has_types(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        assert {f"{package}/py.typed" for package in PACKAGES} <= set(packed.namelist())


@pytest.mark.parametrize("pattern", ["*.po", "data/", "*.css"])
def test_a_loose_line_in_gitignore_is_caught(root: Path, copy: Path, tmp_path: Path, pattern: str) -> None:
    add_assets(root, copy)
    for name in ("core/data/words.csv", "bot/locales/hi/planted.po", "desk/static/planted.css"):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("", encoding="utf-8")
    with (copy / ".gitignore").open("a", encoding="utf-8") as file:
        file.write(f"{pattern}\n")
    lost = missing_in_wheel(copy, build(copy, tmp_path / "dist"))
    assert lost
    assert all(Path(name).suffix in {".po", ".css"} or "data/" in name for name in lost)


def test_the_four_packages_come_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    ask = "import bot, core, desk, documents; print(*(p.__file__ for p in (bot, core, desk, documents)), sep='\\n')"
    told = run_installed(installed, "python", "-c", ask, cwd=tmp_path)
    assert told.returncode == 0, told.stdout
    assert all(Path(line).is_relative_to(installed.parent) for line in told.stdout.splitlines())


def test_the_command_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    told = run_installed(installed, "janmilan", "--help", cwd=tmp_path)
    assert told.returncode == 0, told.stdout
    assert "serve" in told.stdout
