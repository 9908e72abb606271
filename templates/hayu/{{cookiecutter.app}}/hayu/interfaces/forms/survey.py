"""The survey: nine short questions, answers 1 to 4 (Permenpan 14/2017)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import TextareaWidget
from hayu.enums import Element
from hayu.interfaces.forms.report import FactsForm

QUESTIONS = {
    Element.U1: _("Apakah persyaratannya mudah dipenuhi?"),
    Element.U2: _("Apakah langkah-langkahnya mudah?"),
    Element.U3: _("Apakah selesai secepat yang dijanjikan?"),
    Element.U4: _("Apakah biayanya wajar?"),
    Element.U5: _("Apakah hasilnya sesuai yang dijanjikan?"),
    Element.U6: _("Apakah petugasnya menguasai pekerjaannya?"),
    Element.U7: _("Apakah petugasnya sopan dan ramah?"),
    Element.U8: _("Apakah pengaduan ditangani dengan baik?"),
    Element.U9: _("Apakah tempat dan situsnya baik?"),
}
ANSWERS = [("1", _("1 Tidak")), ("2", _("2 Kurang")), ("3", _("3 Ya")), ("4", _("4 Sangat"))]


class SurveyForm(FactsForm):
    """One minute after the service is done."""

    printed = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for element, question in QUESTIONS.items():
            self.fields[element.value] = forms.TypedChoiceField(
                label=question, choices=ANSWERS, coerce=int, widget=forms.RadioSelect
            )
        self.fields["suggestion"] = forms.CharField(
            label=_("Saran"), required=False, max_length=1000, widget=TextareaWidget(attrs={"rows": 3})
        )
