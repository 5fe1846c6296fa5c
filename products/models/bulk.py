"""Many rows written at once, without a report of what they bear on: that is made by `base`.

Django puts all rows of a `bulk_create` into one text of SQL, and a CASE over all of them into each
column of a `bulk_update`, which costs more than the writing. Here one prepared statement is run for
each row, and new rows go into PostgreSQL by COPY. Keys are taken ahead, so none is read back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, cast

from django.db import connections, models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

WITH_KEYS_AHEAD = ("sqlite", "postgresql")
"""Databases of which it is known how to take keys before the rows are written."""


def insert(model: type[models.Model], rows: Sequence[Any]) -> None:
    """Write new rows; one without a key gets it. Raises what the database raises."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    if connection.vendor not in WITH_KEYS_AHEAD:
        models.QuerySet(model=model).bulk_create(rows)
        return
    new = [row for row in rows if row.pk is None]
    # Others must not take the same keys in SQLite: a transaction is the only one that writes there.
    with transaction.atomic(using=connection.alias, savepoint=False):
        for row, key in zip(new, _keys(connection, model, len(new)), strict=True):
            row.pk = key
        for row in rows:
            row._prepare_related_fields_for_save(operation_name="bulk_create")
        _insert(connection, model, rows)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(model: type[models.Model], rows: Sequence[Any], columns: Collection[str]) -> None:
    """Write some columns of rows that are there. Raises what the database raises."""
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    fields = [cast("Any", model._meta.get_field(column)) for column in columns]
    name, key = connection.ops.quote_name, cast("Any", model._meta.pk)
    assignments = ", ".join(f"{name(field.column)} = %s" for field in fields)
    statement = (
        f"UPDATE {name(model._meta.db_table)} SET {assignments} WHERE {name(key.column)} = %s"  # noqa: S608 # nosec B608 - names of our own
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(_values(connection, [*fields, key], rows, add=False)))


def _insert(
    connection: BaseDatabaseWrapper, model: type[models.Model], rows: Sequence[Any]
) -> None:
    fields = model._meta.concrete_fields
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(cast("str", field.column)) for field in fields)
    values = _values(connection, fields, rows, add=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,
            ):
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values))  # noqa: S608 # nosec B608 - names of our own


def _values(
    connection: BaseDatabaseWrapper, fields: Iterable[Any], rows: Sequence[Any], *, add: bool
) -> Iterator[tuple[Any, ...]]:
    """What the database is given of each row, column by column made ready."""
    columns = (
        [field.get_db_prep_save(field.pre_save(row, add), connection) for row in rows]
        for field in fields
    )
    return zip(*columns, strict=True)


def _keys(connection: BaseDatabaseWrapper, model: type[models.Model], number: int) -> Iterable[int]:
    """So many keys that no row has."""
    if not number:
        return ()
    table, column = model._meta.db_table, cast("Any", model._meta.pk).column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), column, number],
            )
            return [key for (key,) in cursor.fetchall()]
        # AUTOINCREMENT keeps the highest key that there ever was.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + 1 + number)
