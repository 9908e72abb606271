"""What Ansible is told: who lacks packages, which server makes the release, and which get it from there."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from kit.deploy.servers import changing
from kit.deploy.servers.changing import Work
from kit.deploy.servers.desired import Desired, Platform
from kit.deploy.servers.differences import differences
from kit.deploy.servers.hosts import Server
from kit.deploy.servers.survey import Found


def work(name: str, wanted: Desired, found: Found) -> Work:
    """A server of this name, as it was found."""
    server = Server(name, "192.0.2.1", "admin", 22, wanted.roles, None, None)
    return Work(server, wanted, differences(wanted, found), changing.kind_if_bare(found))


def bare(codename: str = "bookworm", machine: str = "x86_64") -> Found:
    """A server with nothing on it."""
    return Found(Platform(codename, 2048), machine)


def test_of_three_bare_servers_the_first_makes_the_release(wanted: Desired) -> None:
    works = [work(name, wanted, bare()) for name in ("web1", "web2", "web3")]
    assert changing.makers(works) == {"web1": "web1", "web2": "web1", "web3": "web1"}


def test_two_make_it_beside_each_other(wanted: Desired) -> None:
    assert changing.makers([work(name, wanted, bare()) for name in ("web1", "web2")]) == {}


def test_only_servers_of_one_kind_give_each_other(wanted: Desired) -> None:
    kinds = (("bookworm", "x86_64"), ("bookworm", "aarch64"), ("trixie", "x86_64"))
    works = [work(f"web{number}", wanted, bare(*kinds[number % 3])) for number in range(9)]
    assert changing.makers(works) == {f"web{number}": f"web{number % 3}" for number in range(9)}
    assert changing.makers(works[:6]) == {}


def test_who_holds_a_release_or_runs_no_app_takes_none(wanted: Desired, ready: Found) -> None:
    database = replace(wanted, apps=(), release="")
    held = bare()
    held.releases = {"000000000000"}
    works = [work("web1", wanted, held), work("web2", wanted, ready), work("db1", database, bare())]
    works += [work(name, wanted, bare()) for name in ("web3", "web4")]
    assert changing.makers(works) == {}
    assert changing.makers([*works, work("web5", wanted, bare())]) == {
        "web3": "web3",
        "web4": "web3",
        "web5": "web3",
    }


@pytest.mark.parametrize(("name", "here", "gives"), [("web1", True, True), ("web2", False, False)])
def test_the_inventory_says_who_gives_and_where_it_lies_meanwhile(
    wanted: Desired, tmp_path: Path, name: str, here: bool, gives: bool
) -> None:
    works = [work(one, wanted, bare()) for one in ("web1", "web2", "web3")]
    changing.write_inventory(works, tmp_path / "inventory", tmp_path, None)
    text = (tmp_path / "inventory" / "host_vars" / f"{name}.yml").read_text("utf-8")
    assert [line for line in text.splitlines() if line.startswith(("code_made_here", "code_giv"))] == [
        f"code_made_here: {here}".lower(),
        f"code_gives: {gives}".lower(),
        f'code_given: !unsafe "{tmp_path}/given-web1.tar.zst"',
    ]
    (tmp_path / "given-web1.tar.zst").touch()
    changing.clear(tmp_path)
    assert not (tmp_path / "given-web1.tar.zst").exists()


def test_only_servers_that_lack_packages_are_given_them(wanted: Desired, ready: Found, tmp_path: Path) -> None:
    lacking = replace(ready, packages=ready.packages - {"zstd"})
    works = [work("web1", wanted, ready), work("web2", wanted, lacking)]
    file = changing.write_inventory(works, tmp_path / "inventory", tmp_path, None)
    groups = yaml.safe_load(file.read_text("utf-8"))
    assert set(groups["servers"]["hosts"]) == {"web1", "web2"}
    assert set(groups["lacking"]["hosts"]) == {"web2"}
    assert set(changing.variables(works[1], None)["wanted_packages"]) == {"python3", "zstd", *wanted.packages}


def test_the_files_of_the_apps_come_with_the_release_or_without_one(wanted: Desired, ready: Found) -> None:
    with_it, without = (changing.variables(work("web1", wanted, found), None) for found in (bare(), ready))
    assert with_it["instance_files"] == []
    assert without["instance_files"] == with_it["code_files"] != []
