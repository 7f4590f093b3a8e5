"""One line or a pasted text becomes a contact, a note or a follow-up: a guess to confirm."""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop_app.db.driver import Source, plain
from desktop_app.db.models import Lead
from desktop_app.db.search_keys import fold
from desktop_app.domain.day_words import find_day
from desktop_app.domain.errors import DeskError
from desktop_app.exchange.company_names import read_name
from desktop_app.exchange.signature import Person, read_person
from desktop_app.services import companies, follow_ups
from desktop_app.services.lookup import require

CONTACT, FOLLOW_UP, NOTE = KINDS = ("contact", "follow_up", "note")
# Of a pasted letter only so much is looked at to guess whom it is about.
_LOOKED_AT = 20_000
# The first word of a Latin name that is worth a guess, and a Chinese name's shortest core.
_LEAST_LATIN, _LEAST_CHINESE = 4, 2
_MOST = 6
_MAIL_DOMAIN = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Domains that many firms share say nothing of one.
_SHARED = {"gmail.com", "outlook.com", "hotmail.com", "gmx.de", "gmx.ch", "gmx.net", "bluewin.ch",
           "libero.it", "qq.com", "163.com", "126.com", "yahoo.com", "icloud.com"}  # fmt: skip
# Words that begin a name without being one.
_COMMON = {"china", "german", "swiss", "italian", "europa", "europe", "group", "gruppe", "holding",
           "international", "global", "technologie", "technology", "system", "systems", "gebr",
           "gebruder", "fratelli", "officine", "societe"}  # fmt: skip


class Candidate(NamedTuple):
    """A lead that a text may be about: its id, its company's and its own name, how sure (0–100)."""

    lead_id: str
    company_id: str
    company: str
    title: str
    score: int


@dataclass
class Capture:
    """What a text is taken for; a person looks at it and corrects it before it is kept."""

    kind: str
    title: str
    due_on: dt.date | None
    person: Person
    candidates: list[Candidate]


def read_capture(source: Source, text: str, today: dt.date) -> Capture:
    """Return what a text is taken for.

    A person that can be reached makes a contact; a day that is named a follow-up; all else a note.
    """
    person = read_person(text)
    said = find_day(text, today)
    if person.is_somebody():
        kind = CONTACT
    elif said is not None:
        kind = FOLLOW_UP
    else:
        kind = NOTE
    return Capture(
        kind,
        _title(text, said.start if said else 0, said.end if said else 0),
        said.day if said else None,
        person,
        find_leads(source, text[:_LOOKED_AT]),
    )


def _title(text: str, start: int, end: int) -> str:
    """Return the first line of a text without the day that it names."""
    without = text[:start] + text[end:]
    for line in without.splitlines():
        if clean := " ".join(line.split()).strip(" ,，.。:：;；-"):
            return clean[:300]
    return ""


def find_leads(source: Source, text: str) -> list[Candidate]:
    """Return the leads that a text may be about, the most likely first.

    By the domain of an e-mail address, the company's name or its first word, or a contact's family
    name; among the leads of one company the one that stands furthest on.
    """
    scores = _company_scores(source, text)
    if not scores:
        return []
    best = sorted(scores, key=lambda key: (-scores[key], key))[:_MOST]
    marks = ",".join("?" * len(best))
    rows = plain(source).execute(
        "SELECT hex(l.id), hex(l.company_id), coalesce(c.name, c.name_zh, ''), "
        "coalesce(l.title, ''), l.company_id, l.status FROM lead AS l "
        "JOIN company AS c ON c.id = l.company_id "
        f"WHERE l.deleted IS NOT 1 AND l.company_id IN ({marks}) ORDER BY l.id DESC",
        best,
    )
    found = [
        (status == "active", Candidate(lead.lower(), own.lower(), name, title, scores[company]))
        for lead, own, name, title, company, status in rows
    ]
    found.sort(key=lambda one: (-one[1].score, not one[0]))
    return [one for _active, one in found[:_MOST]]


