"""The pages around the account: addresses, Indonesian, own data, second step."""

import html
import re
import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.urls import reverse

from core.models import AuditEntry, RoleAssignment, User

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(
    r"\b(the|this|that|your|you|please|password|email|e-mail|username|sign|login|log|user|account|code|field|required|"
    r"must|enter|invalid|click|link|already|forgot|change|remove|confirm|cancel|deactivate|activate|submit|with|and|not|is)\b",
    re.IGNORECASE,
)
WORDS_WE_USE = {"contoh", "invalid"}  # in the mail address of the test account
PASSWORD = "lapangan-gasibu-pagi"


@pytest.fixture(autouse=True)
def _memory(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def person():
    user = User.objects.create_user("ana", "ana@contoh.id", PASSWORD, full_name="Ana Sari", phone="+6281234567890")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(client, person):
    assert client.post(reverse("account_login"), {"login": "ana", "password": PASSWORD}).status_code == 302
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def shown(response):
    """Return the words a person sees or hears on a page."""
    text = response.content.decode()
    text = re.sub(r"<(script|style|title)\b.*?</\1>|<noscript>|</noscript>", " ", text, flags=re.DOTALL)
    spoken = " ".join(re.findall(r'(?:aria-label|placeholder|alt|title)="([^"]*)"', text))
    return html.unescape(re.sub(r"<[^>]+>", " ", text) + " " + spoken)


def english(response):
    return sorted({word for word in ENGLISH.findall(shown(response)) if word.lower() not in WORDS_WE_USE})


VISITOR_PAGES = [
    ("/masuk/", None),
    ("/masuk/", {}),
    ("/masuk/", {"login": "tidak", "password": "ada"}),
    ("/daftar/", None),
    ("/daftar/", {}),
    ("/daftar/", {"full_name": "a", "phone": "1", "email": "x", "username": "é", "password1": "123", "password2": "4"}),
    (
        "/daftar/",
        {"full_name": "a" * 200, "phone": "1" * 99, "email": "x" * 300, "username": "ana", "password1": "ana"},
    ),
    ("/lupa-sandi/", None),
    ("/lupa-sandi/", {"email": "x"}),
    ("/lupa-sandi/terkirim/", None),
    ("/lupa-sandi/selesai/", None),
    ("/lupa-sandi/abc-salah/", None),
    ("/akun/surel/terkirim/", None),
    ("/akun/surel/konfirmasi/salah/", None),
    ("/akun/nonaktif/", None),
    ("/jejak-audit/", None),
    ("/privasi/", None),
]
PERSON_PAGES = [
    ("/akun/", None),
    ("/akun/data/", None),
    ("/akun/data/", {"phone": "12"}),
    ("/akun/sandi/", None),
    ("/akun/sandi/", {}),
    ("/akun/sandi/", {"oldpassword": "x", "password1": "12345", "password2": "y"}),
    ("/akun/sandi/", {"oldpassword": PASSWORD, "password1": "anasari", "password2": "anasari"}),
    ("/akun/surel/", None),
    ("/akun/surel/", {"action_add": "", "email": "salah"}),
    ("/akun/surel/", {"action_add": "", "email": "ana@contoh.id"}),
    ("/akun/dua-langkah/", None),
    ("/akun/dua-langkah/aplikasi/", None),
    ("/akun/dua-langkah/aplikasi/", {"code": "000000"}),
    ("/akun/dua-langkah/aplikasi/", {}),
    ("/akun/konfirmasi-ulang/", None),
    ("/akun/konfirmasi-ulang/", {"password": "salah"}),
    ("/keluar/", None),
    ("/kotak-masuk/", None),
]


def ask(client, path, data):
    return client.get(path) if data is None else client.post(path, data)


@pytest.mark.parametrize(("path", "data"), VISITOR_PAGES)
def test_pages_for_visitors_are_indonesian(client, person, path, data):
    response = ask(client, path, data)
    assert response.status_code == 200
    assert english(response) == []


@pytest.mark.parametrize(("path", "data"), PERSON_PAGES)
def test_pages_for_people_are_indonesian(signed_in, path, data):
    response = ask(signed_in, path, data)
    assert response.status_code == 200
    assert english(response) == []


def activate(client):
    page = client.get("/akun/dua-langkah/aplikasi/")
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.content.decode())[1]
    with time_machine.travel(time.time(), tick=False):  # a code is of its half minute
        code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
        return client.post("/akun/dua-langkah/aplikasi/", {"code": code}, follow=True)


def test_the_second_step_from_on_to_off_is_indonesian(signed_in, person):
    pages = [activate(signed_in)]
    assert "Tersisa 10 dari 10 kode." in shown(pages[0])
    for path in ("/akun/dua-langkah/", "/akun/dua-langkah/kode/", "/akun/dua-langkah/kode/baru/"):
        pages += [signed_in.get(path)]
    pages.append(signed_in.post("/akun/dua-langkah/kode/baru/", follow=True))
    pages.append(signed_in.get("/akun/dua-langkah/konfirmasi/"))
    pages.append(signed_in.post("/akun/dua-langkah/konfirmasi/", {"code": "000000"}))
    pages.append(signed_in.get("/akun/dua-langkah/aplikasi/matikan/"))
    pages.append(signed_in.post("/akun/dua-langkah/aplikasi/matikan/", follow=True))
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert [english(page) for page in pages] == [[]] * len(pages)
    assert "Masuk dua langkah sudah dimatikan." in shown(pages[-1])


