"""Stored files over the web: checked by the owner's guard, never executed, never cached by others."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from core import files
from core.models import StoredFile


@require_safe
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """Send a file, shown in the browser unless `?unduh` asks for a download; a stranger gets 404."""
    stored = StoredFile.objects.filter(public_id=public_id).first()
    if stored is None or not files.may_read(request.user, stored):
        raise Http404
    files.note_read(request, stored)
    cache = "public, max-age=86400" if stored.public else "private, no-store"
    return send(stored, attachment="unduh" in request.GET, cache=cache)


def send(stored: StoredFile, *, attachment: bool, cache: str) -> FileResponse:
    """Return a file's content; the caller has made sure that this person may read it. Http404 when it is not there."""
    path = files.absolute(stored)
    if not path.is_file():
        raise Http404
    response = FileResponse(
        path.open("rb"), as_attachment=attachment, filename=stored.name, content_type=stored.media_type
    )
    response.headers["Cache-Control"] = cache
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; sandbox"
    )
    return response
