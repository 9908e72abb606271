"""Ways to sign a document: a trial key of this installation, BSrE, or ink on paper with the scan uploaded."""

import base64
import hashlib
import hmac
import json
import secrets
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import IO, Protocol
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from core import env, files
from core.enums import Signature
from core.errors import Fault, Refused
from core.models import User
from core.region import region

TIMEOUT = 20  # seconds for the certificate provider
MOST_SIGNED = files.MAX_BYTES * 2  # bytes of a signed file; what the provider adds is small
TRIAL_MARK = "CONTOH – UJI COBA"  # across each page of a document signed with the trial key


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed file, and the signature's value where it stands beside the file."""

    content: bytes
    value: str = ""


class Signer(Protocol):
    """What signs a drawn PDF. `within`: the signature stands in the file, beside those that are there already."""

    kind: Signature
    within: bool

    def sign(self, drawn: bytes, by: User, passphrase: str) -> Signed:
        """Return the signed file; Refused with a sentence when it cannot be signed now."""


class TrialSigner:
    """Signs beside the file with an Ed25519 key of this installation; the paper carries the mark UJI COBA."""

    kind = Signature.UJI_COBA
    within = False

    def sign(self, drawn: bytes, by: User, passphrase: str) -> Signed:
        """Return the file unchanged and the signature of its SHA-256."""
        value = _trial_key().sign(hashlib.sha256(drawn).digest())
        return Signed(drawn, base64.b64encode(value).decode())


def _trial_key() -> Ed25519PrivateKey:
    secret: str = settings.DATA_KEY.reveal()
    purpose = f"{settings.APP} trial signer".encode()
    return Ed25519PrivateKey.from_private_bytes(hmac.new(secret.encode(), purpose, hashlib.sha256).digest())


def is_genuine(content: bytes, value: str) -> bool:
    """Return whether a trial signature belongs to a file."""
    try:
        _trial_key().public_key().verify(base64.b64decode(value), hashlib.sha256(content).digest())
    except (InvalidSignature, ValueError):
        return False
    return True


class WetSigner:
    """Takes the scan of the paper that was signed with ink."""

    kind = Signature.BASAH
    within = False

    def __init__(self, scan: IO[bytes] | None) -> None:
        self._scan = scan

    def sign(self, drawn: bytes, by: User, passphrase: str) -> Signed:
        """Return the scan; Refused without one, or when it is no PDF."""
        if self._scan is None:
            raise Refused("Unggah pindaian naskah yang sudah ditandatangani.")
        content, _ = files.inspect(self._scan, allowed=(files.PDF,))
        return Signed(content)


class BsreSigner:
    """Sends the file to the region's eSign service of BSrE (POST …/api/sign/pdf) under the signer's own NIK.

    The service stands inside the region's network (profile, section `sign`); plain http is taken only because of that.
    """

    kind = Signature.BSRE
    within = True

    def __init__(self, endpoint: str, user: str, password: str) -> None:
        address = urlsplit(endpoint)
        if address.scheme not in ("https", "http") or not address.hostname:
            raise Refused("Alamat layanan BSrE tidak benar; periksa bagian sign pada profil wilayah.")
        self._secure, self._host, self._path = address.scheme == "https", address.hostname, address.path.rstrip("/")
        self._port = address.port or (443 if self._secure else 80)
        self._login = base64.b64encode(f"{user}:{password}".encode()).decode()

    def _line(self) -> HTTPConnection:
        if self._secure:
            return HTTPSConnection(self._host, self._port, timeout=TIMEOUT, context=ssl.create_default_context())
        return HTTPConnection(self._host, self._port, timeout=TIMEOUT)

    def sign(self, drawn: bytes, by: User, passphrase: str) -> Signed:
        """Return the file signed by the provider; Refused with what the provider said, or that it said nothing."""
        if not by.nik:
            raise Refused("Akun penanda tangan belum memuat NIK yang terdaftar di BSrE.")
        body, boundary = _form({"nik": by.nik, "passphrase": passphrase, "tampilan": "invisible"}, drawn)
        headers = {
            "Authorization": f"Basic {self._login}", "Content-Type": f"multipart/form-data; boundary={boundary}"
        }  # fmt: skip
        line = self._line()
        try:
            status, content = _ask(line, f"{self._path}/api/sign/pdf", body, headers)
        except TimeoutError:
            raise Refused(
                "Layanan BSrE terlalu lama menjawab, jadi dokumen ini belum ditandatangani. Coba lagi nanti."
            ) from None
        except (OSError, HTTPException):
            raise Refused("Layanan BSrE tidak terjangkau. Coba lagi beberapa saat lagi.") from None
        finally:
            line.close()
        if status == 200 and content.startswith(b"%PDF-"):
            return Signed(content)
        raise _refusal(status, content)


