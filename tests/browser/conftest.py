"""Fixtures of the browser tests; README.md beside this file says how to write a story with them."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from crawl import FULL
from guards import DESKTOP, HEIGHT, PHONE, Watch, Wire, follow
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from server import Account, Site, running

ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out stories of minutes at a desk, with the reason."""
    for item in items:
        if item.get_closest_marker("story") and not FULL:
            item.add_marker(pytest.mark.skip(reason="stories with every role only with CI or KIT_BROWSER_FULL=1"))


def chromium() -> str | None:
    """Return the system's Chromium."""
    named = os.environ.get("KIT_CHROMIUM")
    return named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; without one the tests are skipped, in CI they fail."""
    program = chromium()
    if program is None:
        reason = "no Chromium found: apt-get install chromium, or set KIT_CHROMIUM"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[str], Site]]:
    """Return a function that serves an app by its name, once for the whole run."""
    sites: dict[str, Site] = {}
    with ExitStack() as stack:

        def get(app: str) -> Site:
            if app not in sites:
                sites[app] = stack.enter_context(running(app))
            return sites[app]

        yield get


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a fresh browser profile of a width (and closes it after the test)."""
    opened: list[BrowserContext] = []

    def make(width: int = DESKTOP, **options: object) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT[width]}, locale="id-ID", reduced_motion="reduce", **options
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def visit(open_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Return a function (site, path, width=…, account=…) -> page, whose complaints fail the test at its end."""
    watches: list[Watch] = []

    def go(
        site: Site, path: str = "/", *, width: int = DESKTOP, account: Account | None = None, **options: object
    ) -> Page:
        page = open_context(width, **options).new_page()
        watch = Watch(site.url)
        watch.attach(page)
        watches.append(watch)
        if account:
            sign_in(page, site, account)
        page.goto(site.url + path)
        return page

    yield go
    complaints = [complaint for watch in watches for complaint in watch.take()]
    assert complaints == []


@pytest.fixture
def wire(open_context: Callable[..., BrowserContext]) -> Callable[..., tuple[Page, Wire]]:
    """Return a function (width) -> (page, byte counter) with an empty cache."""

    def make(width: int = PHONE) -> tuple[Page, Wire]:
        context = open_context(width)
        page = context.new_page()
        return page, Wire(context, page)

    return make


def sign_in(page: Page, site: Site, account: Account) -> None:
    """Sign in as a person does."""
    page.goto(f"{site.url}/masuk/")
    page.get_by_label("Nama pengguna atau surel").fill(account.username)
    page.get_by_label("Kata sandi").fill(account.password)
    follow(page.get_by_role("main").get_by_role("button", name="Masuk"))
    page.wait_for_url(lambda url: "/masuk" not in url)
