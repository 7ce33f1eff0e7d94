"""Several therapists, or one impatient browser, at the same moment (PostgreSQL, real commits)."""

import uuid
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from sessions_app.audit.chain import first_fault
from sessions_app.audit.models import AuditEvent
from sessions_app.sessions import actions
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.policies import KeyReused, NeedsAnswer, StillInProgress
from sessions_app.vocabulary.reasons import NotGivenReason
from tests.universe import Universe, ratings

pytestmark = pytest.mark.postgres
THREADS = 8


def together(deeds: Iterable[Callable[[], Any]]) -> list[Any]:
    """Do all the deeds at one moment, each on its own connection; return results or errors."""
    deeds = list(deeds)
    gate = Barrier(len(deeds), timeout=30)

    def one(deed: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait()
            return deed()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))


def answered(deed: Callable[[], Session]) -> Callable[[], Session]:
    """Answer anew when another deed has changed the reminders meanwhile, as a therapist does.

    Each of the other deeds can change them once, so more than `THREADS` times is no coincidence.
    """

    def until_answered() -> Session:
        for _ in range(THREADS):
            try:
                return deed()
            except NeedsAnswer:
                continue
        return deed()

    return until_answered


def logged(world: Universe, who: str, **changes: Any) -> Callable[[], Session]:
    return answered(lambda: world.log(world.courses[who], **changes))


def finished(world: Universe, session: Session) -> Callable[[], Session]:
    return answered(lambda: world.finish(session))


def test_one_form_sent_eight_times_at_once_is_one_session(committed: Universe) -> None:
    key, stored = uuid.uuid4(), AuditEvent.objects.count()
    got = together(logged(committed, "bruno", client_key=key) for _ in range(THREADS))
    assert {row.pk for row in got} == {Session.objects.get(client_key=key).pk}
    assert Score.objects.filter(session__client_key=key).count() == 2
    assert AuditEvent.objects.count() == stored + 1
    assert first_fault(committed.birchwood.pk) is None


def test_of_eight_forms_with_one_key_and_other_content_one_wins(committed: Universe) -> None:
    key = uuid.uuid4()
    got = together(
        logged(committed, "bruno", client_key=key, digest=str(n), before=ratings(pain=n))
        for n in range(THREADS)
    )
    row = Session.objects.get(client_key=key)
    assert [one.pk for one in got if isinstance(one, Session)] == [row.pk]
    assert sum(isinstance(one, KeyReused) for one in got) == THREADS - 1
    assert Score.objects.get(session=row, scale="pain").before == int(row.digest)


def test_eight_sessions_at_once_make_one_unbroken_chain(committed: Universe) -> None:
    stored = AuditEvent.objects.filter(clinic_id=committed.birchwood.pk).count()
    for _ in range(3):
        got = together(logged(committed, ("ada", "bruno", "diego")[n % 3]) for n in range(THREADS))
        assert all(isinstance(one, Session) for one in got), got
    rows = AuditEvent.objects.filter(clinic_id=committed.birchwood.pk).order_by("seq")
    assert [row.seq for row in rows] == list(range(1, stored + 3 * THREADS + 1))
    assert first_fault(committed.birchwood.pk) is None


def test_two_clinics_write_at_once_each_in_its_own_chain(committed: Universe) -> None:
    here = [logged(committed, "bruno") for _ in range(THREADS // 2)]
    far = committed.foreign_therapist
    there = [logged(committed, "farah", by=far) for _ in range(THREADS // 2)]
    assert all(isinstance(one, Session) for one in together([*here, *there]))
    for clinic in (committed.birchwood, committed.harbour):
        assert first_fault(clinic.pk) is None


def test_one_session_finished_eight_times_at_once_is_finished_once(committed: Universe) -> None:
    session = committed.start(committed.bruno_course)
    got = together(lambda: committed.finish(session) for _ in range(THREADS))
    assert {row.pk for row in got} == {session.pk}
    assert AuditEvent.objects.filter(subject_id=session.pk).count() == 2
    assert Score.objects.filter(session_id=session.pk).count() == 2


def test_different_deeds_at_once_do_not_block_each_other_for_ever(committed: Universe) -> None:
    begun = [committed.start(committed.courses[who]) for who in ("ada", "bruno", "diego")]

    def skipped() -> Session:
        return actions.not_given(
            enrolment=committed.diego_course,
            reason=NotGivenReason.STAFF,
            client_key=uuid.uuid4(),
            digest="x",
            by=committed.therapist,
        )

    finishing = [finished(committed, row) for row in begun]
    got = together([*finishing, skipped, skipped, *(logged(committed, "ada") for _ in range(3))])
    assert all(isinstance(one, Session) for one in got), got
    assert first_fault(committed.birchwood.pk) is None


def test_of_eight_starts_of_one_course_at_once_one_begins(committed: Universe) -> None:
    got = together(lambda: committed.start(committed.bruno_course) for _ in range(THREADS))
    begun = [one for one in got if isinstance(one, Session)]
    refused = [one for one in got if isinstance(one, StillInProgress)]
    assert (len(begun), len(refused)) == (1, THREADS - 1)
    assert {one.session.pk for one in refused} == {begun[0].pk}
