"""Copy the Lucide icons that the app uses from the npm package lucide-static.

Give the script the `node_modules` folder into which that package was installed.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

# Lucide's present names; older names such as "filter" or "edit" are aliases it may drop.
NAMES = """
alarm-clock arrow-down arrow-right arrow-up badge-check banknote bell bell-off bell-ring book-open
bookmark building-complex bus calendar calendar-days calendar-plus camera car chart-column
chart-line check chevron-down chevron-left chevron-right chevron-up circle circle-check
circle-dollar-sign circle-dot circle-question-mark clipboard-list clipboard-paste clock cloud-check
cloud-off columns-3 command contact copy database-backup dot download ellipsis external-link eye
factory file-down file-text flag folder-open footprints funnel gavel git-branch git-merge globe
handshake hotel image inbox info kanban keyboard landmark languages layout-dashboard life-buoy link
list list-checks lock mail map-pin maximize megaphone message-square-warning minus moon
move-horizontal panel-right paperclip pencil phone plane plus printer redo-2 refresh-cw
rotate-ccw-clock save scale search settings ship sliders-horizontal split square square-check stamp
star sun table-2 target train-front trash triangle-alert trophy undo-2 upload user users users-round
utensils x zap zoom-in zoom-out
"""


def tidy(svg: str) -> str:
    """Drop the comment and class of an icon and put its root element on one line."""
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\s*class="[^"]*"', "", svg)
    root, body = svg.split(">", 1)
    return re.sub(r"\s+", " ", root).rstrip() + ">" + body


def main() -> None:
    """Write one tidied SVG for each icon named above, and the licence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("node_modules", type=Path)
    default = Path(__file__).resolve().parent.parent / "resources" / "icons"
    parser.add_argument("--out", type=Path, default=default)
    arguments = parser.parse_args()
    package = arguments.node_modules / "lucide-static"
    # icon-nodes.json lists the present names only, the folder of files the aliases too.
    present = json.loads((package / "icon-nodes.json").read_text("utf-8"))
    for name in NAMES.split():
        if name not in present:
            raise SystemExit(f"lucide-static has no icon called {name} now")
        svg = tidy((package / "icons" / f"{name}.svg").read_text("utf-8"))
        if 'stroke="currentColor"' not in svg:
            raise SystemExit(f"{name} can't be tinted: it has no currentColor stroke")
        (arguments.out / f"{name}.svg").write_text(svg, "utf-8")
    (arguments.out / "LICENSE.txt").write_text((package / "LICENSE").read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
