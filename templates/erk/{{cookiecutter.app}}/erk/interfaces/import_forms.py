"""Forms of files and of rows typed in; a row's form follows from the columns of its kind."""

from typing import Any

from django import forms

from core.forms import BaseForm
from erk.domain.imports import Importer


class UploadForm(BaseForm):
    """A file, and the agency it is for where a person keeps several."""

    berkas = forms.FileField(
        label="Berkas CSV atau XLSX",
        help_text="Paling besar 5 MB dan 20.000 baris; baris pertama berisi judul kolom.",
        error_messages={"required": "Pilih berkasnya.", "empty": "Berkas itu kosong."},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    lingkup = forms.ChoiceField(label="Perangkat daerah", required=False)

    def __init__(self, *args: Any, scopes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(scopes) > 1:
            choice: Any = self.fields["lingkup"]
            choice.choices = [("", "Pilih …"), *((code, code) for code in scopes)]
        else:
            self.fields["lingkup"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=scopes[0])


def row_form(kind: type[Importer]) -> type[BaseForm]:
    """Return the form of one row of a kind of file."""
    fields: dict[str, Any] = {}
    for column in kind.columns:
        common = {"label": column.label, "required": column.required, "help_text": column.help}
        missing = {"required": f"{column.label} belum diisi."}
        if column.choices:
            choices = [("", "Pilih …"), *column.choices.choices]
            fields[column.name] = forms.ChoiceField(choices=choices, error_messages=missing, **common)
        else:
            fields[column.name] = forms.CharField(max_length=200, error_messages=missing, **common)
    return type(f"{kind.kind}RowForm", (BaseForm,), fields)
