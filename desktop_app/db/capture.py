"""Triggers, generated from the mapped metadata, that note every touched row.

ORM events miss bulk statements and raw SQL; triggers see all three. A trigger only notes which
row was touched: what changed is found at commit by comparing the row with what the log says of
it, so an equal value set again is no change, and neither is one that was set and set back.
"""

from collections.abc import Iterator

from sqlalchemy import MetaData

_NOTE = "INSERT OR IGNORE INTO touched (tbl, row) VALUES ('{table}', NEW.id);"
_AWAKE = "(SELECT silent FROM installation) = 0"


def trigger_statements(metadata: MetaData) -> Iterator[str]:
    """Yield the statements that (re)make the triggers of every synced table."""
    for table in metadata.sorted_tables:
        name = table.name
        note = _NOTE.format(table=name)
        # Quoted: a case is also a word of SQL.
        on = f'ON "{name}"'
        yield f"DROP TRIGGER IF EXISTS capture_{name}_insert"
        yield (
            f"CREATE TRIGGER capture_{name}_insert AFTER INSERT {on} WHEN {_AWAKE} BEGIN {note} END"
        )
        yield f"DROP TRIGGER IF EXISTS capture_{name}_update"
        yield (
            f"CREATE TRIGGER capture_{name}_update AFTER UPDATE {on} WHEN {_AWAKE} BEGIN {note} END"
        )
        # Rows are never removed (absence never means deletion), and a key is for ever. With
        # recursive_triggers on, INSERT OR REPLACE is refused here too.
        yield f"DROP TRIGGER IF EXISTS keep_{name}_row"
        yield (
            f"CREATE TRIGGER keep_{name}_row BEFORE DELETE {on} "
            "BEGIN SELECT RAISE(ABORT, 'rows are never removed: set deleted instead'); END"
        )
        yield f"DROP TRIGGER IF EXISTS keep_{name}_key"
        yield (
            f"CREATE TRIGGER keep_{name}_key BEFORE UPDATE OF id {on} "
            "WHEN OLD.id IS NOT NEW.id "
            "BEGIN SELECT RAISE(ABORT, 'a row key never changes'); END"
        )
