"""Names, subnets, needs and what is printed, without booting anything."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kit.cli.main import cli
from kit.errors import OutsideError, UsageError
from kit.lab import needs, network
from kit.lab.hosts import Host, Record, as_profile
from kit.lab.lab import _check
from kit.lab.names import Names, host_name


def test_names_fit_the_kernel_and_differ_between_labs(tmp_path: Path) -> None:
    one, two = Names.of(tmp_path / "one"), Names.of(tmp_path / "two")
    assert one != two
    assert one == Names.of(tmp_path / "one")
    for name in (one.bridge, one.link(239)):
        assert len(name) <= 15  # IFNAMSIZ - 1
    assert one.link(1).startswith(one.link_prefix)
    assert one.group("build").startswith(one.group_prefix)


@given(st.text(max_size=40))
def test_a_host_name_is_taken_or_refused(text: str) -> None:
    try:
        taken = host_name(text)
    except UsageError:
        return
    assert taken == text
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert text[0].isalpha()
    assert text[-1] != "-"


@pytest.mark.parametrize("text", ["../x", "a/b", "", "a b", "A", "-a", "a-", "1a", "a" * 33, "a\n"])
def test_bad_host_names(text: str) -> None:
    with pytest.raises(UsageError):
        host_name(text)


@pytest.mark.parametrize(
    ("release", "memory", "disk"), [("sid", None, None), ("trixie", 0, None), ("trixie", None, -1)]
)
def test_bad_sizes_and_releases(release: str, memory: int | None, disk: int | None) -> None:
    with pytest.raises(UsageError):
        _check("web", release, memory, disk)


def test_a_taken_subnet_is_avoided(monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(*taken: str, wanted: str | None = None) -> str:
        monkeypatch.setattr(network, "_taken", lambda: iter(map(network.Subnet, taken)))
        return str(network._choose(wanted))

    assert choose() == "10.213.7.0/24"
    assert choose("10.213.0.0/20") == "10.213.16.0/24"
    assert choose("10.213.0.0/16", "192.168.0.0/16") == "10.214.7.0/24"
    assert choose("10.213.7.0/24", wanted="10.213.25.0/24") == "10.213.25.0/24"
    assert choose("10.213.25.0/28", wanted="10.213.25.0/24") == "10.213.7.0/24"
    with pytest.raises(OutsideError, match="no free subnet"):
        choose("10.0.0.0/8")


def test_addresses_stay_within_the_subnet() -> None:
    subnet = network.Subnet("10.213.7.0/24")
    assert network.gateway(subnet) == "10.213.7.1"
    assert network.address(subnet, 1) == "10.213.7.10"
    assert network.address(subnet, 239) == "10.213.7.248"


def test_all_that_is_missing_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(needs.shutil, "which", lambda tool, path: None if tool in {"nft", "mmdebstrap"} else "/x")
    with pytest.raises(OutsideError) as told:
        needs.require()
    assert "need root" in str(told.value)
    assert "missing: mmdebstrap, nft. As root: apt install mmdebstrap nftables" in str(told.value)


def test_a_record_cut_off_by_a_kill_is_none(tmp_path: Path) -> None:
    record = Record("web", 1, "trixie", "10.213.7.10", 512)
    record.write(tmp_path / "host.json")
    assert Record.read(tmp_path / "host.json") == record
    (tmp_path / "host.json").write_text('{"name": "we', encoding="utf-8")
    assert Record.read(tmp_path / "host.json") is None
    assert Record.read(tmp_path / "absent.json") is None


def test_lines_for_the_profile() -> None:
    def lines(*names: str) -> dict:
        hosts = [Host(name, "10.0.0.1", "admin", Path("/k e:y"), Path("/known")) for name in names]
        return yaml.safe_load(as_profile(hosts))["hosting"]

    single = lines("srv")
    assert single["topology"] == "single"
    assert single["servers"] == [{"name": "srv", "address": "10.0.0.1", "user": "admin"}]
    assert single["ssh"] == {"key": "/k e:y", "known_hosts": "/known"}
    assert [one["roles"] for one in lines("db1", "web1", "web2")["servers"]] == [["db"], ["web"], ["web"]]
    assert [one["roles"] for one in lines("web1", "web2")["servers"]] == [["web"], ["db"]]


def test_wrong_usage_is_said_before_anything_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_STATE", str(tmp_path))
    for arguments in (
        ["lab", "down"],
        ["lab", "down", "web", "--all"],
        ["lab", "up"],
        ["lab", "up", "x", "--release", "sid"],
    ):
        assert CliRunner().invoke(cli, arguments).exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(bool(needs.missing()), reason="; ".join(needs.missing()))
def test_an_empty_lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_STATE", str(tmp_path))
    assert CliRunner().invoke(cli, ["lab", "list"]).output.startswith("No lab servers.")
    assert json.loads(CliRunner().invoke(cli, ["lab", "list", "--json"]).output) == []
    assert CliRunner().invoke(cli, ["lab", "down", "nobody"]).exit_code == 2
