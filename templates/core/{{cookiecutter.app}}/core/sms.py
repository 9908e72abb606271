"""The region's gateway for short messages, SMS or WhatsApp (profile: `notify.whatsapp_sms`)."""

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Protocol
from urllib.parse import urlsplit

from core import env
from core.region import region

TIMEOUT = 10  # seconds


class Gateway(Protocol):
    """What delivers a text to a telephone number; OSError when it cannot now."""

    def send(self, phone: str, text: str) -> None:
        """Send one text to "+62…"."""


class HttpGateway:
    """Posts {"to", "text"} as JSON with a bearer token to the region's gateway; any answer but 2xx is a failure."""

    def __init__(self, address: str, token: str) -> None:
        url = urlsplit(address)
        if url.scheme not in ("http", "https") or not url.hostname:
            raise env.SettingMissing(f"SMS_GATEWAY must be an http(s) address, not {address!r}.")
        kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
        self._line = kind(url.hostname, url.port, timeout=TIMEOUT)
        self._path, self._token = url.path or "/", token

    def send(self, phone: str, text: str) -> None:
        """Send one text."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        try:
            self._line.request("POST", self._path, json.dumps({"to": phone, "text": text}), headers)
            answer = self._line.getresponse()
            answer.read()
        except HTTPException as error:
            raise OSError(f"{type(error).__name__}: {error}") from None
        finally:
            self._line.close()
        if not 200 <= answer.status < 300:
            raise OSError(f"the gateway answered {answer.status}")


def gateway() -> Gateway | None:
    """Return the region's gateway, None where the profile leaves it off."""
    if region().notify.whatsapp_sms != "gateway":
        return None
    return HttpGateway(env.text("SMS_GATEWAY", ""), env.secret("SMS_TOKEN").reveal())
