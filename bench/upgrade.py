"""How fast an upgrade is and what it keeps: against plain git, copier and cruft. Ratios of one run, two tables.

    python bench/upgrade.py [--repeat 5] [--on DIR] [--peers DIR] [--no-speed | --no-cases]

*Speed*, on the tree of one region (840 files) with five files changed by the region, to a version that changes thirty
files, renames, deletes and adds one:

- *plain git*: the new tree, already rendered, committed on branch kit and merged into main by four git commands.
- *render*: Python that loads the profile and renders the tree in memory, nothing else.
- *kit*: ``kit upgrade`` on the command line, with all it checks and tells. At most twice plain git plus the render.
- *copier*, *cruft*: their update commands from and to the same trees. Their templates hold the files as they are, so
  they render almost nothing, in their favour. The kit is to be at least four times faster than copier.

*Cases*: one tree with all of them, changed and updated once by each. What is looked for afterwards is a mark of either
side's change: in the files, in conflict marks, in `.rej` files, in git's own entries of a conflict.

CPU time with that of children is judged, the median of the runs, because it depends little on what else the machine
does. The peers are installed from the package index into a virtual environment that is removed again; `--peers DIR`
keeps it.

Exit code 1 when a limit is missed, or the kit lost something.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import upgrade_peers as peers  # noqa: E402
from upgrade_cases import CASES, trees, verdict  # noqa: E402
from upgrade_peers import Done, Tree  # noqa: E402

from kit.profile import sample  # noqa: E402
from kit.profile.official import regions  # noqa: E402
from kit.profile.writing import profile_text  # noqa: E402
from kit.render import manifest  # noqa: E402
from kit.render.repository import Render, create  # noqa: E402
from kit.render.tree import File  # noqa: E402
from kit.upgrade import upgrade  # noqa: E402

CODE, NAME = "52.71", "52.71-kota-mataram"
PARTS = ("kit", "templates", "regions/data", "CHANGELOG.md")
PAGES = "templates/hayu/{{cookiecutter.app}}/hayu"
EDITS = ("README.md", "deploy/web/headers.conf", "deploy/base/sysctl.conf", "apps/erk/manage.py", "apps/hayu/manage.py")
TWICE, FOUR = 2.0, 4.0
_RENDER = (
    "import sys; from pathlib import Path; from kit.profile import load; from kit.render.region import Renderer;"
    "path = Path(sys.argv[1]); Renderer().tree(load(path), path)"
)
_PLAIN = """set -e
export GIT_INDEX_FILE="$PWD/.git/kit-index" GIT_DIR="$PWD/.git"
git --work-tree="$1" add -A
tree=$(git write-tree)
git update-ref refs/heads/kit "$(git commit-tree "$tree" -p kit -m new)"
unset GIT_INDEX_FILE GIT_DIR
git merge -q --no-edit kit
"""


@dataclass
class Bench:
    """Where everything is, and the environment of the commands."""

    work: Path
    programs: Path
    env: dict[str, str]

    @property
    def project(self) -> Path:
        """The copy of the project that is measured: nobody edits it meanwhile."""
        return self.work / "project"

    @property
    def profile(self) -> Path:
        """The region's profile."""
        return self.work / "regions" / NAME / "region.yml"

    def run(self, *command: str, cwd: Path | None = None) -> Done:
        """Run a command to its end."""
        began = time.perf_counter()
        with (self.work / "said").open("w+b") as out:
            process = subprocess.Popen(
                command, cwd=cwd or self.project, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            said = out.read().decode(errors="replace")
        return Done(process.returncode, time.perf_counter() - began, used.ru_utime + used.ru_stime, said)

    def kit(self, *arguments: str) -> Done:
        """Run the kit's command line."""
        done = self.run(sys.executable, "-m", "kit.cli.main", *arguments)
        if done.code not in (0, 1):
            raise SystemExit(f"kit {' '.join(arguments)} failed:\n{done.said}")
        return done


def main() -> None:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, help="runs a row; the median counts")
    parser.add_argument("--on", type=Path, default=Path("/dev/shm"), help="where to work")  # noqa: S108
    parser.add_argument("--peers", type=Path, help="keep the peers' environment here")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--no-cases", action="store_true")
    given = parser.parse_args()
    good = True
    with tempfile.TemporaryDirectory(prefix="kit-bench-upgrade-", dir=given.on) as folder:
        work = Path(folder)
        (work / "home").mkdir()
        programs = peers.install((given.peers or work / "peers").absolute())
        env = peers.environment(work / "home") | {
            "KIT_REGIONS": str(work / "regions"),
            "KIT_BUILD": str(work / "build"),
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        }
        bench = Bench(work, programs, env)
        if not given.no_speed:
            good &= speed(bench, given.repeat)
        if not given.no_cases:
            good &= cases(bench)
    sys.exit(0 if good else 1)


