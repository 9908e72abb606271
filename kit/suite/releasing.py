"""Releasing a version of the kit: what must be so before, the commit, and the signed tag."""

import datetime as dt
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError, OutsideError
from kit.suite.releases import numbers, released

_VERSION = re.compile(r'^__version__ = "([^"]*)"$', re.MULTILINE)
_PUBLIC = re.compile(r"^softwareVersion: (.*)$", re.MULTILINE)
_PUBLIC_DATE = re.compile(r'^releaseDate: "?([^"\n]*)"?$', re.MULTILINE)
_UNRELEASED = "## [Unreleased]"
_HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?P<date> - \d{4}-\d\d-\d\d)?$")
_SIGNING = ("user.name", "user.email", "user.signingKey", "gpg.format", "gpg.program", "gpg.ssh.program")
_FILES = ("kit/__init__.py", "publiccode.yml", "CHANGELOG.md")


@dataclass(frozen=True)
class Release:
    """A version to be released from the clone at ``root``. ``record`` writes its record into a folder."""

    root: Path
    version: str
    record: Callable[[Path], None]

    @property
    def tag(self) -> str:
        """The name of its tag."""
        return f"v{self.version}"

    @property
    def place(self) -> Path:
        """Where its record is."""
        return self.root / "tests" / "releases" / self.version

    def problems(self) -> list[str]:
        """What keeps it from being released, each as a sentence: all at once. Nothing is changed."""
        found = changelog_problems(self._read("CHANGELOG.md"), pending=not self._is_begun())
        return [*self._version_problems(), *self._tree_problems(), *found, *self._key_problems()]

    def is_committed(self) -> bool:
        """Whether an earlier call was stopped after the commit: only the tag is missing."""
        return self._git("log", "-1", "--format=%s").strip() == self._message

    def _is_begun(self) -> bool:
        """Whether an earlier call has written the version."""
        return bool(section(self._read("CHANGELOG.md"), self.version))

    @property
    def _message(self) -> str:
        return f"Release {self.version}"

    def _version_problems(self) -> list[str]:
        try:
            wanted = numbers(self.version)
        except ValueError as error:
            return [f"{error}."]
        found = []
        if is_signed(self.root, self.tag) or (self._git("tag", "--list", self.tag) and not self.is_committed()):
            found.append(f"The tag {self.tag} is there already: choose the next version.")
        before = [one.version for one in released(self.place.parent) if one.version != self.version]
        if before and wanted <= numbers(before[-1]):
            found.append(f"{self.version} does not come after {before[-1]}, the last release.")
        mine = _one(_VERSION, self._read("kit/__init__.py"))
        if numbers(mine) > wanted:
            found.append(f"{self.version} does not come after {mine}, which kit/__init__.py says.")
        return found

    def _tree_problems(self) -> list[str]:
        branch = self._git("symbolic-ref", "--quiet", "--short", "HEAD", allow=True).strip()
        found = [] if branch == "main" else [f"This is branch {branch or '(none)'}: `git switch main`."]
        lines = self._git("status", "--porcelain", "--untracked-files=normal").splitlines()
        changed = [line[3:] for line in lines if not self._is_own(line[3:])]
        if changed:
            more = f" and {len(changed) - 5} more" if len(changed) > 5 else ""
            found.append(f"Not committed: {', '.join(changed[:5])}{more}. Commit or remove them.")
        return found

    def _is_own(self, path: str) -> bool:
        """Whether a change is what a killed call of the same release has left."""
        own = tuple(f"tests/releases/{name}/" for name in (self.version, f".{self.version}.part", "baseline"))
        return self._is_begun() and (path in _FILES or path.startswith(own))

    def _key_problems(self) -> list[str]:
        """Try the key on a tag of a repository of its own; nothing is left of it."""
        with tempfile.TemporaryDirectory(prefix="kit-sign-") as folder:
            git(Path(folder), "init", "--quiet")
            empty = git(Path(folder), "hash-object", "-t", "tree", "-w", "/dev/null").strip()
            settings = [
                part
                for name in _SIGNING
                if (value := self._git("config", "--get", name, allow=True).strip())
                for part in ("-c", f"{name}={value}")
            ]
            try:
                commit = git(Path(folder), *settings, "commit-tree", empty, "-m", "try").strip()
                sign(Path(folder), settings, "try", "try", commit)
            except OutsideError as error:
                said = str(error).splitlines()[-1].strip()
                advice = "for a key of SSH with `git config gpg.format ssh` and the path of its .pub file"
                return [f"No key signs here ({said}). Name one: `git config user.signingKey KEY`, {advice}."]
        return []

    def perform(self, today: dt.date) -> None:
        """Write the version, record it, commit, and tag. Killed anywhere, the same call goes on.

        Raises OutsideError where git or the recording fails; the commit, if it was made, stays.
        """
        if not self.is_committed():
            self._write(today)
            if not (self.place / "release.json").is_file():
                self.record(self.place)
            shutil.rmtree(self.place.parent / "baseline", ignore_errors=True)  # the first release takes its place
            self._git("add", "--all", "--", *_FILES, "tests/releases")
            self._git("commit", "--quiet", "-m", self._message)
        words = "\n".join(section(self._read("CHANGELOG.md"), self.version))
        sign(self.root, (), self.tag, f"{self._message}\n\n{words}", "HEAD")

    def _write(self, today: dt.date) -> None:
        """Each file is whole whenever it is looked at, and right after a second call too."""
        public = _PUBLIC.sub(f"softwareVersion: {self.version}", self._read("publiccode.yml"))
        public = _PUBLIC_DATE.sub(f'releaseDate: "{today.isoformat()}"', public)
        changelog = self._read("CHANGELOG.md")
        heading = f"## [{self.version}] - {today.isoformat()}"
        if f"\n## [{self.version}]" not in changelog:
            changelog = changelog.replace(_UNRELEASED, f"{_UNRELEASED}\n\n{heading}", 1)
        code = _VERSION.sub(f'__version__ = "{self.version}"', self._read("kit/__init__.py"))
        for name, text in zip(_FILES, (code, public, changelog), strict=True):
            partial = self.root / f"{name}.part"
            partial.write_text(text, encoding="utf-8")
            partial.rename(self.root / name)

    def _read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def _git(self, *arguments: str, allow: bool = False) -> str:
        return git(self.root, *arguments, allow=allow)


