"""Documents by kind, form, nature and recipient; deadlines."""

import datetime as dt

from helpers import profile
from sabilulungan.enums import Form, Kind, Nature, RecipientType, State
from sabilulungan.rules.deadlines import days_late, due_on


def codes(*case):
    return [rule.code for rule in profile().documents_for(*case)]


def test_a_foundation_building_brings_drawings_and_land_right():
    plain = codes(Kind.HIBAH, Form.UANG, Nature.NON_FISIK, RecipientType.ORMAS)
    building = codes(Kind.HIBAH, Form.UANG, Nature.FISIK, RecipientType.ORMAS)
    assert set(building) - set(plain) == {"GAMBAR", "HAK_TANAH"}
    assert {"AKTA", "PENGESAHAN", "NPWP", "DOMISILI", "REKENING"} < set(plain)


def test_a_person_brings_identity_and_a_letter_of_the_neighbours():
    assert codes(Kind.BANSOS, Form.UANG, Nature.NON_FISIK, RecipientType.INDIVIDU) == [
        "SURAT_PERMOHONAN",
        "REKENING",
        "KTP",
        "PENGANTAR_RTRW",
    ]
    assert "KK" in codes(Kind.BANSOS, Form.BARANG, Nature.NON_FISIK, RecipientType.KELUARGA)
    assert "REKENING" not in codes(Kind.BANSOS, Form.BARANG, Nature.NON_FISIK, RecipientType.KELUARGA)


class WeekDays:
    """A calendar without holidays."""

    def add(self, day, working_days):
        while working_days:
            day += dt.timedelta(days=1)
            working_days -= day.weekday() < 5
        return day

    def count(self, after, upto):
        days = ((after + dt.timedelta(days=n)).weekday() < 5 for n in range(1, (upto - after).days + 1))
        return sum(days)


def test_deadlines_run_in_working_days_and_repairs_in_calendar_days():
    friday = dt.date(2026, 3, 6)
    assert due_on(profile(), WeekDays(), State.DIAJUKAN, friday, 2027) == dt.date(2026, 3, 13)
    assert due_on(profile(), WeekDays(), State.PERBAIKAN, friday, 2027) == dt.date(2026, 3, 20)
    assert due_on(profile(), WeekDays(), State.DISETUJUI, friday, 2027) is None
    assert due_on(profile(), WeekDays(), State.LPJ_DIPERIKSA, friday, 2027) == dt.date(2026, 3, 26)
    assert due_on(profile(), WeekDays(), State.PELAKSANAAN, friday, 2027) == dt.date(2028, 1, 10)
    assert due_on(profile(), WeekDays(), State.PELAKSANAAN, dt.date(2028, 2, 1), 2027) == dt.date(2028, 2, 1)
    assert due_on(profile(), WeekDays(), State.LPJ_PERBAIKAN, dt.date(2028, 1, 9), 2027) == dt.date(2028, 1, 23)
    assert days_late(WeekDays(), dt.date(2026, 3, 13), dt.date(2026, 3, 16)) == 1
    assert days_late(WeekDays(), dt.date(2026, 3, 13), dt.date(2026, 3, 13)) == 0
    assert days_late(WeekDays(), None, friday) == 0
