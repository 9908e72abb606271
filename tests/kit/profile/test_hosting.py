"""Servers in the profile: which lists fit which topology, and what a certificate needs."""

import pytest
from pydantic import ValidationError

from kit.profile.rules import hosting
from kit.profile.rules.view import View
from kit.profile.schema.servers import ServerEntry, Ssh

BOTH = {"name": "srv", "address": "10.0.0.1", "user": "admin", "roles": ["web", "db"]}
WEB = {"name": "web1", "address": "10.0.0.2", "user": "admin", "roles": ["web"]}
WEB2 = {"name": "web2", "address": "10.0.0.3", "user": "admin", "roles": ["web"]}
DB = {"name": "db", "address": "10.0.0.4", "user": "admin", "roles": ["db"]}


def expected(section: dict, offline: bool = True) -> list[tuple[str, str]]:
    view = View({"hosting": section, "net": {"offline": offline}}, frozenset(), None)
    found = [finding for rule in hosting.RULES for finding in rule(view)]
    return [(".".join(map(str, finding.path)), finding.expected) for finding in found]


@pytest.mark.parametrize(
    "section",
    [
        {"topology": "single", "servers": []},
        {"topology": "split", "servers": []},
        {"topology": "single", "servers": [BOTH]},
        {"topology": "single", "servers": [{"name": "srv", "address": "10.0.0.1", "user": "admin"}]},
        {"topology": "split", "servers": [WEB, DB]},
        {"topology": "split", "servers": [WEB, WEB2, DB]},
        {"tls": {"mode": "provided", "certificate": "/a", "key": "/b"}},
    ],
)
def test_good(section: dict) -> None:
    assert expected(section) == []


@pytest.mark.parametrize(
    ("section", "path", "words"),
    [
        ({"topology": "single", "servers": [WEB, DB]}, "hosting.servers", "one server with roles [web, db]"),
        ({"topology": "single", "servers": [WEB]}, "hosting.servers", "one server with roles [web, db]"),
        ({"topology": "split", "servers": [WEB]}, "hosting.servers", "one server with roles [db]"),
        ({"topology": "split", "servers": [BOTH, DB]}, "hosting.servers", "one server with roles [db]"),
        ({"topology": "split", "servers": [WEB, BOTH]}, "hosting.servers", "no server with both roles"),
        (
            {"topology": "split", "servers": [WEB, DB, {**WEB, "address": "10.0.0.9"}]},
            "hosting.servers.2.name",
            "one of its own for each server",
        ),
        (
            {"topology": "split", "servers": [WEB, {**DB, "address": "10.0.0.2"}]},
            "hosting.servers.1.address",
            "one of its own for each server",
        ),
        (
            {"topology": "split", "servers": [WEB, {**DB, "address": "db.mataramkota.go.id"}]},
            "hosting.servers.1.address",
            "an IPv4 address",
        ),
        ({"tls": {"mode": "provided", "certificate": "/a"}}, "hosting.tls.key", "with hosting.tls.mode provided"),
        ({"tls": {"mode": "acme"}}, "hosting.tls.mode", "while net.offline is true"),
    ],
)
def test_bad(section: dict, path: str, words: str) -> None:
    found = expected(section)
    assert [at for at, _ in found] == [path]
    assert words in found[0][1]


def test_acme_is_fine_with_the_internet() -> None:
    assert expected({"tls": {"mode": "acme"}}, offline=False) == []


def test_acme_answers_on_one_server_only() -> None:
    section = {"topology": "split", "servers": [WEB, WEB2, DB], "tls": {"mode": "acme"}}
    found = expected(section, offline=False)
    assert found == [("hosting.tls.mode", "internal or provided, with topology split")]


def test_values() -> None:
    entry = ServerEntry.model_validate_json('{"name": "web1", "address": "10.0.0.5", "user": "admin"}')
    assert (entry.port, entry.roles) == (22, ("web", "db"))
    for bad in (
        '{"name": "-web", "address": "a.go.id", "user": "admin"}',
        '{"name": "w", "address": "a b", "user": "x"}',
    ):
        with pytest.raises(ValidationError):
            ServerEntry.model_validate_json(bad)
    for path in ("id_ed25519", "../key", "/", "~root/key"):
        with pytest.raises(ValidationError):
            Ssh(key=path)
    assert Ssh(key="~/.ssh/id").key == "~/.ssh/id"
