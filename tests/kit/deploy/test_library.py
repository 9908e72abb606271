"""The kit's own Ansible modules: releases, environments, secrets, management commands."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

Library = Callable[[str], ModuleType]
PACKS = pytest.mark.skipif(shutil.which("zstd") is None, reason="a release is packed by zstd, which is not installed")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small region repository."""
    base = tmp_path / "repository"
    for path, text in {
        "apps/hayu/manage.py": "x",
        "apps/hayu/a/b.txt": "b",
        "apps/hayu/__pycache__/b.pyc": "cache",
        "apps/core/core.py": "c",
        "custom/theme.css": "{{ colour }}",
        ".git/config": "secret",
    }.items():
        (base / path).parent.mkdir(parents=True, exist_ok=True)
        (base / path).write_text(text, encoding="utf-8")
    (base / "apps/hayu/manage.py").chmod(0o755)
    (base / "apps/hayu/link").symlink_to("a/b.txt")
    return base


def tree(base: Path) -> list[str]:
    """Every file below *base*."""
    return sorted(str(path.relative_to(base)) for path in base.rglob("*") if not path.is_dir())


def test_a_release_is_named_by_its_content(library: Library, repository: Path) -> None:
    release = library("kit_release")
    first = release.digest(repository, ["apps", "custom"])
    assert release.digest(repository, ["custom", "apps"]) == first
    (repository / "apps/hayu/__pycache__/c.pyc").write_text("more", encoding="utf-8")
    os.utime(repository / "apps/core/core.py", (1, 1))
    assert release.digest(repository, ["apps", "custom"]) == first
    seen = {first}
    for change in (
        lambda: (repository / "apps/core/core.py").write_text("d", encoding="utf-8"),
        lambda: (repository / "apps/core/core.py").rename(repository / "apps/core/kore.py"),
        lambda: (repository / "apps/hayu/manage.py").chmod(0o644),
        lambda: (repository / "custom/new").write_text("", encoding="utf-8"),
        (repository / "apps/hayu/link").unlink,
    ):
        change()
        seen.add(release.digest(repository, ["apps", "custom"]))
    assert len(seen) == 6


def test_a_copy_is_complete_and_an_interrupted_one_is_made_anew(
    library: Library, repository: Path, tmp_path: Path
) -> None:
    release = library("kit_release")
    target = tmp_path / "releases" / "abc"
    half = tmp_path / "releases" / "abc.part" / "apps"
    half.mkdir(parents=True)
    (half / "stray").write_text("x", encoding="utf-8")
    release.copy(repository, ["apps", "custom"], target)
    assert tree(target) == [
        "apps/core/core.py",
        "apps/hayu/a/b.txt",
        "apps/hayu/link",
        "apps/hayu/manage.py",
        "custom/theme.css",
    ]
    assert os.access(target / "apps/hayu/manage.py", os.X_OK)
    assert (target / "apps/hayu/link").is_symlink()
    assert (target / "custom/theme.css").read_text(encoding="utf-8") == "{{ colour }}"


def test_the_release_before_stays(library: Library, tmp_path: Path) -> None:
    release = library("kit_release")
    for age, name in enumerate(["now", "before", "older", "oldest"]):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    (tmp_path / "now.part").mkdir()
    gone = release.outdated(tmp_path, tmp_path / "now", 1)
    assert sorted(path.name for path in gone) == ["now.part", "older", "oldest"]
    assert release.outdated(tmp_path / "absent", tmp_path / "absent/x", 1) == []


class Ended(Exception):
    """A module has said that it is done."""


