"""Fetch and authorise in one step: a stranger gets 404, who may only look gets 403."""

from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.models import User

M = TypeVar("M", bound=Model)


def fetch(
    user: User | AnonymousUser,
    permission: str,
    source: type[M] | QuerySet[M],
    *,
    view: str | None = None,
    **lookup: Any,
) -> M:
    """Return the object found by `lookup` if `user` has `permission` on it.

    Raises Http404 when there is none or the user may not even see it, PermissionDenied when the user has the
    `view` permission but not `permission`. `source` may be a queryset with select_related already set.
    """
    obj = get_object_or_404(source, **lookup)
    if user.has_perm(permission, obj):
        return obj
    if view and user.has_perm(view, obj):
        raise PermissionDenied("Anda boleh melihat berkas ini, tetapi tidak mengubahnya.")
    raise Http404("Tidak ditemukan.")
