"""Expected errors: typed, worded by the window or the command line in the user's language."""


class DeskError(Exception):
    """Something the user can put right; ``t("errors." + key, **values)`` words it."""

    def __init__(self, key: str, **values: object) -> None:
        """Keep the key of the sentence and what fills it."""
        super().__init__(key, values)
        self.key = key
        self.values = values
