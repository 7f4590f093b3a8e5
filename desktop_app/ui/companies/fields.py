"""The forms of company and contact panes."""

from collections.abc import Iterable
from typing import Any

from desktop_app.domain.words import Chain, CompanyKind, DecisionRole
from desktop_app.ui.widgets.record_form import RecordForm, Save
from desktop_app.ui.widgets.text_fields import ChoiceField, IntField

_LONG = {"description", "china_footprint", "notes", "address"}
_EMPTY = "—"
# What a person's fields are called where a thing's are called otherwise.
_PERSON_LABELS = {"name": "contacts.name", "title": "words.field.title_contact"}


class YearField(IntField):
    """A year: a whole number without separators."""

    def words(self, value: Any) -> str:
        return "" if value is None else str(value)


def company_form(save: Save) -> RecordForm:
    """Return the form of a company."""
    form = RecordForm(save)
    _texts(form, ("name", "name_zh"))
    form.words("kind", "company_kind", CompanyKind, _EMPTY)
    form.bind("country", ChoiceField.of_countries(form.name_of("country")))
    _texts(form, ("city", "address", "postcode", "website", "phone", "email"))
    form.words("chain", "chain", Chain, _EMPTY)
    form.bind("founded_year", YearField(form.name_of("founded_year")))
    form.number("employees")
    form.money("revenue_minor", "revenue_currency")
    _texts(form, ("description", "china_footprint", "notes"))
    return form


def contact_form(save: Save) -> RecordForm:
    """Return the form of a person."""
    form = RecordForm(save, labels=_PERSON_LABELS)
    _texts(form, ("name", "name_zh", "title"))
    form.words("decision_role", "decision_role", DecisionRole, _EMPTY)
    _texts(form, ("email", "phone", "mobile", "wechat", "languages", "address", "notes"))
    return form


def _texts(form: RecordForm, columns: Iterable[str]) -> None:
    for column in columns:
        if column in _LONG:
            form.long(column)
        else:
            form.line(column)
