"""Savepoints, spelled out: they nest strictly, so one name does for all, and nobody has to keep account of them."""

from sqlalchemy import Connection

from core.store.prepared import run_text


class Savepoint:
    """A place in the transaction to go back to, open from the moment it is made."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        run_text(connection, "SAVEPOINT work")

    def release(self) -> None:
        """What was written since stays."""
        run_text(self._connection, "RELEASE SAVEPOINT work")

    def roll_back(self) -> None:
        """Nothing that was written since stays."""
        run_text(self._connection, "ROLLBACK TO SAVEPOINT work")
        self.release()