@pytest.mark.parametrize(
    ("there", "complete", "changed"),
    [(None, None, True), ("half.py", None, False), ("half.py", ".ready", True), (".ready", ".ready", False)],
    ids=["new", "unpacked by a run that was killed", "of a server that did not get to its end", "complete"],
)
def test_the_archive_goes_once_its_release_is_there(
    library: Library,
    repository: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    there: str | None,
    complete: str | None,
    changed: bool,
) -> None:
    packing = library("kit_archive")
    archive, target = tmp_path / "incoming.tar.gz", tmp_path / "releases" / "abc"
    subprocess.run(["tar", "-czf", str(archive), "-C", str(repository), "."], check=True)
    if there:
        target.mkdir(parents=True)
        (target / there).touch()

    def done(**said: object) -> None:
        raise Ended(said)

    parameters = {"archive": str(archive), "path": str(target), "state": "unpacked", "complete": complete}
    module = SimpleNamespace(params=parameters, check_mode=False, exit_json=done)
    monkeypatch.setattr(packing, "AnsibleModule", lambda **_: module)
    with pytest.raises(Ended) as ended:
        packing.main()
    assert ended.value.args == ({"changed": changed},)
    assert tree(target) == (tree(repository) if changed else [there])
    assert not archive.exists()


@PACKS
def test_a_release_comes_whole_from_another_server(library: Library, repository: Path, tmp_path: Path) -> None:
    archive = library("kit_archive")
    os.utime(repository / "apps/core/core.py", (1_700_000_000, 1_700_000_000))
    packed, target = tmp_path / "given.tar.zst", tmp_path / "releases" / "abc"
    assert archive.pack(repository, packed) == ""
    assert stat.S_IMODE(packed.stat().st_mode) == 0o644
    for stray in (target / "half-made", target.with_name("abc.part") / "half-unpacked"):
        stray.mkdir(parents=True)
    assert archive.unpack(packed, target) == ""
    assert tree(target) == tree(repository)
    assert (target / "apps/core/core.py").stat().st_mtime == 1_700_000_000  # compiled code is by its source's time
    assert (target / "apps/hayu/link").is_symlink()
    assert not target.with_name("abc.part").exists()


@PACKS
def test_a_broken_archive_leaves_the_release_as_it_was(library: Library, tmp_path: Path) -> None:
    archive = library("kit_archive")
    packed, target = tmp_path / "given.tar.zst", tmp_path / "releases" / "abc"
    packed.write_bytes(b"no archive")
    target.mkdir(parents=True)
    (target / "kept").touch()
    assert "tar:" in archive.unpack(packed, target)
    assert tree(target) == ["kept"]
    assert "tar:" in archive.pack(tmp_path / "absent", tmp_path / "made.tar.zst")
    assert not (tmp_path / "made.tar.zst").exists()


def test_an_environment_without_its_stamp_is_not_valid(library: Library, tmp_path: Path) -> None:
    venv = library("kit_venv")
    lock = tmp_path / "requirements.txt"
    lock.write_text("a==1 --hash=sha256:00\n", encoding="utf-8")
    stamp = venv.stamp_of(lock, sys.executable)
    place = tmp_path / "venv"
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").symlink_to(sys.executable)
    assert not venv.is_valid(place, stamp)
    (place / "kit-stamp").write_text(stamp, encoding="utf-8")
    assert venv.is_valid(place, stamp)
    lock.write_text("a==2 --hash=sha256:00\n", encoding="utf-8")
    assert not venv.is_valid(place, venv.stamp_of(lock, sys.executable))
    (place / "bin" / "python").unlink()
    (place / "bin" / "python").symlink_to(tmp_path / "python-that-an-upgrade-removed")
    assert not venv.is_valid(place, stamp)


def test_only_hashed_wheels_are_installed(library: Library) -> None:
    venv = library("kit_venv")
    command = venv.install_command(Path("/v"), Path("/r.txt"), Path("/w/pip-23.0.1-py3-none-any.whl/pip"))
    assert command[:3] == ["/v/bin/python", "/w/pip-23.0.1-py3-none-any.whl/pip", "install"]
    assert venv.install_command(Path("/v"), Path("/r.txt"), None)[:4] == ["/v/bin/python", "-m", "pip", "install"]
    assert {"--require-hashes", "--no-deps"} < set(command)
    assert command[command.index("--only-binary") + 1] == ":all:"
    assert "--no-compile" in command  # that goes on all cores afterwards


