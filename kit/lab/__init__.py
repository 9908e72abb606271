"""Disposable real Debian hosts on this machine, with systemd, sshd and an address of their own.

    with Lab(directory) as lab:
        host = lab.up("web1", release="trixie")
        host.ssh("sudo", "whoami")

To whoever comes in over SSH a lab host is a server like any other: nothing that deploys knows of this package.
"""

from kit.lab.hosts import Host
from kit.lab.lab import Lab

__all__ = ["Host", "Lab"]
