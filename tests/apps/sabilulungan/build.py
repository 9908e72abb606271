"""Builders for tests: people, organisations, proposals ready to send, and a walk through the steps."""

import datetime as dt
import io
import itertools
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from core import dates, signers
from core.models import RoleAssignment, User
from core.wilayah import villages
from sabilulungan.domain import drafts, flow, letters, recipients, signing, submission
from sabilulungan.domain.letters import seats
from sabilulungan.domain.recipients import OfficerData, RecipientData
from sabilulungan.enums import Action, Kind, Position, RecipientType, Role, State
from sabilulungan.models import Document, Proposal, Recipient

OPEN_DAY = dt.datetime(2026, 3, 10, 3, 0, tzinfo=dt.UTC)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"
_serial = itertools.count(1)


def pdf(text: str = "") -> io.BytesIO:
    """Return an upload that is a PDF, different for each text."""
    upload = io.BytesIO(PDF + text.encode())
    upload.name = "berkas.pdf"
    return upload


def photo(position: "tuple[float, float] | None" = None, taken: str = "") -> SimpleUploadedFile:
    """Return a JPEG in which a camera wrote where and when ("2026:03:10 09:30:00") it was taken."""
    exif = Image.Exif()
    if taken:
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if position:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        for tag, value, halves in ((2, position[0], "SN"), (4, position[1], "WE")):
            gps[tag - 1], gps[tag] = halves[value > 0], (abs(value), 0.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), f"#{taken[2:10].replace(':', '')}" if taken else "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile("foto.jpg", out.getvalue(), content_type="image/jpeg")


def user(name: str, *roles: "str | tuple[str, str]", **columns: object) -> User:
    """Return an account with roles; a pair is a role in a scope."""
    person = User.objects.create_user(
        username=name, password="rahasia-sekali-1", full_name=name.title(), email=f"{name}@contoh.invalid", **columns
    )
    for role in roles:
        code, scope = (role, "") if isinstance(role, str) else role
        RoleAssignment.objects.create(user=person, role=code, scope=scope, valid_from=dt.date(2020, 1, 1))
    return person


def nik(serial: int | None = None) -> str:
    """Return a well-formed NIK."""
    return f"327301010190{next(_serial) if serial is None else serial:04d}"


def officers(*niks: str) -> tuple[OfficerData, ...]:
    """Return chair and secretary."""
    first, second = niks or (nik(), nik())
    return (
        OfficerData(Position.KETUA, "Maman Suparman", first, f"+62812{next(_serial):08d}"),
        OfficerData(Position.SEKRETARIS, "Neneng Hasanah", second),
    )


def organisation(applicant: User, name: str = "", **changes: object) -> Recipient:
    """Register a foundation through its officer."""
    number = next(_serial)
    village = villages()[number * 7 % len(villages())]
    values = {
        "type": RecipientType.ORMAS,
        "name": name or f"Yayasan {_word(number)} Bakti",
        "address": f"Jl. Melati Nomor {number}",
        "rt": "003",
        "rw": "012",
        "village_code": village.code,
        "officers": officers(),
        "phone": f"+62822{number:08d}",
        "email": f"sekretariat{number}@contoh.invalid",
        "npwp": "",
        "registered_on": dt.date(2015, 1, 1),
        "bank": "bank bjb",
        "account_number": f"77{number:011d}",
    }
    values["account_owner"] = values["name"]
    return recipients.register(RecipientData(**{**values, **changes}), applicant)