def test_pip_is_the_one_that_came_with_the_interpreter(library: Library, tmp_path: Path) -> None:
    venv = library("kit_venv")

    def answers(code: int, out: str) -> object:
        """A module whose interpreter says where its wheels are."""
        return SimpleNamespace(params={"python": "python3"}, run_command=lambda _: (code, out, ""))

    assert venv.pip_of(answers(0, f"{tmp_path}\n")) is None
    for name in ("pip-23.0.1-py3-none-any.whl", "setuptools-66.1.1-py3-none-any.whl"):
        (tmp_path / name).touch()
    assert venv.pip_of(answers(0, f"{tmp_path}\n")) == tmp_path / "pip-23.0.1-py3-none-any.whl" / "pip"
    assert venv.pip_of(answers(1, "")) is None
    done = subprocess.run([sys.executable, "-c", venv._WHEELS], capture_output=True, text=True, check=True)
    assert list(Path(done.stdout.strip()).glob("pip-*.whl"))


def test_a_secret_is_made_once_for_its_owner_only(library: Library, tmp_path: Path) -> None:
    secrets = library("kit_secrets")
    path = tmp_path / "hayu" / "secrets" / "DATA_KEY"
    secrets.write_once(path, secrets.new_secret())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    first = path.read_text(encoding="utf-8")
    assert len(first.strip()) == 64
    with pytest.raises(FileExistsError):
        secrets.write_once(path, secrets.new_secret())
    assert path.read_text(encoding="utf-8") == first
    assert tree(tmp_path) == ["hayu/secrets/DATA_KEY"]
    assert secrets.new_secret() != secrets.new_secret()


MANAGE = """
import json, os, sys
print(json.dumps([sys.argv[1:], dict(os.environ), os.path.basename(os.getcwd())]))
sys.exit(3 if "fail" in sys.argv else 0)
"""


@pytest.fixture
def apps(tmp_path: Path) -> Path:
    """Two apps whose manage.py tells what it was given."""
    for app in ("hayu", "erk"):
        (tmp_path / "apps" / app).mkdir(parents=True)
        (tmp_path / "apps" / app / "manage.py").write_text(MANAGE, encoding="utf-8")
    return tmp_path


def parameters(apps: Path, *arguments: str) -> dict[str, object]:
    """Module parameters for a command of both apps."""
    return {
        "apps": ["hayu", "erk"],
        "directory": str(apps / "apps" / "{app}"),
        "environments": {"hayu": {"PORT": 8100, "NAME": "{{ 7*7 }} $(id)"}, "erk": {}},
        "extra_environment": {"STATIC_ROOT": "/static/{app}"},
        "arguments": list(arguments),
        "unless": [str(apps / "done-{app}")],
        "mark": str(apps / "done-{app}"),
        "database": None,
    }


