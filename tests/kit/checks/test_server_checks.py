"""Every check of a server, on a healthy one and on ill ones."""

from dataclasses import replace

import pytest

from kit.checks.doctor import checks
from kit.checks.facts import Facts
from kit.checks.result import Status, Where
from kit.checks.running import check_server
from kit.checks.ssh import Answer, Entry
from tests.kit.checks.facts import NOW, OTHER, SERVER, TARGET, healthy, ill

CHECKS = {check.key: check for check in checks()[0]}

F, W, N, S, OK = Status.FAULT, Status.WARNING, Status.NOTE, Status.SKIPPED, Status.OK


def refused(entry: Entry, words: str = "") -> Facts:
    return replace(healthy(), answer=Answer(entry, "", words), sections={}, connect_seconds=None)


def memory(total: int, available: int | None = None, swap: int = 0) -> dict[str, str]:
    left = total if available is None else available
    return {"memory": f"MemTotal: {total * 1024} kB\nMemAvailable: {left * 1024} kB\nSwapTotal: {swap * 1024} kB\n"}


def disk(kib: int, where: str = "/") -> dict[str, str]:
    head = "Filesystem 1024-blocks Used Available Capacity Mounted on\n"
    return {"disks": f"{head}/dev/vda1 41152736 1 37215288 5% /\n/dev/vdb1 99 9 {kib} 90% {where}\n"}


def listening(port: int, program: str) -> dict[str, str]:
    users = f' users:(("{program}",pid=812,fd=5))' if program else ""
    return {"listening": f"LISTEN 0 511 0.0.0.0:{port} 0.0.0.0:*{users}\nLISTEN 0 511 [::]:{port} [::]:*{users}\n"}


def service(name: str) -> dict[str, str]:
    return {"active": f"{name}.service loaded active running Something\n"}


def moved(sections: dict[str, str | None]) -> Facts:
    """A server that is for the app hayu only, and has *sections*."""
    return ill(sections, server=replace(SERVER, roles=("web",)), target=replace(TARGET, apps=("hayu",)))


UBUNTU = {"os": 'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nID=ubuntu\nVERSION_ID="24.04"\n'}
CENTOS = {"os": 'PRETTY_NAME="CentOS Stream 9"\nID="centos"\nVERSION_ID="9"\n'}
BUSTER = {"os": 'PRETTY_NAME="Debian GNU/Linux 10 (buster)"\nID=debian\nVERSION_ID="10"\n'}
LOCK = "owner=budi@laptop\nsince=2026-11-24 10.00\nheartbeat={}\n"
CLUSTER = "/var/lib/postgresql/15/main/PG_VERSION\n"
NO_NGINX = "nginx:\n  Installed: (none)\n  Candidate: (none)\n"

