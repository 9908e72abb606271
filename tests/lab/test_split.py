"""Topology split: two servers with the apps behind one entry, PostgreSQL on a third."""

import json
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit.checks.inside import manage_function
from kit.lab import Host, Lab
from tests.lab.servers import KILLS, OTHER_RELEASE, Region, kill_again_and_again, state

APPS = ("sabilulungan", "hayu", "erk")
NAMES = ("web1", "web2", "db1")

_SEEN = """
cd /
runuser -u postgres -- psql -XtAq -F ' ' -c "select distinct client_addr, usename = datname, version
    from pg_stat_activity join pg_stat_ssl using (pid) where client_addr is not null"
"""
_KEPT = """
cd /
runuser -u postgres -- psql -XtAq -c "select distinct split_part(rolpassword, '$', 1) from pg_authid
    where rolcanlogin and rolname <> 'postgres'"
"""
_TIMERS = "systemctl list-timers --plain --no-legend 'kit-*' | grep -o 'kit-[a-z]*@[a-z]*.timer' | sort\n"

_HERE = """
from pathlib import Path
from django.conf import settings
from core import shared
path = Path(settings.MEDIA_ROOT) / "uji.txt"
"""
_KEEP = f"""{_HERE}
path.parent.mkdir(parents=True, exist_ok=True)
path.write_text("isi berkas")
shared.keep("files/uji.txt", path)
"""
_TAKE = f"""{_HERE}
print(shared.present("files/uji.txt", path).read_text())
"""
_OF_ONE_SERVER = """
from pathlib import Path
from django.conf import settings
from core.models import StoredFile
path = Path(settings.MEDIA_ROOT) / "lama.pdf"
path.write_text("berkas lama")
StoredFile.objects.create(owner_type="uji", owner_id="1", kind="uji", name="lama.pdf", media_type="application/pdf",
    size=11, sha256="0" * 64, path="lama.pdf")
"""
"""As it was when one server ran the app: the file is on its disk only."""
_COME_ALONG = """
from core import files
from core.models import StoredFile
print(files.read(StoredFile.objects.get(path="lama.pdf")).decode())
"""


@dataclass
class Three:
    """The servers, and what was planned, said and reached when they were set up, without and with interruption."""

    region: Region
    web: tuple[Host, Host]
    db: Host
    plan: dict[str, dict[str, list[str]]]
    said: str
    states: dict[str, list[str]]
    """Of each server after a setup that nothing interrupted."""
    kills: int
    """How often the setup that made these servers was killed."""
    mended: dict[str, list[str]]
    """Of each server after that one's last run."""


