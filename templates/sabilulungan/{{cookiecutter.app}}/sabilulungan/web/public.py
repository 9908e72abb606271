"""Pages for everybody. They read only what `domain.queries.public` gives."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import dates, links
from core.export import Column, table
from core.paging import paginate
from core.pictures import Bar
from core.pictures import Stage as Sum
from core.wilayah import DISTRICT, find
from sabilulungan.domain import announcements, population, rulebook
from sabilulungan.domain.queries import lists, paces, public, stats
from sabilulungan.domain.queries.shapes import AMOUNT_LABELS
from sabilulungan.enums import CLASSIC_STAGES, ORGANISATIONS, Phase, Role, Stage
from sabilulungan.interfaces.exports import download as export
from sabilulungan.interfaces.filters import ProposalFilters
from sabilulungan.models import Proposal, Recipient
from sabilulungan.rules.flow import stages
from sabilulungan.rules.profile import Ceiling

FORMATS = ("csv", "xlsx", "json")
GROUP_COLUMNS = [
    Column("tahun_anggaran", lambda row: row[0]),
    Column("menurut", lambda row: row[1]),
    Column("nama", lambda row: row[2].label),
    Column("usulan", lambda row: row[2].count),
    Column("diminta", lambda row: row[2].asked),
    Column("disetujui", lambda row: row[2].approved),
    Column("dibayar", lambda row: row[2].paid),
    Column("dilaporkan", lambda row: row[2].accounted),
    Column("penduduk", lambda row: row[2].people),
    Column("disetujui_per_penduduk", lambda row: row[2].per_head),
]
SHEETS = ("a4", "a5")
GRANTED = ("agreed", "decreed", "budgeted", "approved")  # what a board shows: the latest of these
ASKED = (Phase.USULAN, Phase.PENCAIRAN, Phase.LPJ)


def _four(year: int) -> list[Sum]:
    found = stats.four_numbers(year)
    words = {"asked": "Diminta", "approved": "Disetujui", "paid": "Dibayar", "accounted": "Dipertanggungjawabkan"}
    results = {"approved": "disetujui", "paid": "dibayar", "accounted": "dilaporkan"}
    urls = {name: f"/usulan/?tahun={year}&hasil={result}" for name, result in results.items()}
    return [Sum(word, *found[name], url=urls.get(name, f"/usulan/?tahun={year}")) for name, word in words.items()]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the four true numbers, the search, and the newest decisions."""
    year = stats.default_year()
    windows = rulebook.openings()
    context = {
        "year": year,
        "numbers": _four(year),
        "areas": stats.areas(year),
        "decisions": [public.row(proposal) for proposal in lists.newest_decisions()],
        "windows": windows,
        "closed": "" if windows else rulebook.closed_sentence(),
        "announced": announcements.standing()[: announcements.ON_HOME],
    }
    return render(request, "sabilulungan/home.html", context)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead a person who signed in to what waits for him."""
    user = request.user
    if not user.is_authenticated:
        return redirect("home")
    for role, place in ((Role.WILAYAH, "area"), (Role.KESBANGPOL, "organisations")):
        if user.has_role(role):
            return redirect(place)
    if user.has_perm("sabilulungan.desk") and not user.has_role(Role.OPERATOR):
        return redirect("desk")
    return redirect("own")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the list by filter; the address holds filter and page."""
    found = ProposalFilters(request, lists.public_list())
    page = paginate(request, found.rows)
    today = dates.today()
    context = {
        "found": found,
        "page": page,
        "rows": [public.row(proposal, today) for proposal in page],
        "downloads": [
            *((fmt.upper(), f"/usulan/unduh.{fmt}{found.url()}") for fmt in FORMATS),
            ("360Giving", f"/usulan/360giving.json{found.url()}"),
        ],
    }
    return render(request, "sabilulungan/list.html", context)


