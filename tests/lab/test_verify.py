"""`kit verify` on a real server: all is well and nothing is left behind; what is broken on purpose is found."""

import json
import re
from typing import Any

from kit.lab import faults
from tests.lab.servers import Run

APPS = ("sabilulungan", "hayu", "erk")
_COUNTS = """
cd /
for app in sabilulungan hayu erk; do
    echo "$app files $(find /var/lib/kit/$app -type f | wc -l)"
    runuser -u postgres -- psql -wXAtq -d "$app" -c "select format(
        'select ''%1\\$s'', count(*) from %1\\$I', tablename)
        from pg_tables where schemaname = 'public' and tablename <> 'core_periodicrun'" |
        sed 's/$/;/' | runuser -u postgres -- psql -wXAtq -d "$app" | sed "s/^/$app /"
done
"""


def counts(run: Run) -> set[str]:
    """Rows of each table and the number of files, app by app."""
    done = run.host.ssh("sudo", "sh", "-s", feed=_COUNTS)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines())


def verified(run: Run, code: int) -> dict[str, Any]:
    """What `kit verify --json` says."""
    ended, said = run.region.kit("verify", "--json")
    assert ended == code, said
    return json.loads(said)


def faulty(told: dict[str, Any]) -> dict[str, str]:
    """Check → evidence of each fault."""
    return {one["check"]: one["evidence"] for one in told["outcomes"] if one["status"] == "fault"}


def test_all_is_well_and_nothing_is_left_behind(run: Run) -> None:
    before = counts(run)
    told = verified(run, 0)
    assert counts(run) == before
    assert len(before) > 60
    assert faulty(told) == {}
    assert told["counts"]["warning"] == 1  # nobody has named the lab's host in a DNS
    assert {one["group"] for one in told["outcomes"]} >= {f"Visitors of {app}" for app in APPS}
    story = next(one["evidence"] for one in told["outcomes"] if one["check"] == "rehearsal")
    assert [part.split(" in ")[0] for part in story.split("; ")] == [
        "sabilulungan: 9 steps",
        "hayu: 6 steps",
        "erk: 5 steps",
    ]
    assert told["seconds"] < 60


def test_setup_ends_with_it(run: Run) -> None:
    assert re.search(r"Verify from outside and inside  \d\d checks, 0 faults", run.said)


_BREAK = """
systemctl stop kit-mail@hayu.timer
cd / && runuser -u postgres -- psql -qXc 'alter role erk createdb' -c 'grant connect on database hayu to sabilulungan'
runuser -u postgres -- psql -qX -d hayu -c "insert into core_notification
    (address, event, subject, body, link, object_type, object_id, mail, attempts, last_error, created_at,
     next_attempt_at)
    values ('warga@contoh.invalid', 'uji', 'Uji', 'Uji', '', '', '', 'QUEUED', 0, '', now() - interval '2 hours',
     now() + interval '1 day')"
runuser -u postgres -- psql -qX -d erk -c 'alter table core_auditentry disable trigger user' \
    -c "update core_auditentry set note = 'x' where seq = 1" -c 'alter table core_auditentry enable trigger user'
nft add rule inet kit input tcp dport 8000 accept
"""
_MEND = """
systemctl start kit-mail@hayu.timer
cd / && runuser -u postgres -- psql -qXc 'alter role erk nocreatedb' \
    -c 'revoke connect on database hayu from sabilulungan'
runuser -u postgres -- psql -qX -d hayu -c "delete from core_notification where event = 'uji'"
runuser -u postgres -- psql -qX -d erk -c 'alter table core_auditentry disable trigger user' \
    -c "update core_auditentry set note = '' where seq = 1" -c 'alter table core_auditentry enable trigger user'
nft -f /etc/nftables.conf
"""


def test_what_is_broken_is_found_all_at_once(run: Run) -> None:
    listener = run.host.ssh("sudo", "systemd-run", "--quiet", "--unit=foreign", "python3", "-m", "http.server", "8000")
    assert listener.returncode == 0, listener.stderr
    assert run.host.ssh("sudo", "sh", "-es", feed=_BREAK).returncode == 0
    told = verified(run, 1)
    assert run.host.ssh("sudo", "sh", "-es", feed=_MEND).returncode == 0
    run.host.ssh("sudo", "systemctl", "stop", "foreign")
    found = faulty(told)
    assert found.keys() == {"units", "database_roles", "outbox", "audit_chain", "ports"}
    assert found["units"].startswith("kit-mail@hayu.timer is inactive")
    assert set(found["database_roles"].split("; ")) == {
        "erk: may create databases",
        "sabilulungan may enter the database hayu",
    }
    assert found["outbox"] == "hayu: 1 wait, the oldest for 120 min"
    assert found["audit_chain"] == "erk: Isi baris 1 tidak sesuai dengan segelnya."
    assert found["ports"] == "8000 is open"
    assert faulty(verified(run, 0)) == {}


def test_a_dead_app_is_told_in_words(run: Run) -> None:
    units = run.host.ssh("systemctl", "list-units", "--plain", "--no-legend", "'kit-erk@*'").stdout
    names = [line.split()[0] for line in units.splitlines()]
    run.host.ssh("sudo", "systemctl", "stop", *names)
    code, said = run.region.kit("verify")
    run.host.ssh("sudo", "systemctl", "start", *names)
    assert code == 1
    assert "✗ Health: HTTP 502" in said
    assert "→ on web1, as root: journalctl -u 'kit-erk@*' -n 50" in said
    assert "Mend the faults, then again: kit verify kota-mataram" in said


def test_a_server_that_cannot_be_entered_ends_with_3(run: Run) -> None:
    faults.pull_cable(run.lab.machine(run.host.name))
    told = verified(run, 3)
    faults.plug_cable(run.lab.machine(run.host.name))
    run.lab.wait(run.host)
    assert told["unreachable"] == ["web1"]
    assert faulty(told).keys() == {"reachable"}