def speed(bench: Bench, repeat: int) -> bool:
    """The first table. Return whether both limits hold."""
    old, new = _versions(bench)
    made = bench.work / "made"
    ready = {"kit": made / "kit", "plain": made / "kit", "copier": made / "copier", "cruft": made / "cruft"}
    (bench.work / "build" / NAME).rename(_parent(ready["kit"]))
    peers.copier_template(bench.work / "copier", old, new)
    peers.copier_made(bench.programs, bench.work / "copier", ready["copier"], bench.env)
    peers.cruft_template(bench.work / "cruft", old, new)
    peers.cruft_made(bench.programs, bench.work / "cruft", ready["cruft"], bench.env)
    for folder in set(ready.values()):
        for path in EDITS:
            with (folder / path).open("a", encoding="utf-8") as file:
                file.write("# milik daerah\n")
        peers.commit(folder, "Punya daerah")
    rendered = bench.work / "rendered"
    peers.write(_parent(rendered / "x").parent, new)

    target = bench.work / "build" / NAME
    commands: dict[str, Callable[[], Done]] = {
        "plain git": lambda: bench.run("sh", "-c", _PLAIN, "plain", str(rendered), cwd=target),
        "render": lambda: bench.run(sys.executable, "-c", _RENDER, str(bench.profile)),
        "kit": lambda: bench.kit("upgrade", CODE),
        "copier": lambda: bench.run(*peers.update_command(bench.programs, "copier"), cwd=target),
        "cruft": lambda: bench.run(*peers.update_command(bench.programs, "cruft"), cwd=target),
    }
    taken: dict[str, list[Done]] = {name: [] for name in commands}
    for _ in range(repeat):
        for name, command in commands.items():
            if name != "render":
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(ready.get(name.split()[0], ready["kit"]), _parent(target), symlinks=True)
            done = command()
            if done.code:
                raise SystemExit(f"{name} ended with exit code {done.code}:\n{done.said}")
            taken[name].append(done)
    return _judge(taken, len(old))


def _judge(taken: dict[str, list[Done]], files: int) -> bool:
    cpu = {name: statistics.median(one.cpu for one in runs) for name, runs in taken.items()}
    wall = {name: statistics.median(one.wall for one in runs) for name, runs in taken.items()}
    floor = cpu["plain git"] + cpu["render"]
    print(f"\n{files} files, {len(taken['kit'])} runs each, medians in seconds (CPU with children / wall)\n")
    print("| | CPU | wall | against the kit (CPU) |\n|---|---|---|---|")
    for name in taken:
        print(f"| {name} | {cpu[name]:.2f} | {wall[name]:.2f} | {cpu[name] / cpu['kit']:.1f}× |")
    to_floor, to_copier = cpu["kit"] / floor, cpu["copier"] / cpu["kit"]
    held = to_floor <= TWICE, to_copier >= FOUR
    words = ["holds" if one else "MISSED" for one in held]
    print(f"\nkit against plain git plus render: {to_floor:.2f}× (at most {TWICE:g}×): {words[0]}")
    print(f"copier against kit: {to_copier:.1f}× (at least {FOUR:g}×): {words[1]}")
    return all(held)


def _parent(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _versions(bench: Bench) -> tuple[Tree, Tree]:
    """Render the region, change the templates, and return both trees; the project then holds the new templates."""
    for part in PARTS:
        source = ROOT / part
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        copy(source, _parent(bench.project / part))
    _parent(bench.profile).write_text(profile_text(regions()[CODE], sample(CODE)), encoding="utf-8")
    bench.kit("render", CODE)
    old = _files(bench.work / "build" / NAME)
    pages = sorted((bench.project / PAGES).rglob("*.html"))
    for page in pages[:30]:
        page.write_text(page.read_text(encoding="utf-8") + "{# versi baru #}\n", encoding="utf-8")
    pages[30].rename(pages[30].with_name("renamed.html"))
    pages[31].unlink()
    pages[32].with_name("added.html").write_text("{# baru #}\n", encoding="utf-8")
    bench.kit("render", CODE, "--into", str(bench.work / "new"))
    return old, _files(bench.work / "new")


def _files(folder: Path) -> Tree:
    """What the kit renders there, without the region's own folder."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in found)
    return {
        name: (path.read_bytes(), bool(path.stat().st_mode & 0o100))
        for name, path in named
        if not name.startswith((".git/", "custom/"))
    }


def cases(bench: Bench) -> bool:
    """The second table. Return whether the kit lost nothing and told of every conflict."""
    old, new = trees()
    work = bench.work / "cases"
    columns: dict[str, list[str]] = {}
    for name, made in _updaters(bench, work, old, new):
        target = work / name
        for case in CASES:
            case.local(target)
        peers.commit(target, "Punya daerah")
        code = made()
        columns[name] = [verdict(case, target, code) for case in CASES]
    print(f"\n| case | {' | '.join(columns)} |\n|---|{'---|' * len(columns)}")
    for number, case in enumerate(CASES):
        print(f"| {case.name} | {' | '.join(column[number] for column in columns.values())} |")
    lost = {name: sum("LOST" in words for words in column) for name, column in columns.items()}
    print(f"\nlost, of {len(CASES)} cases: {', '.join(f'{name} {count}' for name, count in lost.items())}")
    return not lost["kit"] and not any("exit 0" in words for words in columns["kit"])


def _updaters(bench: Bench, work: Path, old: Tree, new: Tree) -> Iterator[tuple[str, Callable[[], int]]]:
    """Each updater with its project of the old version made; the function updates it and returns the exit code."""
    attributes = {".gitattributes": (b"* text=auto eol=lf\n*.bin binary\n", False)}
    create(_parent(work / "kit"), _render(old | attributes), [])
    yield "kit", lambda: 1 if upgrade(work / "kit", _render(new | attributes)).conflicts else 0
    for name, template, made in (
        ("copier", peers.copier_template, peers.copier_made),
        ("cruft", peers.cruft_template, peers.cruft_made),
    ):
        template(work / f"{name}-template", old | attributes, new | attributes)
        made(bench.programs, work / f"{name}-template", work / name, bench.env)
        yield name, lambda name=name: bench.run(*peers.update_command(bench.programs, name), cwd=work / name).code


def _render(tree: Tree) -> Render:
    files = {path: File(data, executable) for path, (data, executable) in tree.items()}
    inputs = manifest.Inputs("kit", {"cases": "t"}, manifest.profile_digest(files))
    sealed = files | {manifest.PATH: manifest.manifest(inputs, CODE, "kota-mataram", [], files)}
    return Render(sealed, {}, "Cases", CODE, ("cases",))


if __name__ == "__main__":
    main()
