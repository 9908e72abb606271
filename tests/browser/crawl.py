"""Walk an app from its start page like a visitor, look at each kind of page, and collect what is wrong."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urlsplit

from guards import Watch, faults
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


@dataclass
class Walk:
    """One walk: which pages were seen, and what was wrong on them."""

    site: Site
    who: str
    width: int
    skip: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    kinds: dict[str, int] = field(default_factory=dict)  # of addresses: shared by walks that are to differ

    def run(self, page: Page, start: str = "/") -> "Walk":
        """Visit everything reachable by links from `start`."""
        watch = Watch(self.site.url)
        watch.attach(page)
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
        if SHOTS:
            self._shoot(page, path)
        complaints = [f"status {status}"] if status != 200 else []
        complaints += watch.take() + faults(page)
        self.wrong += [f"{self.who} {self.width}px {path}: {complaint}" for complaint in complaints]
        watch.take()

    def wanted(self, href: str) -> str:
        """Return the path of a page that is to be looked at, and count its kind; empty for anything else."""
        url = urlsplit(urldefrag(href).url)
        if f"{url.scheme}://{url.netloc}" != self.site.url or url.path.startswith(NEVER + self.skip):
            return ""
        path = url.path + (f"?{url.query}" if url.query else "")
        keys = ",".join(sorted({key for key, _ in parse_qsl(url.query)}))
        if re.search(r"\b(ekspor|format|unduh)\b", keys) or Path(url.path).suffix or _NO_PAGE.search(url.path):
            return ""
        kind = f"{_MANY.sub('*', url.path)}{'?' if keys else ''}"
        if path in self.seen or self.kinds.get(kind, 0) >= PER_KIND:
            return ""
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        return path

    def _shoot(self, page: Page, path: str) -> None:
        name = re.sub(r"[^A-Za-z0-9]+", "-", path).strip("-") or "beranda"
        folder = SCREENSHOTS / self.site.app / self.who
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name[:80]}-{self.width}.png", full_page=True)
