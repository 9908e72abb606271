"""`deploy/secrets.yml`: made once, encrypted with Ansible Vault; only what is missing is added."""

import base64
import os
import secrets as random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from kit.deploy.ansible import variables_file
from kit.errors import KitError

PLACE = "deploy/secrets.yml"
VARIABLE = "kit_secrets"
_BYTES = 48


class Secrets:
    """The secrets of one region. They cannot be printed: ``repr`` names them, nothing tells their values."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        self.added: list[str] = []

    def __repr__(self) -> str:
        return f"Secrets({', '.join(sorted(self._values))})"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("Secrets are not written anywhere but into their vault.")

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def ensure(self, name: str, make: Callable[[], str]) -> None:
        """Add the secret *name* if there is none yet."""
        if name not in self._values:
            self.put(name, make())

    def put(self, name: str, value: str) -> None:
        """Set the secret *name*; counted as added only if it differs."""
        if self._values.get(name) != value:
            self._values[name] = value
            self.added.append(name)

    def reveal(self, name: str) -> str:
        """The value, for the one place that needs it. Raises KitError if it was never given."""
        try:
            return self._values[name]
        except KeyError:
            raise KitError(f"The secret {name} is missing in {PLACE}.") from None

    def reveal_all(self) -> dict[str, str]:
        """All values by name, for the vault and for digests."""
        return dict(self._values)


def password_file(code: str) -> Path:
    """Where the vault password of a region is, outside of its repository: ``~/.config/kit/CODE.vault-pass``."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "kit" / f"{code}.vault-pass"


def new_secret() -> str:
    """48 random bytes as URL-safe base64, 64 characters: fit to sign with, and to derive keys from."""
    return base64.urlsafe_b64encode(random.token_bytes(_BYTES)).decode()


def read(repository: Path, password: Path) -> Secrets:
    """The region's secrets; none if the file is not there yet.

    Raises KitError when the file is there but its password is not, or is another one.
    """
    file = repository / PLACE
    if not file.exists():
        return Secrets({})
    if not password.is_file():
        raise KitError(
            f"{file} is encrypted and its password file {password} is not on this machine. "
            "Copy it from the machine that made the secrets, or from its safe copy."
        )
    from ansible.errors import AnsibleError  # type: ignore[import-untyped]

    try:
        found = yaml.load(_vault(password).decrypt(file.read_bytes()), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except (AnsibleError, yaml.YAMLError):
        raise KitError(f"{file} cannot be opened with the password in {password}.") from None
    values = found.get(VARIABLE) if isinstance(found, dict) else None
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise KitError(f"{file} must hold texts under {VARIABLE}. Mend it with ansible-vault edit.")
    return Secrets(values)


def write(repository: Path, password: Path, secrets: Secrets) -> None:
    """Write all secrets, encrypted; complete or not at all. The password is made with the first of them."""
    if not password.exists():
        password.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_private(password, random.token_urlsafe(_BYTES) + "\n")
    text = variables_file({VARIABLE: dict(sorted(secrets.reveal_all().items()))})
    _write_private(repository / PLACE, _vault(password).encrypt(text).decode())


def _vault(password: Path) -> Any:
    from ansible.parsing.vault import VaultLib, VaultSecret  # type: ignore[import-untyped]

    return VaultLib([("default", VaultSecret(password.read_bytes().strip()))])


def _write_private(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.unlink(missing_ok=True)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    partial.rename(path)


class _Loader(yaml.SafeLoader):
    """Reads what `variables_file` writes: texts marked as no templates."""


def _plain(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_Loader.add_constructor("!unsafe", _plain)
