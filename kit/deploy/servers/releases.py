"""A release is a commit: its name is a digest of the code, its archive comes from git."""

import hashlib
import shutil
import subprocess
from pathlib import Path

from kit.errors import KitError

PARTS = ("apps", "custom")


def release_of(repository: Path) -> str:
    """The name of the release at the repository's HEAD: 12 hexadecimal digits of the digest of its code.

    Raises KitError where the code has changes that are not committed, or a merge is under way: nothing is deployed
    that nobody can find again.
    """
    changed = _git(repository, "status", "--porcelain", "--untracked-files=no", "--", *PARTS, "deploy").splitlines()
    if changed:
        names = ", ".join(line[3:] for line in changed[:5])
        raise KitError(
            f"{repository} has changes that are not committed: {names}. "
            "Commit them (`git commit -a`) or take them back, then run this again."
        )
    trees = [_git(repository, "rev-parse", "--verify", "--quiet", f"HEAD:{part}") for part in PARTS]
    return hashlib.sha256("\n".join(trees).encode()).hexdigest()[:12]


def archive(repository: Path, release: str, folder: Path) -> Path:
    """The release as a compressed archive in *folder*, made once."""
    file = folder / f"{release}.tar.gz"
    if not file.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in folder.glob("*.tar.gz*"):
            old.unlink()
        partial = file.with_name(f"{file.name}.part")
        _git(repository, "archive", "--format=tar.gz", "-3", f"--output={partial}", "HEAD", "--", *PARTS)
        partial.rename(file)
    return file


def _git(repository: Path, *arguments: str) -> str:
    command = [shutil.which("git") or "git", "-C", str(repository), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise KitError(f"git {arguments[0]} failed in {repository}: {done.stderr.strip() or 'no such part'}")
    return done.stdout.strip()


def commit(repository: Path, path: str, message: str) -> None:
    """Commit one file of the kit's own making in the region's repository."""
    _git(repository, "add", "--", path)
    identity = ("-c", "user.name=kit", "-c", "user.email=kit@localhost", "-c", "commit.gpgSign=false")
    _git(repository, *identity, "commit", "--quiet", "--no-verify", "-m", message, "--", path)
