"""Whatever stands in a profile, checking it ends with faults or a profile, never with an exception."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit.profile import nodes, source
from kit.profile.checking import Report, check_text
from kit.profile.words import locate
from kit.profile.writing import flow
from tests.kit.profile.bad_profiles import BAD, BASE

SYNTAX = [
    "region:",
    "net",
    ":",
    "\n",
    "  ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!x ",
    "!!int ",
    "|",
    ">",
    "?",
    "#",
    "'",
]
CONTENT = [
    "no",
    "32.10",
    "null",
    "~",
    '"',
    "\t",
    "\u2028",
    "\x00",
    "{{ 7*7 }}",
    "{% x %}",
    "${x}",
    "$(x)",
    "`x`",
    "../",
    "😀",
]
PIECES = st.sampled_from([*SYNTAX, *CONTENT])
SECTIONS = [
    "region",
    "terms",
    "officials",
    "offices",
    "brand",
    "doc",
    "locale",
    "calendar",
    "budget",
    "apps",
    "net",
    "mail",
]
SECTIONS += [
    "notify",
    "auth",
    "sign",
    "hosting",
    "backup",
    "privacy",
    "registration",
    "agreement",
    "support",
    "grants",
    "performance",
]
KEYS = st.sampled_from(
    [*SECTIONS, "code", "head", "address", "hours", "holidays", "monday", "work", "rest", "colors", "enabled"]
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12) | st.just("52.71")
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def checked(text: str) -> Report:
    """The report, which holds either faults or a profile, each fault with a place in the text."""
    sane, before = source._decode("region.yml", text.encode())
    report = check_text(sane, "region.yml", before=before)
    assert (report.profile is None) == bool(report.faults)
    lines = text.split("\n")
    for fault in report.faults:
        assert 1 <= fault.line <= len(lines) + 1
        assert fault.column >= 1
        assert fault.found
        assert fault.expected
        assert "Traceback" not in str(fault)
    return report


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes(raw: bytes) -> None:
    text, faults = source._decode("region.yml", raw)
    assert text or faults
    if text:
        check_text(text, "region.yml", before=faults)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_random_yaml_pieces(text: str) -> None:
    checked(text or "x")


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(BASE)), st.integers(0, 6), st.lists(PIECES, max_size=3).map("".join))
def test_mutations_of_a_sound_profile(at: int, drop: int, put: str) -> None:
    checked(BASE[:at] + put + BASE[at + drop :])


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(SECTIONS), VALUES, max_size=5))
def test_any_values_in_any_section(values: dict[str, object]) -> None:
    checked(flow(values))


@settings(max_examples=300, deadline=None)
@given(VALUES)
@example("\x85")  # a line break to YAML, none to JSON
@example("\u2028")
def test_written_values_read_back(value: object) -> None:
    tree = nodes.parse(flow({"a": value}), "x")
    if not tree.faults:  # control characters are refused
        assert tree.data == {"a": _as_read(value)}


def _as_read(value: object) -> object:
    """A number of more than 18 digits is read as a fraction, an extreme one stays text."""
    if isinstance(value, list):
        return [_as_read(item) for item in value]
    if isinstance(value, dict):
        return {key: _as_read(item) for key, item in value.items()}
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return nodes.scalar(flow(value), plain=True)


@given(st.lists(st.text(max_size=8) | st.integers(), max_size=5).map(tuple))
def test_any_path_is_located(path: tuple[str | int, ...]) -> None:
    locate(path)


def test_every_bad_input_cut_anywhere() -> None:
    for raw in BAD.values():
        for end in range(0, len(raw), 37):
            text, faults = source._decode("region.yml", raw[:end])
            if text:
                check_text(text, "region.yml", before=faults)
