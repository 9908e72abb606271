"""The forecast as one page a maintainer opens: no address in it is fetched, every word from a region is escaped."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from kit.upgrade.forecast.outlook import ORDER, Outlook, counts, ordered
from kit.upgrade.reasons import Reason

_TONES = {"conflicts": "bad", "cannot be foretold": "bad", "merges cleanly": "good", "up to date": "still"}
_TITLES = {
    "conflicts": "meet conflicts",
    "cannot be foretold": "cannot be foretold",
    "merges cleanly": "merge cleanly",
    "up to date": "are up to date",
    "overrides touched": "have an override to look at",
    "database migrations": "need database migrations",
}

_STYLE, _SCRIPT = (Path(__file__).with_name(name) for name in ("page.css", "page.js"))
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"


def page(found: Sequence[Outlook], version: str, made: str) -> str:
    """The page. ``version``: of the kit whose templates were tried; ``made``: when, for people."""
    sums = counts(found)
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>",
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        f"<title>Forecast of {len(found)} regions</title><style>{_STYLE.read_text(encoding='utf-8')}</style><main>",
        f"<h1>Forecast of {len(found)} regions</h1>",
        f"<p>The templates of kit {escape(version)} as they stand, tried on {escape(made)}. Nothing was touched.</p>",
        _bar(found),
        "<dl class='sum'>",
        *(f"<div><dt>{_TITLES[key]}</dt><dd class='{_tone(key, sums[key])}'>{sums[key]}</dd></div>" for key in sums),
        "</dl><label>Show only regions, files or words with <input type='search'></label>",
    ]
    for meets in ORDER:
        group = [one for one in ordered(found) if one.meets == meets]
        if group:
            parts.append(f"<section><h2 class='{_TONES[meets]}'>{len(group)} {_TITLES[meets]}</h2>")
            parts.append(
                "<div class='table'><table><thead><tr><th>Region</th><th>What it meets</th><th class='n'>Files</th>"
                "<th class='n'>Settings</th><th class='n'>Migrations</th></tr></thead><tbody>"
            )
            parts += [_row(one) for one in group]
            parts.append("</tbody></table></div></section>")
    return "".join([*parts, f"</main><script>{_SCRIPT.read_text(encoding='utf-8')}</script></html>\n"])


def _bar(found: Sequence[Outlook]) -> str:
    sums = counts(found)
    shares = "".join(f"<i class='{_TONES[meets]}' style='flex:{sums[meets]}'></i>" for meets in ORDER if sums[meets])
    words = ", ".join(f"{sums[meets]} {_TITLES[meets]}" for meets in ORDER)
    return f"<div class='bar' role='img' aria-label='{words}'>{shares}</div>"


def _tone(key: str, count: int) -> str:
    if not count:
        return "still"
    return _TONES.get(key, "warn")


def _row(one: Outlook) -> str:
    name = escape(one.name or one.where)
    where = f"<small>{escape(one.where)}{f', kit {escape(one.before)}' if one.before else ''}</small>"
    numbers = (("Files", one.files), ("Settings", one.settings), ("Migrations", len(one.migrations)))
    cells = "".join(f"<td class='n' data-h='{head}'>{number}</td>" for head, number in numbers)
    return f"<tr><td>{name}{where}</td><td>{_meets(one)}</td>{cells}</tr>"


def _meets(one: Outlook) -> str:
    parts = [f"<span>{escape(one.fault)}</span>"] if one.fault else []
    if one.conflicts:
        parts += ["<ul>", *(_conflict(conflict) for conflict in one.conflicts), "</ul>"]
    parts += [
        f"<details><summary class='warn'>{escape(touched.override)} replaces a file that changes</summary>"
        f"<pre tabindex='0'>{escape(touched.diff)}</pre></details>"
        for touched in one.overrides
    ]
    parts += [f"<small>{escape(words)}</small>" for words in one.steps]
    if one.migrations:
        items = "".join(f"<li>{escape(name)}</li>" for name in one.migrations)
        parts.append(f"<details><summary>database migrations</summary><ul>{items}</ul></details>")
    return "".join(parts) or "<span class='still'>nothing to settle</span>"


def _conflict(one: Reason) -> str:
    small = [f"region: {one.ours or 'no commit of its own'}", *one.places]
    words = "".join(f"<small>{escape(line)}</small>" for line in small)
    return f"<li><b>{escape(one.path)}</b>: {escape(one.words)}{words}</li>"
