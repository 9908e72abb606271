"""Template tags: words, badges, fields and pictures say what is so, and escape what people typed."""

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError

from core.forms import BaseForm
from core.pictures import Bar, Day, Mark, Stage, Step, percent
from core.states import StateLook, look_of
from core.templatetags import charts

MOMENT = dt.datetime(2026, 11, 24, 6, 5, tzinfo=dt.UTC)


def drawn(text, **context):
    return Template("{% load core charts %}" + text).render(Context(context)).strip()


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("{{ v|rupiah }}", 1_250_000, "Rp1.250.000"),
        ("{{ v|rupiah }}", 0, "Rp0"),
        ("{{ v|rupiah }}", None, ""),
        ("{{ v|rupiah_short }}", 999, "Rp999"),
        (
            "{{ v|rupiah_short }}",
            1_250_000_000,
            '<abbr class="money" title="Rp1.250.000.000">Rp1,25 miliar</abbr>',
        ),
        ("{{ v|ribuan }}", 6000, "6.000"),
        ("{{ v|tanggal }}", dt.date(2026, 11, 24), '<time datetime="2026-11-24">24 Nov 2026</time>'),
        (
            "{{ v|tanggal_panjang }}",
            dt.date(2026, 11, 24),
            '<time datetime="2026-11-24">Selasa, 24 November 2026</time>',
        ),
        ("{{ v|jam }}", MOMENT, "pukul 13.05 WIB"),
        (
            "{{ v|tanggal_jam }}",
            MOMENT,
            '<time datetime="2026-11-24T06:05:00+00:00">24 Nov 2026 pukul 13.05 WIB</time>',
        ),
        ("{{ v|tanggal }}{{ v|jam }}{{ v|ribuan }}{{ v|rupiah_short }}{{ v|tanggal_jam }}", None, ""),
        ("{{ v|kode }}", "ABCDEFGHJKMN", '<span class="code">ABCD-EFGH-JKMN</span>'),
        ("{{ v|telepon }}", "+6281234567890", "0812-3456-7890"),
        ("{{ v|nik_tersamar }}", "3273014501900012", "3273********0012"),
        ("{{ v|retention_name }}", "proposals", "Usulan dan pertanggungjawaban hibah"),
        ("{{ v|retention_name }}", "surat_masuk", "Surat masuk"),
        ("{{ v|role_label }}", "PETUGAS", "Petugas"),
        ("{{ v|role_label }}", "LAMA", "LAMA"),
    ],
)
def test_words(text, value, shown):
    assert drawn(text, v=value) == shown


class Thing:
    STATES = {"BARU": StateLook("Baru <b>", "waiting", "clock", "Menunggu Anda.")}
    state = "BARU"


def test_a_state_is_icon_word_and_tone():
    badge = drawn("{% state thing %}", thing=Thing())
    assert 'class="badge badge--waiting"' in badge
    assert "#clock" in badge
    assert badge.endswith("Baru &lt;b&gt;</span>")
    assert drawn("{{ thing|state_sentence }}", thing=Thing()) == "Menunggu Anda."


def test_a_state_without_a_look_is_an_error():
    thing = Thing()
    thing.state = "LAIN"
    with pytest.raises(KeyError):
        look_of(thing)


def test_an_icon_is_decoration_unless_named():
    assert 'aria-hidden="true"' in drawn('{% icon "search" %}')
    assert 'role="img" aria-label="Cari &amp; lihat"' in drawn('{% icon "search" name %}', name="Cari & lihat")


class Sample(BaseForm):
    title = forms.CharField(label="Judul", help_text="Satu kalimat.", max_length=50)
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea, max_length=400)
    use = forms.ChoiceField(label="Untuk apa?", choices=[("a", "Barang"), ("b", "Acara")], widget=forms.RadioSelect)
    paper = forms.FileField(label="Berkas", required=False)
    true = forms.BooleanField(label="Benar")


def test_a_field_ties_label_help_and_error_to_the_input():
    form = Sample({"title": "<script>" * 20, "use": "c"})
    html = drawn("{% field form.title %}", form=form)
    assert '<label class="field__label" for="id_title">Judul</label>' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Paling banyak 50 huruf; sekarang 160." in html
    assert "<script>" not in html
    assert html.index("Satu kalimat.") < html.index("Paling banyak") < html.index("<input")


def test_what_need_not_be_filled_says_so():
    assert "(tidak wajib)" in drawn("{% field form.note %}", form=Sample())
    assert "(tidak wajib)" not in drawn("{% field form.title %}", form=Sample())
    assert 'id="id_note_counter"' in drawn("{% field form.note %}", form=Sample())


def test_choices_are_one_group():
    html = drawn("{% field form.use %}", form=Sample({}))
    assert html.startswith("<fieldset")
    assert "<legend" in html
    assert html.count('class="option"') == 2
    assert "Isi bagian ini dahulu." in html


