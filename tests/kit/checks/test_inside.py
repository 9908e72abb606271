"""The checks of `kit verify` over SSH: on a server that is well, and on one that is ill in each way."""

import json
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import pytest

from kit.checks import inside
from kit.checks.facts import Facts
from kit.checks.inside import checks
from kit.checks.result import Status
from kit.checks.running import check_server
from tests.kit.checks.facts import NOW, SERVER, TARGET

HAYU = replace(TARGET, apps=("hayu",))
CHECKS = {check.key: check for check in checks()}
STORY = {"app": "hayu", "steps": ["A citizen signs in.", "The receipt is checked."], "fault": "", "seconds": 1.2}
SAID: dict[str, Any] = {
    "migrations": [],
    "audit": {"rows": 12, "breaks": []},
    "outbox": {"waiting": 1, "oldest_minutes": 2, "failed": 0},
    "rehearsal": STORY,
}
UNITS = """kit-hayu@abc.socket active enabled
kit-hayu@abc.service active enabled
kit-clock@hayu.timer active enabled
kit-clock@hayu.service success last
ssh.service active enabled"""
ROLES = "role hayu f f f f f\nreaches hayu hayu\nowns hayu hayu\nowns postgres other\n"
SECTIONS = {
    "as": "root",
    "now": str(NOW),
    "disks": "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda1 41152736 1 37215288 5% /\n",
    "inodes": "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/vda1 2621440 1 2600000 2% /\n",
    "units": UNITS,
    "failed": "",
    "roles": ROLES,
    "app-hayu": json.dumps(SAID),
}


def server(changed: dict[str, str | None] | None = None, **facts: object) -> Facts:
    merged = {name: text for name, text in {**SECTIONS, **(changed or {})}.items() if text is not None}
    well = Facts(HAYU, SERVER, sections=merged, asked_at=(NOW - 0.5, NOW + 1.5))
    return replace(well, **{"open_ports": frozenset({22, 80, 443}), "tried_ports": 66, **facts})


def said(**parts: object) -> Facts:
    """The server whose app says something else."""
    return server({"app-hayu": json.dumps({**SAID, **parts})})


def test_a_server_that_is_well() -> None:
    outcomes = check_server(server(), checks())
    assert {one.check: one.result.evidence for one in outcomes if one.result.status is not Status.OK} == {}
    assert len(outcomes) == len(CHECKS) == 15


ILL: list[tuple[str, Facts, str]] = [
    ("answers", server({"app-hayu": "", "words-hayu": "ImportError: no"}), "hayu: ImportError: no"),
    ("answers", server({"app-hayu": None}), "hayu: no answer"),
    ("migrations", said(migrations=["hayu.0004_more"]), "hayu: not applied: hayu.0004_more"),
    ("audit_chain", said(audit={"rows": 9, "breaks": ["Baris 3 hilang."]}), "hayu: Baris 3 hilang."),
    (
        "outbox",
        said(outbox={"waiting": 4, "oldest_minutes": 45, "failed": 0}),
        "hayu: 4 wait, the oldest for 45 min",
    ),
    ("outbox", said(outbox={"waiting": 0, "oldest_minutes": 0, "failed": 2}), "hayu: 2 failed for good this week"),
    (
        "rehearsal",
        said(rehearsal={**STORY, "steps": STORY["steps"][:1], "fault": "GET / answered HTTP 500 instead of 200"}),
        "hayu: after “A citizen signs in.” GET / answered HTTP 500 instead of 200",
    ),
    ("rehearsal", said(rehearsal={**STORY, "steps": [], "fault": "no way in"}), "hayu: at the start no way in"),
    (
        "units",
        server({"units": UNITS.replace("service active enabled", "service failed enabled")}),
        "kit-hayu@abc.service is failed; ssh.service is failed",
    ),
    ("units", server({"units": UNITS.replace("timer active enabled", "timer active disabled")}), "is disabled"),
    ("units", server({"units": UNITS.replace("success last", "exit-code last")}), "its last run ended with exit-code"),
    ("units", server({"failed": "cron.service loaded failed failed Cron\n"}), "cron.service has failed"),
    ("database_roles", server({"roles": "role hayu t f f f f\n"}), "hayu: superuser"),
    ("database_roles", server({"roles": f"{ROLES}reaches hayu erk\n"}), "hayu may enter the database erk"),
    ("database_roles", server({"roles": f"{ROLES}member hayu postgres\n"}), "hayu belongs to postgres"),
    ("database_roles", server({"roles": f"{ROLES}owns hayu other\n"}), "hayu owns the database other"),
    ("database_roles", server({"roles": ""}), "hayu has no role"),
    ("ports", server(open_ports=frozenset({22, 443, 5432})), "5432 is open, 80 is closed"),
    ("disk", server({"disks": SECTIONS["disks"].replace("37215288", "600000")}), "0.6 GiB free"),
    ("clock", server(asked_at=(NOW - 86400, NOW - 86400)), "1.0 d ahead"),
]


