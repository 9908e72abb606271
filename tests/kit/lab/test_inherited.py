"""What a lab host takes over from the machine that carries it: sources, pip, proxies, resolver."""

from pathlib import Path

import pytest

from kit.errors import OutsideError
from kit.lab import settings, sources

BOOKWORM = 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n'

DEB822 = """\
# a comment
Types: deb deb-src
URIs: http://mirror.example.go.id/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /etc/apt/keyrings/mirror.gpg

Types: deb
URIs: file:/srv/packages
Suites: bookworm/
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: https://packages.example.com/tool
Suites: stable
Components: main

Types: deb
Enabled: no
URIs: http://off.example.com/debian
Suites: bookworm
Components: main
"""


@pytest.fixture
def apt(tmp_path: Path) -> Path:
    (tmp_path / "apt/sources.list.d").mkdir(parents=True)
    (tmp_path / "os-release").write_text(BOOKWORM, encoding="utf-8")
    return tmp_path / "apt"


def for_release(apt: Path, release: str) -> list[sources.Stanza]:
    return sources.for_release(release, apt, apt.parent / "os-release")


def test_sources_are_turned_to_the_release_and_those_of_others_left_out(apt: Path) -> None:
    (apt / "sources.list.d/debian.sources").write_text(DEB822, encoding="utf-8")
    found = for_release(apt, "trixie")
    assert [(one["URIs"], one["Suites"]) for one in found] == [
        ("http://mirror.example.go.id/debian", "trixie trixie-updates"),
        ("file:/srv/packages", "trixie/"),
    ]
    assert sources.keyrings(found) == ["/etc/apt/keyrings/mirror.gpg"]
    assert list(sources.local_paths(found)) == [Path("/srv/packages")]
    assert "Types: deb\n" in sources.text(found)
    assert "bookworm" not in sources.text(found)


def test_sources_in_one_line(apt: Path) -> None:
    lines = (
        "deb [signed-by=/k.gpg arch=amd64] http://m/debian bookworm main contrib # here\n"
        "#deb http://commented/debian bookworm main\n"
        "deb-src http://m/debian bookworm main\n"
        "deb http://other/tool bookwormish main\n"
    )
    (apt / "sources.list").write_text(lines, encoding="utf-8")
    found = for_release(apt, "bookworm")
    assert [(one["URIs"], one["Suites"], one["Components"], one["Signed-By"]) for one in found] == [
        ("http://m/debian", "bookworm", "main contrib", "/k.gpg")
    ]


def test_a_machine_without_debian_sources_takes_the_public_ones(apt: Path) -> None:
    (apt.parent / "os-release").write_text("ID=ubuntu\nVERSION_CODENAME=noble\n", encoding="utf-8")
    (apt / "sources.list").write_text("deb http://archive.ubuntu.com/ubuntu noble main\n", encoding="utf-8")
    assert [one["Suites"] for one in for_release(apt, "trixie")] == ["trixie trixie-updates", "trixie-security"]


def test_pip_settings_are_merged_as_pip_does(tmp_path: Path) -> None:
    weak, strong = tmp_path / "weak", tmp_path / "strong"
    weak.write_text("[global]\nindex-url = https://one.example/simple\ntimeout = 5\n", encoding="utf-8")
    strong.write_text("[global]\ntimeout = 60\nfind-links =\n  /srv/wheels\n  /srv/more\n", encoding="utf-8")
    found = settings._pip(
        [weak, tmp_path / "absent", strong], {"PIP_INDEX_URL": "https://two.example/simple", "HOME": "/"}
    )
    assert settings._pip_text(found) == (
        "[global]\nfind-links = /srv/wheels /srv/more\nindex-url = https://two.example/simple\ntimeout = 60\n"
    )
    assert settings._pip_text({}) == ""


def test_local_folders_are_shown_to_hosts(tmp_path: Path) -> None:
    index, wheels = tmp_path / "python/simple", tmp_path / "wheels"
    index.mkdir(parents=True)
    wheels.mkdir()
    values = [f"file://{index} https://index.example/simple", f"{wheels}", "/does/not/exist", "60"]
    assert list(settings._binds(settings._local(values))) == [tmp_path / "python", wheels]


def test_what_every_host_has_itself_is_not_shown() -> None:
    given = map(Path, ["/etc/ssl/certs/ca.crt", "/usr/share/x", "/srv/a/b", "/srv/a", "/srv/a"])
    assert list(settings._binds(given)) == [Path("/srv/a")]


def test_only_how_to_fetch_is_taken_from_apt() -> None:
    dump = [
        'Acquire "";',
        'Acquire::http::Proxy "http://proxy.example:3128";',
        'Acquire::IndexTargets::deb::Contents-deb::MetaKey "x";',
        'Acquire::Languages:: "none";',
        'DPkg::Post-Invoke:: "rm -rf /";',
    ]
    assert list(settings._acquire(dump)) == [
        'Acquire::http::Proxy "http://proxy.example:3128";\n',
        'Acquire::Languages:: "none";\n',
    ]


def test_the_resolver_must_be_reachable_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub, real = tmp_path / "stub", tmp_path / "real"
    stub.write_text("nameserver 127.0.0.53\noptions edns0\n", encoding="utf-8")
    real.write_text("# made\nnameserver 10.0.0.2\nnameserver 127.0.0.1\nsearch example.go.id\n", encoding="utf-8")
    monkeypatch.setattr(settings, "_RESOLVERS", (stub, real))
    assert settings.resolver() == "nameserver 10.0.0.2\nsearch example.go.id\n"
    monkeypatch.setattr(settings, "_RESOLVERS", (stub, tmp_path / "absent"))
    with pytest.raises(OutsideError, match="no name server"):
        settings.resolver()


def test_the_digest_knows_every_part() -> None:
    base = settings.Settings("s", "a", "p", "e")
    others = [
        settings.Settings("s2", "a", "p", "e"),
        settings.Settings("s", "a2", "p", "e"),
        settings.Settings("s", "a", "p2", "e"),
        settings.Settings("s", "a", "p", "e2"),
        settings.Settings("s", "a", "p", "e", {"/k.gpg": b"1"}),
        settings.Settings("s", "a", "p", "e", {}, {"own.crt": b"1"}),
    ]
    assert len({one.digest() for one in (base, *others)}) == 7
