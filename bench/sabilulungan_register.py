"""An invented register for bench/app_sabilulungan.py: recipients, and proposals with everything that hangs on them.

Each proposal has three cost lines, four documents with a file each and one with a photograph, three to nine log rows,
and every tenth a flag. A third of the photographs are of two hundred scenes, so that many share parts of their look.
Filled in bulk, in the shapes the app itself writes; the database's constraints are on.
"""

import datetime as dt
import random
import secrets

from core import codes, dates, identity, wilayah
from core.files import JPEG, PDF
from core.models import StoredFile, User
from sabilulungan.domain import rulebook, search
from sabilulungan.domain.likeness import PLAN, TEXT
from sabilulungan.enums import Action, Kind, PhotoPlace, Position, Purpose, RecipientType, Role, Severity, State
from sabilulungan.models import (
    BankAccount,
    BudgetLine,
    CaseStep,
    Document,
    Flag,
    LikenessMark,
    Officer,
    Photo,
    PhotoPart,
    Proposal,
    Recipient,
)  # fmt: skip
from sabilulungan.rules import looks_of_photos as looks
from sabilulungan.rules.duplicates import normal_address, normal_name
from sabilulungan.rules.flow import STAGE_OF
from sabilulungan.rules.likeness import marks, plan_parts, text_parts
from sabilulungan.rules.money import CHAIN

BATCH = 2000
PAPERS = ("PROPOSAL", "SURAT", "DOMISILI", "KTP")
WAY = (
    State.DIAJUKAN, State.DISPOSISI, State.KLASIFIKASI, State.EVALUASI, State.VERIFIKASI_TP, State.PERTIMBANGAN,
    State.PERSETUJUAN, State.DISETUJUI, State.DIANGGARKAN, State.DITETAPKAN, State.PERJANJIAN, State.PENCAIRAN,
    State.PELAKSANAAN, State.LPJ_DIPERIKSA, State.SELESAI,
)  # fmt: skip
# Where cases stand, and how many amounts of the chain they have by then.
ENDS = (
    *[(State.SELESAI, 10)] * 6, *[(State.PELAKSANAAN, 9)] * 2, (State.DISETUJUI, 5), (State.PERTIMBANGAN, 3),
    *[(State.EVALUASI, 1)] * 2, (State.DIAJUKAN, 1), *[(State.DITOLAK, 1)] * 6,
)  # fmt: skip
THINGS = (
    "Perbaikan posyandu", "Pelatihan menjahit", "Pentas seni", "Turnamen voli", "Perpustakaan warga", "Bank sampah",
    "Kelas komputer", "Santunan yatim", "Renovasi madrasah", "Kebun gizi", "Jalan lingkungan", "Sumur bor",
    "Koperasi warga", "Sanggar tari", "Kursus bahasa", "Ambulans desa", "Rumah belajar", "Pasar murah",
)  # fmt: skip
_HEADS, _TAILS = "BCDGHJKLMNPRSTW", "aiueo"