def _company_scores(source: Source, text: str) -> dict[bytes, int]:
    """Return how sure a text is about each company."""
    folded = fold(text)
    words = set(re.findall(r"[^\W\d_]{3,}", folded))
    squeezed = re.sub(r"[^\w]+", "", folded)
    domains = {one.lower() for one in _MAIL_DOMAIN.findall(text)} - _SHARED
    scores: dict[bytes, int] = defaultdict(int)
    look = plain(source)
    for key, name, name_zh, website, email in look.execute(
        "SELECT id, name, name_zh, website, email FROM company WHERE deleted IS NOT 1"
    ):
        score = max(_name_score(name, words, squeezed), _name_score(name_zh, words, squeezed))
        own = (email or "").rpartition("@")[2].lower()
        site = (website or "").lower()
        if domains and any(one == own or (site and _host(site) == one) for one in domains):
            score = 100
        if score:
            scores[key] = max(scores[key], score)
    for company, name, name_zh, email in look.execute(
        "SELECT company_id, name, name_zh, email FROM contact "
        "WHERE deleted IS NOT 1 AND company_id IS NOT NULL"
    ):
        score = 0
        if domains and (email or "").rpartition("@")[2].lower() in domains:
            score = 95
        elif name_zh and len(name_zh) >= _LEAST_CHINESE and name_zh in text:
            score = 75
        elif name and len(family := fold(name.split()[-1])) >= _LEAST_LATIN and family in words:
            score = 60
        if score:
            scores[company] = max(scores[company], score)
    return dict(scores)


def _host(site: str) -> str:
    return site.rsplit("//", maxsplit=1)[-1].split("/", maxsplit=1)[0].removeprefix("www.")


def _name_score(name: str | None, words: set[str], squeezed: str) -> int:
    """Return how sure a company's name is meant: wholly, or by its first word alone."""
    if not name:
        return 0
    read = read_name(name)
    if read.chinese:
        core = read.keys[0] if read.keys else ""
        if len(core) >= 4 and core in squeezed:
            return 90
        # 恒川液压 is spoken of as 恒川.
        return 55 if len(core) > 3 and core[:3] in squeezed else 0
    if any(len(key) >= 6 and key in squeezed for key in read.keys):
        return 90
    first = next(iter(re.findall(r"[^\W\d_]+", fold(name))), "")
    known = len(first) >= _LEAST_LATIN and first not in _COMMON
    return 70 if known and first in words else 0


def keep_follow_up(
    session: Session, title: str, due_on: dt.date | None, lead_id: str | None, owner_id: str | None
) -> str:
    """Keep a captured follow-up and return its id.

    Raises:
        DeskError: ``capture_empty``.
    """
    if not title.strip():
        raise DeskError("capture_empty")
    company_id = require(session, Lead, lead_id).company_id if lead_id else None
    return follow_ups.add_follow_up(
        session, title=title, due_on=due_on, lead_id=lead_id, company_id=company_id,
        owner_id=owner_id,
    )  # fmt: skip


def keep_note(session: Session, text: str, lead_id: str | None, today: dt.date) -> str:
    """Add a text, under its day, to the notes of a lead and return the lead's id.

    Raises:
        DeskError: ``capture_empty``, ``capture_no_lead``.
    """
    if not text.strip():
        raise DeskError("capture_empty")
    if not lead_id:
        raise DeskError("capture_no_lead")
    lead = require(session, Lead, lead_id)
    entry = f"{today.isoformat()} {text.strip()}"
    lead.notes = f"{lead.notes.rstrip()}\n{entry}" if lead.notes else entry
    session.flush()
    return lead.id


def keep_contact(session: Session, company_id: str | None, fields: dict[str, Any]) -> str:
    """Keep a captured person and return their id; a company that is not known yet is made.

    Args:
        session: to write by.
        company_id: of the company; without one that of the name ``company`` among the fields.
        fields: as ``Person`` has them.

    Raises:
        DeskError: ``capture_empty``.
    """
    if not (fields.get("name") or fields.get("name_zh")):
        raise DeskError("capture_empty")
    company = str(fields.get("company") or "").strip()
    if company_id is None and company:
        known = {"website": fields.get("website")} if fields.get("website") else {}
        named = (
            {"name_zh": company, "name": company}
            if read_name(company).chinese
            else {"name": company}
        )
        company_id = companies.add_company(session, **named, **known)
    columns = ("name", "name_zh", "title", "email", "phone", "mobile", "wechat", "address")
    values = {name: fields[name] for name in columns if fields.get(name)}
    values.setdefault("name", values.get("name_zh", ""))
    return companies.add_contact(session, company_id=company_id, **values)
