"""Files of demo proposals: a small PDF for each, all different."""

import hashlib
import io
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from core import files
from core.demo import sample_pdf
from core.models import StoredFile, User
from sabilulungan.domain.drafts import FILE_KIND
from sabilulungan.enums import Phase
from sabilulungan.models import Proposal

_FOLDER = "contoh"


def scan(words: str) -> io.BytesIO:
    """Return the upload of a paper that was signed with ink."""
    upload = io.BytesIO(sample_pdf(words, "Berkas contoh, isinya rekaan."))
    upload.name = "pindaian.pdf"
    return upload


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
            content = sample_pdf(document.name, f"Berkas contoh {proposal.key}, isinya rekaan.")
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
