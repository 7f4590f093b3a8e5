"""Run every benchmark in a process of its own and print one table.

Use: ``python3 packaging/dev.py bench [NAME …]``; NAME is a file ``bench_NAME.py``.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; return how many failed."""
    files = sorted(HERE.glob("bench_*.py"))
    chosen = [f for f in files if not names or f.stem.removeprefix("bench_") in names]
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE.parents[1]),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }
    print("| measured | value | against | ratio | asked |")
    print("|---|---|---|---|---|")
    failed = 0
    for file in chosen:
        done = subprocess.run(
            [sys.executable, str(file)], env=environment, stdout=subprocess.PIPE, check=False
        )
        failed += done.returncode != 0
        for line in done.stdout.decode("utf-8").splitlines():
            if line.startswith('{"name"'):
                row = json.loads(line)
                keys = ("name", "value", "baseline", "ratio", "limit")
                print("| " + " | ".join(str(row.get(k, "")) for k in keys) + " |", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
