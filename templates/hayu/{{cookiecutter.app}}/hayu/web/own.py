"""A person's own data, to take away: the page says what there is, the button gives the file and is logged."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core import audit, dates
from hayu.domain.queries import own
from hayu.enums import Role

_WORDS = {
    "laporan_usaha": _("laporan usaha"), "permohonan": _("permohonan izin"), "izin": _("izin"),
    "izin_lama_diminta": _("permintaan izin lama"),
    "nomor_dari_luar": _("nomor dari OSS dan SIMBG"), "pengaduan": _("pengaduan"), "pesan": _("pesan di kotak masuk"),
}  # fmt: skip


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """Show what is kept about this person; on POST give it as JSON, numbers in clear: it is theirs."""
    if request.method != "POST":
        rows = [(_WORDS[name], number) for name, number in own.counts(request.user).items()]
        return render(request, "hayu/own.html", {"rows": rows})
    data = own.copy(request.user)
    audit.record(request.user, "unduh_data_sendiri", actor=request.user, role=Role.PEMOHON, request=request)
    name = f"data-saya-{dates.today():%Y-%m-%d}.json"
    return JsonResponse(
        data, json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