def test_the_error_summary_leads_to_the_fields():
    html = drawn("{% error_summary form %}", form=Sample({"title": "x", "use": "c"}))
    assert "Ada 2 hal yang perlu diperbaiki" in html
    assert '<a href="#id_use_0">Untuk apa: Pilih salah satu yang tersedia; “c” tidak ada di daftar.</a>' in html
    assert '<a href="#id_true">Benar: Isi bagian ini dahulu.</a>' in html
    assert drawn("{% error_summary form %}", form=Sample()) == ""


def test_errors_of_the_whole_form_have_no_link():
    form = Sample({"title": "x", "use": "a", "true": "on"})
    form.add_error(None, "Pendaftaran sudah ditutup.")
    html = drawn("{% error_summary form %}", form=form)
    assert "Ada satu hal yang perlu diperbaiki" in html
    assert "<li>Pendaftaran sudah ditutup.</li>" in html


def path():
    return [
        Step("Diterima", "done", dt.date(2026, 9, 1), "Dinas Sosial"),
        Step("Disurvei", "late", dt.date(2026, 9, 8), late_days=3),
        Step("Dicairkan", "next"),
    ]


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (path(), "Tahap 2 dari 3: Disurvei, terlambat 3 hari kerja"),
        ([Step("A", "done"), Step("B", "now")], "Tahap 2 dari 2: B"),
        ([Step("A", "done"), Step("B", "stopped")], "Tahap 2 dari 2: B, berhenti di sini"),
        ([Step("A", "done"), Step("B", "skipped"), Step("C", "done")], "Selesai 2 dari 3 tahap"),
        ([], "Selesai 0 dari 0 tahap"),
    ],
)
def test_a_path_in_one_sentence(steps, sentence):
    assert charts.path_sentence(steps) == sentence
    assert sentence in drawn('{% steps path "small" %}', path=steps)


def test_a_path_says_each_status_in_words():
    html = drawn("{% steps path %}", path=path())
    for words in (": selesai", ": sedang berjalan, terlambat", ": belum", "terlambat 3 hari kerja", "Dinas Sosial"):
        assert words in html
    assert html.count('aria-current="step"') == 1


def test_an_unknown_size_is_refused():
    with pytest.raises(TemplateSyntaxError, match="large, small or print"):
        drawn('{% steps path "besar" %}', path=path())


def test_day_cells_have_words_and_only_the_legend_needed():
    cells = [Day(dt.date(2026, 11, 23), "counted"), Day(dt.date(2026, 11, 24), "paused", today=True)]
    html = drawn('{% days cells sentence="Terpakai 1 hari." %}', cells=cells)
    assert "hari ini, jeda, menunggu pemohon" in html
    assert "lewat batas" not in html


@pytest.mark.parametrize(
    ("value", "maximum", "share"),
    [
        (0, 450, "0.00%"),
        (300, 450, "66.67%"),
        (450, 450, "100.00%"),
        (900, 450, "100.00%"),
        (-5, 450, "0.00%"),
        (5, 0, "0.00%"),
    ],
)
def test_shares_stay_within_the_bar(value, maximum, share):
    assert percent(value, maximum) == share


def test_bars_carry_their_numbers_in_words():
    html = drawn('{% progress 215 450 "menit" marks=marks %}', marks=[Mark(300, "wajar"), Mark(450, "batas")])
    assert 'aria-label="215 dari 450 menit; wajar 300; batas 450"' in html
    html = drawn('{% gauge 4120 6000 forecast=5840 unit="menit" %}')
    assert 'aria-label="4.120 dari 6.000 menit, 69%; perkiraan akhir bulan 5.840"' in html
    assert "perkiraan" not in drawn("{% gauge 0 0 %}")
    html = drawn('{% bars rows unit=" menit" %}', rows=[Bar("Dinas <Sosial>", 3120, "longgar", "neutral")])
    assert "3.120 menit · longgar" in html
    assert "Dinas &lt;Sosial&gt;" in html


def test_four_sums_become_one_shape_that_only_narrows():
    stages = [Stage(name, amount) for name, amount in [("a", 400), ("b", 200), ("c", 100), ("d", 0)]]
    html = drawn("{% funnel stages %}", stages=stages)
    assert html.count("<polygon") == 4
    assert 'points="0,0.00 68,0.00 100,30.00 100,90.00 68,120.00 0,120.00"' in html
    assert drawn("{% funnel stages %}", stages=stages[:3]).count("<polygon") == 0
    assert drawn("{% funnel stages %}", stages=[Stage(n, 0) for n in "abcd"]).count("<polygon") == 4
    assert "Rp0" in html


def test_nothing_yet_says_what_to_do():
    html = drawn('{% empty "Belum ada." "/baru/" "Mulai" %}')
    assert "<p>Belum ada.</p>" in html
    assert '<a class="btn" href="/baru/">Mulai</a>' in html
    assert "<a" not in drawn('{% empty "Belum ada." %}')
