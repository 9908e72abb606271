"""A text column that is encrypted in the database (personal numbers, bank accounts)."""

import base64
import functools
import hashlib
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


@functools.cache
def _cipher(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"field:" + key.encode()).digest()))


class UnreadableValue(RuntimeError):
    """A stored value was encrypted with another key."""


def encrypt(text: str) -> str:
    """Return `text` encrypted with AES-CBC and HMAC (Fernet), the key derived from the secret DATA_KEY."""
    return _cipher(settings.DATA_KEY.reveal()).encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """Return what `encrypt` was given; cryptography.fernet.InvalidToken when the key is another one."""
    return _cipher(settings.DATA_KEY.reveal()).decrypt(stored.encode()).decode()


class EncryptedTextField(models.TextField[str, str]):
    """Text that stands encrypted in the database.

    It cannot be searched; keep `core.identity.token(value)` beside it where equality matters.
    """

    description = "Encrypted text"

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way to the database; empty text stays empty."""
        value = super().get_prep_value(value)
        if not value:
            return value
        return encrypt(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Decrypt on the way out; a value of another key is an error, never shown as rubbish."""
        if not value:
            return value
        try:
            return decrypt(value)
        except InvalidToken:
            raise UnreadableValue(
                f"{self.model.__name__}.{self.name} cannot be read: "
                "the secret DATA_KEY is not the one it was written with."
            ) from None

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse searches, which would compare ciphertext and silently find nothing."""
        if lookup_name != "isnull":
            raise TypeError(f"An encrypted column cannot be searched: compare {self.name}_token instead.")
        return super().get_lookup(lookup_name)
