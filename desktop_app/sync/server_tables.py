"""The tables of a hub on a server; their names and columns are for ever."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)

# The format of these tables; a server with a greater one is left alone.
FORMAT = 1

metadata = MetaData()

# What the hub is: format, team, kind, made_at; and of the changes, count and the xor of the ids.
hub = Table(
    "hub",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

change = Table(
    "change",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("id", LargeBinary, nullable=False, unique=True),
    Column("stream", LargeBinary, nullable=False),
    Column("hlc", BigInteger, nullable=False),
    Column("tx", LargeBinary, nullable=False),
    Column("author", Text),
    Column("tbl", Text, nullable=False),
    Column("row", LargeBinary, nullable=False),
    Column("fields", Text, nullable=False),
    Column("schema", BigInteger, nullable=False),
    Column("extra", Text, nullable=False),
)

# Changes that were not what their id says, taken out of the way as they were.
damaged = Table(
    "damaged",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("at", DateTime(timezone=True), server_default=func.now()),
    Column("row", Text, nullable=False),
)

# What each laptop says it has seen, as in the files of a shared folder.
ack = Table(
    "ack",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# Attachments by the sha256 of the whole, in parts of a size that any laptop can hold in memory.
file = Table(
    "file",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# Changes are only ever added. Where one is removed or altered by hand all the same, the count is
# made to fit nothing, and each laptop compares in full at its next sync and puts back what it has.
ADD_ONLY = (
    "CREATE FUNCTION change_meddled() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN UPDATE hub SET value = '-1' WHERE name = 'count'; RETURN NULL; END$$",
    "CREATE TRIGGER change_meddled AFTER UPDATE OR DELETE OR TRUNCATE ON change "
    "FOR EACH STATEMENT EXECUTE FUNCTION change_meddled()",
)
