"""The forecast: many regions at once, hostile ones among them; nothing in any of them is touched or run."""

import http.server
import json
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit.cli.main import cli
from kit.profile import sample
from kit.profile.official import regions
from kit.profile.writing import profile_text
from kit.render import Renderer, templates
from kit.upgrade.forecast import Place, forecast, places
from tests.kit.render.repositories import git
from tests.kit.upgrade.trees import commit

PAGE = "apps/hayu/hayu/templates/hayu/home.html"
NAMES = {"52.71": "aman", "52.72": "bentrok", "52.01": "timpa", "52.02": "sama"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Four regions rendered with templates of yesterday; those of today change a page and bring a migration."""
    base = tmp_path_factory.mktemp("forecast")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
        today = base / "templates"
        shutil.copytree(templates.templates_dir(), today)
        patch.setattr(templates, "templates_dir", lambda: today)
        renderer = Renderer()
        for code, name in NAMES.items():
            if name != "sama":
                render(base, code, name, renderer)
        own = base / "all/timpa/custom/templates/hayu/home.html"
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text("<p>kami</p>\n")
        commit(base / "all/timpa", "Halaman kami")
        (base / "all/bentrok" / PAGE).write_text("<p><script>alert(1)</script></p>\n")
        commit(base / "all/bentrok", "Ubah <b>beranda</b>")
        changed = today / "hayu/{{cookiecutter.app}}/hayu"
        (changed / "templates/hayu/home.html").write_text("<p>baru</p>\n")
        (changed / "migrations/0999_ramalan.py").write_text("pass\n")
        render(base, "52.02", "sama", Renderer())
        yield base


def render(base: Path, code: str, name: str, renderer: Renderer) -> None:
    file = base / "profiles" / name / "region.yml"
    file.parent.mkdir(parents=True)
    file.write_text(profile_text(regions()[code], sample(code, {})), encoding="utf-8")
    renderer.render(file, base / "all" / name)


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["forecast", "--all", *arguments])


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def test_which_merge_conflict_have_overrides_and_need_migrations(world: Path, tmp_path: Path) -> None:
    before = everything(world / "all")
    done = call(str(world / "all"), "--json", "--html", str(tmp_path / "page.html"))
    assert done.exit_code == 1, done.output
    told = json.loads(done.output)
    assert told["counts"] == {
        "conflicts": 1,
        "cannot be foretold": 0,
        "merges cleanly": 2,
        "up to date": 1,
        "overrides touched": 1,
        "database migrations": 3,
    }
    assert [(one["where"], one["meets"]) for one in told["regions"]] == [
        ("bentrok", "conflicts"),
        ("timpa", "merges cleanly"),
        ("aman", "merges cleanly"),
        ("sama", "up to date"),
    ]
    first, second, third, last = told["regions"]
    assert [(one["path"], one["words"]) for one in first["conflicts"]] == [(PAGE, "both sides changed the same lines")]
    assert "Ani: Ubah <b>beranda</b>" in first["conflicts"][0]["ours"]
    assert first["conflicts"][0]["places"]
    assert [one["override"] for one in second["overrides"]] == ["custom/templates/hayu/home.html"]
    assert (third["files"], third["migrations"], third["overrides"]) == (2, ["hayu: 0999_ramalan"], [])
    assert (last["files"], last["migrations"]) == (0, [])
    assert everything(world / "all") == before

    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Forecast of 4 regions" in page
    assert "Ubah &lt;b&gt;beranda&lt;/b&gt;" in page
    assert "<b>beranda" not in page
    assert "http" not in page.replace("http-equiv", ""), "nothing is fetched"


def test_the_same_on_a_terminal(world: Path) -> None:
    done = call(str(world / "all"))
    lines = done.output.splitlines()
    assert lines[0] == "Kota Bima (bentrok): conflicts"
    assert lines[1] == f"  conflict  {PAGE}: both sides changed the same lines"
    assert "  override  custom/templates/hayu/home.html replaces " + PAGE + ", which changes" in lines
    assert lines[-1] == "Database migrations: hayu: 0999_ramalan"


def hostile(world: Path, folder: Path) -> Path:
    """A region whose settings, hooks, attributes and links would leave a trace."""
    shutil.copytree(world / "all/aman", folder)
    trace = folder.parent / "trace"
    command = f"touch {trace}"
    (folder / ".gitattributes").write_text("* filter=evil diff=evil merge=evil\n")
    commit(folder, "Atribut")
    for key in (
        "core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "filter.evil.clean", "filter.evil.smudge",
        "filter.evil.process", "diff.evil.command", "diff.evil.textconv", "merge.evil.driver", "diff.external",
        "uploadpack.packObjectsHook", "gpg.program", "alias.log", "core.alternateRefsCommand",
    ):  # fmt: skip
        git(folder, "config", key, command)
    git(folder, "config", "core.hooksPath", str(folder / "hooks"))
    for hooks in (folder / "hooks", folder / ".git/hooks"):
        hooks.mkdir()
        for name in ("post-checkout", "reference-transaction", "post-merge", "pre-commit", "fsmonitor-watchman"):
            (hooks / name).write_text(f"#!/bin/sh\n{command}\n")
            (hooks / name).chmod(0o755)
    return folder


def test_nothing_of_a_hostile_repository_runs(world: Path, tmp_path: Path) -> None:
    folder = hostile(world, tmp_path / "jahat")
    (one,) = forecast([Place("jahat", folder)])
    assert (one.meets, one.fault) == ("conflicts" if one.conflicts else "merges cleanly", "")
    assert not (tmp_path / "trace").exists()


def test_what_cannot_be_foretold_is_told_and_stops_nobody(world: Path, tmp_path: Path) -> None:
    base = tmp_path / "all"
    base.mkdir()
    for name in ("refs", "fifo", "bukan", "kit", "rusak", "profil", "tautan"):
        shutil.copytree(world / "all/aman", base / name, symlinks=True)
    (base / "refs/.git/refs/heads/main").unlink()
    (base / "refs/.git/refs/heads/main").symlink_to("/etc/passwd")
    (base / "refs/.git/packed-refs").symlink_to("/etc/passwd")
    main = base / "fifo/.git/refs/heads/main"
    commit_id = main.read_text().strip()
    blob = base / f"fifo/.git/objects/{commit_id[:2]}/{commit_id[2:]}"
    shutil.rmtree(base / "fifo/.git/objects")
    blob.parent.mkdir(parents=True)
    os.mkfifo(blob)
    shutil.rmtree(base / "bukan/.git")
    git(base / "kit", "branch", "-D", "kit")
    main = base / "rusak/.git/refs/heads/main"
    main.write_text("ref: refs/heads/kit\n")
    (base / "profil/region.yml").write_text("region: {code: '99.99'}\n")
    commit(base / "profil", "Salah")
    shutil.rmtree(base / "tautan/.git")
    (base / "tautan/.git").symlink_to(base / "profil/.git")
    (base / "menunjuk").symlink_to(base / "profil")
    shutil.copytree(world / "all/sama", base / "sama")
    assert [one.where for one in places(base)] == ["fifo", "kit", "profil", "refs", "rusak", "sama", "tautan"]
    found = {one.where: one for one in forecast(places(base), longest=3)}
    assert found.pop("sama").meets == "up to date"
    assert {one.meets for one in found.values()} == {"cannot be foretold"}
    for name, words in {
        "fifo": "went over a limit (3 seconds",
        "kit": "has lost branch kit",
        "profil": "region.code",
        "refs": "no branches main and kit",
        "rusak": "branch main is no plain branch",
        "tautan": "it is no git repository",
    }.items():
        assert words in found[name].fault, name
        assert str(tmp_path) not in found[name].fault
        assert "kit-forecast-" not in found[name].fault


def test_remotes_are_fetched_and_those_that_fail_are_named(world: Path, tmp_path: Path) -> None:
    bare = tmp_path / "served/aman.git"
    git(tmp_path, "clone", "-q", "--bare", "--no-local", str(world / "all/aman"), str(bare))
    git(bare, "update-server-info")
    handler = partial(Quiet, directory=str(tmp_path / "served"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        there = f"http://127.0.0.1:{server.server_port}"
        (tmp_path / "list").write_text(f"# kami\n{there}/aman.git\n{there}/hilang.git\n")
        done = call(str(tmp_path / "list"), "--json")
        server.shutdown()
    told = json.loads(done.output)["regions"]
    assert [(one["where"], one["meets"], one["name"]) for one in told] == [
        (f"{there}/hilang.git", "cannot be foretold", ""),
        (f"{there}/aman.git", "merges cleanly", "Kota Mataram"),
    ]
    assert "it could not be fetched" in told[0]["fault"]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.parametrize("address", ["ext::sh -c touch% x", "--upload-pack=touch", "file:///etc", "/srv/region"])
def test_addresses_that_could_run_something_are_refused(tmp_path: Path, address: str) -> None:
    (tmp_path / "list").write_text(f"{address}\n")
    done = call(str(tmp_path / "list"))
    assert (done.exit_code, "is no address of a repository" in done.output) == (2, True)


def test_a_folder_without_regions(tmp_path: Path) -> None:
    done = call(str(tmp_path))
    assert (done.exit_code, "holds no repository of a region" in done.output) == (2, True)
