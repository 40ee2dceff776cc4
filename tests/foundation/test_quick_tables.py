"""The short way to a test database writes what the long way writes."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.support import quick_tables

pytestmark = pytest.mark.sqlite
ROOMS = ("foundation", "accounts", "agencies", "files", "dossiers")


def statements() -> list[str]:
    """What the migrations of some rooms, and of what they stand on, would say to an empty database."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    wanted = [leaf for leaf in graph.leaf_nodes() if leaf[0] in ROOMS]
    state, said = executor._create_project_state(with_applied_migrations=False), []
    state.apps  # noqa: B018  drawn before the first, as Django has it
    for migration, _backwards in executor.migration_plan(wanted, clean_start=True):
        with connection.schema_editor(collect_sql=True, atomic=False) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        said += editor.collected_sql
    return said


def test_new_models_drawn_alone_give_the_same_tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():  # outside a transaction, as SQLite wants it; nothing is written
        short = statements()
        quick_tables.remove()
        try:
            as_django_does = statements()
        finally:
            quick_tables.install()
    assert short == as_django_does
    assert len([said for said in short if said.startswith("CREATE TABLE")]) > 20
