"""How many things wait behind each entry of the navigation, asked in one query."""

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from core.models import User


def together(user: User, rows: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """Return the number of rows of each queryset, by its name."""
    if not rows:
        return {}
    columns = {
        name: Coalesce(
            Subquery(
                found.order_by().values(one=Value(1)).annotate(number=Count("pk", distinct=True)).values("number")
            ),
            0,
            output_field=IntegerField(),
        )
        for name, found in rows.items()
    }
    return dict(User.objects.filter(pk=user.pk).values(**columns).get())
