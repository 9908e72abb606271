"""Uploads are shown to ClamAV where the installation names its daemon: `CLAMD=/run/clamav/clamd.ctl` or `host:3310`."""

import socket
from collections.abc import Iterator

from core import env
from core.errors import Refused

TIMEOUT = 20  # seconds
CHUNK = 64 * 1024
MOST_ANSWERED = 4096


def check(content: bytes) -> None:
    """Refuse content in which clamd finds something, and any content while it does not answer.

    Nothing happens where no daemon is named. An upload that could not be looked at is never kept.
    """
    address = env.text("CLAMD", "")
    if not address:
        return
    try:
        answer = _ask(address, content)
    except (OSError, ValueError):
        answer = ""
    if answer.endswith(" FOUND"):
        raise Refused("Berkas itu memuat perangkat lunak berbahaya dan tidak disimpan. Periksa komputer Anda.")
    if not answer.endswith(" OK"):
        raise Refused("Berkas belum dapat diperiksa dari virus, jadi belum disimpan. Coba lagi sebentar lagi.")


def _ask(address: str, content: bytes) -> str:
    """Return clamd's answer to INSTREAM, without its ending NUL: "stream: OK" or "stream: NAME FOUND"."""
    with _line(address) as line:
        for part in _parts(content):
            line.sendall(part)
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < MOST_ANSWERED:
            more = line.recv(1024)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def _line(address: str) -> socket.socket:
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=TIMEOUT)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(TIMEOUT)
    try:
        line.connect(address)
    except OSError:
        line.close()
        raise
    return line


def _parts(content: bytes) -> Iterator[bytes]:
    """The command, the content in chunks with their length before each, and a chunk of no length as the end."""
    yield b"zINSTREAM\0"
    for start in range(0, len(content), CHUNK):
        chunk = content[start : start + CHUNK]
        yield len(chunk).to_bytes(4, "big") + chunk
    yield bytes(4)
