"""Statements compiled once, and run on the driver's own cursor.

SQLAlchemy writes the SQL and knows the types; but what it does around each execution (contexts, hooks, result metadata)
takes several times as long as SQLite takes to answer (docs/performance.md, What was removed). So on the hot path a
statement is compiled at its first use and its text goes to the driver from then on. Rows and errors come out as
SQLAlchemy's, so nobody need know which way a statement went; one that is compiled anew for its values (a list in
IN, a default made in Python) goes SQLAlchemy's way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, IteratorResult, Result, Select
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.types import TypeEngine

Processor = Callable[[Any], Any]
_Key = tuple[object, ...]
"""The statement, the kind of database, and the parameters' names."""


@dataclass(frozen=True)
class _Prepared:
    """A statement as one driver takes it, for parameters of these names.

    places: name and processor of each parameter, in the order of the text.   fixed: the values that stand in the
    statement itself.   named: whether the driver takes names.   columns: of the rows, None where there are none.
    readers: place and processor of each column that the driver does not give as we want it.
    """

    text: str
    places: tuple[tuple[str, Processor | None], ...]
    fixed: Mapping[str, Any]
    named: bool
    columns: SimpleResultMetaData | None
    readers: tuple[tuple[int, Processor], ...]

    def arguments(self, params: Mapping[str, Any]) -> Any:
        """What the driver is given."""
        if self.fixed:
            params = {**self.fixed, **params}
        if self.named:
            return {name: params[name] if process is None else process(params[name]) for name, process in self.places}
        return [params[name] if process is None else process(params[name]) for name, process in self.places]

    def rows(self, given: Sequence[Any]) -> Sequence[Any]:
        """The driver's rows, each value as its column's type wants it."""
        return [self._row(row) for row in given] if self.readers else given

    def _row(self, given: Any) -> tuple[Any, ...]:
        row = list(given)
        for place, process in self.readers:
            row[place] = process(row[place])
        return tuple(row)


def execute(connection: Connection, statement: Executable, params: Mapping[str, Any] | None = None) -> Result[Any]:
    """Run a statement; the same as `connection.execute`, for a statement that is a constant of its module."""
    params = params or {}
    prepared = _prepared(statement, connection.dialect, params)
    if prepared is None:
        return connection.execute(statement, params)
    cursor = _run(connection, prepared.text, lambda cursor: cursor.execute(prepared.text, prepared.arguments(params)))
    if prepared.columns is None:
        return IteratorResult(_NO_COLUMNS, iter(()))
    return IteratorResult(prepared.columns, iter(prepared.rows(cursor.fetchall())))


def execute_many(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> int:
    """Run a statement once for each row of parameters, all with the same names; returns how many rows it changed."""
    prepared = _prepared(statement, connection.dialect, rows[0])
    if prepared is None:
        return connection.execute(statement, rows).rowcount
    arguments = [prepared.arguments(row) for row in rows]
    cursor = _run(connection, prepared.text, lambda cursor: cursor.executemany(prepared.text, arguments))
    return int(cursor.rowcount)


def run_text(connection: Connection, text: str) -> None:
    """Run SQL without parameters and without rows."""
    _run(connection, text, lambda cursor: cursor.execute(text))


_NO_COLUMNS = SimpleResultMetaData(())
_PREPARED: dict[_Key, _Prepared | None] = {}
_MOST_KEPT = 2048
"""More than all constants; one who makes statements anew each time has them all forgotten now and then."""


def _prepared(statement: Executable, dialect: Dialect, params: Mapping[str, Any]) -> _Prepared | None:
    key = (statement, dialect.name, *params)
    try:
        return _PREPARED[key]
    except KeyError:
        if len(_PREPARED) >= _MOST_KEPT:
            _PREPARED.clear()
        prepared = _PREPARED[key] = _prepare(statement, dialect, params)
        return prepared


def _prepare(statement: Executable, dialect: Dialect, params: Mapping[str, Any]) -> _Prepared | None:
    if not isinstance(statement, (Select, UpdateBase)):
        return None
    compiled = statement.compile(dialect=dialect, column_keys=sorted(params))
    if not isinstance(compiled, SQLCompiler) or _is_made_anew(compiled):
        return None
    processors = {name: _impl(each.type, dialect).bind_processor(dialect) for each, name in compiled.bind_names.items()}
    names = compiled.positiontup if compiled.positional else list(processors)
    columns = list(statement.exported_columns)
    readers = [(at, _impl(each.type, dialect).result_processor(dialect, None)) for at, each in enumerate(columns)]
    return _Prepared(
        text=str(compiled),
        places=tuple((name, processors[name]) for name in names or ()),
        fixed={name: value for name, value in compiled.params.items() if name not in params},
        named=not compiled.positional,
        columns=SimpleResultMetaData([str(each.key) for each in columns]) if columns else None,
        readers=tuple((at, process) for at, process in readers if process is not None),
    )


def _is_made_anew(compiled: SQLCompiler) -> bool:
    """Whether SQLAlchemy has to see the values of each execution."""
    return bool(
        compiled.post_compile_params
        or compiled.literal_execute_params
        or compiled.insert_prefetch
        or compiled.update_prefetch
    )


def _impl(type: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return type.dialect_impl(dialect)


def _run(connection: Connection, text: str, call: Callable[[Any], object]) -> Any:
    """A cursor on which the call was made. Raises SQLAlchemy's DBAPIError, as `connection.execute` does."""
    driver = connection.connection.dbapi_connection
    assert driver is not None, "a statement is run on a connection that is open"
    cursor = driver.cursor()
    try:
        call(cursor)
    except connection.dialect.loaded_dbapi.Error as error:
        lost = connection.dialect.is_disconnect(error, driver, cursor)
        if lost:
            connection.invalidate(error)
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(
            text, None, error, base, hide_parameters=True, connection_invalidated=lost, dialect=connection.dialect
        ) from error
    return cursor
