"""`kit release` on a small clone: every problem at once, a signed tag, and a kill anywhere made good."""

import datetime as dt
import json
import os
import subprocess
from pathlib import Path

import pytest

from kit.errors import KitError, OutsideError
from kit.paths import ROOT
from kit.suite.releases import numbers, recorded, released
from kit.suite.releasing import Release, changelog_problems, failed_checks, git, section

TODAY = dt.date(2027, 1, 31)
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- One thing.\n- Another.\n"


def record(folder: Path, *, is_released: bool = True, version: str = "") -> None:
    """A record without its data."""
    folder.mkdir(parents=True)
    values = {"version": version or folder.name, "released": is_released, "migrations": {}}
    (folder / "release.json").write_text(json.dumps(values), encoding="utf-8")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone at 0.1.0 with a key that signs."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("HOME", str(tmp_path))
    root = tmp_path / "clone"
    (root / "kit").mkdir(parents=True)
    (root / "kit/__init__.py").write_text('"""Kit."""\n\n__version__ = "0.1.0"\n', encoding="utf-8")
    (root / "publiccode.yml").write_text(
        'name: Kit\nsoftwareVersion: 0.1.0\nreleaseDate: "2026-01-01"\n', encoding="utf-8"
    )
    (root / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
    record(root / "tests/releases/baseline", is_released=False, version="0.1.0")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    for name, value in {
        "user.name": "Ani",
        "user.email": "ani@kit.example",
        "gpg.format": "ssh",
        "user.signingKey": f"{key}.pub",
    }.items():
        git(root, "config", name, value)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "All")
    return root


def test_a_release_is_a_commit_with_its_record_and_a_signed_tag(clone: Path, tmp_path: Path) -> None:
    one = Release(clone, "0.1.0", record)
    assert one.problems() == []
    one.perform(TODAY)
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "log", "-1", "--format=%s").strip() == "Release 0.1.0"
    assert [(one.version, one.folder.name) for one in recorded(clone / "tests/releases")] == [("0.1.0", "0.1.0")]
    changelog = (clone / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog == CHANGELOG.replace("[Unreleased]\n", "[Unreleased]\n\n## [0.1.0] - 2027-01-31\n")
    assert 'releaseDate: "2027-01-31"' in (clone / "publiccode.yml").read_text(encoding="utf-8")
    allowed = tmp_path / "allowed"
    allowed.write_text(f"ani@kit.example {(tmp_path / 'key.pub').read_text()}", encoding="utf-8")
    said = subprocess.run(
        ["git", "-c", f"gpg.ssh.allowedSignersFile={allowed}", "-C", str(clone), "tag", "--verify", "v0.1.0"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert 'Good "git" signature for ani@kit.example' in said.stderr
    assert "- One thing.\n- Another." in said.stdout
    assert Release(clone, "0.2.0", record).problems() == [
        "CHANGELOG.md: nothing stands under Unreleased: say what is new, for those who upgrade."
    ]


def test_every_problem_is_told_at_once_and_nothing_is_changed(clone: Path) -> None:
    record(clone / "tests/releases/0.3.0")
    (clone / "kit/__init__.py").write_text('__version__ = "0.3.0"\n', encoding="utf-8")
    (clone / "CHANGELOG.md").write_text(
        "## [0.1.0]\n## [0.2.0] - 2027-01-01\n## [0.2.0] - 2026-12-01\n", encoding="utf-8"
    )
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", "More")
    git(clone, "switch", "-qc", "other")
    git(clone, "tag", "v0.2.0")
    git(clone, "config", "--unset", "user.signingKey")
    (clone / "new file").touch()
    before = git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD")
    *found, key = Release(clone, "0.2.0", record).problems()
    assert found == [
        "The tag v0.2.0 is there already: choose the next version.",
        "0.2.0 does not come after 0.3.0, the last release.",
        "0.2.0 does not come after 0.3.0, which kit/__init__.py says.",
        "This is branch other: `git switch main`.",
        'Not committed: "new file". Commit or remove them.',
        "CHANGELOG.md: the first section must be `## [Unreleased]`.",
        "CHANGELOG.md:3: versions go from new to old, each once.",
        "CHANGELOG.md: nothing stands under Unreleased: say what is new, for those who upgrade.",
    ]
    assert key.startswith("No key signs here (")
    assert "`git config user.signingKey KEY`" in key
    assert (git(clone, "status", "--porcelain"), git(clone, "rev-parse", "HEAD")) == before
    assert Release(clone, "0.2", record).problems()[0] == "'0.2' is no version such as 1.2.3."


def test_killed_anywhere_the_same_command_goes_on(clone: Path) -> None:
    def killed(folder: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Release(clone, "0.2.0", killed).perform(TODAY)
    again = Release(clone, "0.2.0", record)
    assert again.problems() == []
    git(clone, "config", "user.signingKey", "/no/such.pub")
    with pytest.raises(OutsideError, match="git tag --sign failed"):
        again.perform(TODAY)
    assert again.is_committed()
    assert [problem[:17] for problem in again.problems()] == ["No key signs here"]
    git(clone, "config", "user.signingKey", str(clone.parent / "key.pub"))
    assert again.problems() == []
    again.perform(TODAY)
    assert git(clone, "tag", "--list").split() == ["v0.2.0"]
    assert git(clone, "log", "--format=%s").split("\n")[:2] == ["Release 0.2.0", "All"]
    assert git(clone, "status", "--porcelain") == ""


def test_a_check_that_fails_keeps_its_words(tmp_path: Path) -> None:
    commands = (("Good", ["true"]), ("Bad", ["sh", "-c", "echo column dropped >&2; exit 1"]))
    assert failed_checks(tmp_path, commands) == ["Bad:\ncolumn dropped"]


def test_records_are_read_strictly(tmp_path: Path) -> None:
    record(tmp_path / "0.10.0")
    record(tmp_path / "0.9.0")
    record(tmp_path / "baseline", is_released=False, version="0.1.0")
    assert [one.version for one in recorded(tmp_path)] == ["0.1.0", "0.9.0", "0.10.0"]
    assert [one.version for one in released(tmp_path)] == ["0.9.0", "0.10.0"]
    (tmp_path / "0.9.0/release.json").write_text('{"version": "next"}', encoding="utf-8")
    with pytest.raises(KitError, match=r"0\.9\.0/release\.json is no record of a release"):
        recorded(tmp_path)
    with pytest.raises(ValueError, match=r"'1\.2\.x' is no version such as 1\.2\.3"):
        numbers("1.2.x")


def test_the_kits_own_changelog_is_in_order() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog_problems(text, pending=False) == []
    assert section(text, "0.0.0") == []
