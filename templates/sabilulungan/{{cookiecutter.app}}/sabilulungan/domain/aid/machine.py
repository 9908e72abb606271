"""The transition table of unplanned aid: request, check by the office, head's approval, payment, recap."""

from django.db.models import Sum

from core import audit, dates
from core.errors import Fault, Refused
from core.models import AuditEntry, User
from core.money import rupiah
from core.transitions import NEW, SYSTEM, Machine, Step, Transition
from sabilulungan.enums import AidAction, AidState, AidWay, Role
from sabilulungan.models import EnactedBudget, UnplannedAid

_SPENT = (AidState.DISETUJUI, AidState.DISALURKAN, AidState.DIREKAP)
DECIDES, CHECKS, PAYS, ENTERS = "PERSETUJUAN", "VERIFIKASI", "PENYALURAN", "PERMINTAAN"


def holds(user: User, role: str, aid: UnplannedAid) -> bool:
    """An office acts on its own cases; the others on all."""
    return aid.office in user.scopes(role) if role == Role.OPD else user.has_role(role)


def involved(user: User, aid: UnplannedAid) -> bool:
    """Nobody acts on aid to himself."""
    return bool(user.nik_token) and user.nik_token == aid.nik_token


def _within_budget(step: Step) -> None:
    """R22: approved and given aid of the year stays within what is set aside, which is at most the planned aid."""
    aid = step.obj
    faults = []
    if not str(step.data.get("approval") or "").strip():
        faults.append(Fault("approval", "Isi nomor persetujuan."))
    budget = EnactedBudget.objects.filter(budget_year=aid.year).first()
    if budget is None:
        raise Refused(f"APBD tahun {aid.year} belum dicatat, jadi anggaran bantuan tidak terencana belum diketahui.")
    same_year = UnplannedAid.objects.filter(year=aid.year, state__in=_SPENT)
    left = budget.unplanned - (same_year.aggregate(total=Sum("amount"))["total"] or 0)
    if aid.amount > left:
        faults.append(Fault("approval", f"Melebihi sisa anggaran bantuan tidak terencana, {rupiah(max(left, 0))}."))
    if faults:
        raise Refused("Bantuan belum dapat disetujui.", faults)


def _may_give(step: Step) -> None:
    """Cash only up to the limit, with a receipt; the day lies not before approval nor in the future."""
    data, faults = step.data, []
    if data.get("way") not in AidWay.values:
        faults.append(Fault("way", "Pilih cara pembayaran."))
    elif data["way"] == AidWay.TUNAI and step.obj.amount > step.obj.cash_limit:
        sentence = f"Tunai paling banyak {rupiah(step.obj.cash_limit)}; bayar lewat rekening penerima."
        faults.append(Fault("way", sentence))
    if not str(data.get("receipt") or "").strip():
        faults.append(Fault("receipt", "Isi nomor kuitansi atau bukti transfer."))
    day = data.get("paid_on")
    if day is None:
        faults.append(Fault("paid_on", "Isi tanggal disalurkan."))
    elif day > dates.today() or day < dates.local(step.obj.state_since).date():
        faults.append(Fault("paid_on", "Tanggal harus antara hari persetujuan dan hari ini."))
    if faults:
        raise Refused("Penyaluran belum dapat dicatat.", faults)


def _approve(step: Step) -> None:
    step.obj.approval = step.data["approval"].strip()
    step.audit_data["amount"] = step.obj.amount


def _give(step: Step) -> None:
    for name in ("way", "receipt", "paid_on"):
        value = step.data[name]
        setattr(step.obj, name, value.strip() if isinstance(value, str) else value)
    step.audit_data["amount"] = step.obj.amount


def _recap(step: Step) -> None:
    step.obj.recap = step.data["recap"]


TABLE = (
    Transition("U01", (NEW,), AidAction.MINTA, (Role.OPERATOR, Role.OPD), AidState.PERMINTAAN, duty=ENTERS),
    Transition("U02", (AidState.PERMINTAAN,), AidAction.PERIKSA, (Role.OPD,), AidState.VERIFIKASI_OPD, duty=CHECKS),
    Transition(
        "U03", (AidState.VERIFIKASI_OPD,), AidAction.TERUSKAN, (Role.OPD,), AidState.PERSETUJUAN_KDH,
        note_required=True, duty=CHECKS,
    ),
    Transition(
        "U03-TOLAK", (AidState.PERMINTAAN, AidState.VERIFIKASI_OPD), AidAction.TOLAK, (Role.OPD,), AidState.DITOLAK,
        note_required=True, duty=CHECKS,
    ),
    Transition(
        "U04", (AidState.PERSETUJUAN_KDH,), AidAction.SETUJUI, (Role.KDH,), AidState.DISETUJUI,
        guard=_within_budget, effect=_approve, duty=DECIDES,
    ),
    Transition(
        "U04-TOLAK", (AidState.PERSETUJUAN_KDH,), AidAction.TOLAK, (Role.KDH,), AidState.DITOLAK, note_required=True,
        duty=DECIDES,
    ),
    Transition(
        "U05", (AidState.DISETUJUI,), AidAction.SALURKAN, (Role.KEU,), AidState.DISALURKAN, guard=_may_give,
        effect=_give, duty=PAYS,
    ),
    Transition("U06", (AidState.DISALURKAN,), AidAction.REKAP, (SYSTEM,), AidState.DIREKAP, effect=_recap),
)  # fmt: skip

MACHINE = Machine(UnplannedAid, TABLE, holds=holds, involved=involved)


def history(aid: UnplannedAid) -> list[AuditEntry]:
    """Return the sealed log of a case, oldest first: the short track has no other timeline."""
    return list(audit.history(aid))