def test_the_second_step_is_asked_at_sign_in(client, person):
    auth.TOTP.activate(person, auth.generate_totp_secret())
    response = client.post("/masuk/", {"login": "ana", "password": PASSWORD}, follow=True)
    assert response.request["PATH_INFO"] == "/masuk/kode/"
    assert english(response) == []
    response = client.post("/masuk/kode/", {"code": "000000"})
    assert "Kode itu salah" in shown(response)
    assert english(response) == []
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_made_anew_by_mail(client, person):
    client.post("/lupa-sandi/", {"email": "ana@contoh.id"})
    letter = mail.outbox[0]
    assert letter.subject == "Membuat kata sandi baru"
    assert ENGLISH.findall(re.sub(r"http\S+", "", letter.body)) == []
    assert letter.body.strip().endswith("Pemerintah Kota Bandung")
    link = re.search(r"http://testserver(/lupa-sandi/\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    assert english(page) == []
    done = client.post(
        page.request["PATH_INFO"], {"password1": "gedung-sate-sore", "password2": "gedung-sate-sore"}, follow=True
    )
    assert done.status_code == 200
    assert english(done) == []
    person.refresh_from_db()
    assert person.check_password("gedung-sate-sore")


def test_a_stranger_gets_the_same_page_and_another_letter(client, person):
    known = client.post("/lupa-sandi/", {"email": "ana@contoh.id"}, follow=True)
    unknown = client.post("/lupa-sandi/", {"email": "bukan@contoh.id"}, follow=True)
    assert shown(known) == shown(unknown)
    assert [letter.subject for letter in mail.outbox] == ["Membuat kata sandi baru", "Akun tidak ditemukan"]
    assert ENGLISH.findall(re.sub(r"http\S+", "", mail.outbox[1].body)) == []


def test_registration_ends_in_a_proven_address(client):
    answer = client.post(
        "/daftar/",
        {
            "full_name": "Budi",
            "phone": "0812-3456-7890",
            "email": "budi@contoh.id",
            "username": "budi",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
        follow=True,
    )
    assert answer.request["PATH_INFO"] == "/akun/surel/terkirim/"
    letter = mail.outbox[0]
    assert letter.subject == "Pastikan alamat surel Anda"
    assert ENGLISH.findall(re.sub(r"http\S+", "", letter.body)) == []
    link = re.search(r"http://testserver(/akun/surel/konfirmasi/\S+)", letter.body)[1]
    page = client.get(link)
    assert "Apakah budi@contoh.id alamat surel Anda?" in shown(page)
    assert english(page) == []
    client.post(link)
    assert EmailAddress.objects.get(email="budi@contoh.id").verified
    assert User.objects.get(username="budi").phone == "+6281234567890"


def test_a_changed_password_is_told_by_mail(signed_in, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    signed_in.post(
        "/akun/sandi/", {"oldpassword": PASSWORD, "password1": "gedung-sate-sore", "password2": "gedung-sate-sore"}
    )
    assert [letter.subject for letter in mail.outbox] == ["Kata sandi diganti"]
    assert ENGLISH.findall(re.sub(r"Peramban: .*", "", mail.outbox[0].body)) == []


def test_own_data_shows_masked_numbers_and_roles(signed_in, person):
    person.nik = "3273014501900012"
    person.save()
    RoleAssignment.objects.create(user=person, role="PETUGAS", scope="DINSOS", basis="SK 12/2026")
    text = shown(signed_in.get("/akun/"))
    assert "3273********0012" in text
    assert "3273014501900012" not in text
    for words in ("Petugas", "DINSOS", "SK 12/2026", "0812-3456-7890", "ana@contoh.id"):
        assert words in text


def test_the_phone_number_is_changed_and_noted(signed_in, person):
    assert signed_in.post("/akun/data/", {"phone": "0813 1111 2222"}).status_code == 302
    person.refresh_from_db()
    assert person.phone == "+6281311112222"
    entry = AuditEntry.objects.get(action="ubah_telepon")
    assert entry.actor == person
    assert "81311112222" not in str(entry.data)
    assert signed_in.post("/akun/data/", {"phone": "x"}).status_code == 200
    person.refresh_from_db()
    assert person.phone == "+6281311112222"


@pytest.mark.parametrize(
    "path", ["/akun/", "/akun/data/", "/kotak-masuk/", "/akun/sandi/", "/akun/surel/", "/akun/dua-langkah/"]
)
def test_strangers_are_asked_to_sign_in(client, path):
    assert client.get(path).headers["Location"] == f"/masuk/?next={path}"
