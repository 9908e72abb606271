"""A case as one ZIP: for everybody its public copies, for the region its accountability file; hashes in `isi.csv`."""

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable
from typing import IO

from core import dates, files
from core.models import StoredFile
from sabilulungan.domain import copies, drafts, signing
from sabilulungan.domain.queries import public
from sabilulungan.interfaces.exports import record
from sabilulungan.models import Proposal

MEMORY = 4 * 1024 * 1024  # larger archives lie on the disk while they are sent


def case_archive(proposal: Proposal) -> IO[bytes]:
    """Return the ZIP for everybody, at its beginning: the public record and the redacted copies."""
    return _packed(proposal, ((copy.document.name, copy.copy) for copy in copies.of_case(proposal)))


def accountability_file(proposal: Proposal) -> IO[bytes]:
    """Return the region's own file of a case (Permendagri 32/2011 art. 18, 36): every paper in its newest version."""
    held = drafts.files_of(proposal)
    papers = [(document.name, held[document.pk]) for document in proposal.documents.all() if document.pk in held]
    made = [(one.kind, one) for one in files.current(proposal)]
    return _packed(proposal, [*papers, *made, *signing.files_of(proposal)])


def _packed(proposal: Proposal, papers: Iterable[tuple[str, StoredFile]]) -> IO[bytes]:
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=MEMORY)  # noqa: SIM115  (the response closes it)
    table = io.StringIO()
    listed = csv.writer(table)
    listed.writerow(["berkas", "dokumen", "tanggal", "sha256"])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("usulan.json", json.dumps(record(public.row(proposal)), ensure_ascii=False, indent=1))
        for number, (what, stored) in enumerate(papers, start=1):
            name = f"{number:02}-{stored.name}"
            archive.writestr(name, files.read(stored))
            listed.writerow([name, what, dates.local(stored.uploaded_at).date().isoformat(), stored.sha256])
        archive.writestr("isi.csv", "\ufeff" + table.getvalue())
    out.seek(0)
    return out
