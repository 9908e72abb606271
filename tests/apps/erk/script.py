"""Two hundred people for the scripted month: who they are, and what their October 2026 was like; the same each time."""

import datetime as dt
import io
import random
from fractions import Fraction
from typing import Any

from recompute import Person, Piece, weekdays
from world import nip, user_of

OFFICES = ("SETDA", "DUKCAPIL", "SATPOLPP", "BKPSDM")
HOSPITAL = "RSUD"  # another scheme: a part of the allowance
FIRST, LAST = dt.date(2026, 10, 1), dt.date(2026, 10, 31)
MONTH = weekdays(FIRST, LAST)
STORIES = range(14, 26)  # employees under DUKCAPIL-20 whose 5 October goes through the application step by step
STORY_DAY = dt.date(2026, 10, 5)
ALWAYS = (dt.date.min, dt.date.max)
MOVED, JOINED, LEFT, TRANSFERRED, TO_HOSPITAL, FROM_HOSPITAL = 150, 151, 152, 153, 154, 195
OBJECTING, REFUSED, CORRECTED, UNLISTED = 60, 61, 62, 63  # the last one works mostly outside the catalogue
STAFF = ((7, "Analis"), (6, "Pengolah"), (5, "Pengadministrasi"), (4, "Pengemudi"))


def day(number: int) -> dt.date:
    return dt.date(2026, 10, number)


def written(value: dt.date) -> str:
    return f"{value:%d/%m/%Y}"


def bring(user: Any, kind: str, rows: list[dict[str, str]]) -> None:
    """Bring a file as its office does: try it, find no fault, apply it."""
    from erk.domain import imports

    importer = imports.importer_of(kind)
    names = [column.name for column in importer.columns]
    lines = [";".join(names), *(";".join(row.get(name, "") for name in names) for row in rows)]
    upload = io.BytesIO("\n".join(lines).encode())
    upload.name = f"{kind}.csv"
    made = imports.try_out(user, importer, upload)
    assert made.galat == []
    assert imports.apply(user, made) == len(rows)


def offices() -> list[dict[str, str]]:
    rows = [{"kode": code, "nama": f"Kantor {code}", "nama_pendek": code, "jenis": "DINAS"} for code in OFFICES]
    rows[3]["gelombang"] = "1"
    rows.append({"kode": "GURU", "nama": "Guru", "nama_pendek": "Guru", "jenis": "DINAS", "skema": "NON"})
    return [*rows, {"kode": HOSPITAL, "nama": "Rumah Sakit", "nama_pendek": "RSUD", "jenis": "DINAS", "skema": "BLUD"}]


def positions() -> list[dict[str, str]]:
    rows = []

    def add(code: str, name: str, kind: str, grade: int, above: str = "", delegate: str = "") -> None:
        rows.append({"kode": code, "kode_opd": code.partition("-")[0], "nama": f"{name} {code}", "jenis": kind,
                     "kelas": str(grade), "kode_induk": above, "kode_delegasi": delegate})  # fmt: skip

    add("SETDA-01", "Sekretaris Daerah", "JPT", 15, "", "SETDA-02")
    add("SETDA-02", "Asisten", "JPT", 14, "SETDA-01")
    for office in (*OFFICES, HOSPITAL, "GURU"):
        add(f"{office}-10", "Kepala", "ADMINISTRATOR" if office == "SETDA" else "JPT", 12 if office == "SETDA" else 14,
            "SETDA-01")  # fmt: skip
        for number in (20, 21):
            add(f"{office}-{number}", "Kepala Bidang", "ADMINISTRATOR", 11, f"{office}-10")
            for grade, name in STAFF:
                add(f"{office}-{number}{grade}", name, "PELAKSANA", grade, f"{office}-{number}")
    return rows


def people() -> tuple[list[Person], list[dict[str, str]]]:
    """Return 200 people who are paid here, ten in the hospital, and the rows that bring them and five others."""
    grades = {row["kode"]: int(row["kelas"]) for row in positions()}
    seats = [code for code in grades if code[-3] == "-" and code.partition("-")[0] in OFFICES]
    crew = [f"{office}-{number}{grade}" for number in (20, 21) for grade, _ in STAFF for office in OFFICES]
    seats += ["DUKCAPIL-207"] * len(STORIES)
    seats += [crew[index % len(crew)] for index in range(190 - len(seats))]
    seats += [f"{HOSPITAL}-{number}" for number in (10, 20, 21, 207, 206, 205, 204, 217, 216, 215)]
    found, rows = [], []
    for index, code in enumerate([*seats, *["GURU-207"] * 5], start=1):
        number = nip(index)
        row = {"nip": number, "nama": f"Pegawai {index:03}", "status": "PNS", "golongan": "III/a", "dasar": "SK 1"}
        row |= {"surel": f"pegawai{index}@contoh.example", "kode_jabatan": code, "mulai": "01/01/2026"}
        first, last = dt.date(2026, 1, 1), dt.date.max
        if index - 1 == JOINED:
            first = day(15)
            row["mulai"] = written(first)
        if index - 1 == LEFT:
            last = day(20)
            row["sampai"] = written(last)
        rows.append(row)
        if index <= 200:
            office = code.partition("-")[0]
            hospital = ALWAYS if office == HOSPITAL else None
            found.append(Person(number, row["nama"], office, [(first, last, grades[code])], hospital))
    return found, rows


