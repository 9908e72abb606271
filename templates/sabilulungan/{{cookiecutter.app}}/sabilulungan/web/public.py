"""Pages for everybody. They read only what `domain.queries.public` gives."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from core import dates
from core.paging import paginate
from core.pictures import Bar
from core.pictures import Stage as Sum
from sabilulungan.domain import rulebook
from sabilulungan.domain.queries import lists, public, stats
from sabilulungan.enums import CLASSIC_STAGES, ORGANISATIONS, Role
from sabilulungan.interfaces.exports import download as export
from sabilulungan.interfaces.filters import ProposalFilters
from sabilulungan.models import Proposal, Recipient
from sabilulungan.rules.flow import stages
from sabilulungan.rules.profile import Ceiling

FORMATS = ("csv", "xlsx", "json")


def _four(year: int) -> list[Sum]:
    found = stats.four_numbers(year)
    words = {"asked": "Diminta", "approved": "Disetujui", "paid": "Dibayar", "accounted": "Dipertanggungjawabkan"}
    urls = {"asked": f"/usulan/?tahun={year}", "approved": f"/usulan/?tahun={year}&hasil=disetujui"}
    return [Sum(word, *found[name], url=urls.get(name, "")) for name, word in words.items()]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the four true numbers, the search, and the newest decisions."""
    year = stats.default_year()
    windows = rulebook.openings()
    context = {
        "year": year,
        "numbers": _four(year),
        "decisions": [public.row(proposal) for proposal in lists.newest_decisions()],
        "windows": windows,
        "closed": "" if windows else rulebook.closed_sentence(),
    }
    return render(request, "sabilulungan/home.html", context)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead a person who signed in to what waits for him."""
    user = request.user
    if not user.is_authenticated:
        return redirect("home")
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
        "downloads": [(fmt.upper(), f"/usulan/unduh.{fmt}{found.url()}") for fmt in FORMATS],
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
    context = {
        "case": public.case(proposal),
        "proposal": proposal,
        "reads": request.user.has_perm("sabilulungan.view_case", proposal),
    }
    return render(request, "sabilulungan/detail.html", context)


@require_safe
def recipient(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show an organisation over the years; persons have no such page, because it would tell who they are."""
    found = get_object_or_404(Recipient, public_id=public_id.replace("-", "").upper(), type__in=ORGANISATIONS)
    proposals = list(lists.of_recipient(found))
    if not proposals:
        raise Http404
    leader = public.chair(found)
    context = {
        "name": public.public_name(found),
        "type": found.type_label,
        "address": public.public_address(found),
        "public_id": found.public_id,
        "registered_on": found.registered_on,
        "chair": public.redact(leader.name) if leader else "",
        "rows": [public.row(proposal) for proposal in proposals],
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
    chosen = request.GET.get("tahun", "")
    year = int(chosen) if chosen.isdigit() and int(chosen) in years else stats.default_year()
    by_stage, by_office = stats.by_stage(year), stats.by_office(year)
    context = {
        "years": years,
        "year": year,
        "numbers": _four(year),
        "refused": stats.refused(year),
        "stages": [Bar(row.label, row.count, url=f"/usulan/?{row.query}") for row in by_stage],
        "busiest": max(by_stage, key=lambda row: row.count, default=None),
        "offices": by_office,
        "districts": stats.by_district(year),
        "kinds": stats.by_kind(year),
    }
    return render(request, "sabilulungan/statistics.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Explain the steps, the window, the documents and the legal basis, all from the profile."""
    profile = rulebook.current()
    windows = rulebook.openings()
    context = {
        "profile": profile,
        "steps": [
            {
                "name": public.stage_label(stage, profile.step(stage).label if stage in CLASSIC_STAGES else ""),
                "owner": public.role_title(profile.step(stage).owner, profile) if stage in CLASSIC_STAGES else "",
                "days": profile.step(stage).days if stage in CLASSIC_STAGES else None,
            }
            for stage in stages(profile)
        ],
        "windows": windows,
        "closed": "" if windows else rulebook.closed_sentence(),
        "ceilings": [(rule, _ceiling_words(rule)) for rule in profile.ceilings],
    }
    return render(request, "sabilulungan/about.html", context)


def _ceiling_words(rule: Ceiling) -> str:
    narrower = [str(one.label).lower() for one in (rule.form, rule.nature) if one]
    return ", ".join([str(rule.kind.label), *narrower])
