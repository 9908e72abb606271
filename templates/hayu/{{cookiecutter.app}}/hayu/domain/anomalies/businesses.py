"""Signs among business reports."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from core import money
from hayu.domain.anomalies.signs import Sign
from hayu.domain.policy import policy
from hayu.enums import ACTIVE
from hayu.models import Report
from hayu.rules import kbli

TIMES_MEAN = 3
FEWEST = 5  # reports of a kind below which a share says nothing


def _groups(column: str) -> QuerySet[Report, dict[str, Any]]:
    rows = Report.objects.filter(state__in=ACTIVE).exclude(**{column: ""}).order_by().values(column)
    grouped = rows.annotate(number=Count("pk"), total=Sum("capital"), people=Count("nik_token", distinct=True))
    return grouped.filter(number__gt=1, total__gte=policy().threshold)


def split() -> Iterator[Sign]:
    """Several reports of one NIK, one address or one telephone that together reach the threshold."""
    for column, words in (("nik_token", "pemilik"), ("address_key", "alamat"), ("phone_token", "nomor telepon")):
        for row in _groups(column):
            report = Report.objects.filter(state__in=ACTIVE, **{column: row[column]}).order_by("pk").first()
            if report and (column == "nik_token" or row["people"] > 1):
                total = money.rupiah(row["total"])
                yield Sign(
                    "Usaha dipecah", f"{row['number']} laporan satu {words} bermodal {total} seluruhnya.",
                    reverse("hayu:report", args=[report.public_id]), report,
                )  # fmt: skip


def just_under() -> Iterator[Sign]:
    """Kinds of business whose share of capital just under the limit is three times the city's."""
    near = Count("pk", filter=Q(capital__gte=policy().near_limit, capital__lt=policy().threshold))
    rows = list(
        Report.objects.filter(state__in=ACTIVE).order_by().values("kbli_version", "kbli_code")
        .annotate(number=Count("pk"), near=near)
    )  # fmt: skip
    total, close = sum(row["number"] for row in rows), sum(row["near"] for row in rows)
    for row in rows:
        if row["number"] < FEWEST or not row["near"]:
            continue
        if row["near"] * total >= TIMES_MEAN * close * row["number"]:
            activity = kbli.find(row["kbli_code"], row["kbli_version"])
            name = activity.everyday if activity else row["kbli_code"]
            yield Sign(
                "Modal mepet batas",
                f"{name}: {row['near']} dari {row['number']} laporan bermodal tepat di bawah batas.",
                reverse("hayu:register"),
            )
