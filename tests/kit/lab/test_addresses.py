"""Nothing is sent to the address of a lab server that is gone."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from kit.cli.main import cli
from kit.errors import KitError
from kit.lab import addresses
from kit.paths import ROOT

GONE = "10.213.7.10"


@pytest.fixture(autouse=True)
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lab had a server once, and no lab is up."""
    monkeypatch.setenv("KIT_LAB_CACHE", str(tmp_path / "cache"))
    up(monkeypatch)
    addresses.note("10.213.7.11", "db1", tmp_path / "a lab")
    addresses.note(GONE, "other", tmp_path / "older")
    addresses.note(GONE, "web1", tmp_path / "a lab")


def up(monkeypatch: pytest.MonkeyPatch, **bridges: str) -> None:
    """Let this machine have these bridges and no others."""
    entries = ", ".join(
        f'{{"ifname": "{name}", "addr_info": [{{"local": "{local}", "prefixlen": 24}}]}}'
        for name, local in {"eth0": "192.0.2.1", **bridges}.items()
    )
    monkeypatch.setattr(addresses, "attempt", lambda *_: SimpleNamespace(stdout=f"[{entries}]"))


def test_an_address_no_lab_has_any_more_is_refused_with_its_story() -> None:
    with pytest.raises(KitError) as refused:
        addresses.refuse_gone(["10.10.0.21", GONE])
    assert str(refused.value).startswith(f"{GONE} was the lab server web1 (")
    assert "a lab), which is gone: nothing is sent to it." in str(refused.value)
    assert addresses.book().read_text().count(GONE) == 1


def test_a_lab_that_is_up_and_true_servers_are_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    up(monkeypatch, kitlab0a1b2c="10.213.7.1")
    addresses.refuse_gone([GONE, "10.10.0.21", "web1.example.go.id"])
    up(monkeypatch, kitlab0a1b2c="10.213.16.1")
    with pytest.raises(KitError):
        addresses.refuse_gone([GONE])


def test_without_a_record_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_LAB_CACHE", str(tmp_path / "empty"))
    addresses.refuse_gone([GONE])


def test_the_record_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_MOST", 3)
    for number in range(5):
        addresses.note(f"10.214.7.{number}", "web1", tmp_path)
    kept = [line.split()[0] for line in addresses.book().read_text().splitlines()]
    assert kept == ["10.214.7.2", "10.214.7.3", "10.214.7.4"]


@pytest.mark.parametrize("command", ["doctor", "plan", "setup", "deploy", "rollback", "verify", "status"])
def test_every_command_that_goes_to_servers_refuses(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    text = (ROOT / "regions" / "52.71-kota-mataram" / "region.yml").read_text(encoding="utf-8")
    profile = tmp_path / "region.yml"
    profile.write_text(f"{text}\nhosting:\n  servers:\n    - {{name: web1, address: {GONE}, user: admin}}\n")
    done = CliRunner().invoke(cli, [command, str(profile)])
    assert done.exit_code == 1
    assert f"{GONE} was the lab server web1" in done.output
    assert not (tmp_path / "build").exists()
