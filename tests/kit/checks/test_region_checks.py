"""Checks of the region as a whole: names and certificate."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kit.checks.doctor import checks
from kit.checks.region import RegionFacts, read_certificate, resolve
from kit.checks.result import Status
from tests.kit.checks.facts import TARGET

CHECKS = {check.key: check for check in checks()[1]}
NOW = datetime(2026, 11, 25, tzinfo=UTC)
NAME = "hayu.example.go.id"


class Authority:
    """A root, an intermediate, and certificates of the latter."""

    def __init__(self) -> None:
        self.root_key, self.middle_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        self.root = self._make("Root", self.root_key, "Root", self.root_key, [])
        self.middle = self._make("Middle", self.middle_key, "Root", self.root_key, [])

    def issue(self, names: list[str], start: datetime = NOW - timedelta(days=10), days: int = 365) -> tuple[str, str]:
        """A certificate and its key as PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        leaf = self._make("leaf", key, "Middle", self.middle_key, names, start, days)
        return pem(leaf), key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    def _make(
        self,
        subject: str,
        key: ec.EllipticCurvePrivateKey,
        issuer: str,
        issuer_key: ec.EllipticCurvePrivateKey,
        names: list[str],
        start: datetime = NOW - timedelta(days=100),
        days: int = 900,
    ) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=days))
        )
        if names:
            builder = builder.add_extension(
                x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False
            )
        return builder.sign(issuer_key, hashes.SHA256())


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture
def given(tmp_path: Path) -> Callable[[str, str], RegionFacts]:
    """Facts of a region whose certificate and key files hold these texts."""

    def make(certificate: str, key: str) -> RegionFacts:
        files = tmp_path / "region.crt", tmp_path / "region.key"
        for file, text in zip(files, (certificate, key), strict=True):
            if text:
                file.write_text(text, encoding="ascii")
        target = replace(TARGET, tls_mode="provided", certificate=files[0], certificate_key=files[1])
        return facts(target=target, certificate=read_certificate(target))

    return make


def facts(**changed: object) -> RegionFacts:
    good = RegionFacts(
        TARGET, {NAME: ("10.10.0.21",)}, server_addresses=frozenset({"10.10.0.21"}), certificate=None, now=NOW
    )
    return replace(good, **changed)


def outcome(key: str, region: RegionFacts) -> tuple[Status, str]:
    result = CHECKS[key].run(region)
    return result.status, f"{result.evidence} {result.cause} {result.remedy}"


@pytest.mark.parametrize("key", CHECKS)
def test_a_region_in_order_passes(key: str) -> None:
    assert outcome(key, facts())[0] is Status.OK


@pytest.mark.parametrize("key", [key for key in CHECKS if key.startswith("certificate")])
def test_a_good_certificate_passes(key: str, authority: Authority, given: Callable[[str, str], RegionFacts]) -> None:
    leaf, private = authority.issue(["*.example.go.id"])
    assert outcome(key, given(leaf + pem(authority.middle), private))[0] is Status.OK


def test_names_without_an_address() -> None:
    status, words = outcome("names_resolve", facts(addresses={NAME: ()}))
    assert status is Status.WARNING
    assert f"{NAME} A 10.10.0.21" in words
    acme = facts(addresses={}, target=replace(TARGET, tls_mode="acme"))
    assert outcome("names_resolve", acme)[0] is Status.FAULT


def test_names_that_lead_elsewhere() -> None:
    status, words = outcome("names_resolve", facts(addresses={NAME: ("203.0.113.9",)}))
    assert status is Status.WARNING
    assert f"{NAME} → 203.0.113.9" in words


def test_a_name_server_that_hangs_or_fails_counts_as_no_address() -> None:
    def look_up(name: str) -> tuple[str, ...]:
        return ("10.0.0.1",) if name == "good" else ()

    assert resolve(["good", "bad"], look_up) == {"good": ("10.0.0.1",), "bad": ()}
    assert resolve([], look_up) == {}


def test_profile_without_mail_and_backups() -> None:
    bare = facts(target=replace(TARGET, smtp=None, backup=None))
    assert outcome("mail_server_named", bare)[0] is Status.NOTE
    assert outcome("backup_elsewhere", bare)[0] is Status.WARNING


def test_files_that_are_missing_or_something_else(given: Callable[[str, str], RegionFacts]) -> None:
    for certificate, key, words in (
        ("", "", "cannot be read: No such file"),
        ("not a certificate", "not a key", "holds no certificate in PEM form"),
    ):
        region = given(certificate, key)
        status, told = outcome("certificate_files", region)
        assert status is Status.FAULT
        assert words in told
        for other in ("certificate_pair", "certificate_lasts", "certificate_names", "certificate_chain"):
            assert outcome(other, region)[0] is Status.SKIPPED


def test_a_key_with_a_password(authority: Authority, given: Callable[[str, str], RegionFacts]) -> None:
    leaf, _ = authority.issue([NAME])
    locked = authority.root_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    ).decode()
    status, words = outcome("certificate_files", given(leaf, locked))
    assert status is Status.FAULT
    assert "protected by a password" in words


def test_the_key_of_another_certificate(authority: Authority, given: Callable[[str, str], RegionFacts]) -> None:
    leaf, _ = authority.issue([NAME])
    _, other = authority.issue([NAME])
    status, words = outcome("certificate_pair", given(leaf, other))
    assert status is Status.FAULT
    assert "is not the key of" in words


@pytest.mark.parametrize(
    ("start", "days", "status", "words"),
    [
        (NOW - timedelta(days=400), 365, Status.FAULT, "ended on 2026-10-21"),
        (NOW + timedelta(days=2), 365, Status.FAULT, "valid from 2026-11-27"),
        (NOW - timedelta(days=345), 365, Status.WARNING, "20 days"),
        (NOW - timedelta(days=300), 365, Status.OK, "65 days"),
    ],
)
def test_validity(
    authority: Authority,
    given: Callable[[str, str], RegionFacts],
    start: datetime,
    days: int,
    status: Status,
    words: str,
) -> None:
    found, told = outcome("certificate_lasts", given(*authority.issue([NAME], start, days)))
    assert found is status
    assert words in told


@pytest.mark.parametrize(
    ("names", "status"),
    [
        ([NAME], Status.OK),
        (["*.example.go.id"], Status.OK),
        (["example.go.id"], Status.FAULT),
        (["*.go.id"], Status.FAULT),
        (["*.hayu.example.go.id"], Status.FAULT),
        ([], Status.FAULT),
    ],
)
def test_names_in_it(
    authority: Authority, given: Callable[[str, str], RegionFacts], names: list[str], status: Status
) -> None:
    assert outcome("certificate_names", given(*authority.issue(names)))[0] is status


def test_chain(authority: Authority, given: Callable[[str, str], RegionFacts]) -> None:
    leaf, key = authority.issue([NAME])
    assert outcome("certificate_chain", given(leaf, key))[0] is Status.WARNING
    assert outcome("certificate_chain", given(leaf + pem(authority.middle) + pem(authority.root), key))[0] is Status.OK
    assert outcome("certificate_chain", given(leaf + pem(authority.root), key))[0] is Status.FAULT
    assert outcome("certificate_chain", given(pem(authority.root), key))[0] is Status.OK
