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
)
PAGES = (1, 2, 3, 9)


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
        for name, view, language, theme in SHOTS:
            target = PICTURES / f"{name}.png"
            desk(folder, "--lang", language, "screenshot", view, str(target), "--theme", theme)
            _shrink(target)
        trips = json.loads(desk(folder, "list", "trips", "--json"))
        latest = max(trips, key=lambda trip: str(trip["starts_on"] or ""))
        pdf = Path(folder) / "briefing.pdf"
        desk(folder, "--lang", "zh", "pdf", "trip-briefing", latest["id"], str(pdf))
        _pages(pdf)


def _shrink(picture: Path) -> None:
    """Keep a screenshot small: 256 colours are enough for a window."""
    from PIL import Image

    Image.open(picture).convert("RGB").quantize(256).save(picture, optimize=True)


def _pages(pdf: Path) -> None:
    """Put some pages of the briefing side by side."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    numbers = [n for n in PAGES if n <= len(document)]
    pages = [document[n - 1].render(scale=0.75).to_pil() for n in numbers]
    document.close()
    width = sum(page.width + 12 for page in pages) + 12
    sheet = Image.new("RGB", (width, pages[0].height + 24), (206, 212, 220))
    x = 12
    for page in pages:
        sheet.paste(page, (x, 12))
        x += page.width + 12
    target = PICTURES / "briefing-zh.png"
    sheet.quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main()
