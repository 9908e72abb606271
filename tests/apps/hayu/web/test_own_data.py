"""A person takes a copy of all that is kept about them, and of nobody else; it is logged."""

import json

from django.test import Client
from office import archived

from build import NIK, OTHER_NIK, draft, outside_number
from core.models import AuditEntry
from hayu.domain import claims, complaints
from hayu.enums import AppState as S
from hayu.models import Complaint, Report


def test_everything_of_mine_and_nothing_of_others(office):
    """Every kind once; NIK in clear, since it is theirs; no officer's name, no stranger's data."""
    office.application(S.TERBIT)
    outside_number(office.owner)
    claims.ask(archived().number, NIK, office.owner)
    draft(office.owner)
    draft(office.stranger, "95320", nik=OTHER_NIK, holder_name="Budi Lain", business_name="Bengkel Orang Lain")
    told = "Petugas loket lama sekali melayani warga."
    complaints.file(kind="PELAYANAN", text=told, name="Ani", user=office.owner)
    complaints.file(kind="PELAYANAN", text="Aduan orang lain yang tidak boleh ikut.", user=office.stranger)
    client = Client()
    client.force_login(office.owner)
    page = client.get("/saya/data/").content.decode()
    assert NIK not in page
    assert AuditEntry.objects.filter(action="unduh_data_sendiri").count() == 0
    answer = client.post("/saya/data/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    found = json.loads(answer.content)
    assert {name: len(rows) for name, rows in found.items() if isinstance(rows, list)} == {
        "laporan_usaha": 1, "permohonan": 1, "izin": 1, "izin_lama_diminta": 1, "nomor_dari_luar": 1, "pengaduan": 1,
        "pesan": office.owner.notifications.count(),
    }  # fmt: skip
    assert (found["akun"]["nik"], found["permohonan"][0]["nik"]) == (NIK, NIK)
    assert found["pengaduan"][0]["text"] == told
    assert [row["note"] for row in found["permohonan"][0]["visits"]] == ["Tempat sesuai permohonan."]
    assert [row["role"] for row in found["permohonan"][0]["history"]][:3] == ["PEMOHON", "PEMOHON", "VERIFIKATOR"]
    assert len(found["permohonan"][0]["files"]) == 4
    said = answer.content.decode()
    for other in ("Budi Lain", "Bengkel Orang Lain", OTHER_NIK, "orang lain", "Kartini Rahayu", "Verifikator", "Kabid"):
        assert other not in said
    entry = AuditEntry.objects.get(action="unduh_data_sendiri")
    assert (entry.actor, entry.object_type, entry.object_id) == (office.owner, "core.user", str(office.owner.pk))
    assert (Report.objects.count(), Complaint.objects.count()) == (2, 2)


def test_nobody_without_an_account(client, db):
    assert client.post("/saya/data/").status_code == 302
