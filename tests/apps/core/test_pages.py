"""Pages every app has: health, errors, the audit head, the inbox, files, places."""

import html
import io
import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from project.models import Letter

from core import audit, files, notify, region
from core.models import Notification, StoredFile, User
from core.web import context, errors

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def people(db):
    return [User.objects.create(username=name, full_name=name.title()) for name in ("ana", "budi")]


def words(response):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


class TestHealth:
    @pytest.mark.django_db
    def test_all_is_well(self, client):
        answer = client.get("/healthz")
        assert answer.status_code == 200
        assert answer.json() == {"status": "ok", "version": "0.1.0", "database": "ok", "migrations": "ok"}
        assert "no-store" in answer.headers["Cache-Control"]

    @pytest.mark.django_db
    def test_a_missing_migration_is_told(self, client, monkeypatch):
        monkeypatch.setattr("core.web.health.MigrationExecutor.migration_plan", lambda self, targets: ["0099"])
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()["migrations"]) == (503, "pending")

    def test_a_broken_database_is_told_without_its_reasons(self, client, monkeypatch, caplog):
        monkeypatch.setattr(BaseDatabaseWrapper, "cursor", broken)
        answer = client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json() == {
            "status": "unavailable",
            "version": "0.1.0",
            "database": "down",
            "migrations": "unknown",
        }
        assert "the database does not answer" in caplog.text

    @pytest.mark.django_db
    def test_it_is_only_read(self, client):
        assert client.post("/healthz").status_code == 405


def broken(*args, **kwargs):
    raise OperationalError("could not connect to secret-host")


class TestErrors:
    def page(self, rf, status, **options):
        request = rf.get("/")
        request.number = "1A2B3C4D"
        return errors.page(request, status, **options)

    @pytest.mark.parametrize("status", sorted(errors.SENTENCES))
    def test_every_status_has_a_sentence_a_number_and_a_way_out(self, rf, status):
        answer = self.page(rf, status)
        assert answer.status_code == status
        text = words(answer)
        for part in (errors.SENTENCES[status].title, errors.SENTENCES[status].text, "1A2B3C4D", "Ke beranda"):
            assert part in text
        assert answer.headers.get("Retry-After") == ("120" if status in (429, 503) else None)

    def test_without_a_database_there_still_is_a_page(self, monkeypatch, caplog):
        client = Client(raise_request_exception=False)
        monkeypatch.setattr(BaseDatabaseWrapper, "cursor", broken)
        monkeypatch.setattr("core.web.health.region", region_gone)
        answer = client.get("/healthz")
        assert answer.status_code == 500
        assert "Terjadi kesalahan di sistem kami" in words(answer)
        assert "secret" not in answer.content.decode()

    def test_a_page_that_needs_the_database_answers_503_without_it(self, monkeypatch, caplog):
        monkeypatch.setattr(BaseDatabaseWrapper, "cursor", broken)
        answer = Client(raise_request_exception=False).get("/jejak-audit/")
        assert answer.status_code == 503
        assert "Layanan sedang tidak tersedia" in words(answer)
        assert answer.headers["Retry-After"] == "120"

    def test_if_even_the_page_cannot_be_drawn_the_sentence_remains(self, rf, monkeypatch, caplog):
        monkeypatch.setattr(context, "region", region_gone)
        answer = self.page(rf, 500)
        assert answer.status_code == 500
        assert "Nomor permintaan: 1A2B3C4D" in words(answer)
        assert "could not be drawn" in caplog.text

    @pytest.mark.django_db
    def test_what_is_not_there(self, client):
        answer = client.get("/tidak-ada/")
        assert answer.status_code == 404
        assert answer.headers["X-Request-Number"] in words(answer)
        assert "Masuk" in words(answer)

    @pytest.mark.django_db
    @pytest.mark.parametrize("path", ["/jejak-audit/", "/privasi/", "/wilayah/pilihan/"])
    def test_another_method_gets_a_sentence_and_the_allowed_ones(self, client, path):
        answer = client.post(path)
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD"
        assert "Halaman ini tidak dibuka dengan cara itu" in words(answer)

    def test_a_body_too_large_is_not_just_bad(self, rf):
        assert errors.bad_request(rf.get("/"), RequestDataTooBig("x")).status_code == 413
        assert errors.bad_request(rf.get("/"), ValueError("x")).status_code == 400

    def test_a_view_may_say_why_it_refuses(self, rf):
        said = errors.forbidden(
            rf.get("/"), PermissionError("Anda boleh melihat berkas ini, tetapi tidak mengubahnya.")
        )
        assert "tetapi tidak mengubahnya." in words(said)
        assert errors.SENTENCES[403].text in words(errors.forbidden(rf.get("/"), PermissionError("denied")))

    @pytest.mark.django_db
    def test_an_old_form_is_explained(self):
        answer = Client(enforce_csrf_checks=True).post("/masuk/", {"login": "x"})
        assert answer.status_code == 403
        assert "Formulir ini sudah kedaluwarsa" in words(answer)

    @pytest.mark.django_db
    def test_too_many_tries_get_our_page(self, client, settings):
        assert settings.ACCOUNT_RATE_LIMITS == {"login": "300/m/ip"}  # an office has one address
        settings.ACCOUNT_RATE_LIMITS = {"login": "30/m/ip"}
        answers = [client.post("/masuk/", {"login": "ana", "password": str(n)}) for n in range(40)]
        refused = [answer for answer in answers if answer.status_code == 429]
        assert refused
        assert "Terlalu banyak percobaan" in words(refused[0])

    @pytest.mark.django_db
    def test_wrong_passwords_from_one_address_are_held_up_long_before(self, client):
        tries = [client.post("/masuk/", {"login": f"orang{n}", "password": "salah"}) for n in range(12)]
        said = ["gagal" in words(answer) for answer in tries]
        assert (said[9], said[10]) == (False, True)


