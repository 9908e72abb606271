"""Tables of Sabilulungan."""

from sabilulungan.models.findings import DeclaredInterest, Flag, RuleException
from sabilulungan.models.parts import BudgetLine, ChecklistAnswer, Document, Evaluation
from sabilulungan.models.proposals import Proposal, ProposalQuerySet
from sabilulungan.models.recipients import BankAccount, Officer, Recipient
from sabilulungan.models.rulebook import ProfileVersion, WindowOpening
from sabilulungan.models.steps import CaseStep

__all__ = [
    "BankAccount",
    "BudgetLine",
    "CaseStep",
    "ChecklistAnswer",
    "DeclaredInterest",
    "Document",
    "Evaluation",
    "Flag",
    "Officer",
    "ProfileVersion",
    "Proposal",
    "ProposalQuerySet",
    "Recipient",
    "RuleException",
    "WindowOpening",
]
