"""A changed render becomes a changed template, or is refused with the reason; nothing of the region leaks."""

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.errors import KitError
from kit.render.environment import Environment
from kit.upgrade.lift.edits import Edit, edits
from kit.upgrade.lift.text import Text

MINE = {"_region": {"name": "Kota Mataram", "office": "Dinas Mataram", "kind": "kota", "apps": ["a1", "b2"], "x": ""}}
OTHER = {"_region": {"name": "Kabupaten Serang", "office": "Dinas Serang", "kind": "kab", "apps": ["c3"], "x": "y"}}
OWN = frozenset({"Kota Mataram", "Dinas Mataram", "52.71"})
NAME, OFFICE = "{{ cookiecutter._region.name }}", "{{ cookiecutter._region.office }}"
SOURCE = f"""# {NAME}

Milik {OFFICE}, kata biasa.
{{% for app in cookiecutter._region.apps %}}
- {{{{ app }}}} tetap
{{% endfor %}}
{{%- if cookiecutter._region.x %}}
hanya sebagian
{{%- endif %}}
{{# catatan #}}akhir {NAME} selesai
"""


def rendered(source: str, region: Mapping[str, object]) -> str:
    return Environment(lambda _: None).from_string(source).render(cookiecutter=region)


def lifted(changed: str, source: str = SOURCE) -> str:
    text = Text(source, Environment(lambda _: None), lambda words: rendered(words, MINE))
    return text.lifted(changed, OWN, MINE)


NOW = rendered(SOURCE, MINE)


@pytest.mark.parametrize(
    ("before", "after", "source_before", "source_after"),
    [
        ("kata biasa", "kata baru", "kata biasa", "kata baru"),
        ("biasa.\n", "biasa.\nBaris baru.\n", "biasa.\n", "biasa.\nBaris baru.\n"),
        ("biasa.\n", "biasa.\nDi Kota Mataram.\n", "biasa.\n", f"biasa.\nDi {NAME}.\n"),
        ("Milik Dinas Mataram, kata biasa.\n", "", f"Milik {OFFICE}, kata biasa.\n", ""),
        ("akhir Kota Mataram selesai", "akhir Kota Mataram usai", f"akhir {NAME} selesai", f"akhir {NAME} usai"),
        ("# Kota Mataram\n", "# Tentang Kota Mataram\n", f"# {NAME}\n", f"# Tentang {NAME}\n"),
    ],
)
def test_what_is_told_becomes_the_template(before: str, after: str, source_before: str, source_after: str) -> None:
    made = lifted(NOW.replace(before, after, 1))
    assert made == SOURCE.replace(source_before, source_after, 1)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("# Kota Mataram", "# Kota Praya", "comes from the profile .*: change it in region.yml"),
        ("Milik Dinas Mataram", "Milik Badan Lombok", "comes from the profile"),
        ("- a1 tetap", "- a1 berubah", "stands in a loop"),
        ("biasa.\n", "biasa.\nKode 52.71.\n", "'52.71', which is this region's own; this template has nothing for it"),
        ("biasa.\n", "biasa. {{ x }}\n", "would take for a placeholder"),
    ],
)
def test_what_is_not_told_is_refused_with_the_reason(before: str, after: str, why: str) -> None:
    with pytest.raises(KitError, match=why):
        lifted(NOW.replace(before, after, 1))


def test_a_value_that_two_placeholders_give_is_refused() -> None:
    source = SOURCE + "{{ cookiecutter._region.name | trim }}\n"
    with pytest.raises(KitError, match=r"'Kota Mataram', which may be any of .*name \| trim.*"):
        lifted(rendered(source, MINE).replace("biasa.\n", "biasa.\nKota Mataram\n"), source)


def test_the_edge_of_a_block_is_refused() -> None:
    source = "satu {% if cookiecutter._region.name %}dua {% endif %}tiga\n"
    with pytest.raises(KitError, match="at the edge of a block that not every region has"):
        lifted("satu dua baru tiga\n", source)
    with pytest.raises(KitError, match="reaches over a block"):
        lifted("satu ga\n", source)


def test_a_template_whose_parts_cannot_be_followed_is_refused() -> None:
    with pytest.raises(KitError, match="cannot be followed"):
        lifted("x", "{% filter upper %}abc{% endfilter %}{{ '\ue000' }}")


LINES = st.sampled_from(
    [
        "satu dua",
        f"di {NAME} ada",
        f"{OFFICE}: {NAME}.",
        NAME,
        "{% if cookiecutter._region.kind %}ya{% endif %} tiga",
        "",
    ]
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "word", "name"]),
        st.integers(0, 7),
        st.sampled_from(["kami", "Kota Mataram"]),
    ),
    min_size=1,
    max_size=4,
)


def changed(text: str, steps: list[tuple[str, int, str]]) -> str:
    lines = text.split("\n")
    for what, number, words in steps:
        place = number % len(lines)
        if what == "insert":
            lines.insert(place, f"baris {words} {number}")
        elif what == "delete":
            del lines[place]
            lines = lines or [""]
        elif what == "word":
            lines[place] = re.sub(r"\b(satu|tiga|ada)\b", words, lines[place], count=1)
        else:
            lines[place] += f" {words}"
    return "\n".join(lines)


@settings(max_examples=300, deadline=None, database=None)
@given(lines=st.lists(LINES, min_size=1, max_size=6), steps=STEPS)
def test_a_lifted_template_gives_the_change_back_and_leaks_nothing(
    lines: list[str], steps: list[tuple[str, int, str]]
) -> None:
    source = "\n".join(lines) + "\n"
    wanted = changed(rendered(source, MINE), steps)
    try:
        made = lifted(wanted, source)
    except KitError:
        return
    assert rendered(made, MINE) == wanted
    assert "Mataram" not in rendered(made, OTHER)


@settings(max_examples=200, deadline=None, database=None)
@given(old=st.text("ab \n", max_size=12), new=st.text("ab \n", max_size=12))
def test_edits_make_the_one_of_the_other(old: str, new: str) -> None:
    made = old
    for edit in reversed(edits(old, new)):
        made = made[: edit.start] + edit.words + made[edit.end :]
    assert made == new


def test_a_value_is_one_word_so_that_none_is_brought_in_by_halves() -> None:
    values = frozenset({"Kota Mataram"})
    assert edits("di Kota Bandung\n", "di Kota Mataram\n") == [Edit(8, 15, "Mataram")]
    (one, *rest) = edits("di Kota Bandung\n", "di Kota Mataram\n", values)
    assert "Kota Mataram" in one.words
    assert not any("Mataram" in other.words for other in rest)
