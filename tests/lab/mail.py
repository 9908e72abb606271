"""A mail server on a lab host: it takes letters only encrypted and from who signs in, and keeps them."""

import json
from typing import Any

from kit.lab.machine import Machine

NAME, USER = "surel.mataramkota.go.id", "noreply"

_SERVER = """
import asyncio, json, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult

password = open("/root/password", "rb").read()

def proves(server, session, envelope, mechanism, given):
    return AuthResult(success=(given.login, given.password) == (b"USER", password))

class Keep:
    async def handle_DATA(self, server, session, envelope):
        letter = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "content": envelope.content.decode()}
        with open("/root/letters", "a") as kept:
            kept.write(json.dumps(letter) + "\\n")
        return "250 kept"

tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain("/root/cert.pem", "/root/key.pem")

async def serve():
    make = lambda: SMTP(Keep(), tls_context=tls, require_starttls=True, auth_required=True, authenticator=proves)
    server = await asyncio.get_running_loop().create_server(make, "0.0.0.0", 587)
    await server.serve_forever()

asyncio.run(serve())
"""
_START = """
export DEBIAN_FRONTEND=noninteractive
umask 077
printf %s "$1" >/root/password
: >/root/letters
apt-get -qq update
apt-get -qq install -y --no-install-recommends python3-aiosmtpd openssl >/dev/null 2>&1
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 9 -subj /CN=NAME \\
    -addext subjectAltName=DNS:NAME -keyout /root/key.pem -out /root/cert.pem 2>/dev/null
cat >/root/server.py
systemd-run -q --unit=mail python3 /root/server.py
for _ in $(seq 50); do ! bash -c 'exec 3<>/dev/tcp/127.0.0.1/587' 2>/dev/null || exit 0; sleep 0.2; done
exit 1
"""
_KNOWN = """
echo "$1 NAME" >>/etc/hosts
cat >/usr/local/share/ca-certificates/mail.crt
update-ca-certificates >/dev/null
"""


def start(machine: Machine, password: str) -> str:
    """Start it on this host; returns its certificate, which it signed itself."""
    _does(machine, _START.replace("NAME", NAME), password, feed=_SERVER.replace("USER", USER))
    return _does(machine, "cat /root/cert.pem")


def make_known(machine: Machine, address: str, certificate: str) -> None:
    """Let a host find the mail server at *address* and trust it."""
    _does(machine, _KNOWN.replace("NAME", NAME), address, feed=certificate)


def letters(machine: Machine) -> list[dict[str, Any]]:
    """What it has taken in: sender, recipients, content."""
    return [json.loads(line) for line in _does(machine, "cat /root/letters").splitlines()]


def _does(machine: Machine, script: str, *arguments: str, feed: str = "") -> str:
    done = machine.inside("sh", "-euc", script, "sh", *arguments, feed=feed, timeout=240)
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout
