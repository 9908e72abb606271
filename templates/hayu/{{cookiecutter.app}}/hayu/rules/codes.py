"""What is wrong with a code typed from paper, in words; whether it exists is another question."""

from core import codes

_LOOKALIKES = {"0": "angka 0", "O": "huruf O", "1": "angka 1", "I": "huruf I", "L": "huruf L"}


def explain(text: str) -> str:
    """Return "" for a well-formed code, else a sentence that helps to find the slip."""
    code = codes.normalise(text)
    if not code:
        return "Ketik 12 tanda yang tercetak di bawah kode QR."
    foreign = [sign for sign in code if sign not in codes.ALPHABET]
    if foreign:
        names = ", ".join(dict.fromkeys(_LOOKALIKES.get(sign, f"“{sign}”") for sign in foreign))
        return f"Kode kami tidak memakai {names}. Lihat lagi tanda itu pada kertasnya."
    if len(code) != codes.LENGTH:
        more = "kurang" if len(code) < codes.LENGTH else "lebih"
        return f"Kode terdiri dari {codes.LENGTH} tanda; yang tertulis {len(code)}, jadi ada yang {more}."
    if not codes.is_wellformed(code):
        return "Ada satu tanda yang salah atau dua tanda yang tertukar. Cocokkan lagi dengan kertasnya, satu per satu."
    return ""
