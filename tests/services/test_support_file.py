"""The support file: enough to help, nothing that tells who the team talks to."""

from pathlib import Path

from desktop_app.db.models import Company, Contact, Lead
from desktop_app.db.workspace import Workspace
from desktop_app.services.support_file import log_without_data, write_support_file

_LOG = "\n".join(
    (
        "2026-11-23 08:15:02,113 INFO desktop_app Refused: /home/王敏/Uetliberg AG.pdf",
        "2026-11-23 08:16:40,002 ERROR desktop_app Unexpected",
        "Traceback (most recent call last):",
        '  File "/home/王敏/invest/desktop_app/ui/store.py", line 96, in write',
        '    result = verb(session, "Uetliberg AG")',
        '  File "C:\\Users\\wangmin\\site-packages\\sqlalchemy\\session.py", line 12, in flush',
        "ValueError: Uetliberg AG is no number",
        "sqlalchemy.exc.IntegrityError: (secret)",
    )
)


def test_of_the_log_times_places_and_classes_stay_and_no_word_of_data() -> None:
    kept = list(log_without_data(_LOG.splitlines()))
    assert kept == [
        "2026-11-23 08:15:02 INFO desktop_app",
        "2026-11-23 08:16:40 ERROR desktop_app",
        "  desktop_app/ui/store.py:96 write",
        "  site-packages/sqlalchemy/session.py:12 flush",
        "  ValueError",
        "  sqlalchemy.exc.IntegrityError",
    ]


def test_the_file_counts_and_names_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "王敏"
    workspace = Workspace.open(folder)
    with workspace.write("add") as session:
        company = Company(name="Uetliberg AG", website="https://uetliberg.example")
        session.add(company)
        session.flush()
        session.add(Contact(company_id=company.id, name="Anna Keller"))
        session.add(Lead(company_id=company.id, title="高性能复合材料项目"))
    (folder / "invest-desk.log").write_text(_LOG, "utf-8")
    out = tmp_path / "support.txt"
    with workspace.read() as session:
        write_support_file(session, folder, out, {"language": "zh", "scale": 1.5})
    workspace.close()
    text = out.read_text("utf-8")
    for wanted in (
        "companies: 1 (0 deleted)",
        "leads: 1",
        "language: zh",
        "sync: none",
        "changes: ",
    ):
        assert wanted in text
    for secret in (
        "Uetliberg",
        "uetliberg",
        "Keller",
        "复合材料",
        "王敏",
        "wangmin",
        str(tmp_path),
    ):
        assert secret not in text
