"""The form of another account."""

from django import forms

from core.forms import BaseForm
from sabilulungan.interfaces.forms.fields import AccountField


class AccountForm(BaseForm):
    """Bank, number and owner of an account."""

    bank = forms.CharField(label="Bank", max_length=60)
    account_number = AccountField(label="Nomor rekening")
    owner_name = forms.CharField(label="Atas nama", max_length=150, help_text="Harus sama dengan nama penerima.")
