"""Make the README's pictures from the app itself, so that they never go stale.

Use: ``.venv/bin/python packaging/make_pictures.py``; they are of the demo team on the day it runs.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "resources" / "pictures"
# File name, view, language, theme.
SHOTS = (
    ("desk-dark-en", "desk", "en", "dark"),
    ("leads-light-zh", "leads", "zh", "light"),
    ("board-light-en", "board", "en", "light"),
    ("trips-light-zh", "trips", "zh", "light"),
    ("follow-ups-light-en", "follow-ups", "en", "light"),
    ("conflicts-light-zh", "conflicts", "zh", "light"),
    ("paper-light-zh", "trip-briefing", "zh", "light"),
    ("year-light-zh", "figures", "zh", "light"),
    ("approvals-dark-en", "approvals", "en", "dark"),
    ("cases-light-zh", "cases", "zh", "light"),
)
PAGES = (1, 2, 3, 9)
YEAR_PAGES = (1, 2, 3, 9)
# Of a page of paper, in dots.
HEIGHT = 632


def desk(workspace: str, *arguments: str) -> str:
    """Run the app and return what it prints."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "desktop_app", "--workspace", workspace, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode("utf-8")


def main() -> None:
    """Write all pictures."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk(folder, "--lang", "zh", "demo")
        _disagree(folder)
        for name, view, language, theme in SHOTS:
            target = PICTURES / f"{name}.png"
            desk(folder, "--lang", language, "screenshot", view, str(target), "--theme", theme)
            _shrink(target)
        trips = json.loads(desk(folder, "list", "trips", "--json"))
        latest = max(trips, key=lambda trip: str(trip["starts_on"] or ""))
        briefing = _paper(folder, "zh", "trip-briefing", latest["id"])
        _side_by_side("briefing-zh", [(briefing, n) for n in PAGES])
        over = next(trip for trip in trips if trip["status"] == "reported")
        near = desk(folder, "list", "leads", "--where", "stage=ready_to_sign", "--json")
        leads = json.loads(near)
        _side_by_side(
            "papers",
            [
                (_paper(folder, "both", "trip-briefing", latest["id"]), 2),
                (_paper(folder, "zh", "trip-report", over["id"]), 3),
                (_paper(folder, "en", "lead-brief", leads[0]["id"]), 1),
                (_paper(folder, "zh", "weekly"), 1),
            ],
        )
        card = _paper(folder, "zh", "pocket-card", latest["id"])
        sheet = _paper(folder, "both", "contact-sheet", latest["id"])
        _side_by_side("small-papers", [(card, 1), (card, 2), (card, 3), (sheet, 1)])
    with tempfile.TemporaryDirectory() as folder:
        desk(folder, "--lang", "zh", "demo", "--year", "2022")
        report = _paper(folder, "zh", "yearly", "--year", "2022")
        _side_by_side("yearly-zh", [(report, n) for n in YEAR_PAGES])


def _disagree(folder: str) -> None:
    """Let two colleagues share the workspace's team file and answer the same questions apart."""
    share, other = Path(folder) / "share", str(Path(folder) / "other")
    share.mkdir()
    desk(folder, "connect", str(share), "--create", "--as", "王敏")
    desk(other, "connect", str(share), "--as", "周堃")
    # The lead with the most to tell comes first in the list of conflicts.
    lead = json.loads(desk(folder, "list", "leads", "--json"))[0]
    answers = (
        (other, "21000000", "已与对方财务总监通话，确认一期投资2100万美元；环评由集团负责。"),
        (folder, "18500000", "对方来信：一期1850万美元，二期视一期投产情况再定。"),
    )
    for workspace, amount, notes in answers:
        money = f"amount={amount}"
        desk(workspace, "set", "leads", lead["id"], money, f"notes={notes}")
    for workspace in (other, folder, other, folder):
        desk(workspace, "sync")


def _shrink(picture: Path) -> None:
    """Keep a screenshot small: 256 colours are enough for a window."""
    from PIL import Image

    Image.open(picture).convert("RGB").quantize(256).save(picture, optimize=True)


def _paper(folder: str, language: str, name: str, *record: str) -> Path:
    """Print a paper, of a record or a year where it is of one, and return its file."""
    pdf = Path(folder) / f"{name}-{language}.pdf"
    ids = [one for one in record[:1] if not one.startswith("--")]
    desk(folder, "pdf", name, *ids, str(pdf), "--lang", language, *record[len(ids) :])
    return pdf


def _side_by_side(name: str, wanted: list[tuple[Path, int]]) -> None:
    """Put pages of papers side by side, all of one height."""
    import pypdfium2
    from PIL import Image

    pages = []
    for pdf, number in wanted:
        document = pypdfium2.PdfDocument(pdf)
        page = document[number - 1]
        pages.append(page.render(scale=HEIGHT / page.get_height()).to_pil())
        document.close()
    width = sum(page.width + 12 for page in pages) + 12
    sheet = Image.new("RGB", (width, HEIGHT + 24), (206, 212, 220))
    x = 12
    for page in pages:
        sheet.paste(page, (x, 12))
        x += page.width + 12
    sheet.quantize(256).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