@pytest.mark.parametrize(("check", "facts", "evidence"), ILL, ids=[f"{row[0]}-{row[2]}" for row in ILL])
def test_what_is_ill_is_found_with_cause_and_remedy(check: str, facts: Facts, evidence: str) -> None:
    result = CHECKS[check].run(facts)
    assert result.status is Status.FAULT
    assert evidence in result.evidence
    assert result.cause
    assert result.remedy


def test_every_check_is_seen_to_find_something() -> None:
    of_the_doctor = {"reachable", "host_key", "login", "sudo", "inodes"}
    assert {row[0] for row in ILL} | of_the_doctor == CHECKS.keys()


def test_a_database_server_has_no_apps_to_ask() -> None:
    keys = {one.check for one in check_server(server(server=replace(SERVER, roles=("db",))), checks())}
    assert keys & {"answers", "migrations", "audit_chain", "outbox", "rehearsal"} == set()
    assert keys >= {"database_roles", "ports", "units", "disk"}


def test_what_the_app_servers_share_is_asked_of_the_first_only() -> None:
    second = replace(SERVER, name="web2", address="10.0.0.9")
    target = replace(HAYU, servers=(replace(SERVER, name="db1", roles=("db",)), SERVER, second))
    shared = {"answers", "migrations", "audit_chain", "outbox", "rehearsal"}
    facts = server(target=target)
    asked = [{one.check for one in check_server(replace(facts, server=one), checks())} for one in target.servers]
    assert [keys & shared for keys in asked] == [set(), shared, set()]
    assert asked[1] - asked[2] == shared
    unsaid = {"app-hayu": None}
    alone = check_server(server(unsaid, target=target, server=second), checks())
    assert {one.check: one.result.evidence for one in alone if one.result.status is not Status.OK} == {}


def test_timers_and_rehearsal_are_of_the_first_app_server_only() -> None:
    second = replace(SERVER, name="web2", address="10.0.0.9")
    target = replace(HAYU, servers=(SERVER, second))
    assert "FIRST=1\n" in inside.script(target, SERVER, rehearse=False)
    assert inside.script(target, second, rehearse=True).startswith("APPS=hayu\nFIRST=''\nREHEARSE=''\n")


def test_the_probe_is_posix_and_asks_for_a_rehearsal_only_when_told() -> None:
    shell = shutil.which("dash") or "/bin/sh"
    text = inside.script(HAYU, SERVER, rehearse=True)
    assert text.startswith("APPS=hayu\nFIRST=1\nREHEARSE=1\n")
    alone = inside.script(HAYU, replace(SERVER, roles=("db",)), rehearse=False)
    assert alone.startswith("APPS=''\nFIRST=''\nREHEARSE=''\n")
    assert subprocess.run([shell, "-n"], input=text, text=True, check=False, capture_output=True).stderr == ""
