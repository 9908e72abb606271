"""A draft is saved while one types: what is right so far; the page sent later still tells every fault."""

import json

from django.test import Client
from django.urls import reverse
from office import pdf

from build import NIK, draft
from hayu.domain.permits import applications, sheet
from hayu.enums import AppState as S
from hayu.enums import State
from hayu.models import Application, Report
from hayu.web.forms import AUTOSAVE

QUIETLY = {f"HTTP_{AUTOSAVE.upper().replace('-', '_')}": "ya"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_report_half_typed(world):
    """The name is kept, the half NIK is not, nothing else is emptied; the next save knows the new version."""
    report = draft(world.owner)
    client, address = signed_in(world.owner), reverse("hayu:draft_owner", args=[report.public_id])
    assert "data-autosave" in client.get(address).content.decode()
    answer = client.post(
        address, {"holder_name": "Ani S.", "nik": "3273", "phone": "", "version": report.version}, **QUIETLY
    )
    said = json.loads(answer.content)
    found = Report.objects.get()
    assert (answer.status_code, said["version"], said["sentence"][:16]) == (200, found.version, "Tersimpan pukul ")
    assert (found.holder_name, found.nik, found.phone, found.state) == ("Ani S.", NIK, report.phone, State.DRAF)
    stale = client.post(address, {"holder_name": "Budi", "version": report.version}, **QUIETLY)
    assert (stale.status_code, "jendela lain" in json.loads(stale.content)["sentence"]) == (409, True)
    assert Report.objects.get().holder_name == "Ani S."
    page = client.post(address, {"holder_name": "Ani S.", "nik": "3273", "version": found.version})
    assert "NIK terdiri dari 16 angka; yang tertulis 4 tanda." in page.content.decode()


def test_an_application_half_typed(office):
    """A wrong answer leaves the stored one as it was; a right one beside it is kept."""
    application = office.draft("EVENT")
    before = dict(application.answers)
    address = reverse("hayu:app_sheet", args=[application.public_id])
    typed = {"isian_nama_acara": "Pasar malam", "isian_peserta": "banyak sekali", "version": application.version}
    answer = signed_in(office.owner).post(address, typed, **QUIETLY)
    found = Application.objects.get()
    assert json.loads(answer.content)["version"] == found.version == application.version + 1
    assert (found.answers["nama_acara"], found.answers["peserta"]) == ("Pasar malam", before["peserta"])
    assert (found.holder_name, found.state) == ("Ani Suryani", S.DRAF)


def test_only_drafts_and_only_their_owner(office):
    draft_of_hers, sent = office.draft("SKP"), office.sent()
    for row in (draft_of_hers, sent):
        address = reverse("hayu:app_sheet", args=[row.public_id])
        assert signed_in(office.stranger).post(address, {"holder_name": "X Y"}, **QUIETLY).status_code == 404
    answer = signed_in(office.owner).post(
        reverse("hayu:app_sheet", args=[sent.public_id]), {"holder_name": "X Y"}, **QUIETLY
    )
    assert answer.status_code == 403
    assert not Application.objects.filter(holder_name="X Y").exists()


def test_a_chosen_file_is_stored_at_once(office):
    """Each as it is chosen; one that is no document is told in a sentence and not kept; only in one's own draft."""
    application = applications.begin(office.owner, "SKP")
    first, second = [item.key for item in application.type.needed("BARU")][:2]
    client, address = signed_in(office.owner), reverse("hayu:app_documents", args=[application.public_id])
    page = client.get(address).content.decode()
    assert "data-upload" in page
    assert "(tidak wajib)" not in page
    answer = client.post(address, {f"berkas_{first}": pdf()}, **QUIETLY)
    stored = sheet.documents(application)
    assert (answer.status_code, json.loads(answer.content)) == (
        200, {"sentence": f"Tersimpan: {stored[first].name}."}
    )  # fmt: skip
    broken = pdf()
    broken.write(b"MZ")
    broken.seek(0)
    refused = client.post(address, {f"berkas_{second}": broken}, **QUIETLY)
    assert refused.status_code == 409
    assert "dinilai dari isinya" in json.loads(refused.content)["sentence"]
    assert client.post(address, {}, **QUIETLY).status_code == 409
    assert signed_in(office.stranger).post(address, {f"berkas_{second}": pdf()}, **QUIETLY).status_code == 404
    assert set(sheet.documents(application)) == {first}
    assert client.post(address).url == reverse("hayu:app_send", args=[application.public_id])
    assert sheet.documents(application)[first].version == 1
