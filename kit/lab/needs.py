"""What a machine must have before it can carry lab hosts."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from kit.errors import OutsideError
from kit.lab.commands import search_path

TOOLS = {
    "ip": "iproute2",
    "mmdebstrap": "mmdebstrap",
    "mkfs.ext4": "e2fsprogs",
    "mount": "mount",
    "nft": "nftables",
    "nsenter": "util-linux",
    "setpriv": "util-linux",
    "setsid": "util-linux",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "systemctl": "systemd",
    "systemd-nspawn": "systemd-container",
}
"""Program → the Debian package that brings it."""

_KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def missing() -> list[str]:
    """A sentence for each thing this machine lacks; empty if lab hosts can be booted here."""
    if not sys.platform.startswith("linux"):
        return [f"lab hosts run on Linux only, and this is {sys.platform}"]
    faults = []
    if os.geteuid() != 0:
        faults.append("lab hosts need root (mounts, network, containers): run the same command as root")
    faults += _missing_tools()
    if "overlay" not in Path("/proc/filesystems").read_text(encoding="utf-8") and not _module("overlay"):
        faults.append("this kernel has no overlay file system: run `modprobe overlay` as root")
    return faults


def require() -> None:
    """Raise OutsideError with everything that is missing, at once."""
    faults = missing()
    if faults:
        raise OutsideError("kit lab cannot boot hosts on this machine:\n" + "\n".join(f"  - {one}." for one in faults))


def _missing_tools() -> list[str]:
    absent = [tool for tool in TOOLS if not shutil.which(tool, path=search_path())]
    packages = [TOOLS[tool] for tool in absent]
    if not _KEYRING.exists():
        absent.append("the keys of Debian's archive")
        packages.append("debian-archive-keyring")
    if not absent:
        return []
    return [f"missing: {', '.join(absent)}. As root: apt install {' '.join(_once(packages))}"]


def _once(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _module(name: str) -> bool:
    """Could the kernel load module *name*?"""
    modules = Path("/lib/modules") / os.uname().release
    return any(modules.rglob(f"{name}.ko*")) if modules.is_dir() else False
