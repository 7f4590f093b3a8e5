"""The columns of the leads table."""

import datetime as dt
from collections.abc import Callable

from desktop_app.domain.words import STAGES
from desktop_app.i18n import language, t, word
from desktop_app.services.lead_rows import LeadRow
from desktop_app.ui.leads import lead_texts
from desktop_app.ui.widgets.pill import Pill, stage_kind
from desktop_app.ui.widgets.row_table_model import Column

_STAGE_RANK = {stage.value: rank for rank, stage in enumerate(STAGES)}


def _wide(zh: int, en: int) -> int:
    """Return a column's first width: the words of the two languages differ in length."""
    return zh if language() == "zh" else en


def stage_pill(row: LeadRow) -> Pill:
    """Return the stage as a pill; a lead that is not active loses its colour."""
    kind = stage_kind(row.stage) if row.status == "active" else "neutral"
    return Pill(word("stage", row.stage), kind)


def lead_columns(today: Callable[[], dt.date]) -> list[Column]:
    """Return every column of a lead, those of the first look first."""
    return [
        Column(
            "company",
            t("leads.col.company"),
            lambda r: lead_texts.names(r)[0],
            220,
            detail=lambda r: lead_texts.names(r)[1],
            sort_key=lambda r: lead_texts.names(r)[0].casefold(),
        ),
        Column("country", t("leads.col.country"), lambda r: r.country or "", _wide(56, 74)),
        Column("chain", t("leads.col.chain"), lambda r: word("chain", r.chain), _wide(138, 120)),
        Column(
            "stage",
            t("leads.col.stage"),
            lambda r: word("stage", r.stage),
            _wide(100, 117),
            pill=stage_pill,
            sort_key=lambda r: _STAGE_RANK.get(r.stage or "", 0),
        ),
        Column(
            "amount",
            t("leads.col.amount"),
            lambda r: lead_texts.short_money(r.amount_minor, r.currency),
            _wide(106, 94),
            right=True,
            sort_key=lambda r: (
                None if r.amount_minor is None else lead_texts.yuan(r.amount_minor, r.currency)
            ),
        ),
        Column("readiness", t("leads.col.readiness"), lambda r: r.readiness or "", _wide(56, 62)),
        Column("owner", t("leads.col.owner"), lambda r: r.owner or "", _wide(72, 74)),
        Column(
            "next",
            t("leads.col.next"),
            lambda r: lead_texts.short_day(r.next_on, today()),
            _wide(106, 90),
            right=True,
            pill=lambda r: lead_texts.next_pill(r, today()),
            sort_key=lambda r: r.next_on,
        ),
        Column("title", t("leads.col.title"), lambda r: r.title or "", 200, hidden=True),
        Column("city", t("leads.col.city"), lambda r: r.city or "", 110, hidden=True),
        Column(
            "status",
            t("leads.col.status"),
            lambda r: word("status", r.status),
            90,
            hidden=True,
        ),
        Column(
            "source",
            t("leads.col.source"),
            lambda r: word("source", r.source),
            120,
            hidden=True,
        ),
        Column(
            "value",
            t("leads.col.value"),
            lambda r: "" if r.value is None else str(r.value),
            70,
            right=True,
            hidden=True,
            sort_key=lambda r: r.value,
        ),
        Column(
            "first_reported",
            t("leads.col.first_reported"),
            lambda r: lead_texts.day(r.first_reported_on),
            130,
            right=True,
            hidden=True,
            sort_key=lambda r: r.first_reported_on,
        ),
        Column(
            "last_contact",
            t("leads.col.last_contact"),
            lambda r: lead_texts.short_day(r.last_contact_on, today()),
            110,
            right=True,
            hidden=True,
            sort_key=lambda r: r.last_contact_on,
        ),
    ]
