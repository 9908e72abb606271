"""Filters for money and dates, and the small parts of pages: icon, state, notice, field, pager.

Their syntax is documented in templates/core/README.md.
"""

import datetime as dt
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import Context
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString

from core import codes, dates, identity, money
from core.paging import Page
from core.roles import role_labels, roles
from core.states import look_of

register = template.Library()

_MESSAGE_TONE = {"success": "good", "warning": "waiting", "error": "bad", "info": "progress", "debug": "neutral"}
_TONE_ICON = {
    "good": "check-circle",
    "waiting": "exclamation-triangle",
    "bad": "exclamation-circle",
    "progress": "info-circle",
    "neutral": "info-circle",
}

_KEPT = {
    "proposals": "Usulan dan pertanggungjawaban hibah",
    "applications": "Permohonan izin dan pengaduan",
    "permits": "Izin yang terbit dan tanda lapor usaha",
    "reports": "Tanda lapor usaha",
    "drafts": "Draf yang ditinggalkan",
    "activities": "Catatan aktivitas pegawai",
    "accounts": "Akun yang tidak dipakai lagi",
    "audit": "Jejak audit",
}


@register.filter
def rupiah(amount: int | None) -> str:
    """Return 1250000 as "Rp1.250.000"; nothing for None, which is not Rp0."""
    return "" if amount is None else money.rupiah(amount)


@register.filter
def rupiah_short(amount: int | None) -> SafeString | str:
    """Return 1250000000 as "Rp1,25 miliar" with the full figure for pointer and screen reader."""
    if amount is None:
        return ""
    short, full = money.rupiah_short(amount), money.rupiah(amount)
    return short if short == full else format_html('<abbr class="money" title="{}">{}</abbr>', full, short)


@register.filter
def ribuan(number: int | None) -> str:
    """Return a whole number with dots: 6000 -> "6.000"."""
    return "" if number is None else money.thousands(number)


@register.filter
def tanggal(value: dt.date | None) -> SafeString | str:
    """Return "24 Nov 2026" as a <time>."""
    return _time(value, dates.short_date(value)) if value else ""


@register.filter
def tanggal_panjang(value: dt.date | None) -> SafeString | str:
    """Return "Selasa, 24 November 2026" as a <time>."""
    return _time(value, dates.long_date(value)) if value else ""


@register.filter
def jam(moment: dt.datetime | None) -> str:
    """Return "pukul 13.05 WIB"."""
    return dates.clock(moment) if moment else ""


@register.filter
def tanggal_jam(moment: dt.datetime | None) -> SafeString | str:
    """Return "24 Nov 2026 pukul 13.05 WIB" as a <time>."""
    return _time(moment, f"{dates.short_date(moment)} {dates.clock(moment)}") if moment else ""


