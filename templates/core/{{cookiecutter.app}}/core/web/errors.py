"""Error pages: a sentence, the number of the request, a way out. None of them touches the database."""

import logging
import sys
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.html import escape

from core.web.context import Brand
from core.web.middleware import Handler

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What an error page says: a title, and what one can do now."""

    title: str
    text: str


SENTENCES = {
    400: Sentence("Permintaan itu tidak terbaca", "Kembali ke halaman sebelumnya, muat ulang, lalu coba sekali lagi."),
    403: Sentence(
        "Anda tidak berwenang membuka halaman ini",
        "Masuk dengan akun yang berwenang, atau hubungi kantor kami bila Anda merasa seharusnya bisa.",
    ),
    404: Sentence(
        "Halaman itu tidak ada di sini",
        "Mungkin alamatnya salah tulis, sudah dipindahkan, atau hanya dapat dibuka pemiliknya. "
        "Mulai dari beranda, atau masuk dahulu.",
    ),
    405: Sentence("Halaman ini tidak dibuka dengan cara itu", "Kembali ke beranda dan ikuti tombol yang tersedia."),
    413: Sentence(
        "Kiriman itu terlalu besar", "Perkecil berkas menjadi paling besar 5 MB masing-masing, lalu kirim lagi."
    ),
    429: Sentence(
        "Terlalu banyak percobaan",
        "Demi keamanan, tunggu beberapa menit sebelum mencoba lagi. Data Anda tidak berubah.",
    ),
    500: Sentence(
        "Terjadi kesalahan di sistem kami",
        "Yang terakhir Anda kirim mungkin belum tersimpan. Coba lagi beberapa menit lagi; "
        "bila tetap gagal, sebutkan nomor di bawah kepada kami.",
    ),
    503: Sentence(
        "Layanan sedang tidak tersedia",
        "Sistem sedang dirawat atau penuh. Coba lagi beberapa menit lagi; data Anda aman.",
    ),
}
CSRF_SENTENCE = Sentence(
    "Formulir ini sudah kedaluwarsa",
    "Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi. Bila tetap gagal, izinkan kuki untuk situs ini.",
)


def page(request: HttpRequest, status: int, sentence: Sentence | None = None) -> HttpResponse:
    """Return the error page of a status; if even that cannot be drawn, the bare sentence."""
    said = sentence or SENTENCES[status]
    number = getattr(request, "number", "")
    try:
        html = render_to_string(
            "core/error.html", {"service": Brand(), "status": status, "sentence": said, "number": number}
        )
    except Exception:
        log.exception("the error page of status %s could not be drawn", status)
        html = bare(said, number)
    response = HttpResponse(html, status=status)
    response.sentence = said  # type: ignore[attr-defined]
    if status in (429, 503):
        response.headers["Retry-After"] = "120"
    return response


def bare(sentence: Sentence, number: str) -> str:
    """Return a page that needs nothing but this line."""
    return (
        f'<!DOCTYPE html><html lang="id"><meta charset="utf-8"><title>{escape(sentence.title)}</title>'
        f"<h1>{escape(sentence.title)}</h1><p>{escape(sentence.text)}</p>"
        f"<p>Nomor permintaan: {escape(number)}</p></html>"
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 when the body was larger than allowed."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 with the sentence of the view, if it gave one."""
    said = str(exception or "")
    return page(request, 403, Sentence(SENTENCES[403].title, said) if said.endswith(".") else None)


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """Answer 404; the same page for what does not exist and what a stranger may not see."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500, or 503 when the database does not answer."""
    return page(request, 503 if isinstance(sys.exc_info()[1], OperationalError) else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is missing or old."""
    return page(request, 403, CSRF_SENTENCE)


class statuses:  # noqa: N801  (a middleware is named like a function in settings)
    """Give answers of status 405, 413, 429 and 503 that came without a sentence (Django's, allauth's) our page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code not in (405, 413, 429, 503) or response.streaming or hasattr(response, "sentence"):
            return response
        if not response.headers.get("Content-Type", "text/html").startswith("text/html"):
            return response
        answer = page(request, response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                answer.headers[name] = response.headers[name]
        return answer
