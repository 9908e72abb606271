"""The officers' search: by whatever is in hand, and never past what one may read."""

import pytest
from django.test import Client

from build import NIK, OTHER_NIK, person, registered
from hayu.domain.queries import search
from hayu.enums import AppState as S


@pytest.fixture
def made(office):
    """Return the paths of an application, the permit of another one, and a report, all of one person."""
    waiting = office.application(S.VERIFIKASI_BERKAS)
    issued = office.application(S.TERBIT)
    return waiting, issued, registered(office.owner)


def looked_up(user, words: str):
    client = Client()
    client.force_login(user)
    return client.post("/cari-berkas/", {"cari": words})


def test_one_hit_is_opened(office, made):
    waiting, issued, report = made
    permit = issued.permit
    expected = {
        waiting.receipt.lower(): f"/permohonan/{waiting.public_id}/", report.number: f"/lapor/{report.public_id}/",
        permit.code.lower(): f"/izin-terbit/{permit.code}/", report.code: f"/lapor/{report.public_id}/",
    }  # fmt: skip
    assert {words: looked_up(office.auditor, words).url for words in expected} == expected


def test_by_name_and_whole_nik_only(office, made):
    waiting, issued, report = made
    for words in ("ani sur", NIK, "32731 14508 900001"):
        found = search.find(office.auditor, words)
        assert (found.reports, set(found.applications), found.permits) == ([report], {waiting, issued}, [issued.permit])
    for words in (OTHER_NIK, NIK[:12], NIK[4:]):
        assert search.find(office.auditor, words).number == 0
    page = looked_up(office.auditor, NIK)
    assert page.status_code == 200
    assert f"/permohonan/{waiting.public_id}/" in page.content.decode()


def test_nobody_finds_what_they_may_not_read(office, made):
    """A verifier of another type, an inspector of another kecamatan, advice of another office."""
    blind = (
        person("lain_jenis", "VERIFIKATOR", scope="SKP"), person("lain_camat", "PENGAWAS", scope="32.73.99"),
        person("lain_dinas", "TIM_TEKNIS", scope="Dinas Pendidikan"),
    )  # fmt: skip
    for user, sees in zip(blind, (1, 0, 0), strict=True):  # verifiers read the register of permits whole
        found = search.find(user, "Ani Suryani")
        assert (found.applications, found.reports, len(found.permits)) == ([], [], sees)
    assert len(search.find(office.inspector, "Ani Suryani").applications) == 2
    assert looked_up(office.stranger, "Ani Suryani").status_code == 403


def test_words_stay_and_too_few_are_explained(office):
    page = looked_up(office.auditor, "an").content.decode()
    assert "sedikitnya 3 huruf" in page
    assert 'value="an"' in page
    assert "Tidak ada berkas yang cocok." in looked_up(office.auditor, "tidak ada orang ini").content.decode()
