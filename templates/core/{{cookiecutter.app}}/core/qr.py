"""QR codes as SVG, drawn on the server."""

import io

from django.utils.safestring import SafeString, mark_safe


def svg(text: str, *, scale: int = 4) -> SafeString:
    """Return an inline SVG of a QR code (level M, quiet zone of 4); sized by CSS through class `qr`."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        scale=scale,
        border=4,
        xmldecl=False,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        title="Kode QR",
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308  (made by segno from modules, the text is not in it)
