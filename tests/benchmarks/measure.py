"""Times and memory for the benchmarks: medians of repeats, peak memory of this process."""

import json
import resource
import statistics
import sys
import time
from collections.abc import Callable


def seconds(run: Callable[[], object], repeats: int = 5) -> list[float]:
    """Return the wall time of each of ``repeats`` runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return times


def median_ms(times: list[float]) -> float:
    """Return the median of times in seconds, as milliseconds."""
    return statistics.median(times) * 1000


def peak_mb() -> float:
    """Return the peak resident memory of this process in MB (Linux counts in kB)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024 / 1024


def report(**figures: object) -> None:
    """Print the figures of one benchmark as a line of JSON for ``run.py``."""
    print(json.dumps(figures, ensure_ascii=False), flush=True)
