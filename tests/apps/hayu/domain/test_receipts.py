"""The receipt as PDF/A, and the comparison of a copy."""

import io

import pytest

from core import codes, files
from core.errors import Refused
from core.models import StoredFile
from hayu.domain import receipts, verify
from hayu.domain.machine import machine
from hayu.enums import Action, State
from hayu.models import Report


def test_pdf_is_made_once_and_says_what_the_page_says(world):
    report = world.report()
    first = receipts.pdf(report)
    assert receipts.pdf(report).pk == first.pk
    content = files.read(first)
    assert content.startswith(b"%PDF-")
    assert b"pdfaid:part" in content
    said = receipts.content(report)
    assert said["kode"] == codes.pretty(report.code)
    assert said["kalimat"] == "Tanda ini bukti lapor, bukan izin."
    assert said["nik"] == "3273********0001"
    assert said["alamat_periksa"].endswith(f"/cek/{report.code}/")


def test_changed_data_make_a_new_version_and_the_old_hash_stays_known(world):
    report = world.report(State.PERLU_PEMBETULAN)
    old = receipts.pdf(report)
    mended = machine.perform(
        report.pk, Action.BETULKAN, world.owner, data={"address": "Jl. Baru No. 7"}, note="Alamat dibetulkan."
    )
    new = receipts.pdf(mended)
    assert old.sha256 != new.sha256
    assert verify.compare(mended, io.BytesIO(files.read(new))).same
    compared = verify.compare(mended, io.BytesIO(files.read(old)))
    assert (compared.same, compared.sentence) == (
        False,
        "Berkas ini pernah kami terbitkan, tetapi datanya sudah diperbarui sesudahnya.",
    )


def test_a_changed_copy_is_told(world):
    report = world.report()
    copy = files.read(receipts.pdf(report)) + b"\n% changed"
    assert verify.compare(report, io.BytesIO(copy)).sentence.startswith("Berkas ini berbeda")
    assert StoredFile.objects.count() == 1


def test_no_paper_for_what_is_not_valid(world):
    with pytest.raises(Refused, match="tidak berlaku"):
        receipts.pdf(world.report(State.DIBEKUKAN))


def test_odd_names_stay_data(world):
    report = world.report()
    Report.objects.filter(pk=report.pk).update(business_name='#eval("1+1") {{ 7*7 }} $(id) `x` <b>')
    report.refresh_from_db()
    assert files.read(receipts.pdf(report)).startswith(b"%PDF-")
