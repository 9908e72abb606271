"""`deploy/install.yml`: read strictly, since the region may change it."""

from pathlib import Path

import pytest

from kit.deploy.servers import installation
from kit.deploy.servers.desired import Platform, files_of
from kit.errors import KitError

DB = frozenset({"db"})


def test_packages_services_and_files_of_a_role(repository: Path) -> None:
    read = installation.read(repository)
    assert read.packages_of(DB) == ("curl", "postgresql")
    assert read.services_of(DB) == ()
    assert read.services_of(frozenset({"web"})) == ("nginx.service",)
    (file,) = files_of(read, DB, Platform("trixie", 4000))
    assert (file.path, file.content) == ("/etc/postgresql/17/main/conf.d/10-kit.conf", b"shared_buffers = 1000MB\n")
    assert [file for file in files_of(read, frozenset({"web"}), Platform("trixie", 4000)) if file.content] == []


def test_an_unknown_release_of_debian_is_refused(repository: Path) -> None:
    with pytest.raises(KitError, match=r"^The server runs buster; the kit knows bookworm, trixie, jammy, noble\.$"):
        files_of(installation.read(repository), DB, Platform("buster", 4000))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{role: db, file: ../outside, path: /etc/x}", "there is no file '../outside'"),
        ("{role: db, file: kit.conf, path: etc/x}", "must be an absolute path"),
        ("{role: db, file: kit.conf, path: /etc/../x}", "must be an absolute path"),
        ("{role: db, file: kit.conf, path: '/etc/a b'}", "without blanks"),
        ("{role: other, file: kit.conf, path: /etc/x}", "`role` must be all, web, db, not 'other'"),
        ("{role: db, file: kit.conf, path: /etc/x, mode: 420}", "`mode` must be written as text"),
        ("{role: db, file: kit.conf, path: /etc/x, run: rm}", "may only hold"),
    ],
)
def test_entries_that_cannot_be_used_are_named(repository: Path, row: str, words: str) -> None:
    (repository / "outside").write_text("x", encoding="utf-8")
    (repository / "deploy" / "install.yml").write_text(f"files:\n  - {row}\n", encoding="utf-8")
    with pytest.raises(KitError, match="entry 1 of files") as caught:
        installation.read(repository)
    assert words in str(caught.value)


def test_the_regions_own_lines_for_nginx_have_their_places(repository: Path) -> None:
    web = frozenset({"web"})
    places = [f"/etc/nginx/kit/custom/{name}.conf" for name in ("http", "server")]
    without = files_of(installation.read(repository), web, Platform("trixie", 4000))
    assert [(file.path, file.content, file.service) for file in without] == [(path, None, "nginx") for path in places]
    snippets = repository / "custom" / "nginx"
    snippets.mkdir(parents=True)
    (snippets / "server.conf").write_text("deny 10.0.0.1;\n", encoding="utf-8")
    read = installation.read(repository)
    http, server = files_of(read, web, Platform("trixie", 4000))
    assert (http.content, server.content) == (None, b"deny 10.0.0.1;\n")
    assert server.source == "custom/nginx/server.conf"
    assert files_of(read, DB, Platform("trixie", 4000))[0].source == "deploy/kit.conf"
    (snippets / "sites.conf").write_text("", encoding="utf-8")
    with pytest.raises(KitError, match=r"sites\.conf is not used: custom/nginx may hold http\.conf and server\.conf"):
        installation.read(repository)
