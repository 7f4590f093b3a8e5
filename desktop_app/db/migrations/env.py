"""Alembic's entry: migrate the database on the connection that the app hands over."""

from typing import Any, Literal

from alembic import context

attributes = context.config.attributes


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what the file holds, so that a migration stands alone."""
    name = type(item).__name__
    if kind == "type" and name == "RecordId":
        return "sa.LargeBinary(length=16)"
    if kind == "type" and name == "UtcText":
        return "sa.String()"
    return False


context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("target_metadata"),
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
