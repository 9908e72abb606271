"""The base image: a bare Debian server, made once for each release and set of settings."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.errors import OutsideError
from kit.lab import cgroups, mounts
from kit.lab.commands import run, watch
from kit.lab.settings import Settings

USER = "admin"
"""The account lab hosts are entered with; it may sudo without a password."""

PACKAGES = ("ca-certificates", "dbus", "openssh-server", "sudo")
"""What a host has beyond Debian's packages of priority important: SSH and a user with sudo, nothing else."""

_RECIPE = "1"
"""Raise it when this module makes a different image of the same settings."""

_KEPT = 3
_HOOKS = Path("/usr/share/mmdebstrap/hooks/file-mirror-automount")
Tell = Callable[[str], None]


def cache() -> Path:
    """Where images are kept: ``$KIT_LAB_CACHE``, or /var/cache/kit-lab."""
    return Path(os.environ.get("KIT_LAB_CACHE") or "/var/cache/kit-lab").absolute()


def image_of(release: str, settings: Settings, group: str, tell: Tell) -> Path:
    """The image's directory, made if it is not there yet (about half a minute); *group* holds the builder's processes.

    *tell* hears what is being done. Raises OutsideError with the builder's last words if it fails.
    """
    path = cache() / f"{release}-{_RECIPE}-{settings.digest()[:12]}"
    if path.is_dir():
        os.utime(path)
        return path
    cache().mkdir(parents=True, exist_ok=True)
    cache().chmod(0o700)  # pip and proxy settings may hold a password
    with _locked(cache() / "lock", tell):
        if not path.is_dir():
            for left in cache().glob("*.partial*"):
                discard(left)
            partial = path.with_name(f"{path.name}.partial")
            _build(release, settings, partial, group, tell)
            _furnish(partial, settings)
            partial.rename(path)
            _forget_old(release)
    return path


def discard(tree: Path) -> None:
    """Remove an image or a part of one; never enters a file system that is mounted inside it."""
    if tree.is_file():
        tree.unlink()
        return
    mounts.unmount_below(tree)
    shutil.rmtree(tree, ignore_errors=True)


def _forget_old(release: str) -> None:
    """Keep the images of a release that were used last: runs with other proxies or pip settings alternate."""
    images = sorted(cache().glob(f"{release}-*"), key=lambda image: -image.stat().st_mtime)
    for old in images[_KEPT:]:
        if not mounts.lower_in_use(old):
            discard(old)


@contextmanager
def _locked(path: Path, tell: Tell) -> Iterator[None]:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("waiting for another run that is making an image")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build(release: str, settings: Settings, target: Path, group: str, tell: Tell) -> None:
    sources = target.with_name(f"{target.name}.sources")
    options = target.with_name(f"{target.name}.conf")
    sources.write_text(settings.sources, encoding="utf-8")
    options.write_text(settings.apt, encoding="utf-8")
    local = ["--hook-dir", str(_HOOKS)] if any(kind in settings.sources for kind in ("file:", "copy:")) else []

    def progress(line: str) -> None:
        if line.startswith("I: "):
            tell(line[3:])

    command = [
        *("mmdebstrap", "--mode=root", "--variant=important", f"--aptopt={options}", f"--include={','.join(PACKAGES)}"),
        *(*local, release, str(target), str(sources)),
    ]
    cgroups.create(group, ("builder",))
    try:
        code, lines = watch(cgroups.into(group, "builder", command), progress)
    finally:
        cgroups.kill(group)
        cgroups.remove(group)
        sources.unlink()
        options.unlink()
    if code:
        discard(target)
        words = "\n".join(f"    {line}" for line in lines[-8:])
        raise OutsideError(f"the base image of Debian {release} could not be made. mmdebstrap said last:\n{words}")


def _furnish(tree: Path, settings: Settings) -> None:
    """Make a server of a bare system: account, sources, network from systemd, no keys and no identity of its own."""
    for stale in (*tree.glob("etc/apt/sources.list.d/*"), *tree.glob("etc/ssh/ssh_host_*"), tree / "etc/hostname"):
        stale.unlink(missing_ok=True)
    (tree / "etc/apt/sources.list").unlink(missing_ok=True)
    _put(tree, "etc/apt/sources.list.d/debian.sources", settings.sources)
    _put(tree, "etc/apt/apt.conf.d/90machine", settings.apt)
    _put(tree, "etc/pip.conf", settings.pip)
    _put(tree, "etc/environment", settings.environment)
    _put(tree, f"etc/sudoers.d/90-{USER}", f"{USER} ALL=(ALL:ALL) NOPASSWD: ALL\n", mode=0o440)
    _put_bytes(tree / "etc/machine-id", b"")
    for name, content in settings.keyrings.items():
        _put_bytes(tree / name.lstrip("/"), content)
    for name, content in settings.certificates.items():
        _put_bytes(tree / "usr/local/share/ca-certificates" / name, content)
    inside = ("env", "--unset=TMPDIR", "chroot", str(tree))  # this machine's place for temporary files is not in there
    run(*inside, "update-ca-certificates")
    run(*inside, "useradd", "--create-home", "--shell", "/bin/bash", "--comment", "Administrator", USER)
    run("systemctl", f"--root={tree}", "enable", "systemd-networkd.service", "ssh.service")


def _put(tree: Path, name: str, content: str, mode: int = 0o644) -> None:
    if content:
        _put_bytes(tree / name, content.encode())
        (tree / name).chmod(mode)


def _put_bytes(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(0o644)
