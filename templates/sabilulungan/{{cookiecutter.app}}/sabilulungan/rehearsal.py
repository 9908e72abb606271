"""The story `kit verify` plays: a foundation applies, offices check, sign and decide, anybody reads the outcome."""

import datetime as dt
import io
from collections.abc import Iterator
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import dates, files
from core.models import User
from core.rehearsal import Stage, Visitor, check
from core.wilayah import villages
from sabilulungan.domain import drafts, flow, recipients, rulebook, submission
from sabilulungan.domain.letters import seats
from sabilulungan.domain.recipients import OfficerData, RecipientData
from sabilulungan.enums import Action, Kind, Position, RecipientType, Role, State
from sabilulungan.enums import Stage as Classic
from sabilulungan.models import Proposal, Recipient, WindowOpening

_PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\n%%EOF\n"


def story(stage: Stage) -> Iterator[str]:
    """Yield a sentence for each step that went well."""
    applicant, staff = stage.person("pemohon"), _Staff(stage)
    browser = stage.signed_in(applicant)
    yield "A citizen signs in."
    case = _draft(applicant, staff.head, stage)
    address = reverse("draft_send", args=[case.key])
    browser.get(address)
    browser.post(address, {"declared": "on", "version": case.version})
    case = _expect(case, State.DIAJUKAN)
    yield "The citizen sends a grant proposal and gets a number."
    stored = files.current(case.documents.filter(required=True).first())[0]
    check(
        browser.download(reverse("core:file", args=[stored.public_id])).startswith(b"%PDF-"), "the document is no PDF"
    )
    yield "The citizen downloads a document of the proposal."
    ticks = {document.code: "SESUAI" for document in case.documents.all()}
    today = dates.today()
    day = f"{today.day}/{today.month}/{today.year}"
    _act(stage, staff.registry, case, Action.LENGKAP, {**ticks, "register_number": stage.mark, "registered_on": day})
    case = _expect(case, State.DISPOSISI)
    yield "The registry signs in and finds the documents complete."
    case = staff.until(case, (State.VERIFIKASI_TP, State.PERTIMBANGAN))
    yield "The case comes to its office, which evaluates it."
    signed = staff.sign(case)
    if signed:
        yield f"{_list(signed)} sign in and file the recommendation they signed."
    case = staff.until(case, (State.PERSETUJUAN,))
    yield "Those who set the amount take their steps."
    amount = str(case.amount_tapd)
    _act(stage, staff.head, case, Action.SETUJUI, {"amount": amount, "approval_number": stage.mark, "approved_on": day})
    case = _expect(case, State.DISETUJUI)
    yield "The head of the region signs in and approves."
    page = Visitor().get(reverse("detail", args=[case.number]))
    check(case.title in page, "the public page does not show the proposal")
    yield "Anybody reads the approved proposal on the public page."


def _expect(case: Proposal, state: str) -> Proposal:
    """Return the case as stored, which must be in this state."""
    fresh = Proposal.objects.get(pk=case.pk)
    check(fresh.state == state, f"the proposal is in state {fresh.state} instead of {state}")
    return fresh


def _act(stage: Stage, officer: User, case: Proposal, action: str, data: dict[str, str]) -> None:
    browser = stage.signed_in(officer)
    browser.get(reverse("desk_case", args=[case.number]))
    browser.post(reverse("desk_act", args=[case.number, action]), {**data, "version": case.version})


