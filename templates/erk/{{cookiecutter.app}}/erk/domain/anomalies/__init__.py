"""The signs of a month, their points, and how a verifier closes them with a reason (erk.md section 13)."""

import datetime as dt
import hashlib
import heapq
from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_CEILING

from django.db import transaction
from django.db.models import Q, Sum
from django.http import HttpRequest

from core import audit, dates
from core.errors import Fault, NotAllowed, Refused
from core.models import User
from core.region import region
from core.transitions import Machine, Step, Transition
from erk.domain import policy
from erk.domain.anomalies import gather
from erk.domain.objections import reasoned
from erk.enums import COUNTED, AnomalyState, Role, Verdict
from erk.models import Aktivitas, Anomali, BulanOpd, Opd, Rekap, Sampel
from erk.rules import windows


def own(user: User, sign: Anomali) -> bool:
    """Return whether it is about the person's own work: nobody judges that."""
    return sign.pegawai.user_id == user.pk


def holds(user: User, role: str, sign: Anomali) -> bool:
    """Return whether a person holds a role; verifiers work for the whole region."""
    return user.has_role(role)


def judged(step: Step) -> None:
    """Ask for a verdict and for a reason somebody else can follow."""
    if step.data.get("putusan") not in Verdict.values:
        raise Refused("Pilih putusannya.", [Fault("putusan", "Pilih putusannya.")])
    reasoned(step)


def close(step: Step) -> None:
    """Write verdict and reason."""
    step.obj.putusan, step.obj.penjelasan = step.data["putusan"], step.note
    step.audit_data["putusan"] = step.obj.putusan


