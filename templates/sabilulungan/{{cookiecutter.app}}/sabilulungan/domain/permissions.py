"""Who may see and do what, as predicates; `core.access.fetch` asks them."""

from django.contrib.auth.models import AnonymousUser

import rules
from core import files
from core.models import StoredFile, User
from sabilulungan.domain import copies, drafts, rulebook, voices
from sabilulungan.domain.flow.people import involved, offices_of
from sabilulungan.domain.letters import seats
from sabilulungan.domain.queries.lists import READS_ALL, ROUTED
from sabilulungan.enums import OFFICE_ROLES, Role, State
from sabilulungan.models import CitizenVoice, Document, FieldVisit, Proposal

DESK = (*READS_ALL, *OFFICE_ROLES, Role.OPERATOR, Role.ADMIN_WILAYAH)
CLOSES_FLAGS = (Role.TP, Role.OPD, Role.INSPEKTORAT)


def is_routed(proposal: Proposal) -> bool:
    """Return whether a proposal was sent to its office (T06); before, the office is only the applicant's guess."""
    return bool(proposal.office) and proposal.stage in ROUTED


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
    return is_routed(proposal) and proposal.office in offices_of(user)


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
def publishes_copies(user: User, proposal: Proposal) -> bool:
    """Registry, the case's office and finance publish redacted copies, never of their own matter."""
    return reads_case(user, proposal) and bool(copies.role_of(user)) and not involved(user, proposal)


@rules.predicate
def takes_file(user: User, proposal: Proposal) -> bool:
    """Finance, auditor and outside watchers take a case's whole file; it is logged."""
    return reads_case(user, proposal) and user.has_role(Role.KEU, Role.INSPEKTORAT, Role.PENGAWAS)


@rules.predicate
def opens_windows(user: User) -> bool:
    """The region's admin keeps the windows; he has no power over cases."""
    return _user(user) is not None and user.has_role(Role.ADMIN_WILAYAH)


@rules.predicate
def announces(user: User) -> bool:
    """The region's admin writes what is announced."""
    return _user(user) is not None and user.has_role(Role.ADMIN_WILAYAH)


@rules.predicate
def grants_exceptions(user: User) -> bool:
    """The head of region or delegate records exceptions from R04 and R10."""
    return _user(user) is not None and user.has_role(Role.KDH)


@rules.predicate
def keeps_budget(user: User) -> bool:
    """The budget team records the APBD of a year."""
    return _user(user) is not None and user.has_role(Role.TAPD)


@rules.predicate
def chases_reports(user: User) -> bool:
    """Finance, auditor and outside watchers read the list of missing reports."""
    return _user(user) is not None and user.has_role(Role.KEU, Role.INSPEKTORAT, Role.PENGAWAS)


@rules.predicate
def works_on_aid(user: User) -> bool:
    """Enters, checks, decides, pays or audits unplanned aid."""
    roles = (Role.OPERATOR, Role.OPD, Role.KDH, Role.KEU, Role.INSPEKTORAT, Role.PENGAWAS)
    return _user(user) is not None and user.has_role(*roles)


@rules.predicate
def enters_aid(user: User) -> bool:
    """Records requests for unplanned aid."""
    return _user(user) is not None and user.has_role(Role.OPERATOR, Role.OPD)


@rules.predicate
def answers_voices(user: User) -> bool:
    """The registry answers comments and corrections, the auditor reports."""
    return _user(user) is not None and user.has_role(Role.TU, Role.INSPEKTORAT)


@rules.predicate
def reads_lists(user: User) -> bool:
    """Reads nominative lists: who makes, decides, pays or audits them."""
    roles = (Role.TAPD, Role.KDH, Role.KEU, Role.INSPEKTORAT, Role.PENGAWAS)
    return _user(user) is not None and user.has_role(*roles)


@rules.predicate
def signs_papers(user: User) -> bool:
    """Signs documents, or files the scans of those signed with ink."""
    after = rulebook.current().after
    roles = (*OFFICE_ROLES, Role.WILAYAH, Role.KETUA_TP, Role.KEU, after.decree_signer, after.agreement_signer)
    return _user(user) is not None and user.has_role(*roles)


@rules.predicate
def signs_at_home(user: User, proposal: Proposal) -> bool:
    """Camat or lurah of the recipient's place, who signs the recommendation and reads that form, nothing else."""
    if _user(user) is None or not is_routed(proposal) or involved(user, proposal):
        return False
    return any(seats.is_of_place(user, proposal, code) for code in seats.BESIDE)


@rules.predicate
def oversees(user: User) -> bool:
    """The auditor alone sees what is said about evaluators (F13)."""
    return _user(user) is not None and user.has_role(Role.INSPEKTORAT)


rules.add_perm("sabilulungan.sign_papers", signs_papers)
rules.add_perm("sabilulungan.read_form", reads_case | signs_at_home)
rules.add_perm("sabilulungan.announce", announces)
rules.add_perm("sabilulungan.oversee", oversees)
rules.add_perm("sabilulungan.read_lists", reads_lists)
rules.add_perm("sabilulungan.answer_voices", answers_voices)
rules.add_perm("sabilulungan.unplanned_aid", works_on_aid)
rules.add_perm("sabilulungan.enter_aid", enters_aid)
rules.add_perm("sabilulungan.keep_budget", keeps_budget)
rules.add_perm("sabilulungan.chase_reports", chases_reports)
rules.add_perm("sabilulungan.view_own", is_applicant)
rules.add_perm("sabilulungan.edit_own", is_applicant & is_editable)
rules.add_perm("sabilulungan.view_case", reads_case)
rules.add_perm("sabilulungan.unmask", unmasks)
rules.add_perm("sabilulungan.close_flag", closes_flags)
rules.add_perm("sabilulungan.publish_copies", publishes_copies)
rules.add_perm("sabilulungan.take_file", takes_file)
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


def _reads_photo(user: User | AnonymousUser, stored: StoredFile) -> bool:
    if _user(user) is None:
        return False
    visit = FieldVisit.objects.select_related("proposal__recipient").filter(pk=stored.owner_id).first()
    return visit is not None and (visit.by_id == user.pk or reads_case(user, visit.proposal))


files.register_guard(FieldVisit._meta.label_lower, _reads_photo)


def _reads_evidence(user: User | AnonymousUser, stored: StoredFile) -> bool:
    person = _user(user)
    return person is not None and voices.handled_by(person).filter(pk=stored.owner_id).exists()


files.register_guard(CitizenVoice._meta.label_lower, _reads_evidence)
