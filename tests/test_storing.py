"""Rows that are stored together stay together, or none of them stays."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models

from sessions_app.audit import actions as audit
from sessions_app.audit.chain import first_fault
from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.sessions import rows, score_rows
from sessions_app.sessions.models import Score, Session, SiteTreated
from sessions_app.storing import Statement, store, store_alone
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import DateSource, SessionStatus
from tests.universe import Universe, care, ratings


def a_session_with_sites(world: Universe) -> list[Session | SiteTreated]:
    course, by = world.bruno_course, world.therapist
    when = {"performed_at": world.now, "recorded_at": world.now}
    session = rows.opened(course, by, uuid.uuid4(), "digest", **when)
    session.status, session.date_source = "in_progress", "now"
    return [session, *rows.sites(session, care())]


@pytest.mark.postgres
def test_a_session_stored_alone_is_there_with_its_sites(committed: Universe) -> None:
    session, *sites = a_session_with_sites(committed)
    store_alone([session, *sites])
    assert SiteTreated.objects.filter(session_id=session.pk).count() == len(sites) > 0


@pytest.mark.postgres
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


def a_given_session(world: Universe) -> Session:
    course, by, now = world.bruno_course, world.therapist, world.now
    began = now - timedelta(hours=1)
    session = rows.opened(course, by, uuid.uuid4(), "digest", performed_at=began, recorded_at=now)
    session.status, session.date_source = SessionStatus.GIVEN, DateSource.TYPED
    session.completed_at, session.minutes = now, 30
    return session


def columns(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_every_value_comes_back_as_it_was_stored(universe: Universe) -> None:
    session, now = a_given_session(universe), universe.now
    said = '«Ä» \\ "quoted" 50 % %s {0}\n\tend; \'--'
    session.subjective, session.techniques = said, ["effleurage"]
    session.plan = {"sites": {"face": 0}, "said": [said, None]}
    after_at = now + timedelta(seconds=1, microseconds=7)
    pairs = score_rows.scores(
        session, ratings(pain=0), ratings(mood=10), before_at=now, after_at=after_at
    )
    store([session, *rows.sites(session, care()), *pairs])
    there: list[models.Model] = [Session.objects.get(pk=session.pk)]
    there += [Score.objects.get(pk=row.pk) for row in pairs]
    assert [columns(row) for row in there] == [columns(row) for row in (session, *pairs)]
    assert not any(row._state.adding for row in (session, *pairs))


def test_a_value_that_no_column_holds_is_refused(universe: Universe) -> None:
    for wrong in (universe.now.replace(tzinfo=None), object()):
        session = a_given_session(universe)
        session.performed_at = wrong  # type: ignore[assignment]
        with pytest.raises((ValueError, TypeError, RuntimeWarning)):
            store([session])


@pytest.mark.postgres
def test_rows_and_their_link_are_one_statement_however_many(committed: Universe) -> None:
    stored, spelled = [], set()
    for number in (1, 5):
        session = a_given_session(committed)
        where = dict.fromkeys(list(BodySite)[:number], 1)
        entry = audit.entry(
            Event.SESSION_LOGGED, session, clinic_id=session.clinic_id, at=committed.now
        )
        with connection.execute_wrapper(lambda go, sql, *more: spelled.add(sql) or go(sql, *more)):
            store_alone([session, *rows.sites(session, care(pressures=where))], then=entry)
        stored.append(session)
    assert len(spelled) == 1
    assert [SiteTreated.objects.filter(session_id=one.pk).count() for one in stored] == [1, 5]
    assert first_fault(stored[0].clinic_id) is None
    trail = AuditEvent.objects.filter(clinic_id=stored[0].clinic_id).order_by("-seq")[:2]
    assert [row.subject_id for row in trail] == [stored[1].pk, stored[0].pk]


@pytest.mark.postgres
def test_two_links_of_one_chain_follow_each_other(committed: Universe) -> None:
    session, said = a_given_session(committed), {"at": committed.now}
    event = Event.SESSION_LOGGED
    entries = [audit.entry(event, session, clinic_id=session.clinic_id, **said) for _ in range(2)]
    store_alone([session], then=[one for entry in entries for one in entry])
    assert first_fault(session.clinic_id) is None
    assert AuditEvent.objects.filter(subject_id=session.pk).count() == 2
