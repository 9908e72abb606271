"""Signing: what waits for a person with each line visible, one document on its page, the scan of ink."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import signers
from core.access import fetch
from core.enums import Signature
from core.errors import Refused
from core.paging import paginate
from sabilulungan.domain import letters, signing
from sabilulungan.domain.letters import seats
from sabilulungan.domain.queries.unsigned import waiting
from sabilulungan.interfaces.forms.signing import PassphraseForm, ScanForm
from sabilulungan.web.letters import FULL
from sabilulungan.web.parts import add_faults

LINE = "dokumen"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits for a signature, and sign the lines ticked with one passphrase."""
    user = request.user
    if not user.has_perm("sabilulungan.sign_papers"):
        raise Http404
    way = signers.electronic()
    form = PassphraseForm(request.POST or None, way=way) if way else None
    if form and request.method == "POST" and form.is_valid():
        lines = [(code, number) for code, _, number in (one.partition(":") for one in request.POST.getlist(LINE))]
        try:
            done, stopped = signing.sign_many(lines, user, form.cleaned_data["passphrase"], request=request)
        except Refused as error:
            add_faults(form, error)
        else:
            if done:
                messages.success(request, f"{done} dokumen ditandatangani.")
            if not stopped:
                return redirect("signing")
            form.add_error(None, f"Berhenti di {stopped}")
    rows = waiting(user)
    page = paginate(request, rows, signing.MOST_AT_ONCE)
    mine = _signable(request, [row.number for row in page])
    context = {
        "page": page,
        "rows": [(row, (row.code, row.number) in mine) for row in page],
        "form": form if mine else None,
        "chosen": request.POST.getlist(LINE),
    }
    return render(request, "sabilulungan/signing.html", context, status=422 if form and form.errors else 200)


def _signable(request: HttpRequest, numbers: list[str]) -> set[tuple[str, str]]:
    """Return the documents of these cases this person signs himself; finance only files their scans."""
    if signers.electronic() is None:
        return set()
    cases = FULL.filter(number__in=numbers)
    return {
        (code, case.number or "")
        for case in cases
        for code in signing.CODES
        if signing.may_sign(request.user, case, code)
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Show how a document is signed, sign it, or take its scan; what was typed stays when it is refused."""
    user = request.user
    proposal = fetch(user, "sabilulungan.read_form", FULL, number=number)
    reads = user.has_perm("sabilulungan.view_case", proposal)
    paper = letters.find(proposal, user, code, applicant=False)
    if paper is None or code not in signing.CODES or not signing.may_file_scan(user, proposal, code):
        raise Http404
    electronic = signers.electronic() if signing.may_sign(user, proposal, code) else None
    there = signing.signature_of(proposal, code)
    ink = "pindaian" in request.POST
    posted = request.POST if request.method == "POST" else None
    form = PassphraseForm(posted if not ink else None, way=electronic) if electronic else None
    first = {"name": proposal.agreement.giver_name if hasattr(proposal, "agreement") else ""}
    scan = ScanForm(posted if ink else None, request.FILES if ink else None, initial=first)
    chosen = scan if ink else form
    if posted is not None and chosen is not None and chosen.is_valid():
        way = signers.WetSigner(scan.cleaned_data["scan"]) if ink else electronic
        assert way is not None  # noqa: S101  (the form stands only beside it)
        try:
            signing.sign(
                proposal,
                paper,
                user,
                way,
                "" if ink else chosen.cleaned_data["passphrase"],
                name=chosen.cleaned_data.get("name", ""),
                request=request,
            )
        except Refused as error:
            add_faults(chosen, error)
        else:
            messages.success(request, f"{paper.label}: tanda tangan tersimpan.")
            return redirect("desk_case", number=number) if reads else redirect("signing")
    context = {
        "proposal": proposal,
        "reads": reads,
        "seats": seats.of(proposal) if code in seats.ORDER else [],
        "paper": paper,
        "signed": there,
        "intact": signing.is_intact(there) if there else False,
        "open": there is None or there.signature == Signature.BASAH or posted is not None,
        "form": form,
        "scan": scan,
    }
    failed = chosen is not None and bool(chosen.errors)
    return render(request, "sabilulungan/sign.html", context, status=422 if failed else 200)
