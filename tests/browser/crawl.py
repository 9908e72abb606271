"""Walk an app from its start page like a visitor, look at each kind of page, and collect what is wrong.

A page comes on a phone, and is then widened to a desk's screen: it is asked of the server once for both.
"""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urlsplit

from guards import AXE, DESKTOP, HEIGHT, PHONE, Watch, faults
from playwright.sync_api import Page, Response
from server import ROOT, Site

SCREENSHOTS = ROOT / "var/screenshots"
PER_KIND = 2  # pages of one address pattern that are looked at, and as many with a query
SHOTS = bool(os.environ.get("KIT_BROWSER_SHOTS"))  # to look at: a third of a walk's time
FULL = bool(os.environ.get("CI") or os.environ.get("KIT_BROWSER_FULL"))  # else a sample, for a quick run at a desk
MOST_PAGES = 60 if FULL else 8
SHARED = ("/akun/", "/jejak-audit/", "/privasi/", "/lupa-sandi/", "/kotak-masuk/", "/masuk/")  # alike for every role
NEVER = ("/keluar", "/bahasa/", "/berkas/", "/static/", "/api/")  # sign out, language, downloads, not pages
_NO_PAGE = re.compile(r"/(?:pdf|contoh)/$|^/kotak-masuk/\d+/$")  # downloads; a message is marked read, leads elsewhere
_MANY = re.compile(r"(?<=/)(?:\d+|[0-9a-f]{8,}|[A-Za-z0-9_-]*\d[A-Za-z0-9_.-]*|[A-Z0-9-]{6,})(?=/|$)")
_CLOSE = "document.querySelectorAll('details[data-closed]').forEach((d) => { d.open = false; })"  # as it came


@dataclass
class Walk:
    """One walk: which pages were seen, and what was wrong on them."""

    site: Site
    who: str
    skip: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)  # of addresses, and how many of each were taken up
    at_desk: dict[str, int] = field(default_factory=dict)  # the same of those looked at on a desk; walks share it

    def run(self, page: Page, start: str = "/") -> "Walk":
        """Visit everything reachable by links from `start`, on a page that is a phone's."""
        watch = Watch(self.site.url)
        watch.attach(page)
        page.add_init_script(AXE)  # once for all pages: sending it again to each takes longer
        waiting = [start]
        while waiting and len(self.seen) < MOST_PAGES:
            path = waiting.pop(0)
            answer = page.goto(self.site.url + path, wait_until="load")
            self.seen.append(path)
            self._judge(page, answer, watch, path)
            for href in page.eval_on_selector_all("a[href]", "all => all.map((a) => a.href)"):
                target = self.wanted(href)
                if target and target not in waiting:
                    waiting.append(target)
        return self

    def _judge(self, page: Page, answer: Response | None, watch: Watch, path: str) -> None:
        status = answer.status if answer else 0
        complaints = [f"status {status}"] if status != 200 else []
        self._look(page, PHONE, path, complaints + watch.take())
        if len(self.seen) == 1 or _counted(self.at_desk, _kind(path)):  # each role's own start page in any case
            page.evaluate(_CLOSE)
            _widen(page, DESKTOP)
            self._look(page, DESKTOP, path, watch.take())
            _widen(page, PHONE)
        watch.take()

    def _look(self, page: Page, width: int, path: str, complaints: list[str]) -> None:
        if SHOTS:
            self._shoot(page, path, width)
        complaints += faults(page)
        self.wrong += [f"{self.who} {width}px {path}: {complaint}" for complaint in complaints]

    def wanted(self, href: str) -> str:
        """Return the path of a page that is to be looked at, and count its kind; empty for anything else."""
        url = urlsplit(urldefrag(href).url)
        if f"{url.scheme}://{url.netloc}" != self.site.url or url.path.startswith(NEVER + self.skip):
            return ""
        path = url.path + (f"?{url.query}" if url.query else "")
        keys = {key for key, _ in parse_qsl(url.query)}
        if keys & {"ekspor", "format", "unduh"} or Path(url.path).suffix or _NO_PAGE.search(url.path):
            return ""
        if path in self.seen or not _counted(self.kinds, _kind(path)):
            return ""
        return path

    def _shoot(self, page: Page, path: str, width: int) -> None:
        name = re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-") or "beranda"
        folder = SCREENSHOTS / self.site.app / self.who
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name[:80]}-{width}.png", full_page=True)


def _kind(path: str) -> str:
    """The pattern of an address, and whether it asks something."""
    place, asks, _ = path.partition("?")
    return f"{_MANY.sub('*', place)}{asks}"


def _counted(kinds: dict[str, int], kind: str) -> bool:
    """Is another page of this kind to be looked at? It is counted then."""
    if kinds.get(kind, 0) >= PER_KIND:
        return False
    kinds[kind] = kinds.get(kind, 0) + 1
    return True


def _widen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT[width]})
