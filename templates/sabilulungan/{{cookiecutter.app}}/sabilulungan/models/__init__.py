"""Tables of Sabilulungan."""

from sabilulungan.models.aid import AidRecap, UnplannedAid
from sabilulungan.models.announcements import Announcement
from sabilulungan.models.confirmations import ChairCode
from sabilulungan.models.copies import PublicCopy
from sabilulungan.models.devices import FilingDevice
from sabilulungan.models.dnc import NominativeLine, NominativeList
from sabilulungan.models.envelopes import EnvelopeLimit
from sabilulungan.models.exchange import Exchange, PaidElsewhere
from sabilulungan.models.findings import DeclaredInterest, Flag, RuleException
from sabilulungan.models.history import ImportBatch, PastGrant
from sabilulungan.models.likeness import LikenessMark
from sabilulungan.models.papers import IssuedPaper
from sabilulungan.models.parts import BudgetLine, ChecklistAnswer, Document, Evaluation
from sabilulungan.models.payments import (
    Agreement,
    BudgetEntry,
    Decree,
    DecreeLine,
    Disbursement,
    EnactedBudget,
    LeaderChange,
    PayoutRequest,
)
from sabilulungan.models.photos import Photo, PhotoPart
from sabilulungan.models.population import Population
from sabilulungan.models.prices import StandardPrice
from sabilulungan.models.proposals import Proposal, ProposalQuerySet
from sabilulungan.models.recipients import BankAccount, Officer, Recipient
from sabilulungan.models.registry import RegistryCheck
from sabilulungan.models.reports import Refund, Report, ReportReminder, ReportWarning, Sanction
from sabilulungan.models.rulebook import ProfileVersion, WindowOpening
from sabilulungan.models.signatures import SignedPaper
from sabilulungan.models.steps import CaseStep
from sabilulungan.models.visits import FieldVisit, LegalCheck
from sabilulungan.models.voices import CitizenVoice, Follower

__all__ = [
    "Agreement",
    "AidRecap",
    "Announcement",
    "BankAccount",
    "BudgetEntry",
    "BudgetLine",
    "CaseStep",
    "ChairCode",
    "ChecklistAnswer",
    "CitizenVoice",
    "DeclaredInterest",
    "Decree",
    "DecreeLine",
    "Disbursement",
    "Document",
    "EnactedBudget",
    "EnvelopeLimit",
    "Evaluation",
    "Exchange",
    "FieldVisit",
    "FilingDevice",
    "Flag",
    "Follower",
    "ImportBatch",
    "IssuedPaper",
    "LeaderChange",
    "LegalCheck",
    "LikenessMark",
    "NominativeLine",
    "NominativeList",
    "Officer",
    "PaidElsewhere",
    "PastGrant",
    "PayoutRequest",
    "Photo",
    "PhotoPart",
    "Population",
    "ProfileVersion",
    "Proposal",
    "ProposalQuerySet",
    "PublicCopy",
    "Recipient",
    "Refund",
    "RegistryCheck",
    "Report",
    "ReportReminder",
    "ReportWarning",
    "RuleException",
    "Sanction",
    "SignedPaper",
    "StandardPrice",
    "UnplannedAid",
    "WindowOpening",
]