def live(staff: list[Person]) -> None:
    """Give everybody a month: leave, absences, attendance, overtime, cuts, ratings; work fills the other days."""
    rng = random.Random("sebulan")
    spells = {
        40: ("TAHUNAN", day(7), day(9)), 41: ("SAKIT", day(12), day(13)), 42: ("SAKIT", day(19), day(26)),
        43: ("MELAHIRKAN", dt.date(2026, 9, 1), dt.date(2026, 11, 30)), 44: ("BESAR", day(22), dt.date(2026, 11, 20)),
        45: ("ALASAN_PENTING", dt.date(2026, 9, 21), day(16)), 46: ("TAHUNAN", day(1), day(26)),
    }  # fmt: skip
    for index, spell in spells.items():
        staff[index].spells.append(spell)
    for index in range(70, 110):
        kind = rng.choice(("ALPA", "IZIN", "DINAS_LUAR", "DIKLAT"))
        staff[index].single = dict.fromkeys(rng.sample(MONTH[8:14], rng.choice((1, 1, 2))), kind)
    staff[OBJECTING].single, staff[REFUSED].single = {day(15): "ALPA"}, {day(15): "ALPA"}
    staff[CORRECTED].single = {day(16): "IZIN"}
    for index, percent in ((120, 25), (121, 100)):
        staff[index].cut = Fraction(percent, 100)
    for index, person in enumerate(staff):
        pace = rng.choice((120, 136, 190, 240, 262, 272, 285, 300)) if index not in STORIES else 280
        person.rating = (Fraction(rng.randint(7000, 10000), 10000), Fraction(rng.randint(7000, 10000), 10000))
        person.rating = (Fraction(round(person.rating[0] * 100), 100), Fraction(round(person.rating[1] * 100), 100))
        away = person.away()
        for when in MONTH:
            if index == UNLISTED:
                person.pieces.append(Piece(when, 480, 480 + 200, free=True))
                continue
            if index in STORIES and when == STORY_DAY:
                continue
            if when not in away and any(first <= when <= last for first, last, _ in person.places):
                _day(person, when, pace, rng)
            elif away.get(when, ("", 0))[0] == "DINAS_LUAR" and rng.random() < 0.5:
                person.pieces.append(Piece(when, 480, 617, units=5))


def _day(person: Person, when: dt.date, pace: int, rng: random.Random) -> None:
    long = rng.random() < 0.03
    if long and rng.random() < 0.5:
        person.overtime.add(when)
    minutes = 473 + rng.randint(0, 80) if long else max(20, pace + rng.randint(-45, 45))
    start = 450 + rng.randint(0, 9)
    units = max(1, round(minutes / 25 * rng.choice((1, 1, 1, 0.6))))
    person.pieces.append(Piece(when, start, start + minutes, units=units))
    if rng.random() < 0.2:
        person.pieces.append(Piece(when, 1021, 1021 + rng.randint(31, 120), free=True))
    if rng.random() < 0.12:
        came = rng.choice((455, 480, 481, 510, 530, 541, 600, None, 449))
        left = rng.choice((960, 990, 970, 905, 900, None, 1000))
        person.clocked[when] = (came, left, when.weekday() == 0 and rng.random() < 0.5)


def moves(staff: list[Person]) -> list[dict[str, str]]:
    """Move people on 12 October: to a higher class, to another office, into the hospital and out of it."""
    rows = []
    for index, code, grade in (
        (MOVED, "", 7), (TRANSFERRED, "BKPSDM-206", 6), (TO_HOSPITAL, "RSUD-206", 6), (FROM_HOSPITAL, "DUKCAPIL-206", 6)
    ):  # fmt: skip
        person = staff[index]
        code = code or f"{person.office}-207"
        person.places = [(person.places[0][0], day(11), person.places[0][2]), (day(12), dt.date.max, grade)]
        person.office = code.partition("-")[0]
        person.clocked, person.single = {}, {}
        rows.append({"nip": person.nip, "nama": person.name, "status": "PNS", "golongan": "III/a", "kode_jabatan": code,
                     "mulai": written(day(12)), "dasar": "SK 2"})  # fmt: skip
    staff[TO_HOSPITAL].hospital = (day(12), dt.date.max)
    staff[FROM_HOSPITAL].hospital = (dt.date.min, day(11))
    return rows


def actors() -> dict[str, Any]:
    """Return the accounts of the offices that are no employees of the script."""
    from erk.enums import Role

    found = {f"admin {code}": user_of(f"admin-{code}", (Role.ADMIN_OPD, code)) for code in (*OFFICES, HOSPITAL)}
    for name, role in (
        ("region", Role.ADMIN_WILAYAH), ("verifier", Role.VERIFIKATOR_BKPSDM), ("finance", Role.KEUANGAN),
        ("leader", Role.PIMPINAN), ("inspector", Role.INSPEKTORAT), ("catalogue", Role.ADMIN_KATALOG),
    ):  # fmt: skip
        found[name] = user_of(name, (role, ""))
    return found
