"""Certificates by ACME: issued by certbot on a real host, from Let's Encrypt's own test server on the lab's network."""

import json
import socket
import ssl
import time
from pathlib import Path

import pytest

from kit.lab import Host, Lab
from kit.lab.machine import Machine
from tests.lab.servers import RELEASE, Region

APPS = ("sabilulungan", "hayu", "erk")
NAMES = tuple(f"{app}.mataramkota.go.id" for app in APPS)
SITE = "/etc/kit/tls/site.crt"

_PEBBLE = """
export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq install -y --no-install-recommends pebble curl openssl >/dev/null 2>&1
mkdir -p /etc/pebble && cd /etc/pebble
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj /CN=pebble \\
    -addext subjectAltName=IP:ADDRESS -keyout key.pem -out cert.pem 2>/dev/null
cat >config.json <<'END'
{"pebble": {"listenAddress": "0.0.0.0:14000", "managementListenAddress": "127.0.0.1:15000", "httpPort": 80,
 "tlsPort": 443, "certificate": "/etc/pebble/cert.pem", "privateKey": "/etc/pebble/key.pem", "ocspResponderURL": ""}}
END
systemd-run -q --unit=names pebble-challtestsrv -defaultIPv6 '' -http01 '' -https01 '' -tlsalpn01 '' \\
    -dns01 127.0.0.1:8053 -management 127.0.0.1:8055
systemd-run -q --unit=pebble --setenv=PEBBLE_VA_NOSLEEP=1 --setenv=PEBBLE_WFE_NONCEREJECT=0 \\
    pebble -config /etc/pebble/config.json -dnsserver 127.0.0.1:8053
curl -sk --retry 20 --retry-connrefused --retry-delay 1 https://127.0.0.1:15000/roots/0 >/etc/pebble/root.pem
grep -q BEGIN /etc/pebble/root.pem
"""
_POINT = 'curl -sf -d \'{"ip": "ADDRESS"}\' http://127.0.0.1:8055/set-default-ipv4'
_SERVED = "openssl s_client -connect 127.0.0.1:443 -servername {0} </dev/null 2>/dev/null | openssl x509 -noout -serial"


class Named(Region):
    """A region whose names this machine resolves, and whose certificates it trusts, for its own commands only."""

    trusted = Path("/none")
    address = ""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "SSL_CERT_FILE": str(self.trusted)}

    def wrapped(self, command: list[str]) -> list[str]:
        names = self.folder / "hosts"
        names.write_text(f"127.0.0.1 localhost\n{self.address} {' '.join(NAMES)}\n", encoding="ascii")
        script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"'
        return ["unshare", "--mount", "sh", "-c", script, "sh", str(names), *command]


def names_served(region: Named, name: str) -> list[str]:
    """The names in the certificate that a visitor of *name* gets, whose authority is the service's."""
    context = ssl.create_default_context(cafile=str(region.trusted))
    with (
        socket.create_connection((region.address, 443), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as sock,
    ):
        return [value for _, value in (sock.getpeercert() or {}).get("subjectAltName", ())]


def does(machine: Machine, script: str) -> str:
    """Run a shell script as root inside; what it said."""
    done = machine.inside("sh", "-euc", script, timeout=240)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def served_instead(machine: Machine, former: str) -> str:
    """The serial number that nginx serves once it is not *former* any more, or after half a minute."""
    serial = former
    end = time.monotonic() + 30
    while serial == former and time.monotonic() < end:
        time.sleep(0.5)
        serial = does(machine, _SERVED.format(NAMES[0]))
    return serial


@pytest.fixture(scope="module")
def service(lab: Lab) -> tuple[Host, Machine]:
    """The ACME service; the names lead nowhere yet."""
    host = lab.up("acme", release="bookworm")
    machine = lab.machine("acme")
    does(machine, _PEBBLE.replace("ADDRESS", host.address))
    return host, machine


@pytest.fixture(scope="module")
def region(lab: Lab, service: tuple[Host, Machine], tmp_path_factory: pytest.TempPathFactory) -> Named:
    """A bare server that trusts the service, and the region that is to be there."""
    there, machine = service
    host = lab.up("web1", release=RELEASE)
    folder = tmp_path_factory.mktemp("acme")
    tls = f"  tls: {{mode: acme, directory: 'https://{there.address}:14000/dir', contact: it@mataramkota.go.id}}\n"
    made = Named(folder, [host], tls)
    profile = made.profile / "region.yml"
    profile.write_text(profile.read_text().replace("\nnet:\n", "\nnet:\n  offline: false\n"), encoding="utf-8")
    made.trusted, made.address = folder / "root.pem", host.address
    made.trusted.write_text(does(machine, "cat /etc/pebble/root.pem"), encoding="ascii")
    own = does(machine, "cat /etc/pebble/cert.pem")
    script = "cat >/usr/local/share/ca-certificates/pebble.crt && update-ca-certificates"
    assert lab.machine("web1").inside("sh", "-c", script, feed=own).returncode == 0
    does(machine, _POINT.replace("ADDRESS", there.address))
    return made


def test_a_service_that_refuses_is_explained(region: Named, lab: Lab) -> None:
    code, said = region.kit("setup")
    assert code == 3, said
    assert f"gave no certificate for {', '.join(NAMES)}" in said
    assert "a name does not lead to this server yet, or port 80 cannot be reached" in said
    assert "Traceback" not in said
    assert "certificate by ACME" in json.loads(region.kit("plan", "--json")[1])["web1"]["web"]
    assert "CN=sabilulungan.mataramkota.go.id" in does(
        lab.machine("web1"), f"openssl x509 -noout -issuer -nameopt RFC2253 -in {SITE}"
    )


def test_the_certificate_is_issued_once_and_renewed_by_the_timer(
    region: Named, lab: Lab, service: tuple[Host, Machine]
) -> None:
    web = lab.machine("web1")
    does(service[1], _POINT.replace("ADDRESS", region.address))
    code, said = region.kit("setup")
    assert code == 0, said
    for name in NAMES:
        assert name in names_served(region, name)
    assert does(web, "stat -c %a:%U /etc/kit/tls/site.key") == "600:root\n"
    first = does(web, _SERVED.format(NAMES[0]))

    code, said = region.kit("setup")
    assert (code, "changed=0" in said) == (0, True), said
    assert does(web, _SERVED.format(NAMES[0])) == first

    assert does(web, "systemctl is-active certbot.timer; systemctl show -P Unit certbot.timer").split() == [
        "active",
        "certbot.service",
    ]
    does(web, "sed -i '1i renew_before_expiry = 9000 days' /etc/letsencrypt/renewal/kit.conf")
    does(web, "systemctl start certbot.service")
    renewed = served_instead(web, first)  # nginx takes a moment to hand over to workers that know the new one
    assert renewed != first
    assert renewed == does(web, f"openssl x509 -noout -serial -in {SITE}")

    code, said = region.kit("setup")
    assert (code, "changed=0" in said) == (0, True), said
