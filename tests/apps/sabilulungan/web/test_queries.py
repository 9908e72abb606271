"""The number of queries of a list does not grow with its rows."""

import build
from sabilulungan.models import Proposal


def test_equal_queries_for_1_3_and_25_rows(client, db, clock, django_assert_num_queries):
    def add(count):
        for _ in range(count):
            applicant = build.user(f"warga{Proposal.objects.count()}")
            build.send(build.draft(build.organisation(applicant), applicant), applicant)

    add(1)
    client.get("/usulan/")
    addresses = ("/usulan/", "/api/v1/usulan", "/usulan/unduh.csv?jenis=HIBAH")
    for wanted in (1, 3, 25):
        add(wanted - Proposal.objects.count())
        for address, queries in zip(addresses, (3, 3, 2), strict=True):
            with django_assert_num_queries(queries):
                response = client.get(address)
                if response.streaming:
                    list(response.streaming_content)
