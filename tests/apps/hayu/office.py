"""The office of lane IZIN for tests: one account for each role, and the way to bring an application into any state."""

import datetime as dt
import io
import itertools
from typing import Any

from django.contrib.auth.hashers import make_password

from build import NIK, OTHER_NIK, PHONE, person, photo
from core import codes, dates, identity, wilayah
from core.calendar import calendar
from core.models import User
from hayu.domain import catalogue
from hayu.domain.permits import applications, signers, supervision
from hayu.domain.permits.machine import machine
from hayu.enums import AppAction, AppState, InspectionAction, Outcome, PermitState, Signature, Trigger, Verdict
from hayu.models import Application, Permit, Supervision

PASSPHRASE = "sandi-kepala-dinas"
LEGAL = {"legal_basis": "UU 17/2023 pasal 263"}
WHY = "STR yang dilampirkan milik orang lain dan sudah tidak berlaku."
_serial = itertools.count(1)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def pdf(extra: bytes = b"") -> io.BytesIO:
    """Return a small PDF with a name, as an upload has."""
    out = io.BytesIO(PDF + extra)
    out.name = "berkas.pdf"
    return out


class Office:
    """Officers of every role, two applicants, and applications of a nurse (SIP-NAKES) unless told otherwise."""

    def __init__(self) -> None:
        self.owner = person("pemohon", nik=NIK, full_name="Ani Suryani")
        self.stranger = person("orang", nik=OTHER_NIK)
        self.desk = person("loket", "LOKET")
        self.checker = person("verifikator", "VERIFIKATOR")
        self.second = person("verifikator2", "VERIFIKATOR")
        self.technical = person("teknis", "TIM_TEKNIS")
        self.assessor = person("penetap", "PENETAP_RETRIBUSI")
        self.cashier = person("bendahara", "BENDAHARA")
        self.section = person("kasi", "KASI")
        self.division = person("kabid", "KABID")
        self.signer = person("kepala", "PENANDATANGAN", full_name="Kartini Rahayu")
        User.objects.filter(pk=self.signer.pk).update(password=make_password(PASSPHRASE))
        self.signer.refresh_from_db()
        self.inspector = person("pengawas", "PENGAWAS")
        self.admin = person("admin", "ADMIN_WILAYAH")
        self.auditor = person("auditor", "AUDITOR")

    def draft(self, code: str = "SIP-NAKES", user: User | None = None, **changes: Any) -> Application:
        """Return a complete draft."""
        user = user or self.owner
        application = applications.begin(user, code, desk=user == self.desk)
        return self.filled(application, user, **changes)

    def filled(self, application: Application, user: User, **changes: Any) -> Application:
        """Fill a draft in: facts, answers that fit its type, and every document."""
        place = wilayah.villages()[0]
        data: dict[str, Any] = {
            "holder_name": "Ani Suryani", "nik": NIK, "phone": PHONE, "village_code": place.code,
            "address": f"Jl. Kenanga No. {next(_serial)}", "answers": answers(application),
        }  # fmt: skip
        if user == self.desk:
            data["consent"] = "Formulir kertas"
        application = applications.save(application, data | changes, user)
        for requirement in application.type.needed(application.kind):
            applications.attach(application, requirement.key, pdf(requirement.key.encode()), user)
        return application

    def act(
        self, application: Application, action: str, actor: User | None, note: str = "", **data: Any
    ) -> Application:
        """Do one act."""
        return machine.perform(application.pk, action, actor, note=note, data=data)

    def sent(self, code: str = "SIP-NAKES", user: User | None = None, **changes: Any) -> Application:
        """Return an application that was sent."""
        user = user or self.owner
        return self.act(self.draft(code, user, **changes), AppAction.KIRIM, user, statement=True)

    def application(self, state: str, code: str = "SIP-NAKES", **changes: Any) -> Application:
        """Return an application of the owner in a state, on the shortest way there."""
        if state == AppState.DRAF:
            return self.draft(code, **changes)
        application = self.sent(code, **changes)
        for action, actor, note, data in self.way(state, application):
            application = self.act(application, action, actor, note, **data)
        return application

    def way(self, state: str, application: Application) -> list[tuple[str, User | None, str, dict[str, Any]]]:
        """Return the acts from DIAJUKAN to a state."""
        items = list(application.type.items(application.kind))
        take = (AppAction.AMBIL, self.checker, "", {})
        back = (AppAction.KEMBALIKAN, self.checker, "", {"flagged": [{"item": items[0], "reason": "Tidak terbaca."}]})
        visit = application.type.field_visit != "no"
        forward = (AppAction.TERUSKAN, self.checker, "", {"checked": items, "visit": visit})
        appoint = (AppAction.JADWALKAN, self.technical, "", {"day": calendar().add(dates.today(), 0)})
        seen = (AppAction.CATAT_BAP, self.technical, "Tempat sesuai permohonan.", visit_data(application))
        advice = (AppAction.REKOMENDASI, self.technical, "", {"verdict": Verdict.LAYAK})
        propose = (AppAction.USUL_TOLAK, self.checker, WHY, LEGAL)
        refuse = (AppAction.SETUJUI_TOLAK, self.division, "Setuju.", {})
        draft = (AppAction.SUSUN, self.section, "", {})
        initial = (AppAction.PARAF, self.division, "", {})
        sign = (AppAction.TANDA_TANGANI, self.signer, "", {"signer": signers.TrialSigner()})
        checked = [take, forward]
        if visit:
            checked += [appoint, seen]
        if visit or application.type.technical_office:
            checked.append(advice)
        bill = [(AppAction.TETAPKAN_BIAYA, self.assessor, "", {})]
        if application.type.charge is None and not application.type.cost:
            bill = []
        pay = [
            (AppAction.BAYAR, self.cashier, "", {"amount": application.type.cost, "reference": f"TRX{application.pk}"})
        ]
        drafted = [*checked, *bill, *(pay if bill else []), draft, initial]
        ways: dict[str, list[Any]] = {
            AppState.DIAJUKAN: [],
            AppState.VERIFIKASI_BERKAS: [take],
            AppState.PERLU_PERBAIKAN: [take, back],
            AppState.USUL_TOLAK: [take, propose],
            AppState.PENINJAUAN: [take, forward],
            AppState.PERTIMBANGAN_TEKNIS: checked[: -1 if checked[-1] is advice else None],
            AppState.PENETAPAN: checked,
            AppState.MENUNGGU_PEMBAYARAN: [*checked, *bill],
            AppState.MENUNGGU_TTE: drafted,
            AppState.TERBIT: [*drafted, sign],
            AppState.DITOLAK: [take, propose, refuse],
            AppState.DITINJAU_ULANG: [
                take, propose, refuse, (AppAction.KEBERATAN, self.owner, "STR saya masih berlaku, ini buktinya.", {})
            ],
            AppState.DIBATALKAN: [(AppAction.BATALKAN, self.owner, "", {})],
        }  # fmt: skip
        return ways[state]


