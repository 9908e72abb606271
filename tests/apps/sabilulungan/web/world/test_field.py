"""Field visits with photo and position, statements of camat and lurah, the registry of organisations."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

import build
from sabilulungan.domain.visits import visits_of
from sabilulungan.enums import Role
from sabilulungan.models import FieldVisit, LegalCheck

VISIT = {"exists": "ya", "address_matches": "ya", "met_with": "Ketua RW", "result": "Sekretariat ada."}


def photo(name="foto.jpg", exif=b""):
    out = io.BytesIO()
    image = Image.new("RGB", (40, 30), "white")
    image.save(out, "JPEG", **({"exif": exif} if exif else {}))
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def test_the_office_files_a_visit_with_photo_and_position(client, world):
    case = world.cases.evaluated
    client.force_login(world.staff.office)
    address = f"/meja/{case.number}/kunjungan/"
    assert "data-position" in client.get(address).content.decode()
    wrong = client.post(address, {**VISIT, "exists": "", "photos": [photo()]})
    assert wrong.status_code == 422
    assert "Jawab pertanyaan ini." in wrong.content.decode()
    assert "Sekretariat ada." in wrong.content.decode()
    fake = SimpleUploadedFile("foto.jpg", b"bukan foto")
    refused = client.post(address, {**VISIT, "photos": [fake]})
    assert (refused.status_code, FieldVisit.objects.count()) == (422, 0)
    exif = Image.Exif()
    exif[0x010F] = "Pabrik"
    data = {**VISIT, "photos": [photo(), photo("dua.jpg", exif.tobytes())], "position": "-6.914744,107.609810"}
    assert client.post(address, data).status_code == 302
    ((visit, photos),) = visits_of(case)
    assert (str(visit.latitude), str(visit.longitude), visit.role, len(photos)) == (
        "-6.914744", "107.609810", Role.OPD, 2,
    )  # fmt: skip
    from core import files

    assert all(b"Pabrik" not in files.read(one) for one in photos)
    page = client.get(f"/meja/{case.number}/").content.decode()
    assert "Ada dan sesuai" in page
    client.force_login(world.more.kesehatan)
    assert client.get(f"/berkas/{photos[0].public_id}/").status_code == 404
    client.logout()
    assert "Sekretariat ada." not in client.get(f"/usulan/{case.number}/").content.decode()


@pytest.mark.parametrize("position", ["", "di sini", "51.5,0.1", "1e99,1e99", "NaN,NaN"])
def test_a_position_that_is_none_is_left_out(client, world, position):
    case = world.cases.evaluated
    client.force_login(world.staff.office)
    assert client.post(f"/meja/{case.number}/kunjungan/", {**VISIT, "position": position}).status_code == 302
    assert FieldVisit.objects.get().latitude is None


def test_the_lurah_sees_his_own_place_only(client, world):
    case = world.cases.evaluated
    here = build.user("lurah-sini", (Role.WILAYAH, case.recipient.village_code))
    camat = build.user("camat-sini", (Role.WILAYAH, case.recipient.district_code))
    other = next(one for one in ("32.73.01.1001", "32.73.30.1003") if one != case.recipient.village_code)
    away = build.user("lurah-sana", (Role.WILAYAH, other))
    for person, status in ((here, 200), (camat, 200), (away, 404)):
        client.force_login(person)
        assert client.get(f"/meja/{case.number}/kunjungan/").status_code == status
        assert (case.number in client.get("/meja/wilayah/").content.decode()) is (status == 200)
        assert client.get(f"/meja/{case.number}/").status_code == 404
    client.force_login(here)
    assert client.post(f"/meja/{case.number}/kunjungan/", VISIT).url == "/meja/wilayah/"
    assert case.number not in client.get("/meja/wilayah/").content.decode()
    assert FieldVisit.objects.get().role == Role.WILAYAH


def test_the_registry_checks_an_organisation(client, world):
    found = world.cases.evaluated.recipient
    client.force_login(world.more.kesbang)
    page = client.get("/meja/organisasi/?cari=Bakti Ibu").content.decode()
    assert found.name in page
    assert "Yayasan Cahaya Ilmu" not in page
    assert "Rosidah" not in client.get("/meja/organisasi/").content.decode()
    address = f"/meja/organisasi/{found.public_id}/"
    assert client.post(address, {"valid": "tidak", "note": ""}).status_code == 422
    assert client.post(address, {"valid": "tidak", "note": "SKT sudah lewat."}).status_code == 302
    assert (LegalCheck.objects.get().valid, LegalCheck.objects.get().note) == (False, "SKT sudah lewat.")
    person = world.cases.person.recipient
    assert client.get(f"/meja/organisasi/{person.public_id}/").status_code == 404
    client.force_login(world.staff.office)
    assert "SKT sudah lewat." in client.get(f"/meja/{world.cases.evaluated.number}/").content.decode()
