"""Finds out which column of a table fills which field, from its headings and its cells."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.exchange.after_headings import HEADINGS
from desktop_app.exchange.after_read import after_mapping
from desktop_app.exchange.headings import (
    DAY_FIELDS,
    LEAD_ONLY,
    field_of,
    plain_heading,
)
from desktop_app.exchange.ledger_read import RawTable
from desktop_app.exchange.mapping import Mapping
from desktop_app.exchange.mapping_units import read_units
from desktop_app.exchange.own_read import own_mapping
from desktop_app.exchange.parse_text import (
    is_blank,
    narrow,
    one_line,
    parse_email,
)
from desktop_app.exchange.parse_words import WORD_READERS
from desktop_app.exchange.vcard import CARD_FIELDS

_LOOK_AT_ROWS = 40
_SAMPLE = 300


def guess_mapping(table: RawTable, today: dt.date) -> Mapping | None:
    """Return how a table is probably to be read, or None if no headings are recognised."""
    if table.kind == "vcard":
        columns = dict(enumerate(CARD_FIELDS))
        return Mapping("contacts", 0, columns, dict(columns))
    own = own_mapping(table)
    if own is not None:
        return own
    after = after_mapping(table)
    if after is not None:
        read_units(table, after, today)
        return after
    return _guess_leads(table, today)


def mapping_as(table: RawTable, kind: str, today: dt.date) -> Mapping | None:
    """Return how a table is read as what somebody says it holds, or None if it can't be."""
    if kind in HEADINGS:
        found = after_mapping(table, kind)
        if found is not None:
            read_units(table, found, today)
        return found
    found = _guess_leads(table, today)
    if found is None or (kind == "contacts" and found.column_of("contact_name") is None):
        return None
    return replace(found, kind=kind)


def _guess_leads(table: RawTable, today: dt.date) -> Mapping | None:
    """Return how a table of leads or of people is probably to be read."""
    best: tuple[int, Mapping] | None = None
    for index, row in enumerate(table.rows[:_LOOK_AT_ROWS]):
        if sum(1 for c in row if isinstance(c, str) and c.strip()) < 2:
            continue
        for height in (1, 2, 3):
            if index + height > len(table.rows):
                break
            found = _read_headings(table, index, height)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        return None
    mapping = best[1]
    _read_columns(table, mapping)
    if not _names_somebody(mapping):
        return None
    mapping.kind = _kind_of(mapping)
    read_units(table, mapping, today)
    return mapping


def _names_somebody(mapping: Mapping) -> bool:
    """Return whether rows can be told apart by a company, a project or a person."""
    fields = set(mapping.columns.values())
    who = {"company", "company_zh", "company_en", "title", "contact_name", "contact_last"}
    return bool(fields & who) and len(fields - {"number"}) >= 2


def _kind_of(mapping: Mapping) -> str:
    """Return whether the rows are leads or people."""
    fields = set(mapping.columns.values())
    people = bool(fields & {"contact_name", "contact_last"})
    return "contacts" if people and not fields & LEAD_ONLY else "leads"


def _labels_of(table: RawTable, index: int, height: int) -> list[list[str]] | None:
    """Return for each column its headings from the lowest row up, groups spread to the right."""
    rows = [[one_line(c) for c in row] for row in table.rows[index : index + height]]
    if height > 1:
        if any(re.search("[:：]|20\\d\\d", text) for text in rows[0]):
            # A title or 单位：万元 is no heading of a group.
            return None
        # Below the headings of groups stand headings too: short texts, never numbers or days.
        for below in table.rows[index + 1 : index + height]:
            cells = [c for c in below if c not in (None, "")]
            if len(cells) < 2 or any(not isinstance(c, str) or len(c) > 30 for c in cells):
                return None
            if sum(1 for c in cells if field_of(str(c))) * 2 < len(cells):
                return None
    width = max(len(row) for row in rows)
    for row in rows:
        row.extend([""] * (width - len(row)))
    for level, row in enumerate(rows[:-1]):
        for column in range(1, width):
            if not row[column] and rows[level + 1][column]:
                row[column] = row[column - 1]
    labels = []
    for column in range(width):
        texts = [row[column] for row in reversed(rows) if row[column]]
        labels.append(list(dict.fromkeys(texts)))
    return labels