@pytest.fixture(scope="module")
def three(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Three:
    """Three bare servers, set up; then again from bare, by a setup that is killed again and again."""
    hosts = [lab.up(name, release=OTHER_RELEASE) for name in NAMES]
    region = Region(Path(tmp_path_factory.mktemp("split")), hosts)
    code, planned = region.kit("plan", "--json")
    assert code == 0, planned
    code, said = region.kit("setup")
    assert code == 0, said
    states = {host.name: state(host) for host in hosts}
    for host in hosts:
        lab.down(host.name)
        assert lab.up(host.name, release=OTHER_RELEASE) == host
    kills = kill_again_and_again(region, changes=45)
    code, again = region.kit("setup")
    assert code == 0, again
    web1, web2, db = hosts
    mended = {host.name: state(host) for host in hosts}
    return Three(region, (web1, web2), db, json.loads(planned), said, states, kills, mended)


def root(host: Host, script: str) -> str:
    """What a script says that root runs on the host."""
    done = host.ssh("sudo", "sh", "-es", feed=script, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def opens(address: str, port: int) -> bool:
    """Can the operator's machine, which is none of the servers, connect?"""
    try:
        socket.create_connection((address, port), timeout=2).close()
    except OSError:
        return False
    return True


def live(three: Three) -> set[str]:
    """The releases the app servers serve."""
    return {name for host in three.web for name in root(host, "readlink /opt/kit/live/* | sed 's|.*/||'").split()}


def test_bare_servers_end_verified(three: Three) -> None:
    items = [item for parts in three.plan.values() for listed in parts.values() for item in listed]
    assert f"changed={len(items)}" in three.said
    assert ", 0 faults" in three.said
    assert "package postgresql" in three.plan["db1"]["base"]
    assert {"passwords of the apps' roles", *(f"database {app}" for app in APPS)} <= set(three.plan["db1"]["database"])
    assert "package postgresql" not in three.plan["web1"]["base"]
    assert not {"release", "app", "web"} & three.plan["db1"].keys()


def test_killed_runs_end_where_a_whole_one_does(three: Three) -> None:
    assert three.kills >= (15 if KILLS == "all" else 2)
    assert {name: set(three.states[name]) ^ set(three.mended[name]) for name in NAMES} == {
        name: set() for name in NAMES
    }
    assert all(len(found) > 300 for found in three.states.values())


def test_a_second_run_changes_nothing(three: Three) -> None:
    code, said = three.region.kit("setup")
    assert code == 0, said
    assert "changed=0" in said


def test_only_the_app_servers_reach_the_database(three: Three) -> None:
    assert not opens(three.db.address, 5432)
    assert not any(opens(host.address, 8443) for host in three.web)
    assert all(opens(host.address, 443) for host in three.web)
    for host in three.web:
        assert root(host, f"timeout 5 bash -c 'exec 3<>/dev/tcp/{three.db.address}/5432' && echo in") == "in\n"


def test_connections_are_encrypted_and_each_app_has_a_password_of_its_own(three: Three) -> None:
    lines = [line.split() for line in root(three.db, _SEEN).splitlines()]
    assert {address for address, _, _ in lines} == {host.address for host in three.web}
    assert {(own, version) for _, own, version in lines} == {("t", "TLSv1.3")}
    assert root(three.db, _KEPT).split() == ["SCRAM-SHA-256"]
    plain = f"bash -c 'exec 3<>/dev/tcp/{three.db.address}/5432' && "
    assert root(three.web[0], f"{plain}cat /etc/kit/credentials/hayu/DATABASE_PASSWORD | wc -c") == "64\n"


def test_timers_run_on_one_server(three: Three) -> None:
    expected = sorted(f"kit-{kind}@{app}.timer" for kind in ("clock", "mail") for app in APPS)
    assert root(three.web[0], _TIMERS).split() == expected
    assert root(three.web[1], _TIMERS).split() == []
    root(three.web[1], "systemctl enable --now kit-clock@hayu.timer")
    assert json.loads(three.region.kit("plan", "--json")[1])["web2"] == {"web": ["no unit kit-clock@hayu.timer"]}
    code, said = three.region.kit("setup")
    assert code == 0, said
    assert "changed=1" in said
    assert root(three.web[1], _TIMERS).split() == []


def test_a_file_one_server_took_in_is_on_the_other(three: Three) -> None:
    root(three.web[0], f"{manage_function()}manage hayu shell <<'END'\n{_KEEP}END\n")
    told = root(three.web[1], f"{manage_function()}manage hayu shell <<'END'\n{_TAKE}END\n")
    assert told.splitlines()[-1] == "isi berkas"


def test_visitors_are_served_while_an_app_server_is_down(three: Three) -> None:
    root(three.web[1], "systemctl stop nginx")
    answers = [visit(three.web[0], app) for app in APPS for _ in range(4)]
    code, told = three.region.kit("verify", "--json")
    root(three.web[1], "systemctl start nginx")
    assert set(answers) == {"200"}
    assert code == 1, told
    faulty = {(one["server"], one["group"]) for one in json.loads(told)["outcomes"] if one["status"] == "fault"}
    assert {server for server, _ in faulty} == {"web2"}
    assert {group for _, group in faulty} >= {f"Visitors of {app}" for app in APPS}


def visit(host: Host, app: str) -> str:
    """The status an app answers with at this entry."""
    asked = f"""name=$(sed -n 's/^ALLOWED_HOSTS=//p' /etc/kit/{app}.env)
        curl -sk -o /dev/null -w '%{{http_code}}' --resolve "$name:443:{host.address}" "https://$name/healthz" """
    return root(host, asked).strip()


def test_deploy_rollback_and_status_are_of_all_servers(three: Three) -> None:
    before = live(three)
    root(three.web[0], f"{manage_function()}manage hayu shell <<'END'\n{_OF_ONE_SERVER}END\n")
    (three.region.repository / "custom" / "static" / "tema.css").write_text("/* rilis baru */\n", encoding="utf-8")
    git = ("git", "-C", str(three.region.repository), "-c", "user.name=uji", "-c", "user.email=uji@contoh.invalid")
    subprocess.run([*git, "add", "custom"], check=True)
    subprocess.run([*git, "commit", "-qm", "Tema"], check=True)
    code, said = three.region.kit("deploy")
    assert code == 0, said
    after = live(three)
    assert len(before) == len(after) == 1
    assert before != after
    code, said = three.region.kit("rollback")
    assert code == 0, said
    assert live(three) == before
    assert root(three.web[1], f"{manage_function()}manage hayu shell <<'END'\n{_COME_ALONG}END\n").endswith("lama\n")
    told = {one["name"]: one for one in json.loads(three.region.kit("status", "--json")[1]) if "name" in one}
    assert told.keys() == {"web1", "web2", "db1"}
    assert {release for name in ("web1", "web2") for release in told[name]["live"].values()} == before
    assert all(one["good"] for one in told.values())
