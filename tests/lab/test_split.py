"""Topology split: three servers with the apps behind one entry, PostgreSQL on a fourth; with every kind of secret."""

import json
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit.checks.inside import manage_function
from kit.lab import Host, Lab
from kit.lab.machine import Machine
from tests.lab import leaks, mail
from tests.lab.servers import KILLS, OTHER_RELEASE, Region, kill_again_and_again, root, state

APPS = ("sabilulungan", "hayu", "erk")
NAMES = ("web1", "web2", "web3", "db1")

GIVEN = {"KIT_SMTP_PASSWORD": "kenari-{{ 7 * 7 }}-surel", "KIT_SIGN_PASSWORD": "kenari-$(id)-tanda-tangan"}
_MAIL_AND_SIGNING = f"""
mail: {{smtp: {{host: {mail.NAME}, user: {mail.USER}}}, sender: halo@mataramkota.go.id}}
sign: {{provider: bsre, endpoint: "http://10.10.0.5/", user: kota-mataram}}
"""
_WRITE = """
from core import notify
notify.queue([notify.Message("uji", "Uji surat", "Isi surat.", address="warga@contoh.invalid")])
"""
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


class Given(Region):
    """A region whose operator gives the passwords that only he has."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, **GIVEN}


@dataclass
class Split:
    """The servers, and what was planned, said and reached when they were set up, without and with interruption."""

    region: Region
    web: tuple[Host, ...]
    db: Host
    plan: dict[str, dict[str, list[str]]]
    said: str
    states: dict[str, list[str]]
    """Of each server after a setup that nothing interrupted."""
    kills: int
    """How often the setup that made these servers was killed."""
    mended: dict[str, list[str]]
    """Of each server after that one's last run."""
    leaked: list[str]
    """Where secrets were, outside of their places, after and while the uninterrupted setup told all it can."""
    mail: Machine