def _read_headings(table: RawTable, index: int, height: int) -> tuple[int, Mapping] | None:
    """Return how well rows of headings are understood, and the mapping they give."""
    labels = _labels_of(table, index, height)
    if labels is None:
        return None
    mapping = Mapping("leads", index + height)
    sure: dict[str, tuple[int, int]] = {}
    for column, texts in enumerate(labels):
        if not texts:
            continue
        mapping.labels[column] = " ".join(reversed(texts)) if len(texts) > 1 else texts[0]
        found = _best_field(texts)
        if found is None:
            continue
        name, certainty = found
        if name == "company" and "company" in sure and sure["company"][0] == 3:
            # 企业名称 and 名称 side by side: the first is the company.
            continue
        if name not in sure or certainty > sure[name][0]:
            if name in sure:
                mapping.columns.pop(sure[name][1], None)
            sure[name] = (certainty, column)
            mapping.columns[column] = name
    _name_or_person(mapping)
    score = sum(certainty for name, (certainty, _) in sure.items() if name != "number")
    matched = len(set(mapping.columns.values()) - {"number"})
    if matched < 2:
        return None
    # A row of headings is mostly headings; a row of data may by chance contain some.
    filled = sum(1 for texts in labels if texts)
    return (score * 10 + matched * 10 - (filled - matched) * 3 - height), mapping


def _best_field(texts: list[str]) -> tuple[str, int] | None:
    """Return the field meant by the headings over one column, the lowest counting most."""
    joined = "".join(reversed(texts))
    candidates = [field_of(t) for t in (texts[0], joined)] if len(texts) > 1 else [field_of(joined)]
    group = field_of(texts[-1]) if len(texts) > 1 else None
    found = next((c for c in candidates if c is not None), None)
    if found is not None and found[0] in ("company", "contact_name") and len(texts) > 1:
        people = "联系" in texts[-1] or re.search("contact|kontakt|ansprech", texts[-1].lower())
        return ("contact_name" if people else found[0]), found[1]
    bare = plain_heading(texts[0]) in ("日期", "时间", "date", "datum", "data", "termin")
    if found is not None and bare and group is not None:
        # 下次跟进 over 日期: the group says of what the day is.
        if group[0] in DAY_FIELDS:
            return group
        stages = {"signed": "signed_on", "started": "started_on", "completed": "completed_on"}
        stage = WORD_READERS["stage"](texts[-1])
        return (stages.get(stage or "", found[0]), found[1])
    return found or group


def _name_or_person(mapping: Mapping) -> None:
    """Take a bare 名称 or Name for the person when another column holds the company."""
    fields = mapping.columns
    labels = {i: narrow(mapping.labels[i]).lower().strip() for i in fields}
    if "contact_name" in fields.values() and "company" not in fields.values():
        for column, name in fields.items():
            others = set(fields.values()) & LEAD_ONLY
            if name == "contact_name" and labels[column] in ("name", "nome") and others:
                fields[column] = "company"
                return