class _Staff:
    """One officer for each step, so that duties never meet."""

    def __init__(self, stage: Stage) -> None:
        self._route = rulebook.current().fields[0]
        self.registry = stage.person("tu", (Role.TU, ""))
        self.head = stage.person("kepala", (Role.KDH, ""))
        self._stage = stage
        self._sorter = stage.person("pemilah", (rulebook.current().step(Classic.KLASIFIKASI).owner, ""))
        self._office = stage.person("dinas", (Role.OPD, self._route.office))
        self._team = stage.person("tim", (Role.TP, ""))
        self._budget = stage.person("anggaran", (Role.TAPD, ""))

    def until(self, case: Proposal, states: tuple[State, ...]) -> Proposal:
        """Move a complete case on until it reaches one of these states; steps a region leaves out never come."""
        lines = {line.number: line.amount_asked for line in case.lines.all()}
        total, today = sum(lines.values()), dates.today()
        visit = {"visited_on": today, "met_with": "Ketua", "visit_result": "Sekretariat ada.", "recommended": True}
        answers = {f"R{number:02d}": (True, "") for number in range(5, 12)}
        steps = {
            State.DISPOSISI: (self.head, Action.TERUSKAN, {}),
            State.KLASIFIKASI: (self._sorter, Action.KLASIFIKASIKAN, {"field": case.field, "nature": case.nature}),
            State.EVALUASI: (self._office, Action.REKOMENDASIKAN, {**visit, "answers": answers, "lines": lines}),
            State.VERIFIKASI_TP: (self._team, Action.PERTIMBANGKAN, {"amount": total, "meeting_on": today}),
            State.PERTIMBANGAN: (self._budget, Action.TETAPKAN_BESARAN, {"amount": total}),
        }
        while case.state not in states:
            check(case.state in steps, f"the proposal is in state {case.state}, where nobody takes a step")
            officer, action, data = steps[State(case.state)]
            case = flow.perform(case, action, officer, version=case.version, data=data, note="Uji coba.")
        return Proposal.objects.get(pk=case.pk)

    def sign(self, case: Proposal) -> list[str]:
        """Let everybody whose signature the region demands file the scan of it on his own page; return who did.

        Ink works in every region: of BSrE nobody here has a certificate.
        """
        place = case.recipient.village_code
        scopes = {
            seats.HEAD: self._route.office, seats.CAMAT: case.recipient.district_code, seats.LURAH: place,
            seats.CHAIR: "",
        }  # fmt: skip
        wanted = seats.demanded(case)
        for code in wanted:
            person = self._stage.person(seats.SIGNERS[code].value.lower(), (seats.role_of(code), scopes[code]))
            address = reverse("desk_sign", args=[case.number, code])
            browser = self._stage.signed_in(person)
            browser.get(address)
            scan = SimpleUploadedFile("pindaian.pdf", _PDF + code.encode(), "application/pdf")
            browser.post(address, {"pindaian": "ya", "name": person.full_name, "scan": scan})
        check(set(seats.signed(case)) == set(wanted), "a signature that was filed is not there")
        return [seats.SIGNERS[code].value for code in wanted]


def _list(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _draft(applicant: User, head: User, stage: Stage) -> Proposal:
    """Return a complete draft for next year's budget; where no window is open, one that only this story sees."""
    year = dates.today().year + 1
    if not rulebook.is_open(year):
        today = dates.today()
        WindowOpening.objects.create(budget_year=year, opens=today, closes=today, basis="Uji coba", opened_by=head)
    recipient = _foundation(applicant, stage)
    case = submission.start(recipient, applicant, budget_year=year, kind=Kind.HIBAH)
    values = {
        "form": "UANG", "nature": "NON_FISIK", "field": rulebook.current().fields[0].code,
        "title": "Pelatihan komputer warga", "background": "Warga belum punya tempat belajar.",
        "aims": "Warga dapat memakai komputer.", "target_group": "Warga usia kerja", "beneficiaries": 40,
        "place": "Balai warga", "starts_on": dt.date(year, 3, 1), "ends_on": dt.date(year, 6, 30),
        "account": recipient.accounts.first(), "village_code": recipient.village_code,
    }  # fmt: skip
    case = drafts.save_activity(case, values, case.version)
    case = drafts.save_lines(case, [drafts.LineData("Sewa komputer", Decimal(10), "unit", 1_000_000)], case.version)
    for document in case.documents.filter(required=True):
        upload = io.BytesIO(_PDF + document.code.encode())
        upload.name = "berkas.pdf"
        drafts.attach(document, upload, applicant)
    return Proposal.objects.get(pk=case.pk)


def _foundation(applicant: User, stage: Stage) -> Recipient:
    place = villages()[0]
    start = place.code.replace(".", "")[:6]
    letters = "".join("abcdefghij"[int(sign, 16) % 10] for sign in stage.mark.removeprefix("uji-"))
    name = f"Yayasan {letters.title()}"
    return recipients.register(
        RecipientData(
            type=RecipientType.ORMAS,
            name=name,
            address=f"Jalan {letters.title()}",
            rt="001",
            rw="001",
            village_code=place.code,
            officers=(
                OfficerData(Position.KETUA, "Uji Ketua", f"{start}0101909998", "+628120000001"),
                OfficerData(Position.SEKRETARIS, "Uji Sekretaris", f"{start}0101909999"),
            ),
            phone="+628120000002",
            email=f"{stage.mark}@contoh.invalid",
            registered_on=dt.date(2015, 1, 1),
            bank="bank bjb",
            account_number="7700000009998",
            account_owner=name,
        ),
        applicant,
    )
