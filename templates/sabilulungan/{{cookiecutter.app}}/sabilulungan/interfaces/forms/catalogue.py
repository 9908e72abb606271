"""Which form an act has: the classic steps' and the later life's."""

from sabilulungan.enums import Action, State
from sabilulungan.interfaces.forms import later
from sabilulungan.interfaces.forms.acts import (
    ActForm,
    ApproveForm,
    BudgetForm,
    ClassifyForm,
    CompletenessForm,
    ConsiderForm,
    ItemsForm,
    NoteForm,
    ReasonForm,
    RecommendForm,
)
from sabilulungan.models import Proposal

_CLASSIC: dict[str, type[ActForm]] = {
    Action.LENGKAP: CompletenessForm,
    Action.KEMBALIKAN: ItemsForm,
    Action.TERUSKAN: NoteForm,
    Action.TOLAK: ReasonForm,
    Action.KLASIFIKASIKAN: ClassifyForm,
    Action.REKOMENDASIKAN: RecommendForm,
    Action.SALAH_BIDANG: ReasonForm,
    Action.PERTIMBANGKAN: ConsiderForm,
    Action.TIDAK_DIPERTIMBANGKAN: ReasonForm,
    Action.TETAPKAN_BESARAN: BudgetForm,
    Action.TANYAKAN: ReasonForm,
    Action.SETUJUI: ApproveForm,
}


def form_for(action: str, proposal: Proposal) -> type[ActForm]:
    """Return the form of an officer's act; returning a file has one for each place it is returned from.

    At the first step it shares the page of ticks with declaring complete. KeyError for an act of applicants.
    """
    if action == Action.KEMBALIKAN and proposal.state == State.DIAJUKAN:
        return CompletenessForm
    if action == Action.KEMBALIKAN and proposal.state == State.PENCAIRAN:
        return later.ReturnRequestForm
    return _CLASSIC[action] if action in _CLASSIC else later.FORMS[action]
