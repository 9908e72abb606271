"""A profile's values are data from the file to the page: through check, render, deployment and the running apps."""

import shutil
from pathlib import Path

import pytest
import yaml

from tests.up.newcomer import DESK, WHOLE, Newcomer, get

FOLDER = "52.71-kota-mataram"


def hostile(canary: Path) -> dict[str, str]:
    """Texts by a field of the profile; each makes *canary* if anything evaluates it."""
    run = f"touch {canary}"
    return {
        "region.motto": f"{{{{ lookup('ansible.builtin.pipe', '{run}-ansible') }}}}",
        "doc.address.street": f"$({run}-shell) `{run}-backtick` ${{HOME}}",
        "brand.app_names.hayu.name": "{{ 7 * 7 }} {% raw %}",
        "brand.app_names.hayu.slogan": f"{{{{ cycler.__init__.__globals__.os.popen('{run}-jinja').read() }}}}",
        "brand.app_names.erk.name": f"!unsafe {{{{ lookup('pipe', '{run}-unsafe') }}}}",
        "brand.app_names.erk.slogan": f"'; {run}-quote; '",
        "brand.app_names.sabilulungan.name": "%(asctime)s {0.__class__} <script>alert(1)</script>",
    }


def put(profile: dict[str, object], path: str, value: str) -> None:
    """Set a field."""
    *sections, last = path.split(".")
    here = profile
    for section in sections:
        deeper = here.setdefault(section, {})
        assert isinstance(deeper, dict)
        here = deeper
    here[last] = value


@pytest.mark.skipif(not WHOLE, reason=DESK)
def test_nothing_of_a_profile_is_evaluated(newcomer: Newcomer) -> None:
    regions = newcomer.base / "regions {{ 7 * 7 }} $(id)"
    shutil.copytree(newcomer.clone / "regions" / FOLDER, regions / FOLDER)
    texts = hostile(newcomer.base / "canary")
    file = regions / FOLDER / "region.yml"
    profile = yaml.safe_load(file.read_text(encoding="utf-8"))
    for path, text in texts.items():
        put(profile, path, text)
    file.write_text(yaml.safe_dump(profile, allow_unicode=True), encoding="utf-8")
    newcomer.base.chmod(0o777)  # so that a canary could be made
    newcomer.own()
    places = {
        "KIT_REGIONS": str(regions),
        "KIT_STATE": str(newcomer.base / "state {{ lookup('pipe','id') }} {% x"),
        "KIT_BUILD": str(newcomer.base / "build $(id) {{ 7 * 7 }}"),
    }
    try:
        newcomer.type("up", "kota-mataram", "--detach", **places)
        urls = newcomer.urls(FOLDER, Path(places["KIT_STATE"]))
        pages = {app: get(url)[1] for app, url in urls.items()}
    finally:
        newcomer.start("down", "kota-mataram", **places).communicate(timeout=60)
    assert not list(newcomer.base.glob("canary*"))
    assert "{{ 7 * 7 }} {% raw %}" in pages["hayu"]
    assert "&lt;script&gt;alert(1)" in pages["sabilulungan"]
    assert not [app for app, page in pages.items() if "<script>alert(1)" in page]
