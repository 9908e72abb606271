"""How long `kit forecast --all` takes for many regions, all of them rendered with templates of yesterday.

    python bench/forecast.py [--regions 514] [--on DIR]

Makes the repositories of the first regions of the official list with a copy of the project. One in ten has a change of
its own that meets the change of the templates in a conflict, one in ten an override of the changed page. Then a page is
changed and a migration added in the copy's templates, and the command is measured as a maintainer calls it, page
included. Exit code 1 when it takes longer than 60 seconds of wall time, or foretells other counts than those made. The
CPU time stands beside it, because other work on the machine lengthens the wall time.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kit.profile import sample  # noqa: E402
from kit.profile.official import regions, slug  # noqa: E402
from kit.profile.writing import profile_text  # noqa: E402
from kit.render.git import git  # noqa: E402
from kit.render.templates import IGNORED  # noqa: E402

LIMIT = 60.0
PAGE = "apps/hayu/hayu/templates/hayu/home.html"
PARTS = ("kit", "templates", "regions/data")


def main() -> int:
    """Make the world, measure, print the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--regions", type=int, default=514)
    options.add_argument("--on", type=Path, default=Path("/dev/shm"))  # noqa: S108 - the memory file system
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kit-bench-", dir=asked.on if asked.on.is_dir() else None) as made:
        work = Path(made)
        expected = make(work, asked.regions)
        wall, cpu, told = measure(work)
    print(f"| {asked.regions} regions, {os.cpu_count()} cores | wall | CPU | a region (CPU) | limit (wall) |")
    print("|---|---|---|---|---|")
    print(f"| kit forecast --all --html | {wall:.1f} s | {cpu:.1f} s | {cpu / asked.regions:.3f} s | {LIMIT:.0f} s |")
    print(f"foretold: {told}")
    if told != expected:
        print(f"but made were: {expected}")
    return 0 if wall <= LIMIT and told == expected else 1


def make(work: Path, count: int) -> dict[str, int]:
    """A copy of the project, the regions' repositories, and the change of the templates; what is to be foretold."""
    for part in PARTS:
        shutil.copytree(ROOT / part, work / "kit-copy" / part, ignore=shutil.ignore_patterns(*IGNORED))
    shutil.copy(ROOT / "CHANGELOG.md", work / "kit-copy")
    codes = list(regions())[:count]
    for code in codes:
        folder = work / "profiles" / f"{code}-{slug(regions()[code])}"
        folder.mkdir(parents=True)
        (folder / "region.yml").write_text(profile_text(regions()[code], sample(code, {})), encoding="utf-8")
    run(work, "render", "--all")
    conflicts = overrides = 0
    for number, folder in enumerate(sorted((work / "all").iterdir())):
        if number % 10 == 0:
            conflicts += 1
            own(folder, PAGE)
        elif number % 10 == 5:
            overrides += 1
            own(folder, "custom/templates/hayu/home.html")
    change(work / "kit-copy/templates/hayu/{{cookiecutter.app}}/hayu")
    return {
        "conflicts": conflicts,
        "cannot be foretold": 0,
        "merges cleanly": len(codes) - conflicts,
        "up to date": 0,
        "overrides touched": overrides,
        "database migrations": len(codes),
    }


def own(folder: Path, path: str) -> None:
    """A commit of the region."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text("<p>kami</p>\n", encoding="utf-8")
    git(folder, "add", "--", path)
    git(folder, "commit", "--quiet", "-m", "Beranda kami")


def change(templates: Path) -> None:
    """What the next version brings."""
    (templates / "templates/hayu/home.html").write_text("<p>baru</p>\n", encoding="utf-8")
    (templates / "migrations/0999_forecast.py").write_text("pass\n", encoding="utf-8")


def measure(work: Path) -> tuple[float, float, dict[str, int]]:
    """Wall and CPU seconds of the command, and what it counted."""
    before, start = used(), time.perf_counter()
    said = run(work, "forecast", "--all", str(work / "all"), "--json", "--html", str(work / "page.html"), allow=(0, 1))
    wall = time.perf_counter() - start
    return wall, used() - before, json.loads(said)["counts"]


def used() -> float:
    """CPU seconds of all processes that have ended below this one."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def run(work: Path, *arguments: str, allow: tuple[int, ...] = (0,)) -> str:
    """A command of the copied kit."""
    environment = os.environ | {
        "KIT_REGIONS": str(work / "profiles"),
        "KIT_BUILD": str(work / "all"),
        "XDG_CACHE_HOME": str(work / "cache"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "kit", *arguments],
        cwd=work / "kit-copy", env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode not in allow:
        raise SystemExit(f"kit {arguments[0]} ended with {done.returncode}: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main())
