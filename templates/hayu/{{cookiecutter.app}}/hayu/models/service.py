"""Complaints, and answers to the satisfaction survey."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.fields import EncryptedTextField
from core.models import Case
from core.models.files import new_public_id
from hayu.enums import ComplaintKind, ComplaintState, Element, Erased
from hayu.models.issued import Permit
from hayu.models.permits import Application
from hayu.models.reports import Report
from hayu.rules import looks

USER = settings.AUTH_USER_MODEL


class Complaint(Case):
    """One complaint. Who complained is encrypted, and shown to the supervisor only, never to whom it concerns."""

    STATES = looks.COMPLAINT_STATES

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    number = models.CharField("nomor", max_length=60, unique=True)
    kind = models.CharField("tentang", max_length=12, choices=ComplaintKind)
    text = models.TextField("isi", max_length=4000)
    reporter = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="complaints")
    reporter_name = EncryptedTextField("nama pelapor", blank=True)
    reporter_contact = EncryptedTextField("kontak pelapor", blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="complaints")
    permit = models.ForeignKey(Permit, models.PROTECT, null=True, blank=True, related_name="complaints")
    application = models.ForeignKey(Application, models.PROTECT, null=True, blank=True, related_name="complaints")
    officer = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    answer_by = models.DateField("dijawab paling lambat")
    escalated = models.PositiveSmallIntegerField("eskalasi", default=0)
    extended = models.BooleanField("diperpanjang", default=False)
    answer = models.TextField("jawaban", blank=True, max_length=4000)
    answered_at = models.DateTimeField("dijawab", null=True, blank=True)
    anonymised_on = models.DateField("data pribadi dihapus", null=True, blank=True)

    class Meta:
        verbose_name = "pengaduan"
        verbose_name_plural = "pengaduan"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[ComplaintState.DIJAWAB, ComplaintState.DITUTUP])
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="hayu_complaint_answered",
            )
        ]

    def __str__(self) -> str:
        return self.number


def _answer(element: Element) -> models.PositiveSmallIntegerField:  # type: ignore[type-arg]
    return models.PositiveSmallIntegerField(
        str(element.label), validators=[MinValueValidator(1), MaxValueValidator(4)]
    )  # fmt: skip


class SurveyAnswer(models.Model):
    """One answer to the survey, 1 to 4 for each element (Permenpan 14/2017)."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="survey")
    type_code = models.CharField(max_length=20, db_index=True)
    u1 = _answer(Element.U1)
    u2 = _answer(Element.U2)
    u3 = _answer(Element.U3)
    u4 = _answer(Element.U4)
    u5 = _answer(Element.U5)
    u6 = _answer(Element.U6)
    u7 = _answer(Element.U7)
    u8 = _answer(Element.U8)
    u9 = _answer(Element.U9)
    suggestion = models.TextField("saran", blank=True, max_length=1000)
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "jawaban survei"
        verbose_name_plural = "jawaban survei"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    **{f"{key}__gte": 1 for key in Element.values}, **{f"{key}__lte": 4 for key in Element.values}
                ),
                name="hayu_survey_range",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"


class Erasure(models.Model):
    """How much the end of its period took on one day: the kind, how many, and their files. Counts, never names."""

    day = models.DateField("hari", db_index=True)
    kind = models.CharField("jenis", max_length=12, choices=Erased)
    number = models.PositiveIntegerField("banyaknya", default=0)
    files = models.PositiveIntegerField("berkas", default=0)

    class Meta:
        verbose_name = "penghapusan data"
        verbose_name_plural = "penghapusan data"
        ordering = ["day", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["day", "kind"], name="hayu_erasure_once"),
            models.CheckConstraint(condition=Q(kind__in=Erased.values), name="hayu_erasure_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.number}"
