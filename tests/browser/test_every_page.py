"""Every page of every app, for everybody, on a phone and on a desk: axe-core, layout, console, weight."""

import pytest
from conftest import sign_in
from crawl import FULL, SHARED, Walk
from guards import DESKTOP, FIRST_VISIT, LATER_VISIT, PHONE
from server import apps

SITES = ["gaya", *apps()]


def told(complaints):
    """Return complaints one a line."""
    return "\n" + "\n".join(complaints)


_PUBLIC: dict[str, list[str]] = {}


def public_pages(site, open_context, width=PHONE):
    """Walk an app signed out; return the walk, and remember its pages for the scales."""
    walk = Walk(site, "tamu", width).run(open_context(width).new_page())
    _PUBLIC[site.app] = walk.seen
    return walk


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("app", SITES)
def test_pages_for_visitors(serve, open_context, app, width):
    walk = public_pages(serve(app), open_context, width)
    assert len(walk.seen) > 5
    assert not walk.wrong, told(walk.wrong)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("app", SITES)
def test_pages_for_each_role(serve, open_context, app, width):
    if width == DESKTOP and not FULL:
        pytest.skip("roles at 1280 px only with CI or KIT_BROWSER_FULL=1")
    site = serve(app)
    wrong = []
    for number, account in enumerate({account.role: account for account in site.accounts}.values()):
        page = open_context(width).new_page()
        sign_in(page, site, account)
        wrong += Walk(site, account.role or "PENGGUNA", width, SHARED if number else ()).run(page).wrong
        page.context.close()
    assert not wrong, told(wrong)


@pytest.mark.parametrize("app", SITES)
def test_public_pages_are_light(serve, wire, open_context, app):
    site = serve(app)
    heavy = []
    for path in _PUBLIC.get(app) or public_pages(site, open_context).seen:
        page, count = wire()
        page.goto(site.url + path, wait_until="networkidle")
        if count.bytes > FIRST_VISIT:
            heavy.append(f"{path}: {count.bytes} bytes at the first visit: {count.largest()}")
        page.goto(f"{site.url}/privasi/", wait_until="networkidle")
        count.reset()
        page.goto(site.url + path, wait_until="networkidle")
        if count.bytes > LATER_VISIT:
            heavy.append(f"{path}: {count.bytes} bytes at a later visit: {count.largest()}")
        page.context.close()
    assert not heavy, told(heavy)
