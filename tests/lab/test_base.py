"""The system under the apps, on the standing server: not what the files say, but what its programs make of them."""

from tests.lab.servers import Run, root

_TUNED = """
cd /
for name in shared_buffers max_connections listen_addresses wal_compression; do
    echo "$name=$(runuser -u postgres -- psql -XtAqc "show $name")"
done
echo "memory=$(($(sed -n 's/^MemTotal: *\\([0-9]*\\).*/\\1/p' /proc/meminfo) / 1024))"
"""


def test_one_enters_only_with_a_key_and_few_tries(run: Run) -> None:
    rules = dict(line.split(" ", 1) for line in root(run.host, "sshd -T").splitlines())
    wanted = {
        "passwordauthentication": "no",
        "kbdinteractiveauthentication": "no",
        "permitrootlogin": "without-password",
        "permitemptypasswords": "no",
        "maxauthtries": "3",
        "allowtcpforwarding": "no",
    }
    assert {name: rules[name] for name in wanted} == wanted


def test_security_updates_come_by_themselves_and_nothing_else_does(run: Run) -> None:
    settings = root(run.host, "apt-config dump").splitlines()
    assert {'APT::Periodic::Update-Package-Lists "1";', 'APT::Periodic::Unattended-Upgrade "1";'} <= set(settings)
    assert 'Unattended-Upgrade::Automatic-Reboot "false";' in settings
    assert root(run.host, "systemctl is-enabled apt-daily.timer apt-daily-upgrade.timer").split() == ["enabled"] * 2
    told = root(run.host, "unattended-upgrade --dry-run --debug 2>&1")
    (origins,) = (line for line in told.splitlines() if line.startswith("Allowed origins are: "))
    assert "label=Debian-Security" in origins
    assert "backports" not in origins
    sources = root(run.host, "apt-cache policy").splitlines()
    assert any("l=Debian-Security" in line and "c=main" in line for line in sources)


def test_the_log_is_bounded_and_the_clock_is_set(run: Run) -> None:
    journal = root(run.host, "systemd-analyze cat-config systemd/journald.conf").splitlines()
    assert {"Storage=persistent", "SystemMaxUse=1G", "MaxRetentionSec=90day"} <= set(journal)
    assert root(run.host, "systemctl is-enabled systemd-timesyncd").strip() == "enabled"


def test_postgresql_is_tuned_to_the_memory_and_hears_no_network(run: Run) -> None:
    told = dict(line.split("=", 1) for line in root(run.host, _TUNED).splitlines())
    wanted = {"max_connections": "120", "listen_addresses": "", "wal_compression": "pglz"}
    assert {name: told[name] for name in wanted} == wanted
    assert told["shared_buffers"] == f"{int(told['memory']) * 15 // 100}MB"
