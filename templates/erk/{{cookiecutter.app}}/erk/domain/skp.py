"""The year's targets: planned by the employee, agreed with the superior, noted each quarter, rated, talked about."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from core import audit, dates, notify
from core.errors import Fault, NotAllowed, Refused
from core.models import User
from core.transitions import NEW, Machine, Step, Transition
from erk.domain.objections import reasoned
from erk.domain.people import employee_of, leads, placement_on
from erk.enums import AGREED_PLANS, BerAkhlak, Expectation, Role
from erk.enums import PlanState as P
from erk.models import Pegawai, PerilakuSkp, Rhk, Skp, UmpanBalik
from erk.rules import skp as rules

MOST = 10  # planned results of a year
EVIDENCE = 20  # letters of the sentence an extreme judgement needs


def own(user: User, plan: Skp) -> bool:
    """Return whether it is the person's own plan."""
    return plan.pegawai.user_id == user.pk


def holds(user: User, role: str, plan: Skp) -> bool:
    """Return whether a person has a role on a plan: its owner, the superior of today, or a verifier."""
    if role == Role.PEGAWAI:
        return own(user, plan)
    return leads(user, plan.pegawai) if role == Role.ATASAN else user.has_role(role)


def planned(step: Step) -> None:
    """Ask for at least one planned result."""
    if not step.obj.rencana.exists():
        raise Refused("Tulis paling sedikit satu rencana hasil kerja dahulu.")


def agree(step: Step) -> None:
    """Write the day from which the plan holds, once."""
    step.obj.disetujui_pada = step.obj.disetujui_pada or dates.today()


def rated_from(plan: Skp) -> dt.date:
    """Return the first day on which a plan can be rated."""
    return dt.date(plan.tahun, rules.RATED_FROM, 1)


def may_rate(step: Step) -> None:
    """Let a year be rated near its end, on results and quarterly notes, each extreme with its evidence."""
    plan: Skp = step.obj
    faults = []
    if dates.today() < rated_from(plan):
        raise Refused(f"SKP {plan.tahun} dinilai mulai {dates.short_date(rated_from(plan))}.")
    if plan.rencana.filter(realisasi="").exists():
        raise Refused("Pegawai belum menulis realisasi setiap rencana hasil kerja.")
    lacking = lacking_notes(plan)
    if lacking:
        raise Refused(f"Umpan balik triwulan {', '.join(map(str, lacking))} belum ditulis.")
    if step.data.get("hasil") not in Expectation.values:
        faults.append(Fault("hasil", "Pilih penilaian hasil kerja."))
    for value in BerAkhlak:
        judged = step.data.get(value.value)
        if judged not in Expectation.values:
            faults.append(Fault(value.value, f"Pilih penilaian {value.label}."))
        elif judged != Expectation.SESUAI and len(_evidence(step.data, value)) < EVIDENCE:
            sentence = f"Sebutkan kejadiannya paling sedikit {EVIDENCE} huruf; penilaian ini bukan yang biasa."
            faults.append(Fault(f"bukti_{value.value}", sentence))
    if faults:
        raise Refused("Penilaian belum lengkap. Perbaiki yang bertanda.", faults)


def _evidence(data: Mapping[str, Any], value: BerAkhlak) -> str:
    return str(data.get(f"bukti_{value.value}") or "").strip()


def rate(step: Step) -> None:
    """Write the judgements and the rating that follows from them."""
    plan: Skp = step.obj
    judged = {value: Expectation(step.data[value.value]) for value in BerAkhlak}
    plan.nilai_perilaku.all().delete()
    PerilakuSkp.objects.bulk_create(
        PerilakuSkp(skp=plan, nilai=value, hasil=seen, bukti=_evidence(step.data, value))
        for value, seen in judged.items()
    )
    plan.hasil, plan.perilaku = Expectation(step.data["hasil"]), rules.behaviour_of(judged.values())
    plan.predikat, plan.penilai = rules.rating(plan.hasil, plan.perilaku), step.actor
    step.audit_data |= {"hasil": plan.hasil, "perilaku": plan.perilaku, "predikat": plan.predikat}