def _time(value: dt.date, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.filter
def kode(code: str) -> SafeString:
    """Return a public code in groups of four: "ABCD-EFGH-JKMN"."""
    return format_html('<span class="code">{}</span>', codes.pretty(code))


@register.filter
def telepon(number: str) -> str:
    """Return a stored phone number as people write it: "0812-3456-7890"."""
    return identity.local_phone(number) if number else ""


@register.filter
def nik_tersamar(nik: str) -> str:
    """Return a NIK as others may see it: "3273********0012"."""
    return identity.mask_nik(nik)


@register.filter
def role_label(code: str) -> str:
    """Return the name of a role; its code when the app no longer has it."""
    return str(dict(roles().choices).get(code, code))


@register.filter
def retention_name(key: str) -> str:
    """Return what a kind of data of `privacy.retention` is called."""
    return _KEPT.get(key, key.replace("_", " ").capitalize())


@register.filter
def back(request: HttpRequest) -> str:
    """Return the page a person came from if it is ours, else the start page."""
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if ours else get_script_prefix()


@register.filter
def role_names(user: Any) -> str:
    """Return the names of the roles a person holds today, "Pengguna" without any."""
    return ", ".join(role_labels(user)) or "Pengguna"


@register.filter
def message_tone(message: Message) -> str:
    """Return the tone of a message of django.contrib.messages."""
    return _MESSAGE_TONE.get(message.level_tag, "progress")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon of the sprite; it is decoration unless it gets a label."""
    sprite = static("core/vendor/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, sprite, name
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name)


@register.simple_tag
def state(source: Any) -> SafeString:
    """Return the badge of an object's state: icon, word and colour; `source` is the object or a StateLook."""
    look = look_of(source)
    return badge(look.label, look.tone, look.icon)


@register.filter
def state_sentence(source: Any) -> str:
    """Return the sentence that says what is so now."""
    return look_of(source).sentence


@register.simple_tag
def badge(label: str, tone: str = "neutral", icon_name: str = "") -> SafeString:
    """Return a small mark with a word; `tone` is one of neutral, progress, waiting, good, bad."""
    return format_html('<span class="badge badge--{}">{}{}</span>', tone, icon(icon_name or _TONE_ICON[tone]), label)


@register.inclusion_tag("core/parts/notice.html")
def notice(tone: str, text: Any, title: str = "") -> dict[str, Any]:
    """Show a sentence that must not be missed."""
    return {"tone": tone, "icon": _TONE_ICON[tone], "text": text, "title": title}


@register.inclusion_tag("core/parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Show one field: label, help, error, input. What was typed stays."""
    widget = bound.field.widget
    if str(widget.attrs.get("placeholder", "")) == str(bound.label):
        del widget.attrs["placeholder"]  # allauth repeats its labels inside its inputs
    maximum = widget.attrs.get("maxlength") if widget.__class__.__name__ == "Textarea" else None
    return {
        "field": bound,
        "kind": getattr(widget, "input_type", "") or ("group" if widget.use_fieldset else "text"),
        "optional": not (bound.field.required or getattr(bound.field, "needed_to_send", False)),
        "grouped": bound.use_fieldset,
        "affix": widget.attrs.get("data-affix", ""),
        "maximum": maximum,
    }


@register.inclusion_tag("core/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Show all fields of a form in their order."""
    return {"form": form}


@register.inclusion_tag("core/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Show what is wrong with a form, each line linked to its field; nothing when all is well."""
    return {"form": form, "faults": _faults(form)}


def _faults(form: BaseForm) -> list[tuple[str, str]]:
    lines = []
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        label = f"{str(bound.label).rstrip('?.:')}: " if bound else ""
        lines += [(_anchor(bound) if bound else "", f"{label}{error}") for error in errors]
    return lines


def _anchor(bound: BoundField) -> str:
    return bound.id_for_label or f"{bound.auto_id}_0"


@register.inclusion_tag("core/parts/answers.html")
def answers(bound: BoundField) -> dict[str, Any]:
    """Show the choices of a field as big buttons that send the form: one question a page.

    The field may have `choice_help`, a mapping from value to a line under the answer.
    """
    helps = getattr(bound.field, "choice_help", {})
    shown = [(value, label, helps.get(value, "")) for value, label in bound.field.choices if value != ""]
    return {"field": bound, "answers": shown}


@register.inclusion_tag("core/parts/chips.html")
def chips(filterset: Any) -> dict[str, Any]:
    """Show each active filter as a chip that removes it."""
    return {"filterset": filterset}


@register.inclusion_tag("core/parts/filters.html")
def filters(filterset: Any) -> dict[str, Any]:
    """Show the form of a filter set, folded, open when something in it is wrong."""
    return {"filterset": filterset}


@register.inclusion_tag("core/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page) -> dict[str, Any]:
    """Show the links to the other pages of a list; filters stay in the address."""
    return {"page": page, "links": page.links(context["request"].GET)}


@register.inclusion_tag("core/parts/empty.html")
def empty(text: str, url: str = "", button: str = "", icon_name: str = "inbox") -> dict[str, Any]:
    """Say that there is nothing yet, and what to do."""
    return {"text": text, "url": url, "button": button, "icon": icon_name}


@register.inclusion_tag("core/parts/crumbs.html")
def crumbs(*parts: str) -> dict[str, Any]:
    """Show the way here: {% crumbs "Usulan" url "UMKM-3" %}: label and address in turn, the last label alone."""
    labels, urls = parts[::2], [*parts[1::2], ""]
    return {"crumbs": list(zip(labels, urls, strict=False))}