def archived(number: str = "503/7/2020", nik: str = NIK, **columns: Any) -> Permit:
    """Return a permit taken over from an old archive: it holds, and no account has it."""
    place, version, day = wilayah.villages()[0], catalogue.version_for("SIP-NAKES"), dates.today()
    return Permit.objects.create(**{
        "state": PermitState.BERLAKU, "number": number, "code": codes.new_code(), "type_version": version,
        "type_code": version.code, "holder_name": "Ani Suryani", "nik_token": identity.token(nik) if nik else "",
        "object_text": "Klinik Melati", "village_code": place.code, "district_code": place.parent, "issued_on": day,
        "starts_on": day, "ends_on": day + dt.timedelta(days=40), "imported": True, "signature": Signature.BASAH,
        "signer_post": "Pejabat lama",
    } | columns)  # fmt: skip


def visit_data(application: Application, **changes: Any) -> dict[str, Any]:
    """Return the data of a visit's minutes, with an answer to each question of the type."""
    return {
        "answers": {question.key: (*question.choices, "Contoh")[0] for question in application.type.minutes},
        "fits": True, "applicant_present": True, "latitude": -6.9, "longitude": 107.6,
        "photos": [photo(), photo("blue")],
    } | changes  # fmt: skip


def answers(application: Application) -> dict[str, Any]:
    """Return an answer that fits each question of a type: a fortnight from next week where dates are asked."""
    limits, found = application.type.validity, {}
    for question in application.type.questions:
        if question.key == limits.start_key:
            found[question.key] = calendar().add(dates.today(), 10)
        elif question.key == limits.end_key:
            found[question.key] = calendar().add(dates.today(), 15) if limits.max_days else None
        else:
            found[question.key] = {"angka": 4, "rupiah": 1_000_000, "pilihan": (*question.choices, "")[0]}.get(
                str(question.kind), f"Contoh {question.label.lower()}"
            )
    return found


def planned(office: Office, permit: Permit, trigger: str = Trigger.JADWAL, **columns: Any) -> Supervision:
    """Return a planned inspection of an issued permit."""
    row = Supervision(permit=permit, trigger=trigger, **columns)
    return supervision.machine.begin(row, InspectionAction.RENCANAKAN, office.inspector, note="Pemeriksaan berkala.")


def minutes(**changes: Any) -> dict[str, Any]:
    """Return the data of the minutes of an inspection that found all well."""
    return {
        "outcome": Outcome.SESUAI, "findings": [], "holder_present": True, "latitude": -6.9, "longitude": 107.6,
        "photos": [photo()],
    } | changes  # fmt: skip