def changelog_problems(text: str, *, pending: bool) -> list[str]:
    """What is wrong with a changelog. *pending*: there must be something under Unreleased."""
    found = []
    headings = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.startswith("## ")]
    matches = [(number, line, _HEADING.match(line)) for number, line in headings]
    if not headings or headings[0][1] != _UNRELEASED:
        found.append(f"CHANGELOG.md: the first section must be `{_UNRELEASED}`.")
    versions = []
    for number, line, match in matches[1:]:
        if match is None or not match["date"]:
            found.append(f"CHANGELOG.md:{number}: write `## [1.2.3] - 2027-01-31`, not `{line}`.")
            continue
        try:
            versions.append((number, numbers(match["version"])))
        except ValueError as error:
            found.append(f"CHANGELOG.md:{number}: {error}.")
    for (number, later), (_, earlier) in zip(versions[1:], versions, strict=False):
        if later >= earlier:
            found.append(f"CHANGELOG.md:{number}: versions go from new to old, each once.")
    if pending and not [line for line in section(text, "Unreleased") if line.startswith("- ")]:
        found.append("CHANGELOG.md: nothing stands under Unreleased: say what is new, for those who upgrade.")
    return found


def section(text: str, version: str) -> list[str]:
    """The lines of a version's section, without blank ones at its ends."""
    lines: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("## "):
            inside = line.startswith(f"## [{version}]")
        elif inside:
            lines.append(line)
    return "\n".join(lines).strip("\n").splitlines()


def _one(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    if match is None:
        raise KitError(f"kit/__init__.py does not say the version as {pattern.pattern!r} expects.")
    return match[1]


def git(folder: Path, *arguments: str, allow: bool = False) -> str:
    """Run git as the maintainer has set it up. Raises OutsideError with its words unless *allow*."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_DIR")}
    done = subprocess.run(
        [shutil.which("git") or "git", "-C", str(folder), *arguments],
        env=environment | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode and not allow:
        raise OutsideError(f"git {' '.join(arguments[:2])} failed:\n{done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def failed_checks(root: Path, commands: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Run the checks of migrations and of upgrades; what each that fails says, under its name."""
    found = []
    for name, command in commands:
        done = subprocess.run(
            command, cwd=root, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
        )
        if done.returncode:
            found.append(f"{name}:\n{(done.stderr.strip() or done.stdout.strip())[-4000:]}")
    return found


def sign(folder: Path, settings: Sequence[str], tag: str, words: str, commit: str) -> None:
    """Make a signed tag. Raises OutsideError where nothing signs: git itself may make an unsigned one, exit code 0."""
    git(folder, *settings, "tag", "--force", "--sign", "-m", words, tag, commit)
    if not is_signed(folder, tag):
        git(folder, "tag", "--delete", tag)
        raise OutsideError(f"git tag --sign failed:\nit made no signature for {tag} (is the key there?)")


def is_signed(folder: Path, tag: str) -> bool:
    """Whether the tag is there and bears a signature; whose is not judged."""
    return "\n-----BEGIN " in git(folder, "cat-file", "tag", f"refs/tags/{tag}", allow=True)
