"""Rows that are stored together stay together, or none of them stays."""

import uuid

import pytest
from django.db import DatabaseError, connection

from sessions_app.sessions import rows
from sessions_app.sessions.models import Session, SiteTreated
from sessions_app.storing import Statement, store_alone
from tests.universe import Universe, care

pytestmark = pytest.mark.postgres


def a_session_with_sites(world: Universe) -> list[Session | SiteTreated]:
    course, by = world.bruno_course, world.therapist
    when = {"performed_at": world.now, "recorded_at": world.now}
    session = rows.opened(course, by, uuid.uuid4(), "digest", **when)
    session.status, session.date_source = "in_progress", "now"
    return [session, *rows.sites(session, care())]


def test_a_session_stored_alone_is_there_with_its_sites(committed: Universe) -> None:
    session, *sites = a_session_with_sites(committed)
    store_alone([session, *sites])
    assert SiteTreated.objects.filter(session_id=session.pk).count() == len(sites) > 0


@pytest.mark.parametrize(
    "last", ["INSERT INTO no_such_table VALUES (1)", "SELECT no_such_function()"]
)
def test_nothing_stays_when_the_last_statement_is_refused(committed: Universe, last: str) -> None:
    session, *sites = a_session_with_sites(committed)
    assert connection.get_autocommit()
    with pytest.raises(DatabaseError):
        store_alone([session, *sites], then=[Statement(last, [])])
    assert not Session.objects.filter(pk=session.pk).exists()
    assert not SiteTreated.objects.filter(session_id=session.pk).exists()
