import vobject

from desktop_app.domain.card_text import card_text, name_parts


def test_a_short_card_holds_what_a_phone_needs_and_escapes_signs() -> None:
    text = card_text(
        {"name": "Dr. Anna von der Heide", "title": "CEO; Head, R&D", "mobile": "+41791234567"},
        {"name": "Häberling, Söhne & Co. KG"},
    )

    card = vobject.readOne(text)

    assert card.fn.value == "Dr. Anna von der Heide"
    assert (card.n.value.family, card.n.value.given) == ("von der Heide", "Anna")
    assert card.n.value.prefix == "Dr."
    assert card.org.value == ["Häberling, Söhne & Co. KG"]
    assert card.title.value == "CEO; Head, R&D"
    assert card.tel.value == "+41791234567"
    assert text.endswith("END:VCARD\r\n")


def test_chinese_names_are_parted_into_family_and_given_name() -> None:
    assert name_parts("魏清扬")[:2] == ("魏", "清扬")
    assert name_parts("欧阳明")[:2] == ("欧阳", "明")
    assert name_parts("Madonna") == ("Madonna", "", "")


def test_a_person_without_a_western_name_goes_by_the_chinese_one() -> None:
    assert "\r\nFN:魏清扬\r\n" in card_text({"name": None, "name_zh": "魏清扬"})
