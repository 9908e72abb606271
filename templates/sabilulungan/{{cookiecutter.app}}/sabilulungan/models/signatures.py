"""Documents the app made that were signed: with a key, by BSrE, or with ink and scanned."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.enums import Signature
from sabilulungan.models.parts import Evaluation
from sabilulungan.models.payments import Agreement, Decree
from sabilulungan.models.proposals import Proposal

_SUBJECTS = ("evaluation", "decree", "agreement")
_SEATS = ["rekomendasi", "rekomendasi-camat", "rekomendasi-lurah", "rekomendasi-ketua-tp"]  # domain.seats


def _only(subject: str) -> Q:
    return Q(**{f"{name}__isnull": name != subject for name in _SUBJECTS})


class SignedPaper(models.Model):
    """One signature under one document. Its file is stored with this row; a scan may be replaced by a newer row.

    `subject` is what the document is about: a round of the evaluation, a decree, an agreement. What is signed with a
    key or by BSrE is signed once, a recommendation
    once by each of its four signers. `by` did it; `signer_name` signed, who on paper may be somebody else.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="signed_papers")
    code = models.CharField(max_length=30)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, related_name="signatures")
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, related_name="signatures")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, related_name="signatures")
    signature = models.CharField("cara", max_length=10, choices=Signature)
    signature_value = models.TextField("nilai tanda tangan", blank=True)
    sha256 = models.CharField(max_length=64)
    signer_name = models.CharField("penanda tangan", max_length=150)
    signer_post = models.CharField("jabatan", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__in=_SEATS) & _only("evaluation")
                | Q(code="lampiran-keputusan") & _only("decree")
                | Q(code__in=["nphd", "pakta"]) & _only("agreement"),
                name="sab_signed_subject",
            ),
            models.CheckConstraint(
                condition=Q(signature=Signature.UJI_COBA) & ~Q(signature_value="")
                | Q(signature__in=[Signature.BSRE, Signature.BASAH], signature_value=""),
                name="sab_signed_way",
            ),
            models.CheckConstraint(condition=~Q(signer_name="") & ~Q(signer_post=""), name="sab_signed_by_somebody"),
            *(
                models.UniqueConstraint(
                    fields=["code", subject], condition=~Q(signature=Signature.BASAH), name=f"sab_signed_once_{subject}"
                )
                for subject in _SUBJECTS
            ),
            models.UniqueConstraint(
                fields=["evaluation", "by"],
                condition=~Q(signature=Signature.BASAH) & Q(evaluation__isnull=False),
                name="sab_signed_as_oneself_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.proposal_id}"

    @property
    def way(self) -> str:
        """Return how it was signed, in words."""
        return str(Signature(self.signature).label)
