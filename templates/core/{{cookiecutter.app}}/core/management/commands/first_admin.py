"""`manage.py first_admin`: make the first administrator, who sets the password through a one-time link."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from core import people
from core.errors import Refused
from core.models import RoleAssignment, User


class Command(BaseCommand):
    """Print a one-time link for the first administrator. Where one already signed in, nothing is made."""

    help = "Make the first administrator of this app and print a one-time link."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person."""
        parser.add_argument("--username", default="admin")
        parser.add_argument("--name", default="Administrator Wilayah")
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account if there is none, and print its link while no password has been set."""
        holders = User.objects.filter(pk__in=RoleAssignment.objects.filter(role=people.ADMIN).values("user"))
        if any(user.has_usable_password() for user in holders):
            self.stdout.write("An administrator has already set a password; ask that person for an account.")
            return
        try:
            with transaction.atomic():
                user = holders.first() or self._make(options)
        except Refused as refusal:
            raise CommandError(refusal.sentence) from None
        self.stdout.write(people.one_time_link(user))

    @staticmethod
    def _make(options: dict[str, Any]) -> User:
        user = people.invite(None, username=options["username"], full_name=options["name"], email=options["email"])
        people.grant(None, user, people.ADMIN, basis="Pemasangan")
        return user
