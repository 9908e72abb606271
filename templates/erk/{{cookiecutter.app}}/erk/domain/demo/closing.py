"""Last month of the invented region, as far as each agency has come: objection, signed, verified, final, corrected."""

import datetime as dt

from core import dates
from core.demo import DemoAccounts
from core.models import User
from erk.domain import closing, corrections, objections, outages, policy, reports
from erk.domain.closing import OFFICE_MONTHS
from erk.enums import JenisPenempatan, Role
from erk.models import BulanOpd, LaporanAtasan, Opd, Penempatan, Rekap

_STEPS = {
    "DPMPTSP": ("tanda_tangani",),
    "SATPOLPP": ("tanda_tangani", "verifikasi"),
    "KESBANG": ("tanda_tangani", "verifikasi", "finalkan"),
    "BKPSDM": ("tanda_tangani", "verifikasi", "finalkan", "bayar"),
}
_ACTOR = {"tanda_tangani": "head", "verifikasi": "verifier", "finalkan": "verifier", "bayar": "treasurer"}
_OBJECTING = "DUKCAPIL"


def make(accounts: DemoAccounts, month: dt.date) -> None:
    """Open the previews of a computed month and take some agencies further, if their time has come."""
    _heads(accounts)
    rules = policy.for_month(month)
    for agency in Opd.objects.order_by("pk"):
        shown = outages.closing_days(month, rules, agency).approval + dt.timedelta(days=1)
        if shown <= dates.today():
            closing.show(month, agency, since=dates.today() if agency.kode == _OBJECTING else shown)
    actors = {
        "verifier": _holder(Role.VERIFIKATOR_BKPSDM),
        "treasurer": _holder(Role.KEUANGAN),
    }
    for code, steps in _STEPS.items():
        office = BulanOpd.objects.filter(opd__kode=code, bulan=month, sanggah_sampai__lt=dates.today()).first()
        for step in steps if office else ():
            who = _holder(Role.KEPALA_OPD, code) if _ACTOR[step] == "head" else actors[_ACTOR[step]]
            OFFICE_MONTHS.perform(office.pk, step, who, data={"tanggal": dates.today(), "sp2d": "SP2D/118/2026"})
    _wrong_superior()
    _objection(month)
    _correction(month, actors["verifier"])


def _heads(accounts: DemoAccounts) -> None:
    """Give the head of each agency the role that signs; nobody can sign in with it before it is shown."""
    for agency in Opd.objects.exclude(kode=_OBJECTING):
        top = Penempatan.objects.filter(jabatan__opd=agency, jenis=JenisPenempatan.DEFINITIF).select_related("pegawai")
        head = top.order_by("-jabatan__kelas", "pk")[0].pegawai
        accounts.account(Role.KEPALA_OPD, head.nama, head.user.username, show=False, scope=agency.kode)


def _holder(role: Role, scope: str = "") -> User:
    return User.objects.filter(assignments__role=role, assignments__scope=scope).order_by("pk")[0]


def _wrong_superior() -> None:
    """Let one employee report a wrong superior, so that the desk has something to answer."""
    placed = Penempatan.objects.definitif().on(dates.today()).filter(jabatan__opd__kode=_OBJECTING)
    held = placed.select_related("pegawai__user").order_by("jabatan__kelas", "pk").first()
    if held and not LaporanAtasan.objects.filter(pegawai=held.pegawai).exists():
        reports.report(held.pegawai.user, "Kepala Seksi Pindah Datang")


def _objection(month: dt.date) -> None:
    recaps = Rekap.objects.filter(opd__kode=_OBJECTING, bulan=month, pegawai__user__isnull=False)
    recap = recaps.select_related("pegawai__user", "opd").order_by("pegawai__nama").first()
    if recap and objections.window_of(recap):
        objections.object_to(
            recap.pegawai.user, recap, "Tanggal 12 saya dinas luar ke kecamatan, tetapi tertulis tanpa rekam pulang."
        )


def _correction(month: dt.date, verifier: User) -> None:
    recaps = Rekap.objects.filter(opd__kode="KESBANG", bulan=month, state="FINAL").select_related("pegawai")
    recap = recaps.order_by("pegawai__nama").first()
    if recap:
        corrections.propose_for(verifier, recap, "Surat tugas dinas luar baru diterima sesudah bulan ini final.")
