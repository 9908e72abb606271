"""The statement of what was erased at the end of its period: counts by month, for administrator and inspectorate."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core import dates
from core.export import Column, table
from hayu.domain.queries import erasures
from hayu.interfaces import exports
from hayu.web.office import require

COLUMNS = (
    Column("bulan", lambda line: f"{line.month:%Y-%m}"), Column("jenis", "name"), Column("banyaknya", "number"),
    Column("berkas", "files"),
)  # fmt: skip
FIRST = 2000


@login_required
@require_safe
def statement(request: HttpRequest) -> HttpResponseBase:
    """Show periods, what is due, and what a year took; the export is the table by month."""
    require(request, "hayu.settings")
    today, wanted = dates.today(), request.GET.get("tahun", "")
    known = len(wanted) == 4 and wanted.isascii() and wanted.isdigit() and FIRST <= int(wanted) <= today.year
    year = int(wanted) if known else today.year
    lines = erasures.lines(year)
    if "ekspor" in request.GET:
        name, fmt = f"penghapusan-data-{year}", request.GET["ekspor"]
        answer = table(COLUMNS, lines, name, fmt)
        exports.note(name, fmt, str(request.user.pk))
        return answer
    context = {
        "year": year,
        "previous": year - 1 if year > FIRST else None,
        "following": year + 1 if year < today.year else None,
        "standing": erasures.standing(year, today),
        "lines": [(f"{dates.MONTHS[line.month.month - 1]} {year}", line) for line in lines],
        "total": sum(line.number for line in lines),
    }
    return render(request, "hayu/retention.html", context)