@pytest.fixture(scope="module")
def split(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Split:
    """Split bare servers, set up; then again from bare, by a setup that is killed again and again."""
    hosts = [lab.up(name, release=OTHER_RELEASE) for name in NAMES]
    region = Given(Path(tmp_path_factory.mktemp("split")), hosts, _MAIL_AND_SIGNING)
    code, planned = region.kit("plan", "--json")
    assert code == 0, planned
    with leaks.watched_processes(hosts) as processes:
        code, said = region.kit("setup", "-vvvv")
    assert code == 0, said
    assert any("manage.py" in text for text in processes)
    leaked = leaks.found(region, hosts, said, *processes)
    states = {host.name: state(host) for host in hosts}
    for host in hosts:
        lab.down(host.name)
        assert lab.up(host.name, release=OTHER_RELEASE) == host
    kills = kill_again_and_again(region, changes=45)
    code, again = region.kit("setup")
    assert code == 0, again
    *web, db = hosts
    mended = {host.name: state(host) for host in hosts}
    post = lab.up("mail", release="bookworm")
    certificate = mail.start(lab.machine("mail"), GIVEN["KIT_SMTP_PASSWORD"])
    mail.make_known(lab.machine("web1"), post.address, certificate)
    return Split(
        region, tuple(web), db, json.loads(planned), said, states, kills, mended, leaked,
        lab.machine("mail"),
    )  # fmt: skip


def opens(address: str, port: int) -> bool:
    """Can the operator's machine, which is none of the servers, connect?"""
    try:
        socket.create_connection((address, port), timeout=2).close()
    except OSError:
        return False
    return True


def live(split: Split) -> set[str]:
    """The releases the app servers serve."""
    return {name for host in split.web for name in root(host, "readlink /opt/kit/live/* | sed 's|.*/||'").split()}


def test_bare_servers_end_verified(split: Split) -> None:
    items = [item for parts in split.plan.values() for listed in parts.values() for item in listed]
    assert f"changed={len(items)}" in split.said
    assert ", 0 faults" in split.said
    assert "package postgresql" in split.plan["db1"]["base"]
    assert {"passwords of the apps' roles", *(f"database {app}" for app in APPS)} <= set(split.plan["db1"]["database"])
    assert "package postgresql" not in split.plan["web1"]["base"]
    assert not {"release", "app", "web"} & split.plan["db1"].keys()


def test_one_app_server_made_the_release_for_all(split: Split) -> None:
    made, taken = "Ensure the virtual environment holds the locked requirements", "Ensure the release is as it was made"
    assert [name for name in NAMES if f"{name}: {made}" in split.said] == ["web1"]
    assert [name for name in NAMES if f"{name}: {taken}" in split.said] == ["web2", "web3"]
    assert list(split.region.folder.rglob("given-*")) == []
    compiled = "find /opt/kit/releases/*/apps /opt/kit/releases/*/venv -name '*.pyc' -size +0 -printf '%P\\n' | sort"
    ours, *others = [root(host, f"{compiled} | sha256sum; {compiled} | wc -l") for host in split.web]
    assert others == [ours] * 2
    assert int(ours.split()[-1]) > 3000


def test_killed_runs_end_where_a_whole_one_does(split: Split) -> None:
    assert split.kills >= (15 if KILLS == "all" else 2)
    assert {name: set(split.states[name]) ^ set(split.mended[name]) for name in NAMES} == {
        name: set() for name in NAMES
    }
    assert all(len(found) > 300 for found in split.states.values())


def test_a_second_run_changes_nothing(split: Split) -> None:
    code, said = split.region.kit("setup")
    assert code == 0, said
    assert "changed=0" in said


def test_only_the_app_servers_reach_the_database(split: Split) -> None:
    assert not opens(split.db.address, 5432)
    assert not any(opens(host.address, 8443) for host in split.web)
    assert all(opens(host.address, 443) for host in split.web)
    for host in split.web:
        assert root(host, f"timeout 5 bash -c 'exec 3<>/dev/tcp/{split.db.address}/5432' && echo in") == "in\n"


def test_connections_are_encrypted_and_each_app_has_a_password_of_its_own(split: Split) -> None:
    lines = [line.split() for line in root(split.db, _SEEN).splitlines()]
    assert {address for address, _, _ in lines} == {host.address for host in split.web}
    assert {(own, version) for _, own, version in lines} == {("t", "TLSv1.3")}
    assert root(split.db, _KEPT).split() == ["SCRAM-SHA-256"]
    plain = f"bash -c 'exec 3<>/dev/tcp/{split.db.address}/5432' && "
    assert root(split.web[0], f"{plain}cat /etc/kit/credentials/hayu/DATABASE_PASSWORD | wc -c") == "64\n"


def test_letters_reach_the_mail_server_encrypted_and_signed_in(split: Split) -> None:
    for app in APPS:
        root(split.web[0], f"{manage_function()}manage {app} shell <<'END'\n{_WRITE}END\n")
    root(split.web[0], "systemctl start kit-mail@sabilulungan.service kit-mail@hayu.service kit-mail@erk.service")
    deadline = time.monotonic() + 75  # a start that meets a run of the timer's joins it
    while len(mail.letters(split.mail)) < len(APPS) and time.monotonic() < deadline:
        time.sleep(2)
    letters = mail.letters(split.mail)
    assert [(one["from"], one["to"]) for one in letters] == [("halo@mataramkota.go.id", ["warga@contoh.invalid"])] * 3
    assert all("\r\nSubject: Uji surat\r\n" in one["content"] for one in letters)


def test_no_secret_is_anywhere_but_in_its_place(split: Split) -> None:
    values = leaks.of(split.region)
    names = ("SECRET_KEY", "DATA_KEY", "DATABASE_PASSWORD", "SMTP_PASSWORD", "SIGN_PASSWORD")
    assert sorted(values) == sorted(
        [f"{app}/{name}" for app in APPS for name in names]
        + ["mail/SMTP_PASSWORD", "sign/SIGN_PASSWORD"]
        + [f"tls/{name}.key" for name in ("app", "ca", "database", "site")]
    )
    assert {values["erk/SMTP_PASSWORD"], values["hayu/SIGN_PASSWORD"]} == set(GIVEN.values())
    assert "ESTABLISH SSH CONNECTION" in split.said
    assert split.leaked == []
    assert leaks.found(split.region, [*split.web, split.db]) == []
    assert root(split.db, "find /etc/kit -name credentials") == ""
    assert [root(host, "find /etc/kit -name ca.key") for host in (*split.web, split.db)] == [""] * 4


def test_timers_run_on_one_server(split: Split) -> None:
    expected = sorted(f"kit-{kind}@{app}.timer" for kind in ("clock", "mail") for app in APPS)
    assert root(split.web[0], _TIMERS).split() == expected
    assert root(split.web[1], _TIMERS).split() == []
    root(split.web[1], "systemctl enable --now kit-clock@hayu.timer")
    assert json.loads(split.region.kit("plan", "--json")[1])["web2"] == {"web": ["no unit kit-clock@hayu.timer"]}
    code, said = split.region.kit("setup")
    assert code == 0, said
    assert "changed=1" in said
    assert root(split.web[1], _TIMERS).split() == []


def test_a_file_one_server_took_in_is_on_the_other(split: Split) -> None:
    root(split.web[0], f"{manage_function()}manage hayu shell <<'END'\n{_KEEP}END\n")
    told = root(split.web[1], f"{manage_function()}manage hayu shell <<'END'\n{_TAKE}END\n")
    assert told.splitlines()[-1] == "isi berkas"


def test_visitors_are_served_while_an_app_server_is_down(split: Split) -> None:
    root(split.web[1], "systemctl stop nginx")
    answers = [visit(split.web[0], app) for app in APPS for _ in range(4)]
    code, told = split.region.kit("verify", "--json")
    root(split.web[1], "systemctl start nginx")
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


def test_deploy_rollback_and_status_are_of_all_servers(split: Split) -> None:
    before = live(split)
    root(split.web[0], f"{manage_function()}manage hayu shell <<'END'\n{_OF_ONE_SERVER}END\n")
    (split.region.repository / "custom" / "static" / "tema.css").write_text("/* rilis baru */\n", encoding="utf-8")
    git = ("git", "-C", str(split.region.repository), "-c", "user.name=uji", "-c", "user.email=uji@contoh.invalid")
    subprocess.run([*git, "add", "custom"], check=True)
    subprocess.run([*git, "commit", "-qm", "Tema"], check=True)
    code, said = split.region.kit("deploy")
    assert code == 0, said
    after = live(split)
    assert len(before) == len(after) == 1
    assert before != after
    code, said = split.region.kit("rollback")
    assert code == 0, said
    assert live(split) == before
    assert root(split.web[1], f"{manage_function()}manage hayu shell <<'END'\n{_COME_ALONG}END\n").endswith("lama\n")
    told = {one["name"]: one for one in json.loads(split.region.kit("status", "--json")[1]) if "name" in one}
    assert told.keys() == set(NAMES)
    assert {release for name in NAMES[:-1] for release in told[name]["live"].values()} == before
    assert all(one["good"] for one in told.values())