def region_gone():
    raise region.RegionDataError("no region data")


@pytest.mark.django_db
class TestAudit:
    def test_the_head_is_public(self, client):
        letter = Letter.objects.create(state="BARU", title="Surat")
        entry = audit.record(letter, "uji", actor=None)
        text = words(client.get("/jejak-audit/"))
        assert entry.hash in text
        assert "Belum pernah." in text
        audit.verify()
        assert "Utuh" in words(client.get("/jejak-audit/"))
        audit.AuditHead.objects.update(intact=False)
        assert "Ada yang tidak cocok" in words(client.get("/jejak-audit/"))


class TestInbox:
    def fill(self, people):
        notify.queue(
            notify.Message("uji", f"Kabar {n}", "Isi kabar.", user=people[0], link="/privasi/") for n in range(25)
        )
        notify.queue([notify.Message("uji", "Kabar rahasia Budi", "Isi rahasia.", user=people[1])])

    def test_people_see_their_own_messages_only(self, client, people):
        self.fill(people)
        client.force_login(people[0], "django.contrib.auth.backends.ModelBackend")
        text = words(client.get("/kotak-masuk/"))
        assert "Kabar 24" in text
        assert "1–20 dari 25" in text
        assert "Budi" not in text
        other = Notification.objects.get(user=people[1])
        assert client.get(f"/kotak-masuk/{other.pk}/").status_code == 404
        other.refresh_from_db()
        assert other.read_at is None

    def test_opening_one_leads_to_its_matter(self, client, people):
        self.fill(people)
        client.force_login(people[0], "django.contrib.auth.backends.ModelBackend")
        first = Notification.objects.filter(user=people[0]).first()
        assert client.get(f"/kotak-masuk/{first.pk}/").headers["Location"] == "/privasi/"
        assert notify.unread(people[0]) == 24
        Notification.objects.filter(pk=first.pk).update(link="https://jahat.example/")
        assert client.get(f"/kotak-masuk/{first.pk}/").headers["Location"] == "/kotak-masuk/"

    def test_all_are_marked_at_once(self, client, people):
        self.fill(people)
        client.force_login(people[0], "django.contrib.auth.backends.ModelBackend")
        assert client.get("/kotak-masuk/tandai/").status_code == 405
        client.post("/kotak-masuk/tandai/")
        assert (notify.unread(people[0]), notify.unread(people[1])) == (0, 1)

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_number_of_queries_does_not_grow(self, client, people, rows, django_assert_num_queries):
        notify.queue(notify.Message("uji", f"Kabar {n}", "Isi.", user=people[0]) for n in range(rows))
        client.force_login(people[0], "django.contrib.auth.backends.ModelBackend")
        with django_assert_num_queries(6):
            client.get("/kotak-masuk/")


