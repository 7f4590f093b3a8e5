"""Contact cards of all three versions become people at their companies."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Contact
from tests.exchange.conftest import ImportFile

CARDS = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=98deg=C3=A5rd;J=C3=BCrg;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=BCrg=
 =C3=98deg=C3=A5rd
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Tessarolo Coatings S.r.l.
TEL;WORK;VOICE:0049 89 636 48018
EMAIL;INTERNET:p6@example.com
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:魏;清扬;;;
ORG:上海联博\\, 液压有限公司;销售部
TITLE:总经理
item1.TEL;TYPE=CELL:13912345678
NOTE:第一行\\n第二行
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Chloé Rossi with a name so long
  that it is folded
ORG:TESSAROLO COATINGS SRL
TEL;VALUE=uri;TYPE="voice,work":tel:+41-44-668-18-00
BEGIN:VCARD
VERSION:3.0
TEL:12
END:VCARD
"""


def test_cards_of_each_version_and_broken_ones(
    tmp_path: Path, session: Session, import_file: ImportFile
) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text(CARDS, encoding="utf-8")

    result = import_file(path)

    assert (result.read, result.created, result.contacts, result.skipped) == (4, 3, 3, 1)
    assert [(p.row, p.key) for p in result.problems] == [(4, "no_name")]
    people = {c.name: c for c in session.scalars(select(Contact))}
    assert set(people) == {
        "Jürg Ødegård",
        "魏清扬",
        "Chloé Rossi with a name so long that it is folded",
    }
    first, second, third = people.values()
    assert first.phone == "+498963648018"
    assert second.mobile == "+8613912345678"
    assert second.notes == "第一行\n第二行"
    assert second.company is not None
    assert second.company.name == "上海联博, 液压有限公司"
    assert third.phone == "+41446681800"
    assert third.company_id == first.company_id


def test_the_same_cards_again_are_the_same_people(
    tmp_path: Path, session: Session, import_file: ImportFile
) -> None:
    path = tmp_path / "cards.vcf"
    path.write_text(CARDS, encoding="utf-8")
    import_file(path)

    assert import_file(path).created == 0
    assert len(session.scalars(select(Contact)).all()) == 3
