"""Forms of signing: the signer's second proof, and the scan of a paper signed with ink."""

from typing import Any

from django import forms

from core import signers
from core.enums import Signature
from core.forms import BaseForm


class PassphraseForm(BaseForm):
    """The second proof: the account's password, or the passphrase of the certificate where BSrE signs."""

    passphrase = forms.CharField(
        label="Kata sandi akun Anda", max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Ditanyakan lagi karena tanda tangan mengikat secara hukum.",
    )  # fmt: skip

    def __init__(self, *args: Any, way: signers.Signer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if way.kind == Signature.BSRE:
            field = self.fields["passphrase"]
            field.label = "Passphrase sertifikat elektronik Anda"
            field.help_text = "Passphrase dari BSrE, bukan kata sandi akun."
            field.widget.attrs["autocomplete"] = "off"


class ScanForm(BaseForm):
    """The scan, and who signed."""

    scan = forms.FileField(
        label="Pindaian dokumen yang ditandatangani (PDF)", allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}), help_text="Paling besar 5 MB.",
    )  # fmt: skip
    name = forms.CharField(label="Nama yang menandatangani", max_length=150)
