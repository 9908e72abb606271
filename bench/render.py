"""How fast the kit renders, against a bare Jinja2 loop and against cookiecutter. Ratios of one run, one table.

    python bench/render.py [--regions 514] [--cookiecutter 10] [--repeat 7] [--on DIR]

What is compared, each in processes of its own, on the same file system, writing the same files:

- *bare loop*: plain Jinja2 over the same templates, with the kinds (copy, render) declared there and contexts read from
  ready JSON files. It checks no profile, keeps no manifest, knows no git: the floor, in the floor's favour. For one
  region there is a second floor that loads the profile first, as whoever renders a changed profile must.
- *kit*: ``kit render`` with everything it does: profile, contexts, files, manifest, git repository with two branches.
  It keeps compiled templates and checked profiles between runs; the runs of all regions start without the latter.
- *cookiecutter*: its command line, once a template, with the same contexts as replay files. Few regions are measured
  and extrapolated.

All work on a copy of the project, so that nobody edits it meanwhile, by default on the memory file system: the speed
of a disk is not the question. ``--on DIR`` measures there. Limits judge the ratio of CPU time, children such as git
included, because it does not depend on what else the machine does; the ratio of wall time stands beside it.

Exit code 1 when a ratio is over its limit.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("kit", "templates", "regions/data")
sys.path.insert(0, str(ROOT))

from kit.profile import from_values, sample  # noqa: E402
from kit.profile.official import regions, slug  # noqa: E402
from kit.profile.writing import profile_text  # noqa: E402
from kit.render.context import contexts  # noqa: E402
from kit.render.templates import IGNORED  # noqa: E402

BARE = Path(__file__).with_name("bare_loop.py")


@dataclass
class Run:
    """What processes took: wall seconds, CPU seconds (with their children's), and the largest resident set in MB."""

    wall: float
    cpu: float
    rss: float


@dataclass
class Row:
    """A line of the table."""

    what: str
    run: Run
    wall: str = ""
    cpu: str = ""
    limit: str = ""
    good: bool = True


@dataclass
class Bench:
    """The measurements' folder, environment and results."""

    work: Path
    count: int
    environment: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def project(self) -> Path:
        """The copy of the project that is measured."""
        return self.work / "project"

    def run(self, *command: str) -> Run:
        """Run a command to its end and measure it."""
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=self.project, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert process.stderr is not None  # noqa: S101
        words = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command[:4])} failed: {words.decode(errors='replace')[-2000:]}")
        return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)

    def kit(self, *arguments: str) -> Run:
        """Run the kit."""
        return self.run(sys.executable, "-m", "kit", *arguments)

    def bare(self, out: Path, *files: Path) -> Run:
        """Run the bare loop."""
        return self.run(sys.executable, str(BARE), str(self.project / "templates"), str(out), *map(str, files))

    def add(self, what: str, run: Run, floor: Run | None = None, limit: float | None = None) -> None:
        """Add a line with its ratios to ``floor``; ``limit`` is the most the ratio of CPU time may be."""
        if floor is None:
            self.rows.append(Row(what, run))
            return
        ratio = run.cpu / floor.cpu
        bound = "" if limit is None else f"≤ {limit:g}"
        good = limit is None or ratio <= limit
        self.rows.append(Row(what, run, f"{run.wall / floor.wall:.2f}", f"{ratio:.2f}", bound, good))


