"""The region's standard price list (R05, F11)."""

from django.db import models
from django.db.models import Q


class StandardPrice(models.Model):
    """What one unit of a thing may cost in a year, in whole rupiah. `item` and `measure` are what it is matched by."""

    year = models.PositiveSmallIntegerField("tahun")
    name = models.CharField("nama barang atau jasa", max_length=150)
    unit = models.CharField("satuan", max_length=30)
    price = models.BigIntegerField("harga satuan")
    item = models.CharField(max_length=150)
    measure = models.CharField(max_length=30)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "item", "measure"], name="sab_standard_price_once"),
            models.CheckConstraint(condition=Q(price__gt=0) & ~Q(item=""), name="sab_standard_price"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}, {self.year}"
