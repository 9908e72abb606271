"""A small installation, a bare server and one that is as it should be."""

from pathlib import Path

import pytest

from kit.deploy.servers import desired
from kit.deploy.servers.desired import Desired, Platform
from kit.deploy.servers.survey import FileFound, Found, UnitFound, instances

BOTH = frozenset({"web", "db"})


@pytest.fixture
def wanted() -> Desired:
    """One app on one server."""
    files = (
        desired.file("/etc/ssh/sshd_config.d/10-kit.conf", b"PasswordAuthentication no\n", service="ssh"),
        desired.file("/etc/nginx/kit/app.conf", b"limit_req zone=kit;\n", service="nginx"),
        desired.FileWanted("/etc/nginx/sites-enabled/default", None, service="nginx"),
        desired.secret_file("/etc/kit/credentials/hayu/SECRET_KEY", "hayu/SECRET_KEY", "geheim", "apps"),
    )
    return Desired(
        BOTH,
        ("nginx",),
        ("hayu",),
        files,
        ("nginx.service", "kit-clock@hayu.timer"),
        ("hayu",),
        ("hayu",),
        "a1b2c3d4e5f6",
    )


@pytest.fixture
def bare() -> Found:
    """A server with nothing on it."""
    return Found(Platform("bookworm", 2048))


@pytest.fixture
def ready(wanted: Desired) -> Found:
    """The server as *wanted* wants it."""
    units = (*wanted.services, *instances(wanted.apps, wanted.release))
    return Found(
        Platform("bookworm", 2048),
        packages={"python3", "zstd", "nginx"},
        users={"hayu"},
        files={
            file.path: FileFound(file.mode, "root:root", file.digest)
            for file in wanted.files
            if file.content is not None
        },
        units={name: UnitFound(enabled=True, active=True, condition=True) for name in units},
        marks={"ssh": wanted.digest("ssh"), "nginx": wanted.digest("nginx"), "app-hayu": wanted.digest("apps")},
        live={"hayu": wanted.release},
        releases={wanted.release},
        databases={"hayu"},
        health={"hayu": {"status": "ok"}},
        firewall=True,
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder deploy/ with an install.yml that names one file."""
    folder = tmp_path / "deploy"
    folder.mkdir()
    (folder / "kit.conf").write_text("shared_buffers = @25%@MB\n", encoding="utf-8")
    (folder / "install.yml").write_text(
        "packages: {all: [curl], web: [nginx], db: [postgresql]}\nservices: {web: [nginx.service]}\nfiles:\n"
        '  - {role: db, file: kit.conf, path: "/etc/postgresql/{postgresql}/main/conf.d/10-kit.conf", memory: true}\n',
        encoding="utf-8",
    )
    return tmp_path