# check, facts, status, words that stand in evidence, cause or remedy
ROWS: list[tuple[str, Facts, Status, str]] = [
    ("reachable", refused(Entry.UNREACHABLE, "connect: Connection timed out"), F, "Connection timed out"),
    ("reachable", refused(Entry.NO_SUCH_NAME, "Could not resolve hostname"), F, "no address in the DNS"),
    ("reachable", refused(Entry.BROKEN, "no answer within 10 s"), F, "no answer within 10 s"),
    ("host_key", refused(Entry.HOST_KEY_UNKNOWN), F, "ssh-keyscan -p 22 10.10.0.21"),
    ("host_key", refused(Entry.HOST_KEY_CHANGED), F, "reinstalled"),
    ("host_key", refused(Entry.UNREACHABLE), S, "no connection"),
    ("login", refused(Entry.REFUSED, "admin@10.10.0.21: Permission denied (publickey)."), F, "ssh-copy-id"),
    ("login", refused(Entry.HOST_KEY_CHANGED), S, "not got as far"),
    ("sudo", ill({"as": "user"}), F, "NOPASSWD"),
    ("latency", ill({}, connect_seconds=0.9), W, "900 ms"),
    ("latency", ill({}, connect_seconds=None), S, "another way"),
    ("release", ill(UBUNTU), W, "not been tested"),
    ("release", ill(CENTOS), F, "CentOS Stream 9"),
    ("release", ill(BUSTER), F, "buster"),
    ("release", ill({"os": None}), F, "unknown system"),
    ("architecture", ill({"machine": "armv7l"}), F, "armv7l"),
    ("init", ill({"init": "sleep"}), F, "process 1 is sleep"),
    ("systemd_version", ill({"systemd": "systemd 241 (241)"}), F, "241"),
    ("system_state", ill({"failed": "● nginx.service loaded failed failed A web server"}), W, "nginx.service"),
    ("system_state", ill({"state": "starting"}), W, "still starting"),
    ("kernel", ill({"kernel": "4.19.0-20-amd64"}), F, "older than 5.10"),
    ("virtualisation", ill({"virtual": "openvz"}), F, "openvz"),
    ("virtualisation", ill({"virtual": "lxc"}), W, "nesting"),
    ("user_namespaces", ill({"userns": "0"}), W, "switched off"),
    ("entropy", ill({"entropy": "40"}), W, "40 bits"),
    ("python", ill({"python": "3.9.2"}), F, "3.9.2"),
    ("text_encoding", ill({"locales": "C\nPOSIX\n"}), F, "id_ID.UTF-8"),
    ("host_name", ill({"self": ""}), W, "127.0.1.1 web1"),
    ("umask", ill({"umask": "0077"}), W, "umask 022"),
    ("clock", ill({"now": str(NOW + 86400)}), F, "1.0 d ahead"),
    ("clock", ill({"now": str(NOW - 7200)}), F, "2.0 h behind"),
    ("clock", ill({"now": str(NOW + 30)}), W, "s ahead"),
    ("time_sync", ill(service("ssh")), N, "no time service runs"),
    ("time_sync", ill({"sync": "NTP=yes\nNTPSynchronized=no"}), N, "has not reached a time server"),
    ("time_sync", ill({"virtual": "systemd-nspawn"}), S, "clock of its host"),
    ("time_zone", ill({"zone": "/usr/share/zoneinfo/Etc/UTC\nEtc/UTC"}), N, "timedatectl set-timezone Asia/Makassar"),
    ("memory", ill(memory(512)), F, "512 MiB"),
    ("memory", ill(memory(1500)), W, "1500 MiB"),
    ("memory_free", ill(memory(4000, 200)), W, "200 of 4000 MiB"),
    ("swap", ill(memory(1900)), N, "swapon"),
    ("cpus", ill({"cpus": "1"}), N, "second processor"),
    ("load", ill({"load": "40.0 30.5 20.0 1/100 4"}), W, "30.5 on 2"),
    ("load", ill({"load": "40.0 30.5 20.0 1/100 4", "virtual": "lxc"}), S, "of its host"),
    ("disk_root", ill(disk(1024 * 1024)), F, "1.0 GiB free"),
    ("disk_root", ill(disk(4 * 1024 * 1024)), W, "4.0 GiB free"),
    ("disk_var", ill(disk(512 * 1024, "/var")), F, "0.5 GiB free"),
    (
        "inodes",
        ill({"inodes": "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/vda1 65536 65000 536 99% /"}),
        F,
        "536",
    ),
    ("inodes", ill({"inodes": "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/vda1 0 0 0 - /"}), S, "no fixed"),
    ("read_only", ill({"mounts": "/dev/vda1 / ext4 ro,relatime 0 0\n"}), F, "/ read-only"),
    ("tmp_noexec", ill({"mounts": "/dev/vda1 / ext4 rw 0 0\ntmpfs /tmp tmpfs rw,noexec 0 0\n"}), N, "noexec"),
    ("disk_speed", ill({"virtual": "none", "rotational": "/sys/block/sda/queue/rotational 1"}), N, "sda spinning"),
    ("port_http", ill(listening(80, "apache2")), F, "taken by apache2 (pid 812)"),
    ("port_https", ill(listening(443, "python3")), F, "taken by python3 (pid 812)"),
    ("port_https", ill(listening(443, "")), F, "another program"),
    ("port_https", ill({**listening(443, ""), "owned": "nginx postgresql"}), OK, "nginx has it"),
    ("port_postgresql", ill(listening(5432, "docker-proxy")), F, "docker-proxy"),
    ("port_postgresql", ill(listening(5432, "postgres")), OK, "postgresql has it"),
    ("resolver", ill({"resolver": "# empty\n"}), F, "no name server"),
    ("addresses", ill({"addresses": "2: ens3 inet6 2001:db8::5/64 scope global"}), W, "IPv6 addresses only"),
    ("default_route", ill({"routes": ""}), W, "ip route add default"),
    ("mtu", ill({"links": "2: ens3: <UP> mtu 900 qdisc fq state UP"}), W, "900 bytes"),
    ("smtp", ill({"smtp": "failed mail.example.go.id 587"}), W, "no connection to mail.example.go.id:587"),
    ("smtp", ill({"smtp": None}), S, "could not be tried"),
    ("backup", ill({"backup": "failed nas.example.go.id 22"}), W, "nas.example.go.id:22"),
    (
        "peers",
        ill({"peers": "failed 10.10.0.22 22"}, target=replace(TARGET, servers=(SERVER, OTHER))),
        F,
        "10.10.0.22:22",
    ),
    ("peers", ill({"peers": "ok 10.10.0.22 22"}, target=replace(TARGET, servers=(SERVER, OTHER))), OK, "10.10.0.22:22"),
    ("names_from_server", ill({"names": "hayu.example.go.id \n"}), W, "hayu.example.go.id"),
    ("package_lock", ill({"holders": "512 /usr/bin/python3 /usr/bin/unattended-upgrade \n"}), F, "security updates"),
    ("package_lock", ill({"holders": "733 apt-get install -y mc \n"}), F, "held by apt-get install -y mc (pid 733)"),
    ("package_lock", ill({"as": "user"}), S, "needs sudo"),
    (
        "packages_configured",
        ill({"audit": "The following packages are only half configured:\n nginx   small web server\n"}),
        F,
        "dpkg --configure -a",
    ),
    ("packages_held", ill({"held": "openssl\n"}), W, "apt-mark unhold openssl"),
    (
        "package_sources",
        ill(
            {"sources": "failed http://deb.debian.org/debian/dists/trixie/InRelease Could not resolve 'deb.debian.org'"}
        ),
        F,
        "Could not resolve",
    ),
    ("package_sources", ill({"origins": ""}), F, "no source in /etc/apt"),
    ("package_sources", ill({"sources": "ok http://a.id/I\nfailed http://b.id/I \n"}), W, "no answer within 6 s"),
    ("package_sources", ill({"sources": "failed http://b.id/I \n"}), F, "no answer"),
    (
        "package_sources",
        ill({"sources": "ok http://a.id/I\nfailed http://b.id/I \nfailed http://c.id/I 404 Not Found\n"}),
        F,
        "http://c.id/I and 1 more: 404 Not Found",
    ),
    ("package_candidates", ill({"candidates": NO_NGINX}), F, "nginx, python3, python3-venv, postgresql"),
    ("package_candidates", ill({"lists": "0", "candidates": NO_NGINX}), OK, "have not been fetched yet"),
    ("package_origins", ill({"origins": "deb https://packages.sury.org/php trixie main"}), N, "sury.org"),
    ("pip_index", ill({"pip": "failed https://pypi.org/simple/pip/ Could not connect"}), W, "/etc/pip.conf"),
    ("reboot_pending", ill({"reboot": "linux-image-amd64\n*** System restart required ***\n"}), W, "linux-image-amd64"),
    (
        "foreign_postgresql",
        ill({"clusters": CLUSTER, "databases": "simda|734003200\nsipd|1048576\n"}),
        F,
        "simda (700 MiB), sipd (1 MiB)",
    ),
    ("foreign_postgresql", ill({"clusters": CLUSTER, "databases": ""}), W, "empty"),
    ("foreign_postgresql", ill({"clusters": CLUSTER, "pgsize": "40960"}), F, "(40 MiB), not running"),
    ("foreign_postgresql", ill({"clusters": CLUSTER, "databases": "hayu|9", "owned": "postgresql"}), OK, "own"),
    ("databases_left", moved({"databases": "erk|9\nhayu|9\nsimda|9\n"}), F, "hayu on web1"),
    ("databases_left", moved({"databases": "hayu_lama|9\n"}), OK, "none"),
    ("databases_left", ill({"databases": "hayu|9\n"}), OK, "to be here"),
    (
        "foreign_nginx",
        ill({"nginx": "/etc/nginx/conf.d:\n\n/etc/nginx/sites-enabled:\ndefault\nportal\n"}),
        F,
        "portal",
    ),
    ("foreign_nginx", ill({**service("nginx"), "nginx": "/etc/nginx/sites-enabled:\ndefault\n"}), N, "takes it over"),
    ("foreign_nginx", ill({**service("nginx"), "nginx": "portal\n", "owned": "nginx"}), OK, "own"),
    (
        "foreign_web_servers",
        ill({**service("apache2"), "apache": "wordpress.conf\n"}),
        F,
        "apache2 runs with sites wordpress",
    ),
    ("control_panels", ill(service("hestia")), F, "Hestia"),
    ("firewall", ill({"ufw": "Status: active\n"}), W, "ufw disable"),
    ("firewall", ill({"tables": "table ip filter\ntable inet kit\n"}), W, "rules (filter)"),
    ("firewall", ill({"tables": "table inet kit\n"}), OK, "none of others"),
    ("mandatory_access", ill({"selinux": "1"}), W, "SELinux enforcing"),
    ("sshd_passwords", ill({"sshd": "passwordauthentication yes\n"}), N, "takes passwords"),
    ("sshd_passwords", ill({"sshd": None}), S, "needs sudo"),
    ("sshd_root", ill({"sshd": "permitrootlogin yes\npasswordauthentication yes\n"}), W, "root may log in"),
    ("sshd_root", ill({}, server=replace(SERVER, user="root")), N, "a user with sudo is better"),
    (
        "earlier_run",
        ill({"run": "state=running\nphase=database\nsince=2026-11-24 10.00\n"}),
        N,
        "database of 2026-11-24",
    ),
    ("earlier_run", ill({"run": "state=done\nphase=verify\nsince=2026-11-24 10.00\n"}), OK, "done"),
    ("stale_lock", ill({"lock": LOCK.format(NOW - 20)}), F, "held by budi@laptop"),
    ("stale_lock", ill({"lock": LOCK.format(NOW - 3600)}), N, "silent for 60 min"),
    ("newer_kit", ill({"version": "99.1.0"}), F, "99.1.0"),
    ("newer_kit", ill({"version": "0.0.1"}), OK, "set up by 0.0.1"),
]


