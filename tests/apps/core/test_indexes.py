"""An index that is added while others write: on both databases, in both directions."""

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.state import ProjectState

from core.indexes import AddIndexConcurrently


@pytest.mark.django_db(transaction=True)
def test_an_index_comes_and_goes_on_either_database():
    index = models.Index(fields=["email"], name="core_user_email_tried")
    operation = AddIndexConcurrently("user", index)
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("core", after)

    def known() -> bool:
        with connection.cursor() as cursor:
            return index.name in connection.introspection.get_constraints(cursor, "core_user")

    assert not known()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("core", editor, before, after)
    assert known()
    with connection.schema_editor(atomic=False) as editor:
        operation.database_backwards("core", editor, after, before)
    assert not known()
