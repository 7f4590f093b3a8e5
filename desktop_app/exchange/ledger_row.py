"""What one row of a table says, and what of it could not be read."""

from dataclasses import dataclass, field

from desktop_app.i18n import t


@dataclass(frozen=True)
class Problem:
    """A cell that could not be read, by the row and heading people know it by."""

    sheet: str
    row: int
    column: str
    value: str
    key: str

    def message(self, lang: str | None = None) -> str:
        """Return what is the matter in one sentence."""
        return t(f"import.problem.{self.key}", lang)

    def to_json(self) -> dict[str, object]:
        """Return the problem as the command line prints it."""
        shown = self.value if len(self.value) <= 200 else self.value[:200] + "…"
        place = {"sheet": self.sheet, "row": self.row, "column": self.column}
        return {**place, "value": shown, "message": self.message()}


@dataclass
class LedgerRow:
    """What one row says; the dicts hold columns of the models."""

    sheet: str
    row: int
    kind: str
    company: dict[str, object] = field(default_factory=dict)
    lead: dict[str, object] = field(default_factory=dict)
    contact: dict[str, object] = field(default_factory=dict)
    owner: str | None = None
    reporter: str | None = None
    next_step: str | None = None
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    # Heading and text of the columns read, by field: what a merge may have to keep in words.
    raw: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the company's name, or the project's where there is none."""
        return str(self.company.get("name") or self.lead.get("title") or "")


@dataclass
class Context:
    """What section titles and the sheet's name say of the rows below them."""

    country: str | None = None
    stage: str | None = None
