"""Invented applications of every state, each act through the machine at its own time (hayu.md section 20)."""

import datetime as dt
import io
import random
from collections.abc import Callable, Iterator
from typing import Any

from core import dates
from core.calendar import calendar
from core.demo import sample_pdf
from core.models import User
from hayu.domain import catalogue, complaints, survey
from hayu.domain.demo import businesses
from hayu.domain.demo.people import SECOND, Cast
from hayu.domain.permits import applications, charges, clock, signers, supervision
from hayu.domain.permits.issued import machine as issued
from hayu.domain.permits.machine import machine
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.enums import (
    ComplaintAction,
    Element,
    FieldKind,
    FollowUp,
    InspectionAction,
    Outcome,
    PermitAction,
    PermitFinding,
    PermitState,
    Role,
    Trigger,
    Verdict,
)
from hayu.models import Application, Permit, Supervision
from hayu.rules.permits import PermitType

# How far each application goes, how many working days ago it was sent (least, most), and how many there are.
PLANS = (
    ("issued", 40, 230, 7), ("ending", 225, 225, 1), ("mended", 30, 120, 2), ("refused", 20, 60, 1),
    ("objected", 16, 18, 1), ("withdrawn", 20, 60, 1), ("lapsed", 30, 60, 1), ("late", 8, 9, 1), ("signing", 4, 5, 3),
    ("drafting", 3, 4, 1), ("advice", 3, 4, 1), ("returned", 3, 5, 1), ("checking", 2, 3, 1), ("sent", 0, 0, 2),
    ("draft", 0, 0, 1),
)  # fmt: skip
YEAR = 12  # months; a permit of "ending" may be renewed now
_WAY = [
    S.DIAJUKAN, S.VERIFIKASI_BERKAS, S.PENINJAUAN, S.PERTIMBANGAN_TEKNIS, S.PENETAPAN, S.MENUNGGU_TTE, S.TERBIT,
]  # fmt: skip
_NOTE = "Contoh untuk uji coba, bukan dokumen sungguhan."
_WHY = "Berkas yang dilampirkan tidak sesuai dengan data pada instansi yang menerbitkannya."
_RULE = "Standar pelayanan angka 2 tentang keabsahan berkas"
_TOLD = (
    ("PELAYANAN", "Antrean di loket dua terlalu lama, padahal petugasnya ada tiga orang."),
    ("USAHA", "Bengkel di gang kami bekerja sampai tengah malam dan suaranya mengganggu."),
    ("DOKUMEN", "Ada spanduk memakai nomor izin yang sudah habis masa berlakunya."),
)