def word(number: int) -> str:
    """Return an invented word, another one for each number below 421,875."""
    letters = [_HEADS[number // 75**place % 15] + _TAILS[number // 75**place // 15 % 5] for place in range(3)]
    return "".join(letters).capitalize()


def recipients(first: int, last: int, clerk: User) -> None:
    """Make recipients with two officers (a person: himself) and an account; every fifth is a person."""
    places, today = wilayah.villages(), dates.today()
    for begin in range(first, last, BATCH):
        rows, officers, accounts = [], [], []
        for number in range(begin, min(begin + BATCH, last)):
            person = number % 5 == 0
            name = f"{word(number * 31)} {word(number * 17 + 5)}" if person else f"Yayasan {word(number * 31)} Bakti"
            place, address = places[number * 7 % len(places)], f"Jl. {word(number)} Nomor {number % 90 + 1}"
            rows.append(Recipient(
                type=RecipientType.INDIVIDU if person else RecipientType.ORMAS, name=name, registered_by=clerk,
                normal_name=normal_name(name), address=address, rt="003", rw="012", village_code=place.code,
                normal_address=normal_address(address, "003", "012"), district_code=place.parent,
                phone_token=f"telepon-{number}", registered_on=None if person else dt.date(2015, 1, 1),
            ))  # fmt: skip
        for number, row in enumerate(Recipient.objects.bulk_create(rows), start=begin):
            posts = (Position.DIRI,) if number % 5 == 0 else (Position.KETUA, Position.SEKRETARIS)
            officers += [
                Officer(
                    recipient=row, position=post, name=f"{word(number)} {post.label}", since=today,
                    nik="3273010101900001", nik_token=f"nik-{number}-{post}",
                )
                for post in posts
            ]  # fmt: skip
            accounts.append(BankAccount(
                recipient=row, bank="bank bjb", number=f"77{number:011}", number_token=f"rekening-{number}",
                owner_name=row.name,
            ))  # fmt: skip
        Officer.objects.bulk_create(officers)
        BankAccount.objects.bulk_create(accounts)


def proposals(first: int, last: int, clerk: User) -> None:
    """Make proposals of the newest five budget years, the newest last, for the recipients that are there."""
    version, profile = rulebook.current_version(), rulebook.current()
    held = list(Recipient.objects.order_by("pk"))
    luck = random.Random(first)
    start = dates.now() - dt.timedelta(days=5 * 365)
    for begin in range(first, last, BATCH):
        rows, standing = [], []
        for number in range(begin, min(begin + BATCH, last)):
            recipient, route = held[number * 13 % len(held)], luck.choice(profile.fields)
            year = dates.today().year + 1 - 4 * (last - number) // (last or 1)
            state, amounts = luck.choice(ENDS)
            asked = luck.randrange(10, 400) * 250_000
            filed = start + dt.timedelta(minutes=number * 20)
            person = recipient.is_person
            row = Proposal(
                recipient_district=recipient.district_code,
                number=f"3273-{year}-{'B' if person else 'H'}-{number:06}", profile=version, recipient=recipient,
                created_by=clerk, budget_year=year, kind=Kind.BANSOS if person else Kind.HIBAH, field=route.code,
                purpose=Purpose.REHABILITASI if person else "", office=route.office, state=state, state_since=filed,
                title=f"{luck.choice(THINGS)} {word(number)}", background=story(luck),
                aims="Warga dapat belajar dan bertemu.", target_group="Warga", beneficiaries=40, place="Balai RW 12",
                village_code=recipient.village_code, district_code=recipient.district_code, declared_at=filed,
                submitted_at=filed, register_number="" if state == State.DIAJUKAN else f"TU/{number}",
                registered_on=None if state == State.DIAJUKAN else filed.date(), stage=STAGE_OF.get(state, ""),
                due_on=filed.date() + dt.timedelta(days=30), approval_number=f"978/{number}" if amounts >= 5 else "",
                approved_on=filed.date() if amounts >= 5 else None,
                **{f"amount_{stage}": asked * (10 - (index > 0)) // 10 for index, stage in enumerate(CHAIN[:amounts])},
            )  # fmt: skip
            row.search_text = search.text_of(row)
            rows.append(row)
            standing.append(state)
        made = Proposal.objects.bulk_create(rows)
        BudgetLine.objects.bulk_create(
            BudgetLine(
                proposal=row, number=line, description=f"Belanja {line}", volume=1, unit="paket",
                unit_price=row.amount_asked // 3, amount_asked=row.amount_asked // 3,
            )
            for row in made for line in (1, 2, 3)
        )  # fmt: skip
        LikenessMark.objects.bulk_create(mark for row in made for mark in _marks(row))
        _documents(made, clerk)
        _photos(made, clerk, luck)
        CaseStep.objects.bulk_create(step for row in made for step in _log(row, clerk))
        Flag.objects.bulk_create(
            Flag(
                proposal=row, other=made[index - 1], rule="F05", severity=Severity.YELLOW, score=100,
                sentence="Alamat sama dengan penerima lain.",
            )
            for index, row in enumerate(made) if index % 10 == 1
        )  # fmt: skip


def story(luck: random.Random) -> str:
    """Return thirty invented words, as background of a proposal."""
    return " ".join(word(luck.randrange(5000)) for _ in range(30))


def _marks(row: Proposal) -> list[LikenessMark]:
    """Return the marks of a proposal's text, and of its plan, which some hundreds have in common."""
    plan = [(f"Belanja {line}", "paket", row.amount_asked // 3) for line in (1, 2, 3)]
    found = {*marks(TEXT, text_parts(row.background, row.aims)), *marks(PLAN, plan_parts(plan))}
    return [LikenessMark(proposal=row, value=value) for value in found]


def _documents(made: list[Proposal], clerk: User) -> None:
    rows = Document.objects.bulk_create(
        Document(proposal=row, code=code, name=code.capitalize(), required=True) for row in made for code in PAPERS
    )
    owner = Document._meta.label_lower
    StoredFile.objects.bulk_create(
        StoredFile(
            owner_type=owner, owner_id=str(row.pk), kind="berkas", name="berkas.pdf", media_type=PDF, size=1000,
            sha256=secrets.token_hex(32), path=f"contoh/{codes.new_code()}-{row.pk}.pdf", uploaded_by=clerk,
        )
        for row in rows
    )  # fmt: skip


SCENES = [random.Random(number).getrandbits(looks.BITS) for number in range(200)]
SCENE_NOISE = 16  # bits, in which photographs of one scene differ from it


def _look(luck: random.Random) -> looks.Look:
    """Return an invented look: of a scene for a third of them, of nothing seen before for the others."""
    outline = luck.getrandbits(looks.BITS)
    if luck.random() < 1 / 3:
        outline = luck.choice(SCENES)
        for place in luck.sample(range(looks.BITS), SCENE_NOISE):
            outline ^= 1 << place
    return looks.Look(outline, luck.getrandbits(looks.FINE_BITS))


def _photos(made: list[Proposal], clerk: User, luck: random.Random, seen: looks.Look | None = None) -> None:
    """Give each proposal a photograph with its look and the parts of it: `seen`, or an invented one."""
    papers = Document.objects.bulk_create(
        Document(proposal=row, code="FOTO", name="Foto lokasi", required=False) for row in made
    )
    owner = Document._meta.label_lower
    stored = StoredFile.objects.bulk_create(
        StoredFile(
            owner_type=owner, owner_id=str(row.pk), kind="berkas", name="foto.jpg", media_type=JPEG, size=1000,
            sha256=secrets.token_hex(32), path=f"contoh/{codes.new_code()}-{row.pk}.jpg", uploaded_by=clerk,
        )
        for row in papers
    )  # fmt: skip
    found = [seen or _look(luck) for _ in made]
    photos = Photo.objects.bulk_create(
        Photo(stored=file, proposal=row, place=PhotoPlace.USULAN, look=str(look))
        for file, row, look in zip(stored, made, found, strict=True)
    )
    PhotoPart.objects.bulk_create(
        PhotoPart(photo=photo, value=value)
        for photo, look in zip(photos, found, strict=True)
        for value in looks.parts(look)
    )


def _log(row: Proposal, clerk: User) -> list[CaseStep]:
    """Return the log of a case: one row a state on its way, a day apart."""
    way = WAY[: WAY.index(row.state) + 1] if row.state in WAY else (*WAY[:2], row.state)
    return [
        CaseStep(
            proposal=row, transition=f"T{index + 1:02}", action=Action.TERUSKAN, target=state,
            source=way[index - 1] if index else State.DRAF, role=Role.TU, actor=clerk,
            at=row.submitted_at + dt.timedelta(days=index), due_on=row.submitted_at.date() + dt.timedelta(days=index),
            amount=row.amount_asked, reason="Sesuai.",
        )
        for index, state in enumerate(way)
    ]  # fmt: skip


def newcomer(clerk: User) -> Proposal:
    """Return a draft of a recipient that shares chair and street with others and has nearly the name of one more.

    It says what the newest proposal says, has its cost plan, and its photograph in another quality.
    """
    old = Recipient.objects.filter(type=RecipientType.ORMAS).order_by("pk")[7]
    twin = Recipient.objects.create(
        type=RecipientType.ORMAS, name=f"{old.name}s", normal_name=normal_name(f"{old.name}s"), address=old.address,
        normal_address=old.normal_address, rt=old.rt, rw=old.rw, village_code=old.village_code,
        district_code=old.district_code, registered_by=clerk, registered_on=dt.date(2015, 1, 1),
        phone_token=old.phone_token,
    )  # fmt: skip
    Officer.objects.create(
        recipient=twin, position=Position.KETUA, name="Ketua", nik="3273010101900001",
        nik_token=old.officers.get(position=Position.KETUA).nik_token, since=dates.today(),
    )  # fmt: skip
    BankAccount.objects.create(
        recipient=twin, bank="bank bjb", number="771", number_token=identity.token("771"), owner_name=twin.name
    )
    last = Proposal.objects.order_by("pk").last()
    draft = Proposal.objects.create(
        recipient=twin, created_by=clerk, budget_year=dates.today().year + 1, state=State.DRAF, title="Kelas komputer",
        background=last.background, aims=last.aims,
    )  # fmt: skip
    BudgetLine.objects.bulk_create(
        BudgetLine(
            proposal=draft, number=line.number, description=line.description, volume=1, unit=line.unit,
            unit_price=line.unit_price, amount_asked=line.amount_asked,
        )
        for line in last.lines.all()
    )  # fmt: skip
    _documents([draft], clerk)
    look = looks.Look.read(last.photos.get().look)
    _photos([draft], clerk, random.Random(0), looks.Look(look.outline ^ 0b1011, look.detail ^ 0b110))
    return draft