def _ask(line: HTTPConnection, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    """Return status and content of the answer; TimeoutError when all of it takes longer than TIMEOUT."""
    until = time.monotonic() + TIMEOUT
    line.request("POST", path, body, headers)
    answer = line.getresponse()
    content = b""
    while len(content) < MOST_SIGNED and (part := answer.read1(64 * 1024)):
        content += part
        if time.monotonic() > until:
            raise TimeoutError
    return answer.status, content


# What the service's own words mean for the signer; the first that fits. Its numbers differ between versions, so the
# words count beside the two that do not.
_REASONS = (
    (
        ("passphrase",), 2031, "passphrase",
        "Passphrase sertifikat elektronik Anda salah. Tidak ada yang ditandatangani.",
    ),
    (
        ("expired", "kedaluwarsa", "kadaluarsa", "kadaluwarsa", "masa berlaku"), None, "",
        "Sertifikat elektronik Anda sudah habis masa berlakunya. Perbarui dahulu di BSrE, lalu tanda tangani lagi.",
    ),
    (("tidak terdaftar", "not registered"), 2011, "", "NIK akun Anda tidak terdaftar di BSrE. Daftarkan dahulu."),
)  # fmt: skip


def _refusal(status: int, content: bytes) -> Refused:
    """Return what an answer that is no signed file tells the signer."""
    try:
        answer = json.loads(content[:4096])
    except ValueError:
        answer = {}
    told = answer if isinstance(answer, dict) else {}
    said, code = " ".join(str(told.get("error") or told.get("message") or "").split())[:200], told.get("status_code")
    for words, number, field, sentence in _REASONS:
        if (number is not None and code == number) or any(word in said.lower() for word in words):
            return Refused(sentence, [Fault(field, sentence)] if field else [])
    if status in (401, 403):
        return Refused(
            "Layanan BSrE menolak aplikasi ini. Minta admin server memeriksa sign.user pada profil dan memberi "
            "KIT_SIGN_PASSWORD sekali lagi."
        )
    if status >= 500:
        return Refused("Layanan BSrE sedang terganggu. Coba lagi beberapa saat lagi.")
    why = f": {said}" if said else ""
    return Refused(f"BSrE menolak menandatangani (jawaban {status}){why}.")


def _form(values: dict[str, str], drawn: bytes) -> tuple[bytes, str]:
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="naskah.pdf"\r\n'
    parts += [f"{head}Content-Type: application/pdf\r\n\r\n".encode(), drawn, f"\r\n--{boundary}--\r\n".encode()]
    return b"".join(parts), boundary


def electronic() -> Signer | None:
    """Return the electronic signer of the region: BSrE, or the trial key (also in a demo); None where ink is used."""
    sign = region().sign
    if sign.provider == "bsre" and sign.endpoint:
        return BsreSigner(str(sign.endpoint), env.text("SIGN_USER", ""), env.secret("SIGN_PASSWORD").reveal())
    return TrialSigner() if sign.provider == "double" or settings.DEMO_MODE else None


def check_passphrase(way: Signer, by: User, passphrase: str) -> None:
    """The second proof that it is the signer who signs; raises Refused beside the field.

    BSrE proves the passphrase of the certificate itself, at each signature; everywhere else it is the account's own.
    """
    if way.kind == Signature.BSRE:
        if not passphrase:
            sentence = "Isi passphrase sertifikat elektronik Anda."
            raise Refused(sentence, [Fault("passphrase", sentence)])
    elif not by.check_password(passphrase):
        sentence = "Kata sandi itu tidak cocok. Tidak ada yang ditandatangani."
        raise Refused(sentence, [Fault("passphrase", sentence)])