def main() -> None:
    """Measure, print, judge."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--regions", type=int, default=514)
    options.add_argument("--cookiecutter", type=int, default=10)
    options.add_argument("--repeat", type=int, default=7)
    options.add_argument("--on", type=Path, default=Path("/dev/shm") if Path("/dev/shm").is_dir() else None)  # noqa: S108
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="kit-bench-", dir=given.on) as folder:
        bench = Bench(Path(folder), given.regions)
        bench.environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "KIT_REGIONS": f"{folder}/regions",
            "KIT_BUILD": f"{folder}/build",
            "LC_ALL": "C.UTF-8",
        }
        ready = list(_prepare(bench))
        _one(bench, ready[0], given.repeat)
        cold = _all(bench, ready)
        _cookiecutter(bench, ready[: given.cookiecutter], cold)
        _print(bench)
        sys.exit(0 if all(row.good for row in bench.rows) else 1)


def _prepare(bench: Bench) -> Iterator[Path]:
    """Write the profiles of the regions and their contexts; yield the files of contexts."""
    for part in PARTS:
        shutil.copytree(ROOT / part, bench.project / part, ignore=shutil.ignore_patterns(*IGNORED))
    bench.run(sys.executable, "-m", "compileall", "-q", "kit")
    codes = [code for code, one in regions().items() if one.kind != "provinsi"]
    codes.sort(key=lambda code: (code not in ("32.73", "52.07"), code))
    for code in codes[: bench.count]:
        values = sample(code)
        name = f"{code}-{slug(regions()[code])}"
        path = bench.work / "regions" / name / "region.yml"
        path.parent.mkdir(parents=True)
        path.write_text(profile_text(regions()[code], values), encoding="utf-8")
        ready = bench.work / "contexts" / f"{name}.json"
        ready.parent.mkdir(exist_ok=True)
        ready.write_text(json.dumps(contexts(from_values(values))), encoding="utf-8")
        yield ready


def _one(bench: Bench, ready: Path, repeat: int) -> None:
    """One region, cold processes, in turn."""
    region = ready.stem.partition("-")[0]
    target = bench.work / "build" / ready.stem
    first = bench.kit("render", region)
    profile = bench.work / "regions" / ready.stem / "region.yml"
    bare, loading, kit, again, changed = [], [], [], [], []
    for turn in range(repeat):
        shutil.rmtree(target)
        out = bench.work / "bare"
        bare.append(bench.bare(out, ready))
        shutil.rmtree(out)
        loading.append(bench.bare(out, profile))
        shutil.rmtree(out)
        kit.append(bench.kit("render", region))
        again.append(bench.kit("render", region))
        shutil.rmtree(target)
        with profile.open("a", encoding="utf-8") as file:
            file.write(f"# {turn}\n")
        changed.append(bench.kit("render", region))
    floor, loaded, ours, same, other = map(_median, (bare, loading, kit, again, changed))
    bench.add("one region, cold process: bare loop, contexts ready", floor)
    bench.add("one region, cold process: kit render", ours, floor, 2)
    bench.add("one region: kit render, tree unchanged", same, floor)
    bench.add("one region, cold process: bare loop, profile loaded first", loaded, floor)
    bench.add("one region, cold process: kit render, profile changed (to the line above)", other, loaded, 2)
    bench.add("one region: kit render, first ever, empty caches (to the first line)", first, floor)
    shutil.rmtree(target)


def _all(bench: Bench, ready: list[Path]) -> Run:
    """All regions; memory at 50 and at all."""
    out = bench.work / "bare"
    few = bench.bare(out, *ready[:50])
    shutil.rmtree(out)
    floor = bench.bare(out, *ready)
    shutil.rmtree(out)
    hidden = _hide(bench, ready[50:])
    fifty = bench.kit("render", "--all")
    hidden()
    shutil.rmtree(bench.work / "build")
    shutil.rmtree(next(bench.work.glob(".cache/kit/*/drafts")))
    cold = bench.kit("render", "--all")
    same = bench.kit("render", "--all")
    shutil.rmtree(bench.work / "build")
    count = len(ready)
    bench.add(f"{count} regions: bare loop, one environment", floor)
    bench.add(f"{count} regions: kit render --all, with git", cold, floor, 2.5)
    bench.add(f"{count} regions: kit render --all, unchanged (to the line above)", same, cold, 0.2)
    bench.add("50 regions: kit render --all (to 50 by the bare loop)", fifty, few)
    memory = cold.rss / fifty.rss
    bench.rows.append(Row(f"memory of {count} regions against 50", cold, "", f"{memory:.2f}", "≤ 1.1", memory <= 1.1))
    return cold


def _hide(bench: Bench, ready: list[Path]) -> Callable[[], None]:
    """Put profiles aside; return what brings them back."""
    aside = bench.work / "aside"
    aside.mkdir()
    for path in ready:
        (bench.work / "regions" / path.stem).rename(aside / path.stem)

    def back() -> None:
        for path in ready:
            (aside / path.stem).rename(bench.work / "regions" / path.stem)

    return back


def _cookiecutter(bench: Bench, ready: list[Path], cold: Run) -> None:
    """The command line of cookiecutter, once a template; extrapolated to all regions."""
    templates = bench.project / "templates"
    runs = []
    for path in ready:
        parts = []
        for name, context in json.loads(path.read_text(encoding="utf-8")).items():
            replay = bench.work / "replay.json"
            patterns = json.loads((templates / name / "cookiecutter.json").read_text(encoding="utf-8"))
            context["_copy_without_render"] = patterns["_copy_without_render"]
            replay.write_text(json.dumps({"cookiecutter": context}), encoding="utf-8")
            out = bench.work / "cut" / path.stem
            out.mkdir(parents=True, exist_ok=True)
            command = [sys.executable, "-m", "cookiecutter", str(templates / name), "--replay-file", str(replay)]
            parts.append(bench.run(*command, "-o", str(out)))
        runs.append(Run(sum(p.wall for p in parts), sum(p.cpu for p in parts), max(p.rss for p in parts)))
    each = _median(runs)
    mine = Run(cold.wall / bench.count, cold.cpu / bench.count, cold.rss)
    total = each.cpu * bench.count
    bench.add(f"a region: cookiecutter, {len(ready)} measured, extrapolated to all: {total:.0f} s of CPU", each)
    faster = each.cpu / mine.cpu
    what = "a region: kit render --all (ratios: how many times faster)"
    bench.rows.append(Row(what, mine, f"{each.wall / mine.wall:.1f}", f"{faster:.1f}", "≥ 15", faster >= 15))


def _median(runs: list[Run]) -> Run:
    return Run(*(statistics.median(getattr(run, name) for run in runs) for name in ("wall", "cpu", "rss")))


def _print(bench: Bench) -> None:
    print(f"{'what':<78}{'wall s':>9}{'CPU s':>9}{'RSS MB':>8}{'wall':>7}{'CPU':>7}  limit")
    for row in bench.rows:
        mark = "" if row.good else ", not kept"
        figures = f"{row.run.wall:>9.3f}{row.run.cpu:>9.3f}{row.run.rss:>8.0f}{row.wall:>7}{row.cpu:>7}"
        print(f"{row.what:<78}{figures}  {row.limit}{mark}")


if __name__ == "__main__":
    main()
