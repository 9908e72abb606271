"""Guards of the transition table: each raises Refused with a sentence, and beside fields with faults."""

import datetime as dt

from core import dates
from core.errors import Fault, Refused
from core.money import rupiah
from core.transitions import Step
from hayu.domain import facts
from hayu.domain.policy import policy
from hayu.enums import Finding, Ground, Lane, Outcome, SampleRule
from hayu.rules.scale import scale_of

MIN_WARNINGS = 2
MIN_REASON = 10


def may_register(step: Step) -> None:
    """All facts are there and true to form, the lane is LAPOR, the statement ticked, no twin is active."""
    found = facts.faults(step.obj)
    if not step.data.get("statement"):
        found.append(Fault("statement", "Centang pernyataan bahwa data ini benar."))
    if found:
        raise Refused("Laporan belum dapat dikirim. Perbaiki yang ditandai di bawah.", found)


def has_rule(step: Step) -> None:
    """The system names the rule that chose the report."""
    if step.data.get("rule") not in SampleRule.values:
        raise Refused("Alasan pemeriksaan tidak dikenal.")


def is_full_inspection(step: Step) -> None:
    """Position and at least one photo; findings exactly when something is not as reported."""
    data, found = step.data, []
    if data.get("outcome") not in Outcome.values:
        found.append(Fault("outcome", "Pilih hasil pemeriksaan."))
    if not data.get("photos"):
        found.append(Fault("photo_1", "Lampirkan sedikitnya satu foto."))
    if data.get("latitude") is None or data.get("longitude") is None:
        found.append(Fault("latitude", "Ambil posisi di tempat usaha."))
    codes = data.get("findings") or []
    if any(code not in Finding.values for code in codes):
        found.append(Fault("findings", "Temuan itu tidak ada di daftar."))
    if data.get("outcome") == Outcome.TIDAK_SESUAI and not codes:
        found.append(Fault("findings", "Pilih sedikitnya satu temuan."))
    if data.get("outcome") == Outcome.SESUAI and codes:
        found.append(Fault("findings", "Hasil “sesuai” tidak boleh disertai temuan."))
    if found:
        raise Refused("Hasil pemeriksaan belum lengkap.", found)


def is_corrected(step: Step) -> None:
    """The owner says what was mended, in time, with data that still belong here."""
    if dates.today() > step.obj.fix_by:
        raise Refused("Batas waktu pembetulan sudah lewat. Datang ke loket untuk meminta pemulihan.")
    if len(step.note) < MIN_REASON:
        raise Refused("Tuliskan apa yang sudah dibetulkan.", [Fault("note", "Tuliskan apa yang sudah dibetulkan.")])
    facts.apply(step.obj, step.data)
    found = facts.faults(step.obj)
    if found:
        raise Refused("Pembetulan belum dapat dikirim. Perbaiki yang ditandai di bawah.", found)


def fix_is_overdue(step: Step) -> None:
    """The day to mend is over."""
    if dates.today() <= step.obj.fix_by:
        raise Refused("Batas waktu pembetulan belum lewat.")


def has_grown(step: Step) -> None:
    """Capital has reached the threshold, or the risk is MT or T at the new scale."""
    capital, sales = step.data.get("capital"), step.data.get("yearly_sales", step.obj.yearly_sales)
    if capital is None:
        raise Refused("Isi modal sekarang.", [Fault("capital", "Isi modal sekarang.")])
    step.obj.capital, step.obj.yearly_sales = capital, sales
    step.obj.scale = scale_of(capital, sales)
    if facts.decision(step.obj).lane == Lane.LAPOR:
        sentence = "Dengan angka itu usaha ini masih cukup melapor, jadi tidak perlu dirujuk."
        raise Refused(sentence, [Fault("capital", sentence)])


def has_ground(step: Step) -> None:
    """Two warnings were given, or false data are proven."""
    ground = step.data.get("ground")
    if ground not in Ground.values:
        raise Refused("Pilih dasar pencabutan.", [Fault("ground", "Pilih dasar pencabutan.")])
    if ground == Ground.DUA_PERINGATAN and step.obj.warnings < MIN_WARNINGS:
        sentence = f"Baru ada {step.obj.warnings} peringatan; pencabutan dengan dasar ini perlu {MIN_WARNINGS}."
        raise Refused(sentence, [Fault("ground", sentence)])


def has_closing_date(step: Step) -> None:
    """The closing date lies between the start of the business and today."""
    day = step.data.get("closed_on")
    if not isinstance(day, dt.date):
        raise Refused("Isi tanggal tutup.", [Fault("closed_on", "Isi tanggal tutup.")])
    if day > dates.today():
        raise Refused("Tanggal tutup tidak boleh di masa depan.", [Fault("closed_on", "Paling akhir hari ini.")])
    if step.obj.started_on and day < step.obj.started_on:
        raise Refused(
            "Tanggal tutup mendahului tanggal mulai.", [Fault("closed_on", "Mendahului tanggal mulai usaha.")]
        )


def is_still_small(step: Step) -> None:
    """The yearly update keeps the business in lane LAPOR; a grown one is referred instead."""
    facts.apply(step.obj, step.data)
    found = facts.faults(step.obj)
    if any(fault.field in ("capital", "kbli") for fault in found):
        limit = rupiah(policy().threshold)
        sentence = (
            f"Usaha Anda sudah melewati batas lapor (modal {limit}, atau risikonya tinggi). "
            "Pilih “Usaha sudah naik kelas” di halaman laporan supaya kami tunjukkan langkah di OSS."
        )
        raise Refused(sentence, [Fault("capital", sentence)])
    if found:
        raise Refused("Data belum dapat disimpan. Perbaiki yang ditandai di bawah.", found)


def needs_reminder(step: Step) -> None:
    """The data are from an earlier year and this year's reminder was not sent."""
    year = dates.today().year
    if step.obj.confirmed_on.year >= year or (step.obj.reminded_year or 0) >= year:
        raise Refused("Pengingat tahun ini sudah dikirim atau tidak perlu.")


def is_stale(step: Step) -> None:
    """Nobody confirmed the data for the region's number of years."""
    if step.obj.stale_since or step.obj.confirmed_on > years_before(dates.today(), policy().stale_years):
        raise Refused("Data laporan ini belum usang.")


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day some years earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
