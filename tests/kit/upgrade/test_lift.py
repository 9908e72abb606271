"""`kit lift`: a region's own commit as a change of the real templates, proved by rendering."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit.cli.main import cli
from kit.paths import ROOT
from kit.profile import sample
from kit.profile.official import regions
from kit.profile.writing import profile_text
from kit.render import Renderer, templates
from kit.render.templates import IGNORED
from tests.kit.render.repositories import git, on_disk
from tests.kit.upgrade.trees import commit

TREE = "{{cookiecutter.app}}"
HOME, VIEWS = "apps/hayu/hayu/templates/hayu/home.html", "apps/hayu/hayu/web/urls.py"
README = "README.md"


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region of one app as it was rendered, beside the templates it was rendered with."""
    base = tmp_path_factory.mktemp("lift")
    for name in ("core", "hayu", "region"):
        shutil.copytree(ROOT / "templates" / name, base / "templates" / name, ignore=shutil.ignore_patterns(*IGNORED))
    file = base / "regions/52.71-kota-mataram/region.yml"
    file.parent.mkdir(parents=True)
    values = sample("52.71", {"apps": {"enabled": ["hayu"]}})
    file.write_text(profile_text(regions()["52.71"], values), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(templates, "templates_dir", lambda: base / "templates")
        Renderer().render(file, base / "build/52.71-kota-mataram")
    return base


@pytest.fixture
def region(rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the region's repository that may be changed."""
    folder = tmp_path / "build/52.71-kota-mataram"
    shutil.copytree(rendered / "build/52.71-kota-mataram", folder)
    monkeypatch.setenv("KIT_REGIONS", str(rendered / "regions"))
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    monkeypatch.setattr(templates, "templates_dir", lambda: rendered / "templates")
    return folder


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def put(folder: Path, path: str, words: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(words, encoding="utf-8")


def test_a_commit_becomes_a_change_of_the_templates_and_the_upgrade_brings_nothing_new(
    rendered: Path, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (region / HOME).read_text(encoding="utf-8")
    put(region, HOME, page + "<p>Jam buka</p>\n")
    readme = (region / README).read_text(encoding="utf-8")
    put(region, README, readme + "\nMilik Kota Mataram juga.\n")
    put(region, "apps/hayu/hayu/templates/hayu/baru.html", "<p>baru</p>\n")
    put(region, "custom/templates/hayu/home.html", "<p>kami</p>\n")
    (region / VIEWS).chmod(0o755)
    commit(region, "Jam buka")
    before, refs = on_disk(region), git(region, "for-each-ref")

    done = call("lift", "52.71", "main")
    assert done.exit_code == 0, done.output
    assert on_disk(region) == before
    assert git(region, "for-each-ref") == refs
    assert "proved: the region's tree after the next upgrade equals its tree now." in done.stderr
    assert "custom/templates/hayu/home.html stays the region's own." in done.stderr
    added = [line for line in done.stdout.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert added == ["+<p>baru</p>", "+<p>Jam buka</p>", "+", "+Milik {{ cookiecutter._region.name }} juga."]
    assert f"templates/hayu/{TREE}/hayu/web/urls.py" in done.stdout

    clone = tmp_path / "clone"
    shutil.copytree(rendered / "templates", clone / "templates")
    applied = subprocess.run(["git", "apply", "-"], cwd=clone, input=done.stdout, text=True, check=False)
    assert applied.returncode == 0
    monkeypatch.setattr(templates, "templates_dir", lambda: clone / "templates")
    assert call("upgrade", "52.71").exit_code == 0
    after = on_disk(region)
    assert after.pop(".kit/manifest.json") != before.pop(".kit/manifest.json")
    assert after == before
    drifted = call("status", "52.71", "--tree")
    assert "1 override" in drifted.output
    assert "committed" not in drifted.output, "nothing is the region's own any more but the override"


def test_removed_and_moved_files(region: Path) -> None:
    (region / VIEWS).unlink()
    git(region, "mv", HOME, "apps/hayu/hayu/templates/hayu/beranda.html")
    commit(region, "Pindah")
    done = call("lift", "52.71", "main")
    assert done.exit_code == 0, done.output
    assert "deleted file mode 100644" in done.stdout
    assert f"rename to templates/hayu/{TREE}/hayu/templates/hayu/beranda.html" in done.stdout


def test_each_file_that_is_not_told_has_its_reason(region: Path) -> None:
    data = region / "apps/core/region/region.json"
    data.write_text(data.read_text(encoding="utf-8").replace("Kota Mataram", "Kota Praya"), encoding="utf-8")
    page = (region / HOME).read_text(encoding="utf-8")
    put(region, HOME, page + "<p>Kota Mataram</p>\n")
    readme = (region / README).read_text(encoding="utf-8")
    put(region, README, readme.replace("Kota Mataram", "Kota Praya"))
    put(region, "apps/hayu/hayu/kota-mataram.txt", "x\n")
    put(region, "docs/baru.md", "{{ rahasia }}\n")
    commit(region, "Campur")
    done = call("lift", "52.71", "main")
    assert done.exit_code == 1
    assert done.stdout == ""
    for words in (
        "apps/core/region/region.json: '{",
        "comes from the profile ({{ cookiecutter._region | jsonify(1) }}): change it in region.yml",
        f"{HOME}: what was added holds 'Kota Mataram', which is this region's own, and the file is copied as it is.",
        f"{README}: ",
        "comes from the profile",
        "apps/hayu/hayu/kota-mataram.txt: its name holds a value that is this region's own.",
        "docs/baru.md: what was added holds '{{', which a template would take for a placeholder.",
    ):
        assert words in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("commit_name", "words"),
    [
        ("tidak-ada", "has no commit 'tidak-ada' on main"),
        ("kit", "is the first commit"),
        ("main", "changes nothing of the templates: its files are the region's own"),
    ],
)
def test_what_is_no_commit_to_lift(region: Path, commit_name: str, words: str) -> None:
    put(region, "custom/static/kami.css", "a{}\n")
    put(region, "catatan.txt", "kami\n")
    commit(region, "Milik kami")
    done = call("lift", "52.71", commit_name)
    assert (done.exit_code, words in done.stderr) == (1, True), done.stderr
