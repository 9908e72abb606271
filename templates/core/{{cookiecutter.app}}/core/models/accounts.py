"""People who sign in, and the roles they hold for a time."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

import rules
from core import dates
from core.fields import EncryptedTextField


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Names are not split: one-word names are normal (regions.md section 4)."""

    username = models.CharField("nama pengguna", max_length=60, unique=True, validators=[ASCIIUsernameValidator()])
    full_name = models.CharField("nama lengkap", max_length=150)
    front_title = models.CharField("gelar depan", max_length=40, blank=True)
    back_title = models.CharField("gelar belakang", max_length=60, blank=True)
    email = models.EmailField("alamat surel", blank=True)
    phone = EncryptedTextField("nomor telepon", blank=True)
    nik = EncryptedTextField("NIK", blank=True)
    nik_token = models.CharField(max_length=64, blank=True, db_index=True)
    is_active = models.BooleanField("aktif", default=True)
    is_staff = models.BooleanField("petugas", default=False)
    date_joined = models.DateTimeField("terdaftar sejak", default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"), condition=~Q(email=""), name="core_user_email_unique"
            )
        ]

    def __str__(self) -> str:
        return self.titled_name

    @property
    def titled_name(self) -> str:
        """Return the name with its titles, the form of letters: "Dr. H. Ujang Sastra, S.H."."""
        name = " ".join(part for part in (self.front_title, self.full_name) if part)
        return f"{name}, {self.back_title}" if self.back_title else name

    def get_full_name(self) -> str:
        """Return the name without titles."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the name without titles: Indonesian names have no reliable first part."""
        return self.full_name

    @cached_property
    def _assignments(self) -> list["RoleAssignment"]:
        return list(self.assignments.valid_on(dates.today()))

    def roles(self) -> frozenset[str]:
        """Return the codes of the roles held today."""
        return frozenset(assignment.role for assignment in self._assignments)

    def has_role(self, *codes: str, scope: str | None = None) -> bool:
        """Return whether one of these roles is held today, for `scope` when it is given.

        An assignment without a scope holds everywhere.
        """
        return any(
            assignment.role in codes and (scope is None or assignment.scope in ("", scope))
            for assignment in self._assignments
        )

    def scopes(self, code: str) -> frozenset[str]:
        """Return the scopes (office or place codes) of a role held today; "" stands for everywhere."""
        return frozenset(assignment.scope for assignment in self._assignments if assignment.role == code)

    def forget_roles(self) -> None:
        """Read the roles again at the next question, after they were changed."""
        self.__dict__.pop("_assignments", None)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether the app's predicates allow it; Django's own tables of permissions are not asked."""
        return self.is_active and (self.is_superuser or rules.has_perm(perm, self, obj))

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read columns and roles again."""
        self.forget_roles()
        super().refresh_from_db(*args, **kwargs)


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Assignments by the day they hold."""

    def valid_on(self, day: dt.date) -> "RoleAssignmentQuerySet":
        """Return the assignments that hold on a day of the region."""
        return self.filter(Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day)))


class RoleAssignment(models.Model):
    """A role a person holds from one day to another, within one office or place, on a stated basis."""

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField("peran", max_length=40)
    scope = models.CharField("lingkup", max_length=40, blank=True)
    valid_from = models.DateField("sejak", default=dates.today)
    valid_to = models.DateField("sampai", null=True, blank=True)
    basis = models.CharField("dasar", max_length=200, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "peran"
        verbose_name_plural = "peran"
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope", "valid_from"], name="core_role_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")), name="core_role_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.scope}".strip()