@pytest.fixture
def paper(people, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setitem(files._GUARDS, "project.letter", lambda user, stored: user == people[0])
    letter = Letter.objects.create(state="BARU", title="Surat")
    return files.store(io.BytesIO(PDF), owner=letter, kind="ktp", user=people[0], name="ktp.pdf")


class TestFiles:
    def test_the_owner_reads_it_in_a_sandbox(self, client, people, paper):
        client.force_login(people[0], "django.contrib.auth.backends.ModelBackend")
        answer = client.get(f"/berkas/{paper.public_id}/")
        assert b"".join(answer.streaming_content) == PDF
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == 'inline; filename="ktp.pdf"'
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Content-Security-Policy"].endswith("sandbox")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        answer = client.get(f"/berkas/{paper.public_id}/?unduh")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="ktp.pdf"'
        answer.close()

    def test_a_stranger_learns_nothing(self, client, people, paper):
        client.force_login(people[1], "django.contrib.auth.backends.ModelBackend")
        stranger, missing = client.get(f"/berkas/{paper.public_id}/"), client.get("/berkas/tidak-ada/")
        assert (stranger.status_code, missing.status_code) == (404, 404)
        numberless = [re.sub(r"[0-9A-F]{8}", "", words(answer)) for answer in (stranger, missing)]
        assert numberless[0] == numberless[1]
        assert client.get(f"/berkas/{paper.pk}/").status_code == 404

    def test_a_public_file_is_for_everybody(self, client, paper):
        assert client.get(f"/berkas/{paper.public_id}/").status_code == 404
        StoredFile.objects.update(public=True)
        answer = client.get(f"/berkas/{paper.public_id}/")
        assert answer.headers["Cache-Control"] == "public, max-age=86400"
        answer.close()

    def test_a_row_without_its_file_is_missing(self, client, people, paper):
        files.absolute(paper).unlink()
        client.force_login(people[0], "django.contrib.auth.backends.ModelBackend")
        assert client.get(f"/berkas/{paper.public_id}/").status_code == 404


@pytest.mark.django_db
class TestPlaces:
    def test_a_kecamatan_gives_its_kelurahan(self, client):
        answer = client.get("/wilayah/pilihan/?induk=32.73.02")
        assert '<option value="32.73.02.1004">Dago</option>' in answer.content.decode()
        assert answer.content.decode().count("<option") == 6
        assert "max-age=3600" in answer.headers["Cache-Control"]

    @pytest.mark.parametrize("parent", ["", "99.99", "<script>", "32.73.02.1004"])
    def test_anything_else_gives_nothing(self, client, parent):
        answer = client.get("/wilayah/pilihan/", {"induk": parent})
        assert answer.status_code == 200
        assert answer.content.decode().strip() == ""


@pytest.mark.django_db
class TestFrame:
    def test_whose_house_this_is(self, client):
        text = client.get("/privasi/").content.decode()
        for part in (
            '<html lang="id">',
            "Pemerintah Kota Bandung",
            "Dikembangkan oleh Pemerintah Kota Bandung",
            'href="/jejak-audit/"',
            "versi 0.1.0",
            "Langsung ke isi",
        ):
            assert part in text

    def test_no_page_carries_inline_style_or_script(self, client, people):
        client.force_login(people[0], "django.contrib.auth.backends.ModelBackend")
        for path in ("/akun/", "/kotak-masuk/", "/privasi/", "/jejak-audit/", "/tidak-ada/"):
            text = client.get(path).content.decode()
            assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", text), path

    def test_the_number_of_queries_is_known(self, client, people, django_assert_num_queries):
        with django_assert_num_queries(0):
            client.get("/privasi/")
        assert connection.vendor in ("sqlite", "postgresql")
