"""Certificates of the kit's own authority: one authority a region, one certificate for all its addresses."""

import datetime as dt
import ipaddress
from collections.abc import Sequence
from pathlib import Path

from kit.deploy.servers.secrets import Secrets
from kit.errors import KitError

CA_KEY, CA = "tls/ca.key", "tls/ca.crt"
_CA_YEARS = 10
_LEAF_DAYS = 397
_RENEW_DAYS = 60
"""Browsers refuse certificates that are valid for longer than 398 days."""


def ensure_authority(secrets: Secrets, region: str) -> None:
    """Make the region's authority if it has none; its key never leaves the vault."""
    if CA_KEY in secrets and CA in secrets:
        return
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, f"{region}: own authority"[:64])])
    now = _now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=365 * _CA_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(authority=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    secrets.put(CA_KEY, _private(key))
    secrets.put(CA, _pem(made))


def ensure_certificate(secrets: Secrets, name: str, hosts: Sequence[str]) -> None:
    """Make ``tls/NAME.crt`` and its key for exactly *hosts*, anew when they changed or it runs out within 60 days."""
    crt, private = f"tls/{name}.crt", f"tls/{name}.key"
    if crt in secrets and private in secrets and _serves(secrets.reveal(crt), secrets.reveal(CA), hosts):
        return
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    authority = x509.load_pem_x509_certificate(secrets.reveal(CA).encode())
    signer = serialization.load_pem_private_key(secrets.reveal(CA_KEY).encode(), None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{CA_KEY} is not a key of this module.")
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, hosts[0][:64])])
    now = _now()
    made = (
        x509.CertificateBuilder(authority.subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=_LEAF_DAYS - 1))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(authority=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(host) for host in hosts]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    secrets.put(private, _private(key))
    secrets.put(crt, _pem(made))


def keep_pair(secrets: Secrets, name: str, certificate: Path, key: Path) -> None:
    """Keep the region's own certificate, with its chain, and key as ``tls/NAME.crt`` and ``.key``.

    Raises KitError where a file cannot be read or the two do not belong together: nginx would refuse to start, so
    nothing of them is kept.
    """
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    texts = []
    for file in (certificate, key):
        try:
            texts.append(file.read_text(encoding="ascii"))
        except (OSError, UnicodeDecodeError) as error:
            raise KitError(f"hosting.tls names {file}, which cannot be read as PEM: {error}.") from None
    try:
        of_certificate = x509.load_pem_x509_certificates(texts[0].encode())[0].public_key()
        of_key = load_pem_private_key(texts[1].encode(), None).public_key()
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KitError(
            f"hosting.tls names {certificate} and {key}, but they are not a certificate and a key without a password, "
            f"both as PEM ({error})."
        ) from None
    if of_certificate != of_key:
        raise KitError(
            f"{key} is not the key of {certificate}: nginx would refuse to start. Often the key is last year's, or "
            "the first certificate in the file is the authority's. These must be equal: "
            f"openssl x509 -noout -pubkey -in {certificate}; openssl pkey -pubout -in {key}. Nothing was changed."
        )
    secrets.put(f"tls/{name}.crt", texts[0])
    secrets.put(f"tls/{name}.key", texts[1])


def days_left(pem: str) -> int:
    """Whole days until the first certificate of *pem* runs out."""
    from cryptography import x509

    return (x509.load_pem_x509_certificate(pem.encode()).not_valid_after_utc - _now()).days


def _serves(pem: str, authority: str, hosts: Sequence[str]) -> bool:
    from cryptography import x509

    made = x509.load_pem_x509_certificate(pem.encode())
    try:
        named = list(made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
    except x509.ExtensionNotFound:
        named = []
    same = named == [_general(host) for host in hosts]
    issuer = x509.load_pem_x509_certificate(authority.encode()).subject
    return same and made.issuer == issuer and days_left(pem) > _RENEW_DAYS


def _general(host: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 (a type of a module loaded on use)
    from cryptography import x509

    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _usage(*, authority: bool):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).replace(microsecond=0)


def _private(key) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from cryptography.hazmat.primitives import serialization

    raw: bytes = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return raw.decode()


def _pem(made) -> str:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from cryptography.hazmat.primitives import serialization

    raw: bytes = made.public_bytes(serialization.Encoding.PEM)
    return raw.decode()
