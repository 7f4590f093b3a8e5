"""Finds the records that a row of a ledger may already be.

A lead is one possible investment of one company, so that a company may rightly stand twice in a
ledger: rows of one name are one lead unless most else that they say differs.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from desktop_app.exchange.company_names import CompanyName, read_name

Verdict = Literal["same", "company", "possible"]

# A mistyped letter in twenty is still the same name; a differing word is another company.
_SIMILAR = 92.0
_SHORTEST = 8
_MOST_COMPARED = 600


@dataclass(frozen=True)
class Facts:
    """What tells one lead from another.

    Args:
        company_id: the company's id, or that of the planned row that makes it.
        lead_id: the lead's id; None for a company without one.
        stored: whether it is already in the workspace rather than in the file being read.
    """

    company_id: str
    lead_id: str | None
    name: CompanyName
    zh: CompanyName
    country: str | None = None
    city: str | None = None
    title: str | None = None
    first_on: dt.date | None = None
    amount: tuple[int, str | None] | None = None
    owner: str | None = None
    email: str | None = None
    stored: bool = False


@dataclass(frozen=True)
class Match:
    """A record that a row may be: the same lead, the same company, or possibly either."""

    facts: Facts
    verdict: Verdict
    score: int


def compare(row: Facts, other: Facts, *, similar: bool) -> Match:
    """Return how a row relates to a record of the same or a similar name.

    Args:
        row: what the row says.
        other: the record, in the workspace or above in the same file.
        similar: whether the names are only similar.
    """
    pairs: list[tuple[object, object]] = [
        (row.zh.keys, other.zh.keys),
        (row.owner, other.owner),
        (row.first_on, other.first_on),
        (row.amount, other.amount),
    ]
    if not other.stored:
        # Lists from elsewhere name another branch; one list names a company's city one way.
        pairs.append((row.city, other.city))
    same_email = bool(row.email and row.email == other.email)
    agree = sum(1 for a, b in pairs if a and b and a == b) + same_email
    differ = sum(1 for a, b in pairs if a and b and a != b)
    zh_differs = bool(row.zh.keys and other.zh.keys and row.zh.keys != other.zh.keys)
    titles_differ = bool(row.title and other.title and row.title != other.title)
    score = agree * 3 - differ * 2 + 2 * row.name.same_form(other.name) - 4 * titles_differ
    score += _same_place(row, other)
    if similar or not row.name.same_form(other.name):
        sure = agree >= 2 and differ == 0 and not titles_differ
        return Match(other, "same" if sure else "possible", score)
    if titles_differ and agree < 2:
        return Match(other, "possible" if zh_differs else "company", score)
    # Across files each has its own contact days and sums, so that there the names must differ too.
    unlike = (differ >= 3 and agree <= 1) or (differ == 2 and agree == 0)
    if unlike and (zh_differs or not other.stored):
        return Match(
            other, "possible" if _elsewhere(row, other) or zh_differs else "company", score
        )
    return Match(other, "same", score)


def _elsewhere(row: Facts, other: Facts) -> bool:
    """Return whether two companies of one name are said to be in different places."""
    cities = bool(row.city and other.city and row.city != other.city)
    return cities or bool(row.country and other.country and row.country != other.country)


def _same_place(row: Facts, other: Facts) -> int:
    """Return 1 when the places agree, -1 when they differ."""
    if row.city and other.city:
        return 1 if row.city == other.city else -1
    return 0


@dataclass
class NameIndex:
    """Records by name: exactly, and by either half for names with one letter mistyped."""

    exact: dict[str, list[Facts]] = field(default_factory=dict)
    by_zh: dict[str, list[Facts]] = field(default_factory=dict)
    only_zh: dict[str, list[Facts]] = field(default_factory=dict)
    halves: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, facts: Facts) -> None:
        """Make a record findable by its names."""
        for key in facts.zh.keys:
            self.by_zh.setdefault(key, []).append(facts)
            if facts.name.chinese or not facts.name.keys:
                self.only_zh.setdefault(key, []).append(facts)
        for key in facts.name.keys:
            known = self.exact.setdefault(key, [])
            known.append(facts)
            if len(known) == 1 and len(key) >= _SHORTEST and key.isascii():
                half = len(key) // 2
                self.halves.setdefault(("start", key[:half]), []).append(key)
                self.halves.setdefault(("end", key[-half:]), []).append(key)

    def best(self, row: Facts) -> Match | None:
        """Return the record that a row most probably is, or None."""
        matches = [compare(row, other, similar=False) for other in self._same_name(row)]
        if not matches:
            matches = [compare(row, other, similar=True) for other in self._similar(row)]
        if not matches:
            return None
        order = {"same": 2, "company": 1, "possible": 0}
        best = max(matches, key=lambda m: (order[m.verdict], m.score))
        forms = {m.facts.name.form for m in matches if m.verdict == "same"}
        if best.verdict == "same" and not row.name.form and len(forms) > 1 and best.score < 5:
            # Rheintal Medical may be the AG as well as the GmbH: nothing says which.
            return Match(best.facts, "possible", best.score)
        return best

    def _same_name(self, row: Facts) -> Iterable[Facts]:
        """Yield records with the row's name; the Chinese one decides only if nothing else does."""
        seen = set()
        for key in row.name.keys:
            for other in self.exact.get(key, ())[:_MOST_COMPARED]:
                if id(other) not in seen:
                    seen.add(id(other))
                    yield other
        if seen:
            return
        foreign = bool(row.name.keys) and not row.name.chinese
        index = self.only_zh if foreign else self.by_zh
        for key in row.zh.keys:
            yield from index.get(key, ())[:_MOST_COMPARED]

    def _similar(self, row: Facts) -> Iterable[Facts]:
        """Yield records whose name is the row's but for a letter or two."""
        from rapidfuzz import fuzz, process

        for key in row.name.keys:
            if len(key) < _SHORTEST or not key.isascii():
                continue
            near: set[str] = set()
            for half in {(len(key) - 1) // 2, len(key) // 2, (len(key) + 1) // 2}:
                near.update(self.halves.get(("start", key[:half]), ())[:_MOST_COMPARED])
                near.update(self.halves.get(("end", key[-half:]), ())[:_MOST_COMPARED])
            digits = re.sub(r"\D", "", key)
            for found, _, _ in process.extract(
                key, near, scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=3
            ):
                if re.sub(r"\D", "", found) == digits:
                    yield from self.exact[found][:_MOST_COMPARED]


def facts_of(
    company_id: str,
    lead_id: str | None,
    company: dict[str, object],
    lead: dict[str, object],
    *,
    owner: str | None,
    email: str | None = None,
    stored: bool = False,
) -> Facts:
    """Return what tells a lead from others, of columns of the two models."""
    minor = lead.get("amount_minor")
    first = lead.get("first_reported_on")
    currency = lead.get("currency")
    city = company.get("city")
    country = company.get("country")
    title = lead.get("title")
    return Facts(
        company_id,
        lead_id,
        read_name(_str(company.get("name"))),
        read_name(_str(company.get("name_zh"))),
        country=_str(country) or None,
        city=(_str(city) or "").casefold() or None,
        title=_str(title) or None,
        first_on=first if isinstance(first, dt.date) else None,
        amount=(minor, _str(currency)) if isinstance(minor, int) and minor else None,
        owner=owner,
        email=email.casefold() if email else None,
        stored=stored,
    )


def _str(value: object) -> str | None:
    """Return a column's text."""
    return value if isinstance(value, str) else None
