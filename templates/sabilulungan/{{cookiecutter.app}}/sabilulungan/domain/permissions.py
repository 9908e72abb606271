"""Who may see and do what, as predicates; `core.access.fetch` asks them."""

from django.contrib.auth.models import AnonymousUser

import rules
from core import files
from core.models import StoredFile, User
from sabilulungan.domain import drafts
from sabilulungan.domain.flow.people import involved
from sabilulungan.enums import Role, Stage, State
from sabilulungan.models import Document, Proposal

READS_ALL = (Role.TU, Role.KDH, Role.TP, Role.TAPD, Role.KEU, Role.INSPEKTORAT, Role.PENGAWAS)
DESK = (*READS_ALL, Role.OPD, Role.OPERATOR, Role.ADMIN_WILAYAH)
CLOSES_FLAGS = (Role.TP, Role.OPD, Role.INSPEKTORAT)


_ROUTED = frozenset(tuple(Stage)[tuple(Stage).index(Stage.EVALUASI) :])


def is_routed(proposal: Proposal) -> bool:
    """Return whether a proposal was sent to its office (T06); before, the office is only the applicant's guess."""
    return bool(proposal.office) and proposal.stage in _ROUTED


def _user(user: User | AnonymousUser) -> User | None:
    return user if isinstance(user, User) and user.is_active else None


@rules.predicate
def is_applicant(user: User, proposal: Proposal) -> bool:
    """Applies for the recipient, or typed in the paper proposal at the counter."""
    if _user(user) is None:
        return False
    if proposal.recipient.public_id in user.scopes(Role.PEMOHON):
        return True
    return proposal.on_paper and user.has_role(Role.OPERATOR)


@rules.predicate
def reads_case(user: User, proposal: Proposal) -> bool:
    """Sees the full file of a filed proposal: offices only what is routed to them."""
    if _user(user) is None or proposal.state == State.DRAF:
        return False
    if user.has_role(*READS_ALL):
        return True
    return is_routed(proposal) and proposal.office in user.scopes(Role.OPD)


@rules.predicate
def is_editable(user: User, proposal: Proposal) -> bool:
    """The proposal is a draft or was returned."""
    return proposal.state in drafts.EDITABLE


@rules.predicate
def works_at_desk(user: User) -> bool:
    """Holds any role of the desk side."""
    return _user(user) is not None and user.has_role(*DESK)


@rules.predicate
def unmasks(user: User, proposal: Proposal) -> bool:
    """The auditor may open protected data, with a purpose."""
    return reads_case(user, proposal) and user.has_role(Role.INSPEKTORAT)


@rules.predicate
def closes_flags(user: User, proposal: Proposal) -> bool:
    """A second person who may close a flag: never one whose own matter it is."""
    if not reads_case(user, proposal) or involved(user, proposal):
        return False
    if user.has_role(Role.TP, Role.INSPEKTORAT):
        return True
    return bool(proposal.office) and proposal.office in user.scopes(Role.OPD)


@rules.predicate
def opens_windows(user: User) -> bool:
    """The region's admin keeps the windows; he has no power over cases."""
    return _user(user) is not None and user.has_role(Role.ADMIN_WILAYAH)


@rules.predicate
def grants_exceptions(user: User) -> bool:
    """The head of region or delegate records exceptions from R04 and R10."""
    return _user(user) is not None and user.has_role(Role.KDH)


rules.add_perm("sabilulungan.view_own", is_applicant)
rules.add_perm("sabilulungan.edit_own", is_applicant & is_editable)
rules.add_perm("sabilulungan.view_case", reads_case)
rules.add_perm("sabilulungan.unmask", unmasks)
rules.add_perm("sabilulungan.close_flag", closes_flags)
rules.add_perm("sabilulungan.desk", works_at_desk)
rules.add_perm("sabilulungan.open_window", opens_windows)
rules.add_perm("sabilulungan.grant_exception", grants_exceptions)


def _reads_document(user: User | AnonymousUser, stored: StoredFile) -> bool:
    if _user(user) is None:
        return False
    document = Document.objects.select_related("proposal__recipient").filter(pk=stored.owner_id).first()
    if document is None:
        return False
    return is_applicant(user, document.proposal) or reads_case(user, document.proposal)


files.register_guard(Document._meta.label_lower, _reads_document)
