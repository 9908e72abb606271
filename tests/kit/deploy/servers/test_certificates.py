"""A pair the region provides is kept only when it is one; what the kit makes itself takes its place again."""

import subprocess
from pathlib import Path

import pytest

from kit.deploy.servers import certificates
from kit.deploy.servers.secrets import Secrets
from kit.errors import KitError

HOSTS = ("erk.mataramkota.go.id",)


@pytest.fixture
def secrets() -> Secrets:
    """An empty vault, in memory."""
    return Secrets({})


def make(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate without any host name, and its key."""
    crt, key = folder / f"{name}.crt", folder / f"{name}.key"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    subprocess.run(
        ["openssl", "req", "-x509", *curve, "-days", "30", "-subj", "/CN=x", "-keyout", key, "-out", crt],
        check=True,
        capture_output=True,
    )
    return crt, key


def test_a_pair_is_kept_and_replaced_by_the_kits_own(secrets: Secrets, tmp_path: Path) -> None:
    crt, key = make(tmp_path, "one")
    certificates.keep_pair(secrets, "site", crt, key)
    assert (secrets.reveal("tls/site.crt"), secrets.reveal("tls/site.key")) == (crt.read_text(), key.read_text())
    certificates.ensure_authority(secrets, "Kota Mataram")
    certificates.ensure_certificate(secrets, "site", HOSTS)
    assert secrets.reveal("tls/site.crt") != crt.read_text()
    assert secrets.reveal("tls/site.key") != key.read_text()


def test_what_is_no_pair_is_refused_and_the_one_before_stays(secrets: Secrets, tmp_path: Path) -> None:
    crt, key = make(tmp_path, "one")
    other, _ = make(tmp_path, "two")
    certificates.keep_pair(secrets, "site", crt, key)
    (tmp_path / "latin").write_bytes(b"caf\xe9")
    for pair, words in (
        ((other, key), f"{key} is not the key of {other}: nginx would refuse to start."),
        ((key, key), f"hosting.tls names {key} and {key}, but they are not a certificate and a key"),
        ((crt, tmp_path / "none"), f"hosting.tls names {tmp_path / 'none'}, which cannot be read as PEM"),
        ((tmp_path / "latin", key), f"hosting.tls names {tmp_path / 'latin'}, which cannot be read as PEM"),
    ):
        with pytest.raises(KitError) as refused:
            certificates.keep_pair(secrets, "site", *pair)
        assert str(refused.value).startswith(words)
    assert (secrets.reveal("tls/site.crt"), secrets.reveal("tls/site.key")) == (crt.read_text(), key.read_text())
