"""A profile whose every free text tries to be something else."""

from typing import Any

from kit.profile import Profile, from_values, sample

WORDS = (
    "{{ 7 * 7 }} {% raw %}{% for x in y %}{# c #} ${HOME} $(touch x) `id` !unsafe ../../etc/passwd ~ "
    "\"ganda\" 'tunggal' \\ \\n | a,b;c = <b>&amp;</b> # * _ [x](y) ! @ % é ñ ’ 日本 😀"
)
"""One line a profile may hold as text: markup of every format that is rendered, and beyond."""

LINES = f"baris satu {WORDS}\nbaris dua\n\n\tbaris empat"

HOLIDAY = {"date": "2026-09-25", "name": f"Hari jadi, {WORDS}"}


def values(code: str = "52.71") -> dict[str, Any]:
    """The region's own values of that profile."""
    app = {"name": f"App {WORDS}", "slogan": f"Janji {WORDS}"}
    return sample(
        code,
        {
            "region": {"code": code, "motto": WORDS, "letter_place": WORDS},
            "terms": {"overrides": {"lurah": WORDS}},
            "officials": {"head": {"name": WORDS, "front_title": WORDS}},
            "offices": {"it": {"name": f"Dinas {WORDS}"}},
            "brand": {"app_names": {"hayu": app, "erk": app, "sabilulungan": app}, "footer": WORDS},
            "privacy": {"notice": LINES},
            "calendar": {"holidays": [HOLIDAY]},
            "support": {"contacts": [{"name": WORDS}]},
            "registration": {"tdpse": WORDS},
        },
    )


def profile(code: str = "52.71") -> Profile:
    """That profile."""
    return from_values(values(code))