SIGNS = Machine(
    Anomali,
    (
        Transition(
            "tutup", (AnomalyState.TERBUKA,), "tutup", (Role.VERIFIKATOR_BKPSDM,), AnomalyState.DITUTUP,
            "Tutup tanda ini", guard=judged, effect=close,
        ),
    ),
    holds=holds,
    involved=own,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """What a search found: signs new, changed, gone, and those that were closed before and stay so."""

    new: int
    changed: int
    gone: int
    closed: int


def search(month: dt.date) -> Run:
    """Look for signs in a month and store them; safe to run again: closed ones stay, open ones follow the facts."""
    month = month.replace(day=1)
    offices = dict(Rekap.objects.filter(bulan=month).values_list("pegawai_id", "opd_id"))
    found: gather.Signs = defaultdict(dict)
    for agency in Opd.objects.filter(pk__in=set(offices.values())):
        _add(found, gather.of_agency(month, agency))
    for whole in (gather.devices, gather.proofs, gather.superiors):
        _add(found, whole(month))
    with transaction.atomic():
        return _store(month, found, offices)


def _add(found: gather.Signs, more: gather.Signs) -> None:
    for key, signs in more.items():
        found[key] |= signs


def _store(month: dt.date, found: gather.Signs, offices: dict[int, int]) -> Run:
    stored = {(row.pegawai_id, row.kode): row for row in Anomali.objects.select_for_update().filter(bulan=month)}
    fresh, changed, closed = [], [], 0
    points = policy.for_month(month).points
    for key, signs in found.items():
        for code, detail in signs.items():
            row = stored.pop((key, code), None)
            if row is None and key in offices:
                fresh.append(
                    Anomali(
                        pegawai_id=key, opd_id=offices[key], bulan=month, kode=code, poin=points[code], rincian=detail,
                        state=AnomalyState.TERBUKA,
                    )
                )  # fmt: skip
            elif row and row.state == AnomalyState.DITUTUP:
                closed += 1
            elif row and row.rincian != detail:
                row.rincian, row.version = detail, row.version + 1
                changed.append(row)
    gone = [row.pk for row in stored.values() if row.state == AnomalyState.TERBUKA]
    Anomali.objects.bulk_create(fresh, batch_size=500)
    Anomali.objects.bulk_update(changed, ["rincian", "version"], batch_size=500)
    Anomali.objects.filter(pk__in=gone).delete()
    return Run(len(fresh), len(changed), len(gone), closed)


def scores(month: dt.date, agency: Opd | None = None) -> dict[int, int]:
    """Return the points of each employee with signs in a month, closed ones included."""
    rows = Anomali.objects.filter(bulan=month)
    rows = rows.filter(opd=agency) if agency else rows
    return dict(rows.order_by().values_list("pegawai_id").annotate(Sum("poin")))


def seed(month: dt.date) -> str:
    """Return what the sample of a month is drawn with: anybody who knows region and month can draw it again."""
    return f"{region().region.code} {month:%Y-%m}"


def rank(code: str, of: str) -> str:
    """Return the place of an activity in the draw: the SHA-256 of seed and code."""
    return hashlib.sha256(f"{of} {code}".encode()).hexdigest()


def draw(month: dt.date) -> int:
    """Draw the sample of the month's approved activities (2 %, rounded up) once, always the same; return how many."""
    month = month.replace(day=1)
    with transaction.atomic():
        if Sampel.objects.filter(bulan=month).exists():
            return 0
        rows = Aktivitas.objects.filter(tanggal__range=windows.month_bounds(month), state__in=COUNTED)
        part = policy.for_month(month).sample_share
        wanted, drawn = int((rows.count() * part).to_integral_value(ROUND_CEILING)), seed(month)
        codes = rows.order_by().values_list("kode", "pk").iterator(chunk_size=5000)
        chosen = heapq.nsmallest(wanted, ((rank(code, drawn), pk) for code, pk in codes))
        Sampel.objects.bulk_create([Sampel(aktivitas_id=pk, bulan=month) for _, pk in chosen], batch_size=500)
    return len(chosen)


def review(user: User, sample: Sampel, verdict: str, words: str, *, request: HttpRequest | None = None) -> Sampel:
    """Write what was found in a sampled activity; Refused for the own work, a second review, or no reason."""
    if not user.has_role(Role.VERIFIKATOR_BKPSDM):
        raise NotAllowed("Hanya verifikator kepegawaian yang memeriksa sampel.")
    if verdict not in Verdict.values:
        raise Refused("Pilih putusannya.", [Fault("putusan", "Pilih putusannya.")])
    if len(words.strip()) < 10:
        sentence = "Tuliskan yang diperiksa paling sedikit 10 huruf."
        raise Refused(sentence, [Fault("alasan", sentence)])
    with transaction.atomic():
        row = Sampel.objects.select_for_update().select_related("aktivitas__pegawai").get(pk=sample.pk)
        if row.aktivitas.pegawai.user_id == user.pk:
            raise NotAllowed("Aktivitas Anda sendiri diperiksa verifikator lain.")
        if row.putusan:
            raise Refused("Sampel ini sudah diperiksa.")
        row.putusan, row.penjelasan, row.oleh, row.pada = verdict, words.strip(), user, dates.now()
        row.save()
        audit.record(
            row.aktivitas, "periksa_sampel", actor=user, role=Role.VERIFIKATOR_BKPSDM, note=row.penjelasan,
            data={"putusan": verdict}, request=request,
        )  # fmt: skip
    return row


def undone(month: BulanOpd) -> list[str]:
    """Return what the verifier still has to look at before an agency's month may go on, in sentences."""
    limit = policy.for_month(month.bulan).sampled_from
    high = [key for key, points in scores(month.bulan, month.opd).items() if points >= limit]
    waiting = Anomali.objects.filter(
        bulan=month.bulan, opd_id=month.opd_id, pegawai_id__in=high, state=AnomalyState.TERBUKA
    )
    people = waiting.values("pegawai_id").distinct().count()
    inside = Q(aktivitas__jabatan__opd_id=month.opd_id, bulan=month.bulan, putusan="")
    samples = Sampel.objects.filter(inside).count()
    found = []
    if people:
        found.append(f"{people} pegawai dengan {limit} poin atau lebih belum selesai diperiksa.")
    if samples:
        found.append(f"{samples} sampel belum diperiksa.")
    return found
