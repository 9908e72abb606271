"""Money asked back under sanction: how much, how much came since, and what is left. Whole rupiah."""

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest

from sabilulungan.models import Refund, Sanction


def asked_back() -> QuerySet[Sanction]:
    """Return the sanctions that ask money back, open ones and the largest rest first.

    `came` is what was paid into the treasury since the sanction, `left` what is still owed.
    """
    since = Refund.objects.filter(proposal=OuterRef("proposal"), paid_on__gte=OuterRef("since")).order_by()
    came = Coalesce(Subquery(since.values("proposal").annotate(sum=Sum("amount")).values("sum")), 0)
    rows = Sanction.objects.filter(refund_due__gt=0).select_related("proposal__recipient")
    rows = rows.annotate(came=came).annotate(left=Greatest(F("refund_due") - F("came"), 0))
    return rows.order_by(F("ended_on").desc(nulls_first=True), "-left", "pk")
