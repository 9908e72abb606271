"""The region's gateway for short messages."""

import http.server
import json
import threading

import pytest

from core import env, sms

PHONE = "+6281234567890"


def test_off_where_the_profile_says_so():
    assert sms.gateway() is None


def test_gateway_speaks_http():
    seen = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((self.path, self.headers["Authorization"], body))
            self.send_response(200 if len(seen) == 1 else 500)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        way = sms.HttpGateway(f"http://127.0.0.1:{server.server_port}/kirim", "kunci")
        way.send(PHONE, "Halo")
        with pytest.raises(OSError, match="answered 500"):
            way.send(PHONE, "Halo")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert seen[0] == ("/kirim", "Bearer kunci", {"to": PHONE, "text": "Halo"})
    with pytest.raises(env.SettingMissing):
        sms.HttpGateway("ftp://x", "kunci")