def _word(number: int) -> str:
    letters = "BCDFGHJKLMNPRSTW"
    return "".join(letters[(number // 16**place) % 16] + "aiueo"[place] for place in range(4)).capitalize()


def person(applicant: User, **changes: object) -> Recipient:
    """Register a person who applies for social aid."""
    values = {
        "type": RecipientType.INDIVIDU,
        "name": "Rosidah Nurjanah",
        "registered_on": None,
        "officers": (OfficerData(Position.DIRI, "Rosidah Nurjanah", nik(), "+628129990001"),),
        "account_owner": changes.get("name", "Rosidah Nurjanah"),
        "family_card": nik(),
    }
    return organisation(applicant, **{**values, **changes})


def draft(
    recipient: Recipient,
    applicant: User,
    *,
    title: str = "Pelatihan komputer warga",
    on_paper: bool = False,
    **changes: object,
) -> Proposal:
    """Return a complete draft: activity, two cost lines, all documents."""
    kind = Kind.BANSOS if recipient.is_person else Kind.HIBAH
    proposal = submission.start(recipient, applicant, budget_year=2027, kind=kind, on_paper=on_paper)
    values = {
        "form": "UANG",
        "nature": "NON_FISIK",
        "field": 6,
        "title": title,
        "background": "Warga belum punya tempat belajar.",
        "aims": "Warga dapat memakai komputer.",
        "target_group": "Warga usia kerja",
        "beneficiaries": 40,
        "place": "Balai RW 12",
        "starts_on": dt.date(2027, 3, 1),
        "ends_on": dt.date(2027, 6, 30),
        "account": recipient.accounts.first(),
        "village_code": recipient.village_code,
    }
    if recipient.is_person:
        values |= {"purpose": "REHABILITASI", "personal_reason": "Sakit jantung sejak 2024."}
    proposal = drafts.save_activity(proposal, {**values, **changes}, proposal.version)
    proposal = drafts.save_lines(
        proposal,
        [
            drafts.LineData("Sewa komputer", Decimal(10), "unit", 1_500_000),
            drafts.LineData("Honor pelatih", Decimal(20), "jam", 250_000),
        ],
        proposal.version,
    )
    for document in proposal.documents.filter(required=True):
        drafts.attach(document, pdf(f"{document.code} {proposal.pk}"), applicant)
    return Proposal.objects.get(pk=proposal.pk)


def verdicts(proposal: Proposal, *faulty: str) -> dict[str, tuple[str, str]]:
    """Return ticks for all documents, some of them faulty."""
    return {
        document.code: ("KURANG", "Tidak terbaca.") if document.code in faulty else ("SESUAI", "")
        for document in proposal.documents.all()
    }


class Staff:
    """One person for every step, so that duties never meet."""

    def __init__(self) -> None:
        self.tu = user("tati", Role.TU)
        self.head = user("walikota", Role.KDH)
        self.sorter = user("tp-satu", Role.TP)
        self.office = user("penilai", (Role.OPD, "disdik"))
        self.chief = user("kadis", (Role.KEPALA_OPD, "disdik"))
        self.team = user("tp-dua", Role.TP)
        self.budget = user("anggaran", Role.TAPD)

    def steps(self, proposal: Proposal) -> dict[str, tuple[User, str, dict[str, object], str]]:
        """Return who does what in each state to move a case on."""
        lines = {line.number: line.amount_asked * 3 // 5 for line in proposal.lines.all()}
        total = sum(lines.values())
        today = dates.today()
        answers = {f"R{number:02d}": (True, "") for number in range(5, 12)}
        return {
            State.DIAJUKAN: (
                self.tu,
                Action.LENGKAP,
                {"verdicts": verdicts(proposal), "register_number": "TU/12", "registered_on": today},
                "",
            ),
            State.DISPOSISI: (self.head, Action.TERUSKAN, {}, "Teruskan."),
            State.KLASIFIKASI: (
                self.sorter,
                Action.KLASIFIKASIKAN,
                {"field": proposal.field, "nature": proposal.nature},
                "",
            ),
            State.EVALUASI: (
                self.office,
                Action.REKOMENDASIKAN,
                {
                    "visited_on": today,
                    "met_with": "Ketua RW",
                    "visit_result": "Sekretariat ada.",
                    "answers": answers,
                    "recommended": True,
                    "lines": lines,
                },
                "Sesuai kebutuhan.",
            ),
            State.VERIFIKASI_TP: (self.team, Action.PERTIMBANGKAN, {"amount": total, "meeting_on": today}, "Layak."),
            State.PERTIMBANGAN: (self.budget, Action.TETAPKAN_BESARAN, {"amount": total}, ""),
            State.PERSETUJUAN: (
                self.head,
                Action.SETUJUI,
                {"amount": total, "approval_number": "978/12", "approved_on": today},
                "",
            ),
        }


def send(proposal: Proposal, applicant: User) -> Proposal:
    """File a complete draft."""
    return flow.perform(proposal, Action.AJUKAN, applicant, version=proposal.version, data={"declared": True})


def walk(proposal: Proposal, staff: Staff, upto: str) -> Proposal:
    """Move a filed case on, each step by the right person, until it reaches a state."""
    while proposal.state != upto:
        person, action, data, note = staff.steps(proposal)[proposal.state]
        if proposal.state in (State.VERIFIKASI_TP, State.PERTIMBANGAN):
            sign_form(proposal, staff.office)
        proposal = flow.perform(proposal, action, person, version=proposal.version, data=data, note=note)
    return proposal


def sign_form(proposal: Proposal, filer: User) -> None:
    """File the scans of the recommendation for whose signature the region demands and it lacks."""
    there = seats.signed(proposal)
    for paper in (*letters.PAPERS, *letters.BESIDE):
        if paper.code in seats.demanded(proposal) and paper.code not in there:
            signing.sign(proposal, paper, filer, signers.WetSigner(pdf(paper.code)), name="Hj. Siti Rohmah, S.IP.")


def document(proposal: Proposal, code: str) -> Document:
    """Return one document of a proposal."""
    return proposal.documents.get(code=code)
