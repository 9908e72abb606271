"""From profiles to repositories, with the shipped templates."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.profile import ProfileError, from_values, sample
from kit.profile.official import regions
from kit.render import Renderer, build_dir, manifest, region_data, render
from kit.render.tree import File
from tests.kit.render.repositories import assert_sound, git, on_disk

ROOT = Path(__file__).parents[3]
PROFILE = Callable[..., Path]


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    return tmp_path / "build"


def test_a_region_gets_its_repository(build: Path, profile_file: PROFILE) -> None:
    path = profile_file()
    outcome = render(path)
    assert (outcome.path, outcome.change) == (build / "52.71-kota-mataram", "created")
    assert outcome.files == len(on_disk(outcome.path))
    assert sorted(entry.name for entry in outcome.path.iterdir() if entry.name != ".git") == [
        ".gitattributes", ".gitignore", ".kit", "README.md", "apps", "custom", "deploy", "docs", "region.yml",
    ]  # fmt: skip
    assert sorted(entry.name for entry in (outcome.path / "apps").iterdir()) == ["core", "erk", "hayu", "sabilulungan"]
    assert (outcome.path / "region.yml").read_bytes() == path.read_bytes()
    assert json.loads((outcome.path / "apps/core/region/region.json").read_text())["region"]["name"] == "Kota Mataram"
    assert_sound(outcome.path)


def test_the_manifest_tells_every_file(renderer: Renderer, build: Path, profile_file: PROFILE) -> None:
    target = renderer.render(profile_file()).path
    known = manifest.read_in(target)
    found = {path: File(*pair) for path, pair in ((p, (d, bool(m & 0o111))) for p, (d, m) in on_disk(target).items())}
    kits = {path: f"{file.mode} {file.digest}" for path, file in found.items() if not path.startswith("custom/")}
    del kits[manifest.PATH]
    assert known["files"] == kits
    assert list(known["files"]) == sorted(known["files"])
    assert known["kit"]["version"] == git(target, "log", "-1", "--format=%s", "kit").split()[-1]
    assert set(known["templates"]) == {"region", "core", "sabilulungan", "hayu", "erk"}
    assert known["region"] == {"code": "52.71", "slug": "kota-mataram"}
    assert known["input"] in git(target, "log", "-1", "--format=%b", "kit")


def test_the_same_again_changes_nothing(renderer: Renderer, build: Path, profile_file: PROFILE) -> None:
    path = profile_file()
    target = renderer.render(path).path
    before = {entry: entry.stat().st_mtime_ns for entry in target.rglob("*")}
    for again in (renderer, Renderer()):
        assert again.render(path).change == "unchanged"
    assert {entry: entry.stat().st_mtime_ns for entry in target.rglob("*")} == before


def test_a_changed_profile_is_merged(renderer: Renderer, build: Path, profile_file: PROFILE) -> None:
    target = renderer.render(profile_file()).path
    (target / "custom/README.md").write_text("punya kami")
    (target / "README.md").write_bytes((target / "README.md").read_bytes() + b"\ncatatan kami\n")
    git(target, "commit", "-qam", "punya kami")
    outcome = renderer.render(profile_file(brand={"footer": "Kaki baru"}))
    assert outcome.change == "updated"
    assert json.loads((target / "apps/core/region/region.json").read_text())["brand"]["footer"] == "Kaki baru"
    assert (target / "custom/README.md").read_text() == "punya kami"
    assert (target / "README.md").read_text().endswith("\ncatatan kami\n")
    assert "custom/" not in git(target, "ls-tree", "-r", "--name-only", "kit")
    assert_sound(target)


def test_only_enabled_apps_are_rendered(renderer: Renderer, build: Path, profile_file: PROFILE) -> None:
    target = renderer.render(profile_file(apps={"enabled": ["hayu"]})).path
    assert sorted(entry.name for entry in (target / "apps").iterdir()) == ["core", "hayu"]
    assert set(manifest.read_in(target)["templates"]) == {"region", "core", "hayu"}
    for path in ("README.md", "docs/arsitektur.md"):
        assert "Hayu" in (target / path).read_text()
        assert "E-RK" not in (target / path).read_text()
    renderer.render(profile_file(apps={"enabled": ["erk", "sabilulungan"]}))
    assert sorted(entry.name for entry in (target / "apps").iterdir()) == ["core", "erk", "sabilulungan"]
    assert_sound(target)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9H0z"/></svg>'


def test_files_beside_the_profile_reach_the_apps(renderer: Renderer, build: Path, profile_file: PROFILE) -> None:
    path = profile_file(
        brand={"emblem": "lambang.svg", "app_names": {"hayu": {"logo": "gambar/hayu.svg"}}},
        offices={"tree": "opd.csv"},
        apps={"enabled": ["hayu"]},
    )
    (path.parent / "gambar").mkdir()
    table = b"code,parent,name,short_name\n1,,Sekretariat Daerah,Setda\n"
    for name, raw in (("lambang.svg", SVG), ("gambar/hayu.svg", SVG + b"\n"), ("opd.csv", table)):
        (path.parent / name).write_bytes(raw)
    target = renderer.render(path).path
    assert (target / "apps/core/region/static/emblem.svg").read_bytes() == SVG
    assert (target / "apps/hayu/region/static/logo.svg").read_bytes() == SVG + b"\n"
    assert (target / "apps/core/region/offices.csv").read_bytes() == table
    assert {(target / name).read_bytes() for name in ("lambang.svg", "gambar/hayu.svg")} == {SVG, SVG + b"\n"}
    assert renderer.render(path).change == "unchanged"
    (path.parent / "lambang.svg").write_bytes(SVG + b" ")
    assert renderer.render(path).change == "updated"
    assert (target / "apps/core/region/static/emblem.svg").read_bytes() == SVG + b" "


def test_a_file_beside_the_profile_cannot_take_a_folder_of_the_repository(
    renderer: Renderer, build: Path, profile_file: PROFILE
) -> None:
    path = profile_file(brand={"emblem": "custom/lambang.svg"})
    (path.parent / "custom").mkdir()
    (path.parent / "custom/lambang.svg").write_bytes(SVG)
    with pytest.raises(KitError, match=r"brand\.emblem is 'custom/lambang\.svg', but the region's repository keeps"):
        renderer.render(path)
    path = profile_file(brand={"emblem": "README.svg", "favicon": "README.svg"})
    (path.parent / "README.svg").write_bytes(SVG)
    assert renderer.render(path).change == "created"


def test_a_faulty_profile_writes_nothing(renderer: Renderer, build: Path, profile_file: PROFILE) -> None:
    path = profile_file()
    path.write_text(path.read_text() + "\nregoin: {}\n")
    with pytest.raises(ProfileError):
        renderer.render(path)
    assert not build.exists()


def test_the_manifest_may_be_gone_or_broken(renderer: Renderer, build: Path, profile_file: PROFILE) -> None:
    path = profile_file()
    target = renderer.render(path).path
    for words in (
        "",
        "[]",
        '{"format": 1, "templates": {"../x": ""}, "profile_files": ["../../etc/passwd"]}',
        '{"format": 2}',
    ):
        (target / manifest.PATH).write_text(words)
        git(target, "commit", "-qam", "rusak")
        assert renderer.render(path).change == "unchanged"
    assert_sound(target)


def test_into_another_folder(renderer: Renderer, build: Path, profile_file: PROFILE, tmp_path: Path) -> None:
    target = tmp_path / "di sini" / "repo"
    assert renderer.render(profile_file(), target).path == target
    assert renderer.render(profile_file(), target).change == "unchanged"
    assert not build.exists()
    with pytest.raises(KitError, match=r"holds the region 52\.71, not 52\.07"):
        renderer.render(profile_file("52.07"), target)


def test_a_repository_that_was_handed_over_is_rendered_where_it_is(
    renderer: Renderer, build: Path, profile_file: PROFILE, tmp_path: Path
) -> None:
    target = renderer.render(profile_file(), tmp_path / "milik-daerah").path
    profile = target / "region.yml"
    assert renderer.render(target).path == target
    profile.write_text(profile.read_text() + "\nbudget:\n  rounding: half_up\n")
    with pytest.raises(KitError, match=r"not committed: region\.yml"):
        renderer.render(target)
    git(target, "commit", "-qam", "pembulatan")
    assert renderer.render(target).change == "updated"
    assert json.loads((target / "apps/core/region/region.json").read_text())["budget"]["rounding"] == "half_up"
    assert renderer.render(profile).change == "unchanged"
    assert not build.exists()
    assert_sound(target)


def test_a_folder_that_cannot_be_written_is_told(renderer: Renderer, profile_file: PROFILE) -> None:
    with pytest.raises(KitError, match=r"cannot be written .* give another --into"):
        renderer.render(profile_file(), Path("/proc/kit/region"))


def test_the_build_folder_is_the_projects() -> None:
    assert build_dir() == ROOT / "build" or "KIT_BUILD" in os.environ


ENVIRONMENTS = (
    {"LC_ALL": "C", "TZ": "Asia/Jayapura", "PYTHONHASHSEED": "1", "HOME": "/nonexistent"},
    {"LC_ALL": "C.UTF-8", "TZ": "America/New_York", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0", "COLUMNS": "20"},
)


@pytest.mark.parametrize("code", ["32.73", "36"])
def test_every_machine_makes_the_same_bytes(code: str, tmp_path: Path) -> None:
    made = []
    for number, extra in enumerate(ENVIRONMENTS):
        target = tmp_path / str(number)
        home = {"HOME": str(tmp_path / "home")} | extra
        command = [sys.executable, "-m", "kit", "render", code, "--into", str(target)]
        environment = {"PATH": os.environ["PATH"]} | home
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            umask=(0o077, 0o002)[number],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        made.append((on_disk(target), git(target, "rev-parse", "kit")))
    assert made[0] == made[1]


def test_every_region_of_indonesia_renders(renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "region.yml"
    path.write_text("")
    names = set()
    for code in regions():
        made = renderer.tree(from_values(sample(code)), path)
        data = json.loads(made.tree["apps/core/region/region.json"].data)
        assert data["region"]["code"] == code
        assert made.tree["apps/core/region/wilayah.csv"].data.count(b"\n") > 1
        names.add(data["region"]["name"])
    assert len(names) == 38 + 514


def test_region_data_is_what_a_repository_holds(
    renderer: Renderer, build: Path, profile_file: PROFILE, tmp_path: Path
) -> None:
    from kit.profile import load

    path = profile_file(apps={"enabled": ["hayu"]}, brand={"emblem": "e.svg"})
    (path.parent / "e.svg").write_bytes(SVG)
    target = renderer.render(path).path
    made = region_data(load(path), tmp_path / "data")
    assert made == {name: tmp_path / "data" / name for name in ("core", "hayu")}
    for name, folder in made.items():
        assert on_disk(folder) == on_disk(target / "apps" / name / "region")
