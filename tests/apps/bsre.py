"""A double of the eSign service of BSrE: it signs, refuses and keeps people waiting as the service does."""

import base64
import json
import threading
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PASSPHRASE = "Rahasia-BSrE-1"
LOGIN = ("aplikasi", "rahasia-aplikasi")
MARK = b"\n%BSrE-double\n"


class Bsre(ThreadingHTTPServer):
    """Serves POST /api/sign/pdf on a port of this machine; `mood` says how it answers, `seen` what was sent.

    Moods: "" signs for people in `known` with the passphrase; "down" answers 503; "expired" and "unknown" refuse the
    person; "hang" says nothing until `let_go` is set; "broken" signs with something that is no PDF.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.mood = ""
        self.seen: list[dict[str, bytes]] = []
        self.let_go = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def address(self) -> str:
        """Return the endpoint as a profile names it."""
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of callers that did not wait for the answer."""

    def close(self) -> None:
        """Stop serving."""
        self.let_go.set()
        self.shutdown()
        self.server_close()


class _Answer(BaseHTTPRequestHandler):
    server: Bsre

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        parts = BytesParser(policy=HTTP).parsebytes(head + body).iter_parts()
        sent = {part.get_param("name", header="content-disposition"): part.get_payload(decode=True) for part in parts}
        self.server.seen.append(sent)
        self._tell(*self._judge(sent))

    def _judge(self, sent: dict[str, bytes]) -> tuple[int, bytes]:
        mood = self.server.mood
        login = base64.b64encode(":".join(LOGIN).encode()).decode()
        if self.path != "/api/sign/pdf":
            return 404, b""
        if self.headers["Authorization"] != f"Basic {login}":
            return 401, b""
        if mood == "hang":
            self.server.let_go.wait(10)
        if mood == "down":
            return 503, b"<html>Service Unavailable</html>"
        if mood == "unknown":
            return 400, _error("User tidak terdaftar", 2011)
        if mood == "expired":
            return 400, _error("Certificate has expired", 2021)
        if mood == "odd":
            return 400, _error("Kuota habis", 4001)
        if sent["passphrase"].decode() != PASSPHRASE:
            return 400, _error("Passphrase anda salah", 2031)
        return 200, b"<html>" if mood == "broken" else sent["file"] + MARK

    def _tell(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _error(said: str, number: int) -> bytes:
    return json.dumps({"error": said, "status_code": number}).encode()
