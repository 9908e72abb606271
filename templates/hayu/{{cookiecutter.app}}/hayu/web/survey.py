"""The satisfaction survey of one application."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.access import fetch
from core.errors import Refused
from hayu.domain import survey
from hayu.interfaces.forms.survey import SurveyForm
from hayu.web.applications import ROWS
from hayu.web.forms import refuse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask nine questions, once."""
    found = fetch(request.user, "hayu.own_application", ROWS, view="hayu.view_application", public_id=public_id)
    form = SurveyForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            survey.answer(found, values, values.pop("suggestion", ""))
        except Refused as refusal:
            form, status = refuse(form, refusal), 409
        else:
            messages.success(request, _("Terima kasih. Jawaban Anda membantu kami memperbaiki layanan."))
            return redirect("hayu:application", public_id)
    return render(request, "hayu/permits/survey.html", {"application": found, "form": form}, status=status)
