"""What stands around an app while it is measured: gunicorn on its own socket, nginx with the micro-cache before it."""

import contextlib
import http.client
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

WEB = Path(__file__).resolve().parents[1] / "templates/region/{{cookiecutter.app}}/deploy/web"
URLS = """from django.http import HttpResponse
from django.urls import path
from config.urls import *
urlpatterns = [path("kosong/", lambda request: HttpResponse()), *urlpatterns]
"""
NGINX = """user {user}; daemon off; worker_processes 1; pid {place}/nginx.pid; error_log {place}/nginx.log;
events {{ worker_connections 256; }}
http {{
    access_log off; client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/f;
    uwsgi_temp_path {place}/u; scgi_temp_path {place}/s; keepalive_requests 1000000;
    {cache_path}
    {session}
    server {{
        listen unix:{place}/front.sock;
        location / {{ proxy_pass http://unix:{place}/app.sock; {passed} {cache} }}
    }}
}}
"""


class Local(http.client.HTTPConnection):
    """A connection to a Unix socket that stays open."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        """Open the socket."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))

    def page(self, address: str, cookie: str = "") -> bytes:
        """Return a page's body; anything but 200 ends the run."""
        self.request("GET", address, headers={"Cookie": cookie} if cookie else {})
        answer = self.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{address} answered {answer.status}")
        return body


def _wait(path: Path, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(path))
            return
        if process.poll() is not None:
            raise SystemExit(f"{process.args} ended with {process.returncode}.")
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers at {path}.")


@contextlib.contextmanager
def _running(command: list[str], listens: Path, **options: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a server until the end of the block."""
    process = subprocess.Popen(command, **options)
    try:
        _wait(listens, process)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def gunicorn(app: Path, place: Path) -> "contextlib.AbstractContextManager[subprocess.Popen[bytes]]":
    """Run an app in one process on `place`/app.sock; it has one more address, /kosong/, that does nothing."""
    (place / "bench_urls.py").write_text(URLS, encoding="utf-8")
    (place / "bench_settings.py").write_text("from config.settings import *\nROOT_URLCONF = 'bench_urls'\n", "utf-8")
    options = ["--workers", "1", "--threads", "8", "--worker-class", "gthread", "--log-level", "warning"]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"unix:{place}/app.sock"]
    paths = os.pathsep.join(filter(None, [str(place), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench_settings", "PYTHONPATH": paths}
    return _running([*command, *options, "--no-control-socket"], place / "app.sock", cwd=app, env=environment)


def nginx(place: Path) -> "contextlib.AbstractContextManager[subprocess.Popen[bytes]]":
    """Run nginx on `place`/front.sock before the app, its cache as servers get it.

    Its limits a visitor are left out: one client that measures would meet them at once.
    """
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise SystemExit("No nginx on this machine; as root: apt install nginx")
    read = {name: (WEB / f"{name}.conf").read_text("utf-8") for name in ("app", "http", "pass")}
    cache_path = re.search(r"^proxy_cache_path \S+(.*;)$", read["http"], re.MULTILINE)
    session = re.search(r"^map \$http_cookie \$kit_session \{.*?^\}", read["http"], re.MULTILINE | re.DOTALL)
    if cache_path is None or session is None:
        raise SystemExit("deploy/web/http.conf has no micro-cache any more.")
    text = NGINX.format(
        place=place, user=pwd.getpwuid(os.geteuid()).pw_name, session=session[0],
        cache_path=f"proxy_cache_path {place}/cache{cache_path[1]}",
        passed=" ".join(re.findall(r"^proxy_(?:http_version|set_header (?:H|C)).*;$", read["pass"], re.MULTILINE)),
        cache="\n".join(re.findall(r"^proxy_(?:cache|no_cache).*;$", read["app"], re.MULTILINE)),
    )  # fmt: skip
    (place / "nginx.conf").write_text(text, encoding="utf-8")
    return _running([program, "-c", f"{place}/nginx.conf", "-e", f"{place}/nginx.log"], place / "front.sock")


def workers(server: "subprocess.Popen[bytes]", database: str) -> list[int]:
    """Return the processes a request is served by: gunicorn's worker, and the database's, one a connection."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
    found = [int(child) for child in children]
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (folder / "cmdline").read_bytes().startswith(f"postgres: kit {database} ".encode()):
                found.append(int(folder.name))
    return found
