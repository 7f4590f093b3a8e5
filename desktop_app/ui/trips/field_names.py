"""What the fields of a trip, its stops and its meetings are called."""

from desktop_app.i18n import t

#: The text keys under which the columns have their labels.
WORDS = "trips.field"


def field_name(column: str) -> str:
    """Return the label of a column."""
    return t(f"{WORDS}.{column}")
