"""Demo accounts with random passwords, kept only in the file the operator names; the papers demo people upload."""

import secrets
from dataclasses import asdict, dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password

from core.models import RoleAssignment, User

_ESCAPE = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class _RandomPasswordHasher(Argon2PasswordHasher):
    """For passwords of 79 random bits, which nobody guesses however fast a try is. The first login raises the cost."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1


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
        if not (password and check_password(password, user.password)):
            password = "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
            user.password = _RandomPasswordHasher().encode(password, secrets.token_hex(16))
            user.save(update_fields=["password"])
        self.made.append(DemoAccount(role, user.full_name, user.username, password, scope))


def sample_pdf(*lines: str) -> bytes:
    """Return a PDF of one page with some lines of plain text."""
    shown = " ".join(f"({line.encode('ascii', 'replace').decode().translate(_ESCAPE)}) Tj T*" for line in lines)
    stream = f"BT /F1 16 Tf 72 760 Td 24 TL {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