def _read_columns(table: RawTable, mapping: Mapping) -> None:
    """Let the cells decide where headings leave doubt, and name columns by their cells alone."""
    taken = set(mapping.columns.values())
    stage = mapping.column_of("stage")
    if stage is not None:
        texts = _texts(table, mapping, stage)
        if texts and _share(texts, "stage") < 0.3:
            by_state = _share(texts, "status") >= 0.3 and "status" not in taken
            if by_state:
                mapping.columns[stage] = "status"
            else:
                # 进展 may be a story rather than a stage: it is kept under its heading.
                del mapping.columns[stage]
            taken = set(mapping.columns.values())
    if "stage" not in taken:
        for column, name in mapping.columns.items():
            # Sachstand may hold a story or a stage.
            texts = _texts(table, mapping, column) if name == "notes" else []
            stages, states = _share(texts, "stage"), _share(texts, "status")
            if stages >= 0.3 and stages + states >= 0.6 and len(set(texts)) > 1:
                mapping.columns[column] = "stage"
                taken = set(mapping.columns.values())
                break
    for concept in ("source", "country", "chain"):
        _take_for_another(table, mapping, concept)
    taken = set(mapping.columns.values())
    status = mapping.column_of("status")
    if status is not None and "stage" not in taken:
        texts = _texts(table, mapping, status)
        if _share(texts, "stage") > _share(texts, "status"):
            mapping.columns[status] = "stage"
    for column, label in mapping.labels.items():
        if column in mapping.columns or not label:
            continue
        guess = _field_by_cells(_texts(table, mapping, column), set(mapping.columns.values()))
        if guess is not None:
            mapping.columns[column] = guess


def _take_for_another(table: RawTable, mapping: Mapping, concept: str) -> None:
    """Take a column such as Herkunft or Origin for what its cells name, not its heading."""
    column = mapping.column_of(concept)
    texts = [] if column is None else _texts(table, mapping, column)
    if column is None or not texts or _share(texts, concept) >= 0.3:
        return
    taken = set(mapping.columns.values())
    for other in ("country", "chain", "stage"):
        if other not in taken and _share(texts, other) >= 0.7:
            mapping.columns[column] = other
            return


def _texts(table: RawTable, mapping: Mapping, column: int) -> list[str]:
    """Return the first texts of a column that say something."""
    rows = table.rows[mapping.first_row : mapping.first_row + _SAMPLE]
    texts = [one_line(row[column]) for row in rows if column < len(row)]
    return [t for t in texts if not is_blank(t)]


def _share(texts: Sequence[str], concept: str) -> float:
    """Return which part of some texts are short words of a concept."""
    reader = WORD_READERS[concept]
    known = sum(1 for t in texts if len(t) <= 36 and reader(t) is not None)
    return known / len(texts) if texts else 0.0


_COMPANY_MARK = re.compile(r"公司|\b(?:GmbH|AG|SE|S\.?p\.?A|S\.?r\.?l|SA|SAS|Ltd|Inc|KG)\b", re.I)
_DAY_MARK = re.compile(r"(?:19|20)\d\d[-./年]?\d{1,2}[-./月]?\d{1,2}|\d{1,2}\.\d{1,2}\.(?:20)?\d\d")
_MONEY_MARK = re.compile(r"\d.*(?:亿|万|€|EUR|USD|CHF|美元|Mio)|(?:EUR|USD|CHF|€)\s*\d", re.I)


def _field_by_cells(texts: Sequence[str], taken: set[str]) -> str | None:
    """Return the field a column fills judging by its cells, for a heading nobody knows."""
    if len(texts) < 3:
        return None
    for concept in ("country", "stage", "chain", "source"):
        if concept not in taken and _share(texts, concept) >= 0.7 and len(set(texts)) > 1:
            return concept
    marks = (("email", parse_email), ("company", _COMPANY_MARK.search), ("amount", _money_mark))
    for name, test in marks:
        if name not in taken and sum(1 for t in texts if test(t)) >= 0.7 * len(texts):
            return name
    if not taken & set(DAY_FIELDS) and sum(1 for t in texts if _DAY_MARK.match(t)) >= 0.7 * len(
        texts
    ):
        return "first_reported_on"
    return None


def _money_mark(text: str) -> bool:
    """Return whether a text looks like an amount."""
    return len(text) < 30 and _MONEY_MARK.search(text) is not None
