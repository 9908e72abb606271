"""People and reports for tests, made by the same functions as in service."""

import datetime as dt
import io
import itertools
from typing import Any

from PIL import Image

from core import identity, wilayah
from core.models import RoleAssignment, User
from hayu.domain import drafts, referrals
from hayu.domain.machine import machine
from hayu.enums import Action, Finding, Ground, Outcome, Outside, SampleRule, State
from hayu.models import Referral, Report
from hayu.rules import kbli

NIK = "3273114508900001"
OTHER_NIK = "3273110102800002"
PHONE = "+6281234567890"
_serial = itertools.count(1)


def person(username: str, role: str = "", *, scope: str = "", nik: str = "", full_name: str = "") -> User:
    """Return an account with one role."""
    user = User.objects.create(
        username=username,
        full_name=full_name or username.title(),
        email=f"{username}@contoh.invalid",
        nik=nik,
        nik_token=identity.token(nik) if nik else "",
    )
    if role:
        RoleAssignment.objects.create(user=user, role=role, scope=scope, valid_from=dt.date(2020, 1, 1))
    return user


def facts(**changes: Any) -> dict[str, Any]:
    """Return what an owner fills in."""
    place = wilayah.villages()[0]
    return {
        "business_name": "Laundry Bu Ani",
        "capital": 35_000_000,
        "yearly_sales": 120_000_000,
        "workers": 2,
        "started_on": dt.date(2024, 5, 1),
        "village_code": place.code,
        "address": f"Jl. Melati No. {next(_serial)}",
        "holder_name": "Ani Suryani",
        "nik": NIK,
        "phone": PHONE,
    } | changes


def draft(user: User, code: str = "96100", *, desk: bool = False, scope: int | None = None, **changes: Any) -> Report:
    """Return a complete draft."""
    report = drafts.begin(user, kbli.find(code), scope=scope, desk=desk)
    extra = {"consent": "Formulir kertas"} if desk else {}
    return drafts.save(report, facts(**{**extra, **changes}), user)


def registered(user: User, code: str = "96100", **changes: Any) -> Report:
    """Return a report that was sent."""
    report = draft(user, code, **changes)
    return machine.perform(report.pk, Action.KIRIM, user, data={"statement": True})


def outside_number(user: User, number: str = "9120099000017", **changes: Any) -> Referral:
    """Return a number of OSS that was written down."""
    given = {"system": Outside.OSS, "number": number, "name": "Apotek Sehat",
             "village_code": wilayah.villages()[0].code} | changes  # fmt: skip
    return referrals.record(referrals.Given(**given), user, desk="consent" in changes)


def photo(colour: str = "red") -> io.BytesIO:
    """Return a small JPEG with a name, as an upload has."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    out.seek(0)
    out.name = "foto.jpg"
    return out


def visit(outcome: str = Outcome.SESUAI, **changes: Any) -> dict[str, Any]:
    """Return the data of an inspection."""
    findings = [Finding.KEBERSIHAN.value] if outcome == Outcome.TIDAK_SESUAI else []
    return {
        "outcome": outcome,
        "findings": findings,
        "owner_present": True,
        "latitude": -6.9,
        "longitude": 107.6,
        "photos": [photo()],
    } | changes


class World:
    """One account for each role, and the way to bring a report into any state."""

    def __init__(self) -> None:
        self.owner = person("pemohon", nik=NIK, full_name="Ani Suryani")
        self.stranger = person("orang", nik=OTHER_NIK)
        self.desk = person("loket", "LOKET")
        self.inspector = person("pengawas", "PENGAWAS")
        self.signer = person("kepala", "PENANDATANGAN")
        self.admin = person("admin", "ADMIN_WILAYAH")
        self.auditor = person("auditor", "AUDITOR")
        self.checker = person("verifikator", "VERIFIKATOR")

    def report(self, state: str = State.TERDAFTAR, **changes: Any) -> Report:
        """Return a report of the owner in a state."""
        if state == State.DRAF:
            return draft(self.owner, **changes)
        report = registered(self.owner, **changes)
        for action, actor, given in self._path(state):
            report = machine.perform(report.pk, action, actor, **given)
        return report

    def _path(self, state: str) -> list[tuple[str, User | None, dict[str, Any]]]:
        schedule = (Action.PILIH_SAMPEL, None, {"data": {"rule": SampleRule.ACAK}})
        failed = (Action.CATAT_HASIL, self.inspector, {"data": visit(Outcome.TIDAK_SESUAI)})
        freeze = (Action.BEKUKAN, self.signer, {"note": "Ditemukan bahaya api di dapur."})
        ground = {"ground": Ground.DATA_PALSU}
        return {
            State.TERDAFTAR: [],
            State.DIJADWALKAN_PERIKSA: [schedule],
            State.PERLU_PEMBETULAN: [schedule, failed],
            State.DIBEKUKAN: [freeze],
            State.DIRUJUK_OSS: [(Action.NAIK_KELAS, self.owner, {"data": {"capital": 600_000_000}})],
            State.DICABUT: [
                (Action.BATALKAN, self.signer, {"data": ground, "note": "Pemilik memakai NIK orang lain."})
            ],
            State.TUTUP: [(Action.TUTUP, self.owner, {"data": {"closed_on": dt.date(2024, 6, 1)}})],
        }[State(state)]
