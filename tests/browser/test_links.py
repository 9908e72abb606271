"""No link leads where the person may not go: followed over HTTP alone, so many more than a browser could look at."""

import re
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

import pytest
from crawl import FULL, Walk
from server import Account, Site, apps

PER_KIND = 6  # addresses of one pattern that are followed: pages differ by what they are about
MOST_PAGES = 160


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.token = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        if tag == "a" and have.get("href"):
            self.found.append(have["href"] or "")
        if have.get("name") == "csrfmiddlewaretoken":
            self.token = have.get("value") or ""


class _Visitor:
    """A person with cookies and no browser."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str, _Links]:
        """Return the status, the address where it ended and the links of the page."""
        body = urllib.parse.urlencode(data).encode() if data else None
        asked = urllib.request.Request(self.site.url + path, body, {"Referer": self.site.url})
        links = _Links()
        try:
            with self.opener.open(asked, timeout=30) as answer:
                if answer.headers.get_content_type() == "text/html":
                    links.feed(answer.read().decode())
                return answer.status, answer.url, links
        except urllib.error.HTTPError as problem:
            return problem.code, self.site.url + path, links

    def sign_in(self, account: Account) -> None:
        """Sign in by user name and password; office accounts go on to set up a second factor on another day."""
        token = self.open("/masuk/")[2].token
        fields = {"csrfmiddlewaretoken": token, "login": account.username, "password": account.password}
        status, url, _ = self.open("/masuk/", fields)
        assert status == 200
        assert not url.endswith("/masuk/")


def dead_links(site: Site, visitor: _Visitor, who: str) -> tuple[list[str], int]:
    """Follow links from the start page; return those that lead to an error with where they stood, and how many."""
    walk = Walk(site, who)
    waiting, seen, dead = [("/", "")], {"/"}, []
    kinds: dict[str, int] = {}
    while waiting and len(seen) < MOST_PAGES:
        path, stood_on = waiting.pop(0)
        status, _, links = visitor.open(path)
        if status != 200:
            dead.append(f"{who} {path}: status {status}, from {stood_on}")
        for href in links.found:
            url = urllib.parse.urljoin(site.url + path, href)
            walk.kinds.clear()
            target = walk.wanted(url)
            kind = re.sub(r"=[^&]*", "", next(iter(walk.kinds), ""))
            if target and target not in seen and kinds.get(kind, 0) < PER_KIND:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(target)
                waiting.append((target, path))
    return dead, len(seen)


@pytest.mark.parametrize("app", apps())
def test_no_link_leads_to_an_error(serve, app):
    if not FULL:
        pytest.skip("links of each role only with CI or KIT_BROWSER_FULL=1")
    site = serve(app)
    dead, seen = dead_links(site, _Visitor(site), "tamu")
    for account in {account.role: account for account in site.accounts}.values():
        visitor = _Visitor(site)
        visitor.sign_in(account)
        found, count = dead_links(site, visitor, account.role or "PENGGUNA")
        dead, seen = dead + found, seen + count
    assert seen > 500
    assert dead == []
