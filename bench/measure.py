"""What the benchmarks of the apps share: the table with its limits, times by the clock and by the processor."""

import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROUNDS = 60
broken: list[str] = []


def line(name: str, value: str, limit: str = "", *, good: bool = True) -> None:
    """Print one line of the table; one that is not good is kept in `broken`."""
    print(f"{name:58} {value:>18}  {limit}{'' if good else '   BROKEN'}", flush=True)
    if not good:
        broken.append(name)


def median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of some runs in milliseconds, after three to warm up."""
    for _ in range(3):
        act()
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        spent.append(time.perf_counter() - began)
    return 1000 * statistics.median(spent)


def side_by_side(*acts: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the medians in milliseconds of acts done in turn, so that whatever else runs weighs on all alike."""
    spent: list[list[float]] = [[] for _ in acts]
    for round_ in range(rounds + 3):
        for act, times in zip(acts, spent, strict=True):
            began = time.perf_counter()
            act()
            if round_ >= 3:
                times.append(time.perf_counter() - began)
    return [1000 * statistics.median(times) for times in spent]


def processor(pids: Iterable[int]) -> float:
    """Return the milliseconds of processor time some processes have had so far, whatever else the machine did."""
    tasks = [task for pid in pids for task in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e6
