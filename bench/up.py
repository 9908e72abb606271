"""How long `kit up` takes from nothing, and how long it takes when everything is there.

    .venv/bin/python bench/up.py [REGION]

Works on a copy of the project in a temporary directory with an empty home, as an ordinary user (nobody, for root).
Limits: 120 s for the first start, 10 s for a warm one, on two cores.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.up.newcomer import Newcomer

WARM_RUNS = 5


def timed(newcomer: Newcomer, *arguments: str) -> float:
    """Seconds a command takes."""
    began = time.monotonic()
    newcomer.type(*arguments)
    return time.monotonic() - began


def main(region: str) -> None:
    """Measure and print."""
    base = Path(tempfile.mkdtemp(prefix="kit-bench-"))
    base.chmod(0o755)
    try:
        newcomer = Newcomer(base)
        entry = timed(newcomer, "--version")
        first = timed(newcomer, "up", region, "--detach")
        newcomer.type("down", region)
        warm = []
        for _ in range(WARM_RUNS):
            warm.append(timed(newcomer, "up", region, "--detach"))
            newcomer.type("down", region)
        shutil.rmtree(newcomer.clone / "var" / "venvs")
        shutil.rmtree(newcomer.clone / ".venv")
        again = timed(newcomer, "up", region, "--detach")
        newcomer.type("down", region)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    print(f"{'.venv from nothing':44} {entry:6.1f} s")
    print(f"{'first start, .venv there':44} {first:6.1f} s")
    print(f"{'first start in all':44} {entry + first:6.1f} s   limit 120 s")
    print(f"{'environments anew, packages in the cache':44} {again:6.1f} s")
    spread = f"{min(warm):.1f} to {max(warm):.1f} s"
    print(
        f"{'warm start (median of ' + str(WARM_RUNS) + ')':44} {statistics.median(warm):6.1f} s   limit 10 s; {spread}"
    )


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "kota-bandung")
