"""Demo accounts with random passwords, kept only in the file the operator names."""

import secrets
from dataclasses import asdict, dataclass

from allauth.account.models import EmailAddress

from core.models import RoleAssignment, User

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One line of the printed table."""

    role: str
    full_name: str
    username: str
    password: str
    scope: str = ""

    def as_dict(self) -> dict[str, str]:
        """Return the account for JSON."""
        return asdict(self)


class DemoAccounts:
    """Collects the accounts a loader makes. `known` are earlier passwords by user name, so a restart keeps them."""

    def __init__(self, known: dict[str, str] | None = None) -> None:
        self._known = known or {}
        self.made: list[DemoAccount] = []

    def account(
        self, role: str, full_name: str, username: str, *, scope: str = "", show: bool = True, **columns: str
    ) -> User:
        """Return the user of this name, made with a random password and the role if there is none yet.

        `show=False` makes people who fill lists but are not printed; they get no usable password.
        """
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User(username=username, full_name=full_name, email=f"{username}@contoh.invalid", **columns)
            user.set_unusable_password()
            user.save()
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        if role and not user.assignments.filter(role=role, scope=scope).exists():
            RoleAssignment.objects.create(user=user, role=role, scope=scope, basis="Data contoh")
        user.forget_roles()
        if show:
            self._show(user, role, scope)
        return user

    def _show(self, user: User, role: str, scope: str) -> None:
        password = self._known.get(user.username, "")
        if not (password and user.check_password(password)):
            password = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
            user.set_password(password)
            user.save(update_fields=["password"])
        self.made.append(DemoAccount(role, user.full_name, user.username, password, scope))