@pytest.mark.parametrize("key", CHECKS)
def test_a_healthy_server_passes(key: str) -> None:
    result = CHECKS[key].run(healthy())
    wanted = S if key == "disk_speed" else OK  # virtual disks do not say what they are
    assert (result.status, result.cause, result.remedy) == (wanted, "", ""), result.evidence
    assert result.evidence


@pytest.mark.parametrize(("key", "facts", "status", "words"), ROWS, ids=[f"{row[0]}-{row[2]}" for row in ROWS])
def test_an_ill_server_is_told(key: str, facts: Facts, status: Status, words: str) -> None:
    result = CHECKS[key].run(facts)
    assert result.status is status
    assert words in f"{result.evidence} {result.cause} {result.remedy}"
    if status in (F, W):
        assert result.cause.endswith((".", "!"))
        assert result.remedy
    if result.where is Where.PERSON:
        assert result.remedy[0].isupper()


def test_every_check_is_seen_failing() -> None:
    assert {key for key, _, status, _ in ROWS if status not in (OK, S)} == set(CHECKS)


def test_there_are_enough_checks() -> None:
    servers, regions = checks()
    assert len(servers) + len(regions) >= 40
    assert len({check.key for check in (*servers, *regions)}) == len(servers) + len(regions)


@pytest.mark.parametrize("key", CHECKS)
def test_a_check_survives_a_server_that_tells_nothing(key: str) -> None:
    result = CHECKS[key].run(ill(dict.fromkeys(healthy().sections)))
    assert result.evidence


def test_a_server_that_lets_nobody_in_gets_only_the_checks_of_the_connection() -> None:
    outcomes = check_server(refused(Entry.REFUSED, "Permission denied"), list(CHECKS.values()))
    assert {outcome.check: outcome.result.status for outcome in outcomes} == {
        "reachable": OK,
        "host_key": OK,
        "login": F,
    }


def test_checks_of_a_role_are_made_where_the_role_is() -> None:
    facts = replace(healthy(), server=replace(SERVER, roles=("db",)))
    made = {outcome.check for outcome in check_server(facts, list(CHECKS.values()))}
    assert "port_postgresql" in made
    assert not made & {"port_https", "foreign_nginx", "smtp"}
