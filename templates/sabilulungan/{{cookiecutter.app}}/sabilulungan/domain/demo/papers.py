"""Files of demo proposals: a small PDF for each, all different."""

import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core import files
from core.models import StoredFile, User
from sabilulungan.domain.drafts import FILE_KIND
from sabilulungan.enums import Phase
from sabilulungan.models import Proposal

_FOLDER = "contoh"


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page with some lines of plain text."""
    shown = " ".join(f"({line.encode('ascii', 'replace').decode().translate(_ESCAPE)}) Tj T*" for line in lines)
    stream = f"BT /F1 16 Tf 72 760 Td 24 TL {shown} ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


_ESCAPE = str.maketrans({"(": "\\(", ")": "\\)", "\\": "\\\\"})


class Papers:
    """Gives documents their files."""

    def __init__(self) -> None:
        Path(settings.MEDIA_ROOT, _FOLDER).mkdir(parents=True, exist_ok=True, mode=0o750)

    def give(
        self, proposal: Proposal, user: User, *, only: str = "", leave_out: str = "", phase: str = Phase.USULAN
    ) -> None:
        """Store the next version of each required document of a phase, or of one."""
        rows = []
        for document in proposal.documents.filter(phase=phase):
            if document.code == leave_out or (document.code != only if only else not document.required):
                continue
            content = pdf(document.name, f"Berkas contoh {proposal.key}, isinya rekaan.")
            name = f"{_FOLDER}/{secrets.token_hex(16)}.pdf"
            Path(settings.MEDIA_ROOT, name).write_bytes(content)
            owner_type, owner_id = files.owner_of(document)
            rows.append(
                StoredFile(
                    owner_type=owner_type,
                    owner_id=owner_id,
                    kind=FILE_KIND,
                    version=2 if only else 1,
                    name=files.safe_name(document.name, files.PDF),
                    media_type=files.PDF,
                    size=len(content),
                    sha256=hashlib.sha256(content).hexdigest(),
                    path=name,
                    uploaded_by=user,
                    uploaded_at=timezone.now(),
                )
            )
        StoredFile.objects.bulk_create(rows)
