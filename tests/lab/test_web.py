"""nginx in front of the apps, on the standing server: what it keeps, whom it slows, its certificate, the logs."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kit.checks.inside import manage_function
from tests.lab.servers import Region, Run, root

_PERSON = """
from django.contrib.auth import get_user_model
from django.test import Client
user = get_user_model().objects.create_user(username="uji-simpanan", full_name="Warga Uji Simpanan")
client = Client()
client.force_login(user)
print("; ".join(f"{name}={one.value}" for name, one in client.cookies.items()))
"""
_NOBODY = """
from django.contrib.auth import get_user_model
get_user_model().objects.filter(username="uji-simpanan").delete()
"""
_ASKED = """
name=$(sed -n 's/^ALLOWED_HOSTS=//p' /etc/kit/hayu.env)
curl -sk --resolve "$name:443:127.0.0.1" {options} "https://$name{path}"
"""
_SEEN = """
page=$(mktemp)
name=$(sed -n 's/^ALLOWED_HOSTS=//p' /etc/kit/hayu.env)
seen() {
    curl -sk --resolve "$name:443:127.0.0.1" --cookie "$2" -o "$page" "https://$name$1"
    grep -q '</html>' "$page"
    echo "$(tail -n 1 /var/log/nginx/access.log | awk '{print $NF}') $(grep -c 'Warga Uji Simpanan' "$page")"
}
seen '/?uji=1' ''; seen '/?uji=1' ''; seen '/?uji=1' 'COOKIE'; seen '/?uji=1' ''
seen '/?uji=2' 'COOKIE'; seen '/?uji=2' ''
rm "$page"
"""
"""Did each page come from what nginx keeps for ten seconds, and how many lines of it name the person?"""


def manage(run: Run, script: str) -> str:
    """The last line of what a script says in Hayu."""
    said = root(run.host, f"{manage_function()}manage hayu shell <<'END'\n{script}END\n")
    return said.splitlines()[-1] if said else ""


def asked(run: Run, path: str, options: str = "") -> str:
    """What Hayu answers to somebody on the server itself."""
    return root(run.host, _ASKED.format(path=path, options=options))


def test_public_pages_are_kept_for_moments_and_those_of_a_person_never(run: Run) -> None:
    cookie = manage(run, _PERSON)
    try:
        told = [line.split() for line in root(run.host, _SEEN.replace("COOKIE", cookie)).splitlines()]
    finally:
        manage(run, _NOBODY)
    assert [(kept, named != "0") for kept, named in told] == [
        ("MISS", False), ("HIT", False), ("BYPASS", True), ("HIT", False), ("BYPASS", True), ("MISS", False)
    ]  # fmt: skip


def test_a_link_lets_the_first_administrator_in_once_and_a_lost_one_is_replaced(run: Run) -> None:
    def again() -> str:
        root(run.host, "rm -f /root/jar /var/lib/kit/applied/first-admin-hayu")  # as docs/servers.md says
        code, said = run.region.kit("setup")
        assert code == 0, said
        return said

    (link,) = re.findall(r"https://hayu\.\S+/lupa-sandi/\S+", again())
    path = urlsplit(link).path
    page = asked(run, path, "-L -c /root/jar -b /root/jar")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token is not None
    words = "kata-sandi-yang-cukup-panjang"
    typed = f"-d csrfmiddlewaretoken={token[1]} -d password1={words} -d password2={words} -e {link}"
    there = re.sub(r"-[^/]+/$", "-buat-baru/", path)  # where the link leads, so that it is in no history
    told = asked(run, there, f"-L -c /root/jar -b /root/jar {typed}")
    assert "Anda dapat masuk dengan kata sandi yang baru." in told
    assert "Tautan itu tidak berlaku lagi" in asked(run, path, "-L -c /root/none")
    assert "An administrator has already set a password" in again()
    root(run.host, "rm -f /root/none")


def test_who_asks_too_often_is_told_to_wait(run: Run) -> None:
    codes = asked(run, "/?uji=3#[1-600]", "-o /dev/null -w '%{http_code}\\n'").split()  # the server sees one address
    assert set(codes) == {"200", "429"}
    assert codes.count("200") >= 200


def test_logs_are_rotated_and_the_last_run_is_still_known(run: Run) -> None:
    before = json.loads(run.region.kit("status", "--json")[1])[0]["last_run"]
    root(run.host, "logrotate -f /etc/logrotate.d/kit; logrotate -f /etc/logrotate.d/nginx; sleep 1")
    asked(run, "/healthz")
    assert re.search(r'"GET /healthz" 200', root(run.host, "cat /var/log/nginx/access.log"))
    assert json.loads(run.region.kit("status", "--json")[1])[0]["last_run"] == before
    code, said = run.region.kit("setup")
    assert (code, "changed=0" in said) == (0, True), said
    lines = root(run.host, "cat /var/log/kit/setup.log").splitlines()
    assert [json.loads(line)["what"] for line in lines] == ["setup"]
    assert root(run.host, "stat -c '%a %U %G' /var/log/kit/setup.log") == "640 root adm\n"


class Trusting(Region):
    """A region whose certificates come from an authority that this machine is told to trust."""

    trusted = Path("/none")

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "SSL_CERT_FILE": str(self.trusted)}


@pytest.fixture
def pair(tmp_path: Path) -> Path:
    """A folder with an authority and a certificate of it for every name of the region, with its key."""
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90")
    whole = ("-x509", "-subj", "/CN=Otoritas Uji", "-keyout", "ca.key", "-out", "ca.crt")
    site = ("-x509", "-CA", "ca.crt", "-CAkey", "ca.key", "-subj", "/CN=uji", "-keyout", "site.key", "-out", "site.crt")
    names = ("-addext", "subjectAltName=DNS:*.mataramkota.go.id", "-addext", "basicConstraints=critical,CA:FALSE")
    for arguments in (whole, (*site, *names)):
        subprocess.run(["openssl", "req", *key, *arguments], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def test_the_regions_own_certificate_is_served_until_it_is_taken_out(run: Run, pair: Path) -> None:
    shown = "openssl s_client -connect 127.0.0.1:443 -servername hayu.mataramkota.go.id </dev/null 2>/dev/null | "
    shown += "openssl x509 -noout -issuer -nameopt RFC2253\n"
    before = root(run.host, shown)
    own = f"  tls: {{mode: provided, certificate: {pair}/site.crt, key: {pair}/site.key}}\n"
    region = Trusting(run.region.folder, [run.host], own)
    region.trusted = pair / "ca.crt"
    try:
        code, said = region.kit("setup")
        assert code == 0, said
        assert root(run.host, shown) == "issuer=CN=Otoritas Uji\n"
        assert root(run.host, "stat -c '%a %U' /etc/kit/tls/site.key") == "600 root\n"
        assert "changed=0" in region.kit("setup")[1]
    finally:
        Region(run.region.folder, [run.host])
        code, said = run.region.kit("setup")
    assert code == 0, said
    assert root(run.host, shown) == before