class Life:
    """The life of one application."""

    def __init__(self, people: Cast, plan: str, kind: PermitType, owner: User, days_ago: int) -> None:
        self.people, self.plan, self.kind, self.owner = people, plan, kind, owner
        self.rng = random.Random(f"{people.rng.random()}")  # noqa: S311  (the same life each time)
        self.sent_on = calendar().add(calendar().add(dates.today(), 0), -days_ago) if days_ago else self._today()
        self.application: Application | None = None

    @staticmethod
    def _today() -> dt.date:
        today = dates.today()
        return today if calendar().is_working_day(today) else calendar().add(today, -1)

    def _at(self, working_days: int) -> dt.datetime:
        """Return a moment some working days after sending; all at one hour, so that the oldest stay first."""
        return dates.at(calendar().add(self.sent_on, working_days) if working_days else self.sent_on, dt.time(8))

    def events(self) -> Iterator[tuple[dt.datetime, Callable[[], None]]]:
        """Yield what happens, when."""
        yield self._at(0), self.file
        if self.plan in ("sent", "draft"):
            return
        yield self._at(1), lambda: self.go(S.VERIFIKASI_BERKAS)
        if self.plan in ("returned", "mended", "lapsed"):
            yield self._at(2), self.give_back
        if self.plan == "mended":
            yield self._at(4), self.mend
        if self.plan in ("refused", "objected"):
            yield self._at(2), self.refuse
        if self.plan == "objected":
            yield self._at(5), self.object_to
        if self.plan == "withdrawn":
            yield self._at(2), lambda: self.do(Act.BATALKAN, self.owner)
        ends = {"advice": (2, S.PERTIMBANGAN_TEKNIS), "drafting": (3, S.PENETAPAN), "signing": (4, S.MENUNGGU_TTE),
                "ending": (3, S.TERBIT), "issued": (self.rng.choice((2, 3, 3, 4)), S.TERBIT),
                "mended": (6, S.TERBIT)}  # fmt: skip
        if self.plan in ends:
            days, state = ends[self.plan]
            yield self._at(days), lambda: self.go(state)

    def file(self) -> None:
        """Fill a draft in and, unless it stays one, send it."""
        draft = applications.begin(self.owner, self.kind.code)
        place = businesses.place(self.rng)
        answers = {question.key: self._answer(question) for question in self.kind.questions}
        data = {
            "village_code": place.code,
            "address": f"Jl. Kenanga No. {self.rng.randint(1, 200)}",
            "answers": answers,
        }
        self.application = applications.save(draft, data, self.owner)
        if self.plan == "draft":
            return
        for requirement in self.kind.needed(draft.kind):
            paper = io.BytesIO(sample_pdf(requirement.name, _NOTE, draft.public_id))
            applications.attach(draft, requirement.key, paper, self.owner)
        self.do(Act.KIRIM, self.owner, statement=True)

    def _answer(self, question: Any) -> Any:
        limits = self.kind.validity
        if question.key == limits.start_key:
            return self.sent_on + dt.timedelta(days=12)
        if question.key == limits.end_key:
            return self.sent_on + dt.timedelta(days=12 + min(limits.max_days or 29, 29)) if limits.max_days else None
        if question.kind == FieldKind.PILIHAN:
            return self.rng.choice(question.choices)
        if question.kind in (FieldKind.ANGKA, FieldKind.RUPIAH):
            return self.rng.choice((2, 4, 6, 12))
        if question.kind == FieldKind.TANGGAL:
            return None
        return self.rng.choice(_WORDS.get(question.key, (f"{question.label} {self.rng.choice(_NAMES)}",)))

    def do(self, action: Act, actor: User | None, note: str = "", **data: Any) -> None:
        """Do one act."""
        if self.application is None:
            raise RuntimeError("A life begins with its draft.")
        self.application = machine.perform(self.application.pk, action, actor, note=note, data=data)

    def go(self, state: str) -> None:
        """Act by act, as each state asks, until the application stands in `state`, or past it where a type skips it."""
        office, goal = self.people.office, _WAY.index(state)
        while self.application and _WAY.index(self.application.state) < goal:
            for action, role, note, data in self._next():
                self.do(action, office[role], note, **data)

    def _next(self) -> list[tuple[Act, str, str, dict[str, Any]]]:
        application = self.application
        if application is None:
            return []
        if application.state == S.PENETAPAN:
            bill = charges.amount_of(application) and not charges.is_settled(application)
            if bill:
                paid = {"amount": charges.amount_of(application), "reference": f"CONTOH-{application.pk}"}
                return [(Act.TETAPKAN_BIAYA, Role.PENETAP_RETRIBUSI, "", {}), (Act.BAYAR, Role.BENDAHARA, "", paid)]
            return [(Act.SUSUN, Role.KASI, "", {}), (Act.PARAF, Role.KABID, "", {})]
        items = list(self.kind.items(application.kind))
        photos = [businesses.picture(self.rng), businesses.picture(self.rng)]
        seen = {item.key: item.choices[0] if item.choices else self._answer(item) for item in self.kind.minutes}
        visit = {"fits": True, "applicant_present": True, "latitude": -6.9, "longitude": 107.6, "photos": photos,
                 "answers": seen}  # fmt: skip
        return {
            S.DIAJUKAN: [(Act.AMBIL, Role.VERIFIKATOR, "", {})],
            S.VERIFIKASI_BERKAS: [(Act.TERUSKAN, Role.VERIFIKATOR, "", {"checked": items})],
            S.PENINJAUAN: [
                (Act.JADWALKAN, Role.TIM_TEKNIS, "", {"day": calendar().add(dates.today(), 0)}),
                (Act.CATAT_BAP, Role.TIM_TEKNIS, "Keadaan di tempat sesuai permohonan.", visit),
            ],
            S.PERTIMBANGAN_TEKNIS: [(Act.REKOMENDASI, Role.TIM_TEKNIS, "", {"verdict": Verdict.LAYAK})],
            S.MENUNGGU_TTE: [(Act.TANDA_TANGANI, Role.PENANDATANGAN, "", {"signer": signers.TrialSigner()})],
        }[S(application.state)]

    def give_back(self) -> None:
        """Return the file with its one fault."""
        flagged = [{"item": self.kind.requirements[0].item, "reason": "Foto berkas buram, pindai ulang."}]
        self.do(Act.KEMBALIKAN, self.people.office[Role.VERIFIKATOR], flagged=flagged)

    def mend(self) -> None:
        """Answer the fault with a new file."""
        if self.application:
            key = self.kind.requirements[0].key
            applications.attach(
                self.application,
                key,
                io.BytesIO(sample_pdf("Pindaian baru", _NOTE, self.application.public_id)),
                self.owner,
            )
        self.do(Act.KIRIM_ULANG, self.owner)

    def refuse(self) -> None:
        """Propose a refusal, and approve it."""
        self.do(Act.USUL_TOLAK, self.people.office[Role.VERIFIKATOR], _WHY, legal_basis=_RULE)
        self.do(Act.SETUJUI_TOLAK, self.people.office[Role.KABID], "Setuju.")

    def object_to(self) -> None:
        """Object, win, and be checked by another officer."""
        self.do(Act.KEBERATAN, self.owner, "Berkas asli sudah saya bawa ke loket dan masih berlaku.")
        self.do(Act.KABULKAN_KEBERATAN, self.people.signer, "Berkas asli sudah dilihat dan benar.")
        self.do(Act.AMBIL, self.people.office[SECOND])


