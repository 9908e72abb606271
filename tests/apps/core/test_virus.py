"""ClamAV: a double that speaks clamd's INSTREAM over a socket, on a path and on a port."""

import io
import socket
import threading

import pytest

from core import files, virus
from core.errors import Refused

PDF = b"%PDF-1.4\n%%EOF\n"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Takes one stream a connection and answers as clamd does; `mute` closes without an answer."""

    def __init__(self, listening: socket.socket, *, mute: bool = False) -> None:
        self.seen: list[bytes] = []
        self._socket, self._mute = listening, mute
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self._socket.accept()
            except OSError:
                return
            with line:
                stream = line.makefile("rb")
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := int.from_bytes(stream.read(4), "big"):
                    content += stream.read(size)
                self.seen.append(content)
                if not self._mute:
                    found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
                    line.sendall(found)


@pytest.fixture(params=["path", "port"])
def listening(request, tmp_path, monkeypatch):
    """Return a listening socket whose address the installation names."""
    if request.param == "path":
        made = socket.socket(socket.AF_UNIX)
        made.bind(str(tmp_path / "clamd.ctl"))
        monkeypatch.setenv("CLAMD", str(tmp_path / "clamd.ctl"))
    else:
        made = socket.socket()
        made.bind(("127.0.0.1", 0))
        monkeypatch.setenv("CLAMD", f"127.0.0.1:{made.getsockname()[1]}")
    made.listen()
    with made:
        yield made
        made.shutdown(socket.SHUT_RDWR)


def test_a_clean_upload_is_seen_whole_and_taken(listening):
    daemon = Clamd(listening)
    content = PDF + bytes(3 * virus.CHUNK)
    assert files.inspect(io.BytesIO(content)) == (content, files.PDF)
    assert daemon.seen == [content]


def test_what_is_found_is_refused(listening):
    Clamd(listening)
    with pytest.raises(Refused, match="perangkat lunak berbahaya"):
        files.inspect(io.BytesIO(PDF + EICAR))


def test_an_upload_nobody_could_look_at_is_not_kept(listening):
    Clamd(listening, mute=True)
    with pytest.raises(Refused, match="belum dapat diperiksa dari virus"):
        files.inspect(io.BytesIO(PDF))


@pytest.mark.parametrize("address", ["/tidak/ada/clamd.ctl", "127.0.0.1:1", "tanpa-port"])
def test_a_daemon_out_of_reach_refuses_too(monkeypatch, address):
    monkeypatch.setenv("CLAMD", address)
    with pytest.raises(Refused, match="belum dapat diperiksa dari virus"):
        files.inspect(io.BytesIO(PDF))


def test_without_a_daemon_nobody_is_asked(monkeypatch):
    monkeypatch.delenv("CLAMD", raising=False)
    assert files.inspect(io.BytesIO(PDF + EICAR)) == (PDF + EICAR, files.PDF)
