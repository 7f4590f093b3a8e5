"""The log's own tables, and the local ones that are never shared."""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table

log_metadata = MetaData()

change = Table(
    "change",
    log_metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("stream", LargeBinary(16), nullable=False),
    Column("hlc", Integer, nullable=False, index=True),
    Column("tx", LargeBinary(16), nullable=False, index=True),
    Column("author", String),
    Column("tbl", String, nullable=False),
    Column("row", LargeBinary(16), nullable=False),
    Column("fields", String, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("extra", String, nullable=False),
)
Index("ix_change_row", change.c.row)

# One row a touched record of the transaction under way; empty between transactions.
touched = Table(
    "touched",
    log_metadata,
    Column("tbl", String, primary_key=True),
    Column("row", LargeBinary(16), primary_key=True),
    sqlite_with_rowid=False,
)

# This installation: its stream, the last clock value it gave out, and whether capture is silenced.
installation = Table(
    "installation",
    log_metadata,
    Column("id", Integer, primary_key=True),
    Column("stream", LargeBinary(16), nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("silent", Integer, nullable=False),
)

# The local undo stack: one row a labelled transaction; ``undone`` ones can be redone.
journal = Table(
    "journal",
    log_metadata,
    Column("seq", Integer, primary_key=True),
    Column("tx", LargeBinary(16), nullable=False),
    Column("label", String, nullable=False),
    Column("undone", Integer, nullable=False),
)

# Prepared search text of a record; derived, rebuilt at any time.
search_key = Table(
    "search_key",
    log_metadata,
    Column("row", LargeBinary(16), primary_key=True),
    Column("key", String, nullable=False),
    sqlite_with_rowid=False,
)

# Cells in which people disagree; derived from the log, kept in step by the seal and the merge.
conflict = Table(
    "conflict",
    log_metadata,
    Column("tbl", String, primary_key=True),
    Column("row", LargeBinary(16), primary_key=True),
    Column("col", String, primary_key=True),
    sqlite_with_rowid=False,
)
Index("ix_conflict_row", conflict.c.row)

# The team's shared file, at most one: where it is, what is remembered of it, how the last sync
# went, and up to which place in the log the person has looked at what came in.
link = Table(
    "link",
    log_metadata,
    Column("id", Integer, primary_key=True),
    Column("team", String, nullable=False),
    Column("location", String, nullable=False),
    Column("mode", String, nullable=False),
    Column("memory", String, nullable=False),
    Column("looked", Integer, nullable=False),
    Column("last_at", String),
    Column("last_state", String),
    Column("last_problem", String),
)