def unrate(step: Step) -> None:
    """Take the rating away: it is talked about and given anew; the log keeps what it was."""
    step.audit_data |= {"predikat": step.obj.predikat}
    step.obj.nilai_perilaku.all().delete()
    step.obj.hasil = step.obj.perilaku = step.obj.predikat = ""
    step.obj.penilai = None


def to_owner(subject: str) -> Callable[[Step], Iterable[notify.Message]]:
    """Return a function that tells the employee; the rating itself stands on the page only."""

    def messages(step: Step) -> Iterable[notify.Message]:
        user = step.obj.pegawai.user
        if user:
            event, link = f"erk.skp_{step.transition.code}", f"/skp/{step.obj.pk}/"
            yield notify.Message(event=event, user=user, subject=subject, body=step.note or subject, link=link)

    return messages


_OWNER, _SUPERIOR = (Role.PEGAWAI,), (Role.ATASAN,)

TRANSITIONS = (
    Transition("buat", (NEW,), "buat", _OWNER, P.DRAF),
    Transition("impor", (NEW,), "impor", (Role.VERIFIKATOR_BKPSDM,), P.DISETUJUI, effect=agree),
    Transition("ajukan", (P.DRAF,), "ajukan", _OWNER, P.DIAJUKAN, "Ajukan kepada atasan", guard=planned),
    Transition(
        "kembalikan", (P.DIAJUKAN,), "kembalikan", _SUPERIOR, P.DRAF, "Kembalikan untuk diperbaiki",
        guard=reasoned, notify=to_owner("SKP Anda perlu diperbaiki"),
    ),
    Transition(
        "setujui", (P.DIAJUKAN,), "setujui", _SUPERIOR, P.DISETUJUI, "Setujui rencananya",
        guard=planned, effect=agree, notify=to_owner("SKP Anda disetujui"),
    ),
    Transition(
        "nilai", (P.DISETUJUI,), "nilai", _SUPERIOR, P.DINILAI, "Simpan penilaian",
        guard=may_rate, effect=rate, notify=to_owner("SKP Anda sudah dinilai"),
    ),
    Transition(
        "finalkan", (P.DINILAI,), "finalkan", (Role.PEGAWAI, Role.VERIFIKATOR_BKPSDM), P.FINAL,
        "Sudah dibicarakan, tetapkan",
    ),
    Transition(
        "keberatan", (P.DINILAI,), "keberatan", _OWNER, P.DISETUJUI, "Sampaikan keberatan",
        guard=reasoned, effect=unrate,
    ),
)  # fmt: skip

PLANS = Machine(Skp, TRANSITIONS, holds=holds, involved=own, owner_roles=(Role.PEGAWAI,))


def begin(user: User, year: int, *, request: HttpRequest | None = None) -> Skp:
    """Begin the own plan of a year and return it, or the one that is there; Refused without a placement."""
    employee = employee_of(user)
    placement = placement_on(employee, dates.today()) if employee else None
    if employee is None or placement is None:
        raise Refused("Anda belum mempunyai penempatan hari ini. Hubungi admin perangkat daerah Anda.")
    if not dates.today().year - 1 <= year <= dates.today().year:
        raise Refused("SKP disusun untuk tahun ini atau tahun lalu.")
    known = Skp.objects.filter(pegawai=employee, tahun=year).first()
    if known:
        return known
    draft = Skp(pegawai=employee, jabatan=placement.jabatan, tahun=year)
    made: Skp = PLANS.begin(draft, "buat", user, request=request)
    return made


def _locked(plan: Skp, state: P, allowed: bool) -> Skp:
    row = Skp.objects.select_for_update(of=("self",)).select_related("pegawai").get(pk=plan.pk)
    if not allowed:
        raise NotAllowed("SKP ini ditulis orang lain.")
    if row.state != state:
        raise Refused("SKP ini sudah pada tahap lain. Muat ulang halaman untuk melihat keadaan terbaru.")
    return row


