"""Importing a ledger of 20,000 rows, from the file to the sealed log."""

import random
import shutil
import tempfile
from pathlib import Path

import xlsxwriter

from desktop_app.cli import main as cli
from tests.benchmarks.measure import median_ms, peak_mb, report, seconds

ROWS = 20_000
FIRST = ["Rhein", "Alpen", "Nord", "Weiß", "Häber", "Zan", "Küh", "Val", "Ober", "Tess"]
SECOND = ["tal", "werk", "matt", "bach", "ling", "chi", "feld", "lotti", "lin", "rolo", "hofer"]
KIND = ["Hydraulik", "Sensorik", "Antriebe", "Medical", "Robotics", "Avionik", "Coatings"]
FORM = ["AG", "GmbH", "S.p.A.", "SE", "SA"]


def ledger(path: Path) -> None:
    """Write a messy ledger with a title row and mixed dates and amounts."""
    random.seed(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.write_row(0, 0, ["2026年招商项目台账"])
    heading = ["序号", "企业名称", "国别", "城市", "产业链", "信息来源", "项目阶段", "投资额(万元)"]
    sheet.write_row(1, 0, [*heading, "负责人", "首次接触", "下次跟进", "备注"])
    for n in range(ROWS):
        name = f"{random.choice(FIRST)}{random.choice(SECOND)} {n} {random.choice(KIND)}"
        row = [n + 1, f"{name} {random.choice(FORM)}", "德国", "München", "海工装备", "进博会"]
        amount: object = random.choice([5000, "3.5亿元", "2000万美元", "EUR 4,500,000"])
        row += ["在谈", amount, f"王{n % 9}", "2026.3.5", "20261205", "对“园区保”感兴趣"]
        sheet.write_row(n + 2, 0, row)
    book.close()


def main() -> None:
    """Import into an empty workspace through the command line's own entry."""
    folder = Path(tempfile.mkdtemp())
    ledger(folder / "ledger.xlsx")
    run = ["--workspace", str(folder / "w"), "import", str(folder / "ledger.xlsx"), "--json"]
    times = seconds(lambda: cli.main(run), 1)
    report(
        name="import of 20,000 rows",
        value=f"{median_ms(times) / 1000:.1f} s, peak {peak_mb():.0f} MB",
        limit="≤ 30 s",
    )
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
