"""What must hold on every page: judged by axe-core and by measures taken in the browser."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Locator, Page

AXE = (Path(__file__).parent / "vendor/axe.min.js").read_text(encoding="utf-8")
PHONE, DESKTOP = 360, 1280
HEIGHT = {PHONE: 740, DESKTOP: 860}
FIRST_VISIT, LATER_VISIT = 100_000, 15_000  # bytes over the wire
TARGET = 44  # CSS pixels
QUIET, PAUSE = 100, 20  # ms without an open request until a page is whole, and between two looks
PATIENCE = 15_000  # ms until a request that never ends is a fault

_SHAPE = """(least) => {
  const found = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(...[...document.querySelectorAll('body *')]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map((e) => `${e.tagName.toLowerCase()}.${e.className} reaches ${wide}px past the edge`));
  found.push(...[...document.querySelectorAll('button, .btn, select, textarea, summary, nav a,'
    + 'input:not([type=hidden], [type=checkbox], [type=radio], .visually-hidden)')]
    .filter((e) => e.checkVisibility() && !e.closest('.crumbs, .visually-hidden, noscript'))
    .filter((e) => e.getBoundingClientRect().height < least - 0.5)
    .slice(0, 3).map((e) => `${e.outerHTML.slice(0, 80)} is ${Math.round(e.getBoundingClientRect().height)}px high`));
  if (document.documentElement.lang !== 'id') found.push("the page's language is not id");
  const headings = document.querySelectorAll('h1').length;
  if (headings !== 1) found.push(`the page has ${headings} main headings`);
  return [found, 'axe' in window];
}"""
_AXE = """async () => {
  document.querySelectorAll('details:not(.band__menu, [open])')
    .forEach((d) => { d.open = true; d.dataset.closed = ''; });
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
  return found.violations.map((v) => `${v.id}: ${v.help}: ` + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)
    + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | '));
}"""


@dataclass
class Watch:
    """Everything a page said or asked for since it was watched."""

    origin: str
    complaints: list[str] = field(default_factory=list)
    expected_status: int = 200

    def attach(self, page: Page) -> None:
        """Note console errors, script errors and requests to anywhere else."""
        page.on("console", lambda message: self._said(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, kind: str, text: str) -> None:
        if kind not in ("error", "warning"):
            return
        if self.expected_status >= 400 and "Failed to load resource" in text:
            return
        self.complaints.append(f"console {kind}: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.complaints.append(f"request to elsewhere: {url}")

    def take(self) -> list[str]:
        """Return the complaints and forget them."""
        taken, self.complaints[:] = list(self.complaints), []
        return taken


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page as shown: axe-core, sideways scrolling, small targets, document basics.

    A page on its way in, after a click, is waited for: a half of it says nothing.
    """
    page.wait_for_load_state("load")
    found, ready = page.evaluate(_SHAPE, TARGET)
    if not ready:
        page.evaluate(AXE)
    return [*found, *page.evaluate(_AXE)]


def follow(target: Locator) -> None:
    """Click what leads to another page, and wait until that page is there.

    On a busy machine a click returns before the browser has left, and what is read next is still the page before.
    """
    with target.page.expect_navigation():
        target.click()


class Wire:
    """Counts bytes over the wire in one browser context."""

    def __init__(self, context: BrowserContext, page: Page) -> None:
        self.bytes = 0
        self.parts: list[tuple[int, str]] = []
        self._urls: dict[str, str] = {}
        self._page = page
        self._open: set[str] = set()
        self._shown = ""
        self._session: CDPSession = context.new_cdp_session(page)
        self._session.send("Network.enable")
        self._session.on("Network.requestWillBeSent", self._started)
        self._session.on("Network.loadingFinished", self._finished)
        self._session.on("Network.loadingFailed", lambda event: self._open.discard(event["requestId"]))

    def _started(self, event: dict[str, Any]) -> None:
        one, document = event["requestId"], event["loaderId"]
        self._urls[one] = event["request"]["url"]
        if one == document:  # a new page: what the one before still asks for is cut off, and never said to have ended
            self._shown = document
            self._open.clear()
        if document == self._shown:
            self._open.add(one)

    def _finished(self, event: dict[str, Any]) -> None:
        self._open.discard(event["requestId"])
        size = int(event["encodedDataLength"])
        self.bytes += size
        self.parts.append((size, self._urls.get(event["requestId"], "?")))

    def go(self, url: str) -> None:
        """Open a page and wait until everything it asked for has come."""
        self._page.goto(url, wait_until="load")
        quiet = 0
        for _ in range(PATIENCE // PAUSE):
            self._page.wait_for_timeout(PAUSE)
            quiet = 0 if self._open else quiet + PAUSE
            if quiet >= QUIET:
                return
        raise AssertionError(f"{url}: never ended: {sorted(self._urls.get(one, '?') for one in self._open)}")

    def reset(self) -> None:
        """Start counting anew."""
        self.bytes, self.parts = 0, []

    def largest(self) -> str:
        """Return the largest answers, for a failure's text."""
        return ", ".join(f"{size} {url.rsplit('/', 1)[-1]}" for size, url in sorted(self.parts, reverse=True)[:6])
