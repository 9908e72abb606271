"""Ways to sign a permit: core's, shared with the other apps."""

from core.signers import (
    BsreSigner,
    Signer,
    TrialSigner,
    WetSigner,
    check_passphrase,
    electronic,
    is_genuine,
)

__all__ = ["BsreSigner", "Signer", "TrialSigner", "WetSigner", "check_passphrase", "electronic", "is_genuine"]
