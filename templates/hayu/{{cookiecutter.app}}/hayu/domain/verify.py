"""The public check of a code: typed from paper, scanned, or with the file itself (hayu.md section 13)."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from django.core.cache import cache
from django.db.models import F

from core import codes, dates, files, identity
from core.region import region
from hayu.domain import receipts
from hayu.models import Report
from hayu.rules.codes import explain


class Found(StrEnum):
    """What a check found."""

    REPORT = "report"
    UNKNOWN = "unknown"
    MALFORMED = "malformed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a check and its sentence; `report` when there is one."""

    found: Found
    code: str
    sentence: str = ""
    report: Report | None = None


def _misses_key(source: str) -> str:
    return f"cek:{identity.token(source)[:32]}:{dates.now():%Y%m%d%H}"


def check(text: str, source: str, *, count: bool = True) -> Result:
    """Look a code up. `source` is the caller's address, kept only as a token for an hour.

    A slip that the check character shows is explained without asking the database. Unknown codes count as misses;
    above the region's limit an hour the source is told to wait. A hit raises the scan count unless `count` is False.
    """
    code = codes.normalise(text)[:40]
    fault = explain(text)
    if fault:
        return Result(Found.MALFORMED, code, fault)
    key = _misses_key(source)
    limit = region().licences.misses_per_hour
    misses = cache.get(key, 0)
    if misses >= limit:
        return Result(
            Found.BLOCKED, code, "Terlalu banyak kode yang tidak dikenal dari jaringan ini. Coba lagi satu jam lagi."
        )
    report = Report.objects.registered().filter(code=code).first()
    if report is None:
        cache.set(key, misses + 1, 3600)
        return Result(
            Found.UNKNOWN, code, "Kode ini tidak ada di catatan kami. Kertas dengan kode ini tidak kami terbitkan."
        )
    if count:
        Report.objects.filter(pk=report.pk).update(scans=F("scans") + 1, last_scan_at=dates.now())
        report.scans += 1
    return Result(Found.REPORT, code, report.allows, report)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an uploaded file compares: its SHA-256, whether it is ours, and the sentence."""

    digest: str
    same: bool
    sentence: str


def compare(report: Report, upload: IO[bytes]) -> Comparison:
    """Compare an uploaded PDF with the receipts issued for a report; the file is read and forgotten.

    Raises Refused (core.files) when it is empty, too large or no PDF.
    """
    content, _ = files.inspect(upload, allowed=(files.PDF,))
    digest = hashlib.sha256(content).hexdigest()
    issued = receipts.is_issued(report, digest)
    if issued is None:
        sentence = "Berkas ini berbeda dari yang kami terbitkan. Percayai keadaan di halaman ini, bukan berkasnya."
    elif issued:
        sentence = "Berkas ini sama persis dengan tanda lapor terbaru yang kami terbitkan."
    else:
        sentence = "Berkas ini pernah kami terbitkan, tetapi datanya sudah diperbarui sesudahnya."
    return Comparison(digest, bool(issued), sentence)
