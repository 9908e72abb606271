"""Tables of Hayu: business reports, applications, permits, complaints, survey."""

from hayu.models.claims import Claim
from hayu.models.inspections import Inspection
from hayu.models.issued import Permit, SigningBatch
from hayu.models.permits import Advice, Application, Bill, PermitVersion, Visit
from hayu.models.referrals import Referral
from hayu.models.reports import Report
from hayu.models.service import Complaint, Erasure, SurveyAnswer
from hayu.models.sms import ShortMessage
from hayu.models.supervision import Supervision

__all__ = [
    "Advice",
    "Application",
    "Bill",
    "Claim",
    "Complaint",
    "Erasure",
    "Inspection",
    "Permit",
    "PermitVersion",
    "Referral",
    "Report",
    "ShortMessage",
    "SigningBatch",
    "Supervision",
    "SurveyAnswer",
    "Visit",
]
