"""The public check of a code: typed from paper, scanned, or with the file itself (hayu.md section 13)."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from django.db.models import F

from core import codes, dates, files
from core.errors import Refused
from hayu.domain import receipts, throttle
from hayu.models import Permit, Report
from hayu.rules.codes import explain

_KIND = "cek"


class Found(StrEnum):
    """What a check found."""

    REPORT = "report"
    PERMIT = "permit"
    UNKNOWN = "unknown"
    MALFORMED = "malformed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a check and its sentence; the report or permit when there is one."""

    found: Found
    code: str
    sentence: str = ""
    report: Report | None = None
    permit: Permit | None = None


def check(text: str, source: str, *, count: bool = True) -> Result:
    """Look a code up. `source` is the caller's address, kept only as a token for an hour.

    A slip that the check character shows is explained without asking the database. Unknown codes count as misses;
    above the region's limit an hour the source is told to wait. A hit raises the scan count unless `count` is False.
    """
    code = codes.normalise(text)[:40]
    fault = explain(text)
    if fault:
        return Result(Found.MALFORMED, code, fault)
    if throttle.is_blocked(_KIND, source):
        return Result(
            Found.BLOCKED, code, "Terlalu banyak kode yang tidak dikenal dari jaringan ini. Coba lagi satu jam lagi."
        )
    report = Report.objects.registered().filter(code=code).first()
    permit = None if report else Permit.objects.select_related("type_version", "replaced_by").filter(code=code).first()
    found = report or permit
    if found is None:
        throttle.miss(_KIND, source)
        return Result(
            Found.UNKNOWN, code, "Kode ini tidak ada di catatan kami. Kertas dengan kode ini tidak kami terbitkan."
        )
    if count:
        type(found)._base_manager.filter(pk=found.pk).update(scans=F("scans") + 1, last_scan_at=dates.now())
        found.scans += 1
    if permit:
        return Result(Found.PERMIT, code, permit.STATES[permit.state].sentence, permit=permit)
    return Result(Found.REPORT, code, found.allows, report)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an uploaded file compares: its SHA-256, whether it is ours, and the sentence."""

    digest: str
    same: bool
    sentence: str


def compare(found: Report | Permit, upload: IO[bytes]) -> Comparison:
    """Compare an uploaded PDF with what was issued; the file is read and forgotten.

    Raises Refused (core.files) when it is empty, too large or no PDF.
    """
    if isinstance(found, Report) and found.anonymised_on:
        raise Refused("Salinan tanda lapor ini sudah dihapus sesuai masa simpan, jadi tidak dapat dibandingkan lagi.")
    content, _ = files.inspect(upload, allowed=(files.PDF,))
    digest = hashlib.sha256(content).hexdigest()
    if isinstance(found, Permit):
        same = bool(found.sha256) and digest == found.sha256
        return Comparison(digest, same, _SAME_PERMIT if same else _DIFFERENT)
    issued = receipts.is_issued(found, digest)
    if issued is None:
        sentence = _DIFFERENT
    elif issued:
        sentence = "Berkas ini sama persis dengan tanda lapor terbaru yang kami terbitkan."
    else:
        sentence = "Berkas ini pernah kami terbitkan, tetapi datanya sudah diperbarui sesudahnya."
    return Comparison(digest, bool(issued), sentence)


_DIFFERENT = "Berkas ini berbeda dari yang kami terbitkan. Percayai keadaan di halaman ini, bukan berkasnya."
_SAME_PERMIT = "Berkas ini sama persis dengan izin yang kami terbitkan."
