"""The officers' list of files."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.paging import paginate
from hayu.domain.queries import officers
from hayu.interfaces.filters import FileFilters


@login_required
@require_safe
def file_list(request: HttpRequest) -> HttpResponse:
    """List the sent reports an officer may read; inspectors see their kecamatan."""
    if not request.user.has_perm("hayu.read_all"):
        raise PermissionDenied(_("Halaman ini untuk petugas yang berwenang."))
    found = FileFilters(request, officers.readable(request.user))
    return render(request, "hayu/files.html", {"found": found, "page": paginate(request, found.rows)})
