"""/cek: typed from paper, scanned, compared; guesses are slowed down."""

import io

import pytest
from django.urls import reverse

from core import codes, files
from hayu.domain import receipts
from hayu.enums import State
from hayu.models import Report


def test_typed_from_paper(world, client):
    report = world.report()
    typed = codes.pretty(report.code).lower().replace("-", " - ")
    answer = client.get("/cek/", {"kode": typed}, follow=True)
    assert answer.redirect_chain == [(f"/cek/{report.code}/", 302)]
    page = answer.content.decode()
    assert "Terdaftar" in page
    assert "Usaha ini sudah dilaporkan dan boleh berjalan." in page
    assert report.number in page
    assert "A*** S***" in page
    assert report.district in page


@pytest.mark.parametrize("state", [state for state in State if state != State.DRAF])
def test_every_state_in_words(world, client, state):
    report = world.report(state)
    page = client.get(f"/cek/{report.code}/").content.decode()
    look = report.STATES[state]
    assert look.label in page
    assert look.sentence in page


def test_scans_are_counted_but_not_for_comparisons_and_robots_of_head(world, client):
    report = world.report()
    client.get(f"/cek/{report.code}/")
    client.get(f"/cek/{report.code}/")
    client.head(f"/cek/{report.code}/")
    client.post(f"/cek/{report.code}/berkas/", {"berkas": io.BytesIO(b"x")})
    assert Report.objects.get().scans == 2


def test_a_slip_is_explained_without_asking_the_database(db, client, django_assert_num_queries):
    code = codes.new_code()
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    with django_assert_num_queries(0):
        page = client.get("/cek/", {"kode": wrong}).content.decode()
    assert "Ada satu tanda yang salah atau dua tanda yang tertukar" in page
    assert f'value="{wrong}"' in page


def test_unknown_code(db, client):
    answer = client.get(f"/cek/{codes.new_code()}/")
    assert answer.status_code == 404
    assert "Kode ini tidak ada di catatan kami" in answer.content.decode()


def test_a_malformed_address_leads_to_the_form(db, client):
    answer = client.get("/cek/ABC%20<script>/", follow=True)
    assert answer.status_code == 200
    assert "<script>/" not in answer.content.decode()


def test_drafts_have_no_code_and_empty_is_no_code(world, client):
    world.report(State.DRAF)
    assert client.get("/cek/None/", follow=True).status_code == 200
    assert "Ketik 12 tanda" in client.get("/cek/", {"kode": " "}).content.decode()


def test_guesses_are_slowed_down_per_source(world, client):
    report = world.report()
    for _ in range(30):
        assert client.get(f"/cek/{codes.new_code()}/", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get(f"/cek/{codes.new_code()}/", REMOTE_ADDR="203.0.113.9").status_code == 429
    blocked = client.get(f"/cek/{report.code}/", REMOTE_ADDR="203.0.113.9")
    assert blocked.status_code == 429
    assert report.number not in blocked.content.decode()
    assert client.get(f"/cek/{report.code}/", REMOTE_ADDR="203.0.113.10").status_code == 200


def test_comparing_a_file(world, client):
    report = world.report()
    content = files.read(receipts.pdf(report))
    stored = set(report._meta.apps.get_model("core", "StoredFile").objects.values_list("pk", flat=True))
    address = reverse("hayu:compare", args=[report.code])
    same = io.BytesIO(content)
    same.name = "tanda.pdf"
    assert "sama persis" in client.post(address, {"berkas": same}).content.decode()
    other = io.BytesIO(content + b" ")
    other.name = "tanda.pdf"
    assert "berbeda dari yang kami terbitkan" in client.post(address, {"berkas": other}).content.decode()
    text = io.BytesIO(b"hello")
    text.name = "tanda.pdf"
    assert "bukan PDF" in client.post(address, {"berkas": text}).content.decode()
    assert client.post(address, {}).status_code == 200
    assert set(report._meta.apps.get_model("core", "StoredFile").objects.values_list("pk", flat=True)) == stored


def test_few_queries(world, client, django_assert_max_num_queries):
    report = world.report()
    with django_assert_max_num_queries(4):
        client.get(f"/cek/{report.code}/")
