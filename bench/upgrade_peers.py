"""The peers of bench/upgrade.py: one template in copier's and in cruft's form, and their updates on the same trees."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PEERS = ("copier==9.19.1", "cruft==2.16.0")
GIT = ("git", "-c", "user.name=Ani", "-c", "user.email=ani@daerah.example", "-c", "commit.gpgSign=false")

Tree = dict[str, tuple[bytes, bool]]
"""Bytes and executable bit by path."""


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code, wall and CPU seconds with its children's, what it said."""

    code: int
    wall: float
    cpu: float
    said: str


def environment(home: Path) -> dict[str, str]:
    """Nothing of this machine's git; a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "KIT_", "PYTHON"))}
    own = {
        "HOME": str(home),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    (home / "gitconfig").write_text(
        '[user]\nname = Ani\nemail = ani@daerah.example\n[protocol "file"]\nallow = always\n', encoding="utf-8"
    )
    return kept | own


def git(folder: Path, *arguments: str) -> str:
    """Plain git."""
    done = subprocess.run([*GIT, "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"git {' '.join(arguments)} failed in {folder}: {done.stderr.strip()}")
    return done.stdout


def write(folder: Path, tree: Tree) -> None:
    """Make *folder* hold the tree and nothing else but its .git."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, (data, executable) in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        path.chmod(0o755 if executable else 0o644)


def commit(folder: Path, words: str) -> None:
    """Commit all there is."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", words)


def install(folder: Path) -> Path:
    """A throw-away virtual environment with the peers; kept where *folder* has one already. Return its programs."""
    programs = folder / "bin"
    if not (programs / "cruft").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        command = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PEERS]
        subprocess.run([*command, "setuptools<81"], check=True)  # copier and cruft still want pkg_resources
    return programs


def copier_template(folder: Path, old: Tree, new: Tree) -> None:
    """A repository with tags 1.0.0 and 2.0.0. Files are copied as they are but for two: rendering costs more."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "--initial-branch=main")
    settings = {
        "copier.yml": (b"region:\n  type: str\n  default: Kota Mataram\n", False),
        "{{_copier_conf.answers_file}}.jinja": (b"{{ _copier_answers|to_nice_yaml -}}\n", False),
        "region.txt.jinja": (b"{{ region }}\n", False),
    }
    for tag, tree in (("1.0.0", old), ("2.0.0", new)):
        write(folder, tree | settings)
        commit(folder, tag)
        git(folder, "tag", tag)


def cruft_template(folder: Path, old: Tree, new: Tree) -> None:
    """The same in cookiecutter's form."""
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "--initial-branch=main")
    defaults = {"app": "daerah", "_copy_without_render": ["*"]}
    for tag, tree in (("1.0.0", old), ("2.0.0", new)):
        inside = {f"{{{{cookiecutter.app}}}}/{path}": one for path, one in tree.items()}
        write(folder, inside | {"cookiecutter.json": (json.dumps(defaults).encode(), False)})
        commit(folder, tag)
        git(folder, "tag", tag)


def copier_made(programs: Path, template: Path, target: Path, env: dict[str, str]) -> None:
    """A project of the old version."""
    command = [
        str(programs / "copier"),
        "copy",
        "--quiet",
        "--defaults",
        "--vcs-ref",
        "1.0.0",
        str(template),
        str(target),
    ]
    subprocess.run(command, env=env, check=True, capture_output=True)
    git(target, "init", "-q", "--initial-branch=main")
    commit(target, "copier 1.0.0")


def cruft_made(programs: Path, template: Path, target: Path, env: dict[str, str]) -> None:
    """A project of the old version."""
    command = [
        str(programs / "cruft"),
        "create",
        "--no-input",
        "--checkout",
        "1.0.0",
        "--output-dir",
        str(target.parent),
    ]
    subprocess.run([*command, str(template)], env=env, check=True, capture_output=True)
    (target.parent / "daerah").rename(target)
    git(target, "init", "-q", "--initial-branch=main")
    commit(target, "cruft 1.0.0")


def update_command(programs: Path, peer: str) -> list[str]:
    """How each is brought to the new version without a question."""
    if peer == "copier":
        return [str(programs / "copier"), "update", "--quiet", "--defaults", "--vcs-ref", "2.0.0"]
    return [str(programs / "cruft"), "update", "--skip-apply-ask", "--checkout", "2.0.0"]
