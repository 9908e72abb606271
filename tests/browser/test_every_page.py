"""Every page of every app, for everybody, on a phone and on a desk: axe-core, layout, console, weight."""

import pytest
from conftest import sign_in
from crawl import FULL, SHARED, Walk
from guards import FIRST_VISIT, LATER_VISIT, PHONE
from server import apps

SITES = ["gaya", *apps()]


def told(complaints):
    """Return complaints one a line."""
    return "\n" + "\n".join(complaints)


_PUBLIC: dict[str, Walk] = {}


def public_pages(site, open_context):
    """Walk an app signed out; return the walk, and remember it for the scales and the roles."""
    if site.app not in _PUBLIC:
        _PUBLIC[site.app] = Walk(site, "tamu").run(open_context(PHONE).new_page())
    return _PUBLIC[site.app]


@pytest.mark.parametrize("app", SITES)
def test_pages_for_visitors(serve, open_context, app):
    """On a phone and on a desk."""
    walk = public_pages(serve(app), open_context)
    assert len(walk.seen) > 5
    assert not walk.wrong, told(walk.wrong)


@pytest.mark.parametrize("app", SITES)
def test_pages_for_each_role(serve, open_context, app):
    """What visitors see as well is left to their walk; on a desk roles share the kinds of pages they look at."""
    if not FULL:
        pytest.skip("pages of each role only with CI or KIT_BROWSER_FULL=1")
    site = serve(app)
    public = public_pages(site, open_context)
    wrong, at_desk = [], dict(public.at_desk)
    for number, account in enumerate({account.role: account for account in site.accounts}.values()):
        page = open_context(PHONE).new_page()
        sign_in(page, site, account)
        walk = Walk(
            site, account.role or "PENGGUNA", SHARED if number else (), kinds=dict(public.kinds), at_desk=at_desk
        )
        wrong += walk.run(page).wrong
        page.context.close()
    assert not wrong, told(wrong)


@pytest.mark.parametrize("app", SITES)
def test_public_pages_are_light(serve, wire, open_context, app):
    if not FULL:
        pytest.skip("weight of pages only with CI or KIT_BROWSER_FULL=1")
    site = serve(app)
    heavy = []
    for path in public_pages(site, open_context).seen:
        page, count = wire()
        count.go(site.url + path)
        if count.bytes > FIRST_VISIT:
            heavy.append(f"{path}: {count.bytes} bytes at the first visit: {count.largest()}")
        page.goto("about:blank")  # so that it is a visit, and not the same page once more
        count.reset()
        count.go(site.url + path)
        if count.bytes > LATER_VISIT:
            heavy.append(f"{path}: {count.bytes} bytes at a later visit: {count.largest()}")
        page.context.close()
    assert not heavy, told(heavy)
