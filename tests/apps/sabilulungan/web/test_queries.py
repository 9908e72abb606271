"""The number of queries of a list does not grow with its rows, for nobody's sake and for no role."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

import build
from sabilulungan.enums import Role
from sabilulungan.models import Proposal

MOST = 8  # signed in, whatever the role
SCOPES = {Role.OPD: "disdik", Role.KEPALA_OPD: "disdik", Role.WILAYAH: "32.73.02"}


def test_equal_queries_for_1_3_and_25_rows(client, db, clock, django_assert_num_queries):
    def add(count):
        for _ in range(count):
            applicant = build.user(f"warga{Proposal.objects.count()}")
            build.send(build.draft(build.organisation(applicant), applicant), applicant)

    add(1)
    people = [build.user(role.lower(), (role, SCOPES.get(role, ""))) for role in Role if role != Role.PEMOHON]
    people += [Proposal.objects.get().created_by, build.user("semua", *(role for role in Role if role not in SCOPES))]
    client.get("/usulan/")
    addresses = ("/usulan/", "/api/v1/usulan", "/usulan/unduh.csv?jenis=HIBAH")
    asked = {}
    for wanted in (1, 3, 25):
        add(wanted - Proposal.objects.count())
        client.logout()
        for address, queries in zip(addresses, (3, 3, 2), strict=True):
            with django_assert_num_queries(queries):
                response = client.get(address)
                if response.streaming:
                    list(response.streaming_content)
        for person in people:
            client.force_login(person)
            with CaptureQueriesContext(connection) as found:
                assert client.get("/usulan/").status_code == 200
            asked.setdefault(person.username, []).append(len(found))
    assert {name: counts for name, counts in asked.items() if len(set(counts)) > 1 or max(counts) > MOST} == {}