_NAMES = ("Melati", "Kenanga", "Bina Sehat", "Harapan", "Sejahtera", "Cempaka")
_WORDS = {
    "tempat_praktik": ("Klinik Bina Sehat", "Praktik Mandiri Melati", "Klinik Harapan Ibu"),
    "judul": ("Perilaku belanja warga di pasar tradisional", "Mutu air sumur di permukiman padat"),
    "lembaga": ("Universitas Contoh", "Politeknik Contoh"),
    "nomor_str": ("CONTOH-12-001", "CONTOH-12-002", "CONTOH-12-003"),
}


def lives(people: Cast) -> list[Life]:
    """Return the lives of all demo applications; types take turns, so any region's catalogue is shown."""
    types, found = catalogue.types(), []
    owners = people.owners[::-1]
    for plan, least, most, count in PLANS:
        for _ in range(count):
            number = len(found)
            kind = types[number % len(types)]
            if plan == "late":
                kind = next((item for item in types if item.deemed_approval), kind)
            if plan == "ending":
                kind = next((item for item in types if item.validity.months == YEAR), kind)
            owner = people.applicant if number % 9 == 0 or plan == "ending" else owners[number % len(owners)]
            found.append(Life(people, plan, kind, owner, people.rng.randint(least, most)))
    return sorted(found, key=lambda life: life.sent_on)


def afterwards(people: Cast, told: list[Life]) -> None:
    """Let the clock do what it does, and add surveys, supervision and complaints."""
    clock.lapse(dates.today())
    clock.permits_daily(dates.today())
    clock.recompute(dates.today())
    clock.escalate(dates.today())
    for application in Application.objects.filter(state=S.TERBIT).order_by("pk"):
        survey.answer(application, {key: people.rng.choice((3, 3, 4, 4, 2)) for key in Element.values})
    _supervise(people)
    _inspect(people)
    _complain(people)
    for permit in Permit.objects.order_by("pk"):
        Permit.objects.filter(pk=permit.pk).update(scans=people.rng.randrange(30))


def _supervise(people: Cast) -> None:
    valid = list(Permit.objects.filter(state=PermitState.BERLAKU).order_by("pk")[:3])
    note = "Kegiatan di lapangan berbeda dari yang tertulis pada izin."
    for permit, action, actor, data in zip(
        valid, (PermitAction.PERINGATAN, PermitAction.BEKUKAN, PermitAction.CABUT),
        (people.inspector, people.signer, people.signer),
        ({}, {"bahaya": True}, {"ground": "PERMINTAAN"}), strict=False,
    ):  # fmt: skip
        issued.perform(permit.pk, action, actor, note=note, data=data)


def _inspect(people: Cast) -> None:
    """One inspection waits for its day, one found all well and is closed, one has findings to mend."""
    valid = list(Permit.objects.filter(state=PermitState.BERLAKU, warnings=0).order_by("pk")[:3])
    for permit, findings in zip(valid, (None, [], [PermitFinding.SYARAT.value]), strict=False):
        planned = Supervision(permit=permit, trigger=Trigger.JADWAL)
        row = supervision.machine.begin(
            planned, InspectionAction.RENCANAKAN, people.inspector, note="Pemeriksaan berkala tahun ini."
        )
        day = calendar().add(dates.today(), 0 if findings is not None else 3)
        minutes = {
            "outcome": Outcome.TIDAK_SESUAI if findings else Outcome.SESUAI, "findings": findings or [],
            "holder_present": True, "latitude": -6.9, "longitude": 107.6, "photos": [businesses.picture(people.rng)],
        }  # fmt: skip
        acts: list[tuple[str, str, dict[str, Any]]] = [(InspectionAction.JADWALKAN, "", {"day": day})]
        if findings is not None:
            acts += [
                (InspectionAction.MULAI, "", {}),
                (InspectionAction.CATAT, "Tempat dan kegiatan dilihat bersama pemegang izin.", minutes),
            ]
        if findings:
            mend = "Pasang salinan izin di tempat yang terlihat pengunjung."
            acts.append((InspectionAction.TINDAK_LANJUTI, mend, {"follow_up": FollowUp.PEMBETULAN}))
        elif findings is not None:
            acts.append((InspectionAction.TUTUP, "Sesuai izin.", {}))
        if day > dates.today() and findings is not None:
            acts = acts[:1]  # today is no working day: the visits wait
        for action, note, data in acts:
            supervision.machine.perform(row.pk, action, people.inspector, note=note, data=data)


def _complain(people: Cast) -> None:
    for number, (kind, text) in enumerate(_TOLD):
        filed = complaints.file(kind=kind, text=text)
        if number:
            complaints.machine.perform(filed.pk, ComplaintAction.TELAAH, people.inspector)
        if number > 1:
            answer = "Spanduk itu sudah diturunkan dan pemasangnya diperingatkan. Terima kasih."
            complaints.machine.perform(filed.pk, ComplaintAction.JAWAB, people.inspector, note=answer)