def test_a_command_gets_its_own_environment_and_nothing_else(
    library: Library, apps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manage = library("kit_manage")
    monkeypatch.setenv("LEAK", "secret of the caller")
    hayu, erk = manage.runs(parameters(apps, "demo", "--accounts", "/{app}.json"))
    assert erk.environment == {"STATIC_ROOT": "/static/erk"}
    assert not hayu.is_done
    done = manage.perform(sys.executable, hayu)
    assert "LEAK" not in done.stdout
    assert '["demo", "--accounts", "/hayu.json"]' in done.stdout
    assert '"NAME": "{{ 7*7 }} $(id)"' in done.stdout
    assert '"PORT": "8100"' in done.stdout
    assert hayu.is_done
    assert not erk.is_done


def migrated(path: Path, *names: str) -> None:
    """Make an SQLite database anew, in the mode the apps use, that has these migrations of hayu."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE django_migrations (app, name)")
        database.executemany("INSERT INTO django_migrations VALUES ('hayu', ?)", [(name,) for name in names])


def test_a_schema_is_done_for_the_very_migrations_that_were_noted(library: Library, apps: Path) -> None:
    """Not for a database that was taken back to an older state, or away, or that cannot be read."""
    manage = library("kit_manage")
    database = apps / "data of ?x#.sqlite3"
    mark = apps / "schema-hayu"
    values = parameters(apps, "migrate") | {"unless": [], "database": str(database), "mark": str(apps / "schema-{app}")}
    hayu = manage.runs(values)[0]
    assert not hayu.is_done
    migrated(database, "0002_b", "0001_a")
    assert not hayu.is_done
    manage.perform(sys.executable, hayu)
    assert mark.read_text(encoding="utf-8") == "hayu 0001_a\nhayu 0002_b\n"
    assert hayu.is_done
    migrated(database, "0001_a")
    assert not hayu.is_done
    mark.write_bytes(b"hayu 0001_a\xff")
    assert not hayu.is_done
    database.write_bytes(b"not a database")
    assert not hayu.is_done
    database.unlink()
    assert not hayu.is_done
    assert not database.exists()
    manage.perform(sys.executable, hayu)  # with nothing to note it is never done
    assert not hayu.is_done


def test_a_failed_command_leaves_no_mark_and_tells_its_last_lines(library: Library, apps: Path) -> None:
    manage = library("kit_manage")
    run = manage.runs(parameters(apps, "fail"))[0]
    done = manage.perform(sys.executable, run)
    assert done.returncode == 3
    assert not run.is_done
    assert manage.complaint(run, done).startswith("hayu (exit code 3):\n[[")


def test_a_traceback_becomes_its_error(library: Library) -> None:
    """Two chained ones, of a database out of reach: the words before, and the error at the end with all its lines."""
    first = 'Traceback (most recent call last):\n  File "a.py", line 1, in x\n    connect()\n    ~~~^^\nInner: no\n'
    again = "\nThe above exception was the direct cause of the following exception:\n\n"
    last = first.replace("Inner: no", "OperationalError: connection timeout expired\n  host db1, port 5432")
    said = library("kit_manage").in_words("System check: fine\n" + first + again + last)
    assert said == ["System check: fine", "OperationalError: connection timeout expired", "  host db1, port 5432"]
    assert library("kit_manage").in_words("CommandError: x\ny\n") == ["CommandError: x", "y"]


def test_a_refused_file_is_named_as_the_region_calls_it(library: Library) -> None:
    files = library("kit_files")
    said = "emerg: unknown directive in /etc/nginx/kit/custom/server.conf:3"
    names = {"/etc/nginx/kit/custom/server.conf": "custom/nginx/server.conf"}
    program = [sys.executable, "-c", f"import sys; sys.exit({said!r})"]
    assert files.complaint([[sys.executable, "-c", ""], program], names).endswith(
        ":\nemerg: unknown directive in custom/nginx/server.conf:3"
    )
    assert files.complaint([[sys.executable, "-c", ""]], names) == ""


def test_what_was_at_a_path_is_put_back_link_or_nothing(library: Library, tmp_path: Path) -> None:
    files = library("kit_files")
    link, empty = tmp_path / "default", tmp_path / "new"
    link.symlink_to("../sites-available/default")
    before = {path: files.former(path) for path in (link, empty)}
    files.put(link, None)
    empty.write_text("server {}")
    for path, earlier in before.items():
        files.put_back(path, earlier)
    assert (str(link.readlink()), empty.exists()) == ("../sites-available/default", False)


def test_a_file_belongs_to_root_unless_a_group_is_to_read_it(library: Library) -> None:
    files = library("kit_files")
    entry = {"path": "/etc/kit/tls/database.key", "secret": "tls/database.key", "mode": "0600"}
    assert files.wanted(entry, {"tls/database.key": "geheim"}) == (b"geheim", 0o600, "root")
    shared = {**entry, "mode": "0640", "group": "postgres"}
    assert files.wanted(shared, {"tls/database.key": "geheim"}) == (b"geheim", 0o640, "postgres")
    assert files.wanted({"path": "/etc/nginx/sites-enabled/default"}, {}) is None
