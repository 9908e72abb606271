"""Bad inputs: what a text editor can leave in a profile, and the faults each must give."""

BASE = """region:
  code: "52.71"
net:
  domain: mataramkota.go.id
doc:
  address:
    street: Jl. Contoh No. 1
    postal_code: "83116"
"""


def add(text: str) -> bytes:
    """The sound profile with ``text`` behind it."""
    return (BASE + text).encode()


def rep(old: str, new: str) -> bytes:
    """The sound profile with ``old`` replaced."""
    assert old in BASE
    return BASE.replace(old, new).encode()


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD: dict[str, bytes] = {
    "empty file": b"",
    "only blanks": b" \n\n",
    "only comments": b"# nothing yet\n",
    "a word": b"kota-mataram\n",
    "a list": b"- region\n- net\n",
    "not YAML: unclosed bracket": add("apps: {enabled: [hayu\n"),
    "not YAML: colon in text": rep("Jl. Contoh No. 1", "Jl. Contoh: No. 1"),
    "not YAML: unclosed quote": rep('"52.71"', '"52.71'),
    "not YAML: at sign": add("mail:\n  sender: @kota\n"),
    "not YAML: JSON with trailing garbage": b'{"region": {"code": "52.71"}} x\n',
    "byte order mark in UTF-16": b"\xff\xfer\x00",
    "HTML saved from a browser": b"<!DOCTYPE html>\n<html><body>404</body></html>\n",
    "tab indent": rep("  code", "\tcode"),
    "tab in text": add('brand:\n  footer: "a\\tb"\n'),
    "indent too deep": rep('  code: "52.71"\n', '  code: "52.71"\n    name: Kota Mataram\n'),
    "alias bomb": BOMB.encode(),
    "anchor": rep('"52.71"', '&c "52.71"'),
    "alias": add("brand:\n  footer: *c\n"),
    "merge key": add("brand:\n  <<: {footer: x}\n"),
    "duplicate key": rep("net:", 'region:\n  code: "32.73"\nnet:'),
    "duplicate inner key": rep('  code: "52.71"\n', '  code: "52.71"\n  code: "32.73"\n'),
    "python tag": rep('"52.71"', '!!python/object/apply:os.system ["id"]'),
    "unsafe tag": rep("Jl. Contoh No. 1", '!unsafe "{{ 7 * 7 }}"'),
    "binary tag": rep("Jl. Contoh No. 1", "!!binary aGFsbG8="),
    "two documents": add("---\nregion: {}\n"),
    "map as key": add("? {a: 1}\n: 2\n"),
    "deep nesting": add("brand: " + "[" * 500 + "]" * 500 + "\n"),
    "deep maps": ("{a: " * 5000).encode(),
    "code as number": rep('"52.71"', "52.71"),
    "code loses its zero": rep('"52.71"', "32.10"),
    "postal code as number": rep('"83116"', "83116"),
    "postal code with zero": rep('"83116"', "08311"),
    "phone as number": rep('"83116"', '"83116"\n    phone: 0370123456'),
    "no for false": rep("net:\n", "net:\n  offline: no\n"),
    "yes for true": rep("doc:\n", "doc:\n  meterai: yes\n"),
    "true for text": rep("Jl. Contoh No. 1", "true"),
    "nothing for text": rep("Jl. Contoh No. 1", ""),
    "list for text": rep("Jl. Contoh No. 1", "[Jl. Contoh, No. 1]"),
    "text for list": add("apps:\n  enabled: hayu\n"),
    "text for map": add("brand: biru\n"),
    "empty list": add("apps:\n  enabled: []\n"),
    "unknown app": add("apps:\n  enabled: [sabilulungan, hayuu]\n"),
    "app twice": add("apps:\n  enabled: [hayu, hayu]\n"),
    "float for int": add("backup:\n  keep: 30.5\n"),
    "int out of range": add("backup:\n  keep: 0\n"),
    "huge int": add("backup:\n  keep: 99999999999999999999999\n"),
    "infinity": add("backup:\n  keep: .inf\n"),
    "hex": add("backup:\n  keep: 0x1F\n"),
    "BOM in the middle": rep("Jl. Contoh", "Jl.\ufeff Contoh"),
    "Latin-1": rep("Jl. Contoh", "Jl. Caf\u00e9").decode().encode("latin-1"),
    "UTF-16": BASE.encode("utf-16"),
    "NUL": rep("Contoh", "Con\x00toh"),
    "escape sequence": rep("Contoh", "\x1b[31mContoh"),
    "right-to-left override": rep("Contoh", "\u202eContoh"),
    "escaped control": rep("Jl. Contoh No. 1", '"a\\x07b"'),
    "escaped surrogate": rep("Jl. Contoh No. 1", '"a\\ud800b"'),
    "unknown section": add("brnad:\n  footer: x\n"),
    "misspelt key": rep("domain:", "domian:"),
    "key of another section": add("timezone: Asia/Makassar\n"),
    "unknown key far from all": add("zzz: 1\n"),
    "emoji key": add("\U0001f600: 1\n"),
    "code nobody has": rep("52.71", "52.79"),
    "code of a kecamatan": rep("52.71", "52.71.01"),
    "code with letters": rep("52.71", "NTB"),
    "empty code": rep('"52.71"', '""'),
    "no code": b'net:\n  domain: mataramkota.go.id\ndoc:\n  address: {street: Jl. A, postal_code: "83116"}\n',
    "everything missing": b"brand:\n",
    "kind contradicts code": rep('"52.71"\n', '"52.71"\n  kind: kabupaten\n'),
    "name of another region": rep('"52.71"\n', '"52.71"\n  name: Kota Bima\n'),
    "name of another kind": rep('"52.71"\n', '"52.71"\n  name: Kabupaten Mataram\n'),
    "province contradicts code": rep('"52.71"\n', '"52.71"\n  province_code: "32"\n'),
    "time zone contradicts province": add("locale:\n  timezone: Asia/Jakarta\n"),
    "label contradicts zone": add("locale:\n  tz_label: WIB\n"),
    "zone that is none": add("locale:\n  timezone: Asia/Mataram\n"),
    "languages without id": add("locale:\n  languages: [sas]\n"),
    "words for a language not spoken": add("locale:\n  strings: {jv: jv.csv}\n"),
    "domain of another region": rep("mataramkota", "bandung"),
    "host with scheme": rep("mataramkota.go.id", "https://mataramkota.go.id"),
    "host in capitals": rep("mataramkota.go.id", "MataramKota.go.id"),
    "host with underscore": rep("mataramkota", "mataram_kota"),
    "host of one label": rep("mataramkota.go.id", "localhost"),
    "host is an address": rep("mataramkota.go.id", "10.0.0.1"),
    "host with a dot at the end": rep("go.id", "go.id."),
    "host with a shell": rep("mataramkota.go.id", '"$(reboot).go.id"'),
    "host with a template": rep("mataramkota.go.id", "\"{{ lookup('env') }}\""),
    "URL with a query": rep("net:\n", "net:\n  base_url: {hayu: 'https://a.go.id/?x=1'}\n"),
    "URL with a path trick": rep("net:\n", "net:\n  base_url: {hayu: 'https://a.go.id/../etc'}\n"),
    "URL of another scheme": rep("net:\n", "net:\n  base_url: {hayu: 'javascript:alert(1)'}\n"),
    "URL with a password": rep("net:\n", "net:\n  base_url: {hayu: 'https://a:b@a.go.id/'}\n"),
    "two apps on one URL": rep("net:\n", "net:\n  base_url: {hayu: 'https://a.go.id/x', erk: 'https://a.go.id/x/'}\n"),
    "network that is none": rep("net:\n", "net:\n  proxy_trust: [10.0.0.0/33]\n"),
    "mail that is none": add("mail:\n  sender: kota.go.id\n"),
    "mail server without sender": add("mail:\n  smtp: {host: mail.go.id}\n"),
    "pale colour": add('brand:\n  colors: {primary: "#FFD700"}\n'),
    "both colours pale": add('brand:\n  colors:\n    primary: "#999999"\n    accent: "#FFFFFF"\n'),
    "colour without quotes": add("brand:\n  colors:\n    primary: #0B5FA5\n"),
    "colour by name": add("brand:\n  colors: {primary: blue}\n"),
    "credit left out": add("brand:\n  credit: {text: Buatan sendiri}\n"),
    "file outside": add("brand:\n  emblem: ../../etc/passwd\n"),
    "absolute file": add("brand:\n  emblem: /etc/passwd\n"),
    "file missing": add("brand:\n  emblem: emblem.svg\n"),
    "number pattern with code": rep("doc:\n", "doc:\n  number_template: {default: '{no.__class__}'}\n"),
    "number pattern without number": rep("doc:\n", "doc:\n  number_template: {default: '{klas}/{tahun}'}\n"),
    "day that is none": add("calendar:\n  workdays: [monday, funday]\n"),
    "working day without hours": add("calendar:\n  workdays: [monday, saturday]\n"),
    "hours end before start": add('calendar:\n  hours: {monday: {work: "16.00-07.30"}}\n'),
    "break outside hours": add('calendar:\n  hours: {monday: {work: "07.30-16.00", rest: "16.00-17.00"}}\n'),
    "date that is none": add("calendar:\n  holidays: [{date: 2026-02-30, name: Hari Jadi}]\n"),
    "date day first": add("calendar:\n  holidays: [{date: 31/08/2026, name: Hari Jadi}]\n"),
    "holiday twice": add(
        "calendar:\n  holidays:\n    - {date: 2026-08-31, name: Hari Jadi}\n    - {date: 2026-08-31, name: Hari Jadi}\n"
    ),
    "Ramadan ends before it begins": add("calendar:\n  ramadan: [{first: 2027-03-09, last: 2027-02-08, hours: {}}]\n"),
    "item without a key": add("calendar:\n  holidays: [{date: 2026-08-31}]\n"),
    "bast before pks": add("agreement:\n  pks: {signed_on: 2026-11-24}\n  bast: {signed_on: 2026-11-01}\n"),
    "post ends before it begins": add("officials:\n  head: {since: 2026-02-01, until: 2025-02-01}\n"),
    "status that is none": add("officials:\n  head: {status: plt}\n"),
    "bsre without endpoint": add("sign:\n  provider: bsre\n"),
    "bsre without user": add("sign:\n  provider: bsre\n  endpoint: http://10.10.0.5/\n"),
    "bsre with a user that is none": add(
        'sign:\n  provider: bsre\n  endpoint: http://10.10.0.5/\n  user: "a:b\' $(id)"\n'
    ),
    "bsre outside the region": add("sign:\n  provider: bsre\n  endpoint: https://sign.example.com/\n  user: mataram\n"),
    "oidc without issuer": add("auth:\n  sso: oidc\n"),
    "account in the clear": add('budget:\n  bank_rkud: {account: "1234567890"}\n'),
    "a secret": add("mail:\n  smtp: {password: hunter2}\n"),
    "text too long": rep("Jl. Contoh No. 1", "x" * 301),
    "blank text": rep("Jl. Contoh No. 1", '"   "'),
    "lines in a line": rep("Jl. Contoh No. 1", '"a\\nb"'),
    "grants: window": add('grants:\n  window: {opens: "13-01"}\n'),
    "grants: closes before it opens": add(
        "grants:\n  special_windows:\n"
        "    - {budget_year: 2027, opens: 2026-06-30, closes: 2026-01-01, basis: Perwal 1/2026}\n"
    ),
    "grants: a signer nobody knows": add("grants:\n  recommendation_signers: [KEPALA_OPD, RW]\n"),
    "grants: a signer twice": add("grants:\n  recommendation_signers: [CAMAT, CAMAT]\n"),
    "grants: signers in one word": add("grants:\n  recommendation_signers: CAMAT\n"),
    "grants: the chair of a team that does not meet": add(
        "grants:\n  recommendation_signers: [KEPALA_OPD, KETUA_TP]\n  steps:\n"
        + "".join(
            f"    - {{code: {code}, owner: {owner}, days: 5, on: {str(code != 'PERIKSA_TP').lower()}}}\n"
            for code, owner in (
                ("KELENGKAPAN", "TU"),
                ("DISPOSISI", "KDH"),
                ("KLASIFIKASI", "TU"),
                ("EVALUASI", "OPD"),
                ("PERIKSA_TP", "TP"),
                ("PERIKSA_TAPD", "TAPD"),
                ("PERSETUJUAN", "KDH"),
            )
        )
    ),
    "grants: camat and lurah of a province": (
        BASE.replace('"52.71"', '"52"') + "grants:\n  recommendation_signers: [KEPALA_OPD, CAMAT, LURAH, KETUA_TP]\n"
    ).encode(),
    "performance: weights": add("performance:\n  formula: {productivity: 50}\n"),
    "many at once": b"region:\n  code: 52.71\n  nmae: X\n"
    b'net:\n  domain: "Kota Mataram"\n  offline: no\ndoc:\n  address:\n    postal_code: 83116\n'
    b'brand:\n  colors: {primary: "#FFD700"}\n',
}