@require_safe
def download(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Send exactly what the list's filter shows, as CSV, XLSX or JSON."""
    if fmt not in FORMATS:
        raise Http404
    found = ProposalFilters(request, lists.public_list())
    return export(found.rows, "usulan-hibah-bansos", fmt)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show the public page of a proposal."""
    proposal = get_object_or_404(
        Proposal.objects.public().select_related("recipient", "profile").defer("profile__content"), number=number
    )
    shown = public.case(proposal)
    context = {
        "case": shown,
        "proposal": proposal,
        "board": proposal.recipient.is_organisation and bool(proposal.amount_approved) and not shown.row.ended,
        "reads": request.user.has_perm("sabilulungan.view_case", proposal),
    }
    return render(request, "sabilulungan/detail.html", context)


@require_safe
def board(request: HttpRequest, number: str) -> HttpResponse:
    """Show what an organisation prints for the place of its approved activity: amount, dates and the QR code."""
    proposal = get_object_or_404(
        Proposal.objects.public().select_related("recipient", "profile").filter(recipient__type__in=ORGANISATIONS),
        number=number,
        amount_approved__gt=0,
    )
    case = public.case(proposal)
    if case.row.ended:
        raise Http404
    size = request.GET.get("ukuran", "")
    granted = next(stage for stage in GRANTED if case.row.amounts[stage] is not None)
    context = {
        "case": case,
        "granted": case.row.amounts[granted],
        "stage": AMOUNT_LABELS[granted].lower(),
        "address": links.absolute(reverse("detail", args=[number])),
        "sizes": SHEETS,
        "size": size if size in SHEETS else SHEETS[0],
    }
    return render(request, "sabilulungan/board.html", context)


@require_safe
def recipient(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an organisation over the years; persons have no such page, because it would tell who they are."""
    found = get_object_or_404(Recipient, public_id=public_id.replace("-", "").upper(), type__in=ORGANISATIONS)
    proposals = list(lists.of_recipient(found))
    past = list(found.past_grants.all())
    if not proposals and not past:
        raise Http404
    leader = public.chair(found)
    context = {
        "name": public.public_name(found),
        "type": found.type_label,
        "address": public.public_address(found),
        "public_id": found.public_id,
        "point": public.public_point(found),
        "registered_on": found.registered_on,
        "chair": public.redact(leader.name) if leader else "",
        "rows": [public.row(proposal) for proposal in proposals],
        "past": [(one.budget_year, public.redact(one.title), one.amount, one.reported) for one in past],
        "exceptions": [
            f"{exception.budget_year}: {public.redact(exception.legal_basis)}"
            for exception in found.exceptions.order_by("-budget_year")
        ],
    }
    return render(request, "sabilulungan/recipient.html", context)


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Show figures of one budget year, each leading to the list behind it."""
    years = lists.years()
    year = _year(request, years)
    by_stage, by_office, found = stats.by_stage(year), stats.by_office(year), population.people(year)
    shown = stats.areas(year)
    context = {
        "years": years,
        "year": year,
        "numbers": _four(year),
        "refused": stats.refused(year),
        "overdue": stats.overdue(year),
        "late": stats.late_at(year),
        "paces": paces.paces(year),
        "newest": paces.NEWEST,
        "answered": stats.answered(year),
        "stages": [Bar(row.label, row.count, url=f"/usulan/?{row.query}") for row in by_stage],
        "busiest": max(by_stage, key=lambda row: row.count, default=None),
        "offices": by_office,
        "districts": stats.with_people(stats.by_district(year), found),
        "areas": stats.per_head(shown, found) or shown,
        "people": found,
        "kinds": stats.by_kind(year),
    }
    return render(request, "sabilulungan/statistics.html", context)


@require_safe
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Show a kecamatan's figures by kelurahan: map, table with every figure, each row leading to its list."""
    place = find(code)
    if place is None or place.level != DISTRICT:
        raise Http404
    years = lists.years()
    year = _year(request, years)
    found = population.people(year)
    groups = stats.with_people(stats.by_village(year, code), found)
    shown = stats.village_areas(groups)
    context = {
        "place": place,
        "years": years,
        "year": year,
        "groups": groups,
        "areas": stats.per_head(shown, found) or shown,
        "people": found,
    }
    return render(request, "sabilulungan/statistics_area.html", context)


def _year(request: HttpRequest, years: list[int]) -> int:
    chosen = request.GET.get("tahun", "")
    return int(chosen) if chosen.isdigit() and int(chosen) in years else stats.default_year()


@require_safe
def statistics_download(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Send the tables of one budget year as CSV or XLSX: by office, kecamatan, kelurahan and kind."""
    chosen = request.GET.get("tahun", "")
    if not chosen.isdigit() or int(chosen) not in lists.years():
        raise Http404
    year = int(chosen)
    found = population.people(year)
    parts = {"dinas": stats.by_office(year), "kecamatan": stats.with_people(stats.by_district(year), found)}
    parts |= {"kelurahan": stats.with_people(stats.by_village(year), found), "jenis": stats.by_kind(year)}
    rows = ((year, part, group) for part, groups in parts.items() for group in groups)
    return table(GROUP_COLUMNS, rows, f"statistik-{year}", fmt)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain the steps, the window, the documents and the legal basis, all from the profile."""
    profile = rulebook.current()
    windows = rulebook.openings()
    context = {
        "profile": profile,
        "documents": [(phase, [rule for rule in profile.documents if rule.phase == phase]) for phase in ASKED],
        "report_day": profile.after.report_day(dates.today().year),
        "steps": [
            {
                "name": public.stage_label(stage, profile.step(stage).label if stage in CLASSIC_STAGES else ""),
                "owner": public.role_title(profile.step(stage).owner, profile) if stage in CLASSIC_STAGES else "",
                "days": profile.step(stage).days if stage in CLASSIC_STAGES else None,
                "alone": _ALONE.get(stage, "") if stage in CLASSIC_STAGES and profile.step(stage).automatic else "",
            }
            for stage in stages(profile)
        ],
        "windows": windows,
        "closed": "" if windows else rulebook.closed_sentence(),
        "ceilings": [(rule, _ceiling_words(rule)) for rule in profile.ceilings],
    }
    return render(request, "sabilulungan/about.html", context)


_ALONE = {
    Stage.DISPOSISI: "Bila lewat batas, sistem meneruskannya.",
    Stage.KLASIFIKASI: "Sistem langsung memilahnya menurut bidang.",
}


def _ceiling_words(rule: Ceiling) -> str:
    narrower = [str(one.label).lower() for one in (rule.form, rule.nature) if one]
    return ", ".join([str(rule.kind.label), *narrower])
