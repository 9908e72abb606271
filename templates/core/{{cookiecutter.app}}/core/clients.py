"""Where a request comes from, behind the web server of the same machine or without one."""

import ipaddress

from django.http import HttpRequest


def address(request: HttpRequest) -> str:
    """Return the client's IP address, "" when it cannot be told.

    Only a peer on this machine (a socket or loopback: our own web server) is believed about whom it speaks for, and
    of its header only the last entry, the one that server wrote itself.
    """
    peer = str(request.META.get("REMOTE_ADDR") or "")
    if peer and not _is_loopback(peer):
        return peer
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR") or "").rpartition(",")[2].strip()
    return forwarded if _is_address(forwarded) else peer


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_loopback(text: str) -> bool:
    return _is_address(text) and ipaddress.ip_address(text).is_loopback
