"""F06 for words and cost plans: how alike two are, and marks that find them among many."""

import random

import pytest

from sabilulungan.rules.likeness import ALIKE, marks, plan_parts, share, text_parts

STORY = (
    "warga kampung belum punya tempat belajar komputer sehingga anak muda sulit mencari kerja dan ibu rumah tangga "
    "tidak dapat mencatat usaha sendiri karena itu kami mengadakan pelatihan dua puluh kali di balai warga dengan "
    "pelatih dari sekolah kejuruan setempat agar setiap peserta dapat membuat surat dan laporan penjualan"
)
WORDS = STORY.split()


def parts(words):
    return text_parts(" ".join(words))


def test_equal_and_different_texts():
    mine = parts(WORDS)
    assert share(mine, text_parts(" ".join(WORDS).upper() + ".")) == 1
    assert share(mine, parts(WORDS[::-1])) == 0
    assert share(mine, frozenset()) == 0
    assert parts(WORDS[:21]) == frozenset()  # too short to tell anything
    assert marks("teks", frozenset()) == []


def test_one_changed_word_stays_nearly_the_same_and_is_found():
    mine, missed = parts(WORDS), 0
    for place in range(len(WORDS)):
        other = parts([*WORDS[:place], "lain", *WORDS[place + 1 :]])
        assert share(mine, other) >= ALIKE
        missed += not set(marks("teks", mine)) & set(marks("teks", other))
    assert missed == 0


def test_strangers_share_no_mark():
    rng = random.Random(1)
    texts = [parts([f"kata{rng.randrange(5000)}" for _ in range(60)]) for _ in range(60)]
    held = [set(marks("teks", one)) for one in texts]
    assert sum(len(one) for one in held) == len(set.union(*held))


@pytest.mark.parametrize("kind", ["teks", "rincian"])
def test_marks_fit_a_column_and_belong_to_their_kind(kind):
    found = marks(kind, parts(WORDS))
    assert len(set(found)) == 8
    assert all(-(2**63) <= value < 2**63 for value in found)
    assert found == marks(kind, parts(WORDS))
    assert not set(found) & set(marks("lain", parts(WORDS)))


def test_a_plan_is_the_set_of_its_lines():
    lines = [("Sewa Komputer", "unit", 500_000), ("Honor pelatih", "jam", 100_000), ("Konsumsi", "paket", 20_000)]
    assert plan_parts(lines) == plan_parts([("sewa  komputer.", "Unit ", 500_000), *lines[:0:-1]])
    assert share(plan_parts(lines), plan_parts([*lines[:2], ("Konsumsi", "paket", 25_000)])) == 0.5
    assert plan_parts(lines[:2]) == frozenset()