def _bump(row: Skp) -> None:
    row.version += 1
    row.save(update_fields=["version"])


def write_plan(
    user: User, plan: Skp, results: Sequence[tuple[str, str, str]], *, request: HttpRequest | None = None
) -> None:
    """Write the planned results of a draft anew: (what, indicator, target) in their order."""
    with transaction.atomic():
        row = _locked(plan, P.DRAF, own(user, plan))
        if not 1 <= len(results) <= MOST or not all(all(cell.strip() for cell in cells) for cells in results):
            raise Refused(f"Tulis 1 sampai {MOST} rencana, masing-masing dengan indikator dan target.")
        row.rencana.all().delete()
        Rhk.objects.bulk_create(
            Rhk(skp=row, urut=number, uraian=what.strip(), indikator=measure.strip(), target=amount.strip())
            for number, (what, measure, amount) in enumerate(results, start=1)
        )
        _bump(row)
        data = {"rencana": len(results)}
        audit.record(row, "rencana", actor=user, role=Role.PEGAWAI, data=data, request=request)


def write_results(user: User, plan: Skp, found: Mapping[int, str], *, request: HttpRequest | None = None) -> None:
    """Write what came of the planned results of an agreed plan, by number; "" where nothing is to be told yet."""
    with transaction.atomic():
        row = _locked(plan, P.DISETUJUI, own(user, plan))
        results = list(row.rencana.all())
        for one in results:
            one.realisasi = found.get(one.urut, one.realisasi).strip()
        Rhk.objects.bulk_update(results, ["realisasi"])
        _bump(row)
        data = {"terisi": sum(bool(one.realisasi) for one in results)}
        audit.record(row, "realisasi", actor=user, role=Role.PEGAWAI, data=data, request=request)


def note(user: User, plan: Skp, words: str, *, request: HttpRequest | None = None) -> UmpanBalik:
    """Write a note of today to an agreed plan, by the superior; Refused when it says nothing."""
    with transaction.atomic():
        row = _locked(plan, P.DISETUJUI, leads(user, plan.pegawai))
        if len(words.strip()) < EVIDENCE:
            sentence = f"Tuliskan yang dibicarakan paling sedikit {EVIDENCE} huruf."
            raise Refused(sentence, [Fault("isi", sentence)])
        made = UmpanBalik.objects.create(skp=row, tanggal=dates.today(), isi=words.strip(), oleh=user)
        _bump(row)
        audit.record(row, "umpan_balik", actor=user, role=Role.ATASAN, data={"tanggal": made.tanggal}, request=request)
    return made


def planned_for(employee: Pegawai, day: dt.date) -> "QuerySet[Rhk]":
    """Return the planned results a piece of work of a day can serve: those agreed for its year."""
    rows = Rhk.objects.filter(skp__pegawai=employee, skp__tahun=day.year, skp__state__in=AGREED_PLANS)
    return rows.order_by("urut")


def lacking_notes(plan: Skp) -> list[int]:
    """Return the quarters of an agreed plan that need a note before it can be rated."""
    noted = [row.tanggal for row in plan.umpan_balik.all()]
    return rules.quarters(plan.tahun, plan.disetujui_pada or dates.today(), noted)


def average_of(user: User, year: int) -> tuple[str, int]:
    """Return a rater's own average of the seven values in a year, on 1 (below) to 3 (above), and of how many people.

    Shown while rating: whoever gives everybody the best sees it (halo and leniency, erk.md section 7).
    """
    rows = PerilakuSkp.objects.filter(skp__penilai=user, skp__tahun=year)
    points = {Expectation.DI_BAWAH: 1, Expectation.SESUAI: 2, Expectation.DI_ATAS: 3}
    given = [points[Expectation(seen)] for seen in rows.values_list("hasil", flat=True)]
    if not given:
        return "", 0
    return f"{sum(given) / len(given):.1f}".replace(".", ","), rows.values("skp").distinct().count()
