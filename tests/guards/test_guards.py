"""The guards hold, are missed when they are gone, and come back by themselves."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from clinic import start
from sessions_app import guards
from sessions_app.clinics.links import links
from sessions_app.models import AuditEvent, FollowUpScore, Score, Session, SessionReceipt
from sessions_app.sessions import later_actions
from sessions_app.sessions.record import Rating
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint
from tests.guards.dropping import drop
from tests.universe import Universe, care

GUARDS = guards.guards_for(connection.vendor)
every_guard = pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)

AUDIT = "sessions_app_auditevent"
RECEIPT = "sessions_app_sessionreceipt"
TAMPERING = [
    f"UPDATE {AUDIT} SET actor_name = 'Somebody Else'",
    f"UPDATE {AUDIT} SET seq = seq + 1 WHERE seq = 1",
    f"DELETE FROM {AUDIT}",
    f"DELETE FROM {AUDIT} WHERE seq = 1",
]
TAMPERING_SQLITE = [
    f"INSERT OR REPLACE INTO {AUDIT} SELECT * FROM {AUDIT} WHERE seq = 2",
    f"REPLACE INTO {AUDIT} SELECT * FROM {AUDIT}",
    f"UPDATE OR REPLACE {AUDIT} SET seq = 1 WHERE seq = 2",
]
TAMPERING_POSTGRESQL = [
    f"TRUNCATE {AUDIT}",
    f"TRUNCATE {AUDIT} CASCADE",
    f"INSERT INTO {AUDIT} SELECT * FROM {AUDIT} ON CONFLICT (id) DO UPDATE SET action = 'x'",
]
OWN = TAMPERING_POSTGRESQL if connection.vendor == "postgresql" else TAMPERING_SQLITE


def execute(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def as_key(row: Session) -> object:
    return row.pk.hex if connection.vendor == "sqlite" else row.pk


@pytest.mark.parametrize("sql", TAMPERING + OWN)
def test_the_audit_trail_takes_nothing_but_new_rows(universe: Universe, sql: str) -> None:
    before = list(AuditEvent.objects.order_by("pk").values())
    with pytest.raises(IntegrityError, match="audit_is_append_only"):
        execute(sql)
    assert list(AuditEvent.objects.order_by("pk").values()) == before


RECEIPT_TAMPERING = [
    f"UPDATE {RECEIPT} SET written = '{{}}'",
    f"DELETE FROM {RECEIPT}",
    f"TRUNCATE {RECEIPT}"
    if connection.vendor == "postgresql"
    else f"REPLACE INTO {RECEIPT} SELECT * FROM {RECEIPT}",
]


@pytest.mark.parametrize("sql", RECEIPT_TAMPERING)
def test_a_receipt_is_never_changed(universe: Universe, sql: str) -> None:
    before = list(SessionReceipt.objects.order_by("pk").values())
    assert before
    with pytest.raises(IntegrityError, match="receipt_is_never_changed"):
        execute(sql)
    assert list(SessionReceipt.objects.order_by("pk").values()) == before


def test_the_orm_cannot_change_the_audit_trail_either(universe: Universe) -> None:
    row = AuditEvent.objects.first()
    for deed in (row.save, row.delete, AuditEvent.objects.all().delete):
        with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
            deed()


def test_a_session_not_given_takes_no_after_score(universe: Universe) -> None:
    session = _not_given(universe)
    new = Score.of(session, Scale.PAIN, before=3)
    with pytest.raises(IntegrityError, match="not_given_has_no_after_score"), transaction.atomic():
        Score.of(session, Scale.MOOD, after=0).save()
    new.save()
    with pytest.raises(IntegrityError, match="not_given_has_no_after_score"), transaction.atomic():
        Score.objects.filter(pk=new.pk).update(after=0)
    assert Score.objects.get(pk=new.pk).after is None


def test_a_reason_for_a_missing_after_score_may_stand_on_a_session_not_given(
    universe: Universe,
) -> None:
    row = Score.of(_not_given(universe), Scale.PAIN)
    row.after_missing = "asleep"
    row.save()
    assert Score.objects.get(pk=row.pk).after_missing == "asleep"


def test_a_session_with_an_after_score_does_not_become_not_given(universe: Universe) -> None:
    session = universe.log(universe.bruno_course, care=care())
    change = {
        "status": "not_given", "counted": False, "not_given_reason": "asleep", "minutes": None
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="not_given_has_no_after_score"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**change)


def test_a_session_not_given_takes_no_later_score(universe: Universe) -> None:
    now = {"measured_at": universe.now, "recorded_at": universe.now}
    later = FollowUpScore(
        clinic=universe.birchwood, session=_not_given(universe), scale="pain", value=3,
        time_point="next_day", reported_by="patient", recorded_by=universe.therapist.user, **now,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="not_given_has_no_later_score"), transaction.atomic():
        later.save(force_insert=True)


def test_a_score_asked_during_a_session_stays_where_it_is_called_off(universe: Universe) -> None:
    session = universe.start(universe.bruno_course)
    later_actions.add_follow_up(
        session, scale=Scale.PAIN, time_point=TimePoint.DURING, rating=Rating(value=4),
        measured_at=universe.now, by=universe.therapist,
    )  # fmt: skip
    later_actions.call_off(session, reason=NotGivenReason.ASLEEP, by=universe.therapist)
    assert session.follow_ups.count() == 1


def test_no_guard_is_missing_after_migrate(universe: Universe) -> None:
    assert guards.missing(connection) == []
    assert guards.install(connection) == []


def test_the_names_of_the_guards_are_unique_and_fit_the_catalogue() -> None:
    for vendor in ("sqlite", "postgresql"):
        names = [guard.name for guard in guards.guards_for(vendor)]
        assert len(names) == len(set(names))
        assert max(map(len, names)) <= 63  # PostgreSQL cuts a longer one, and misses it for ever


@every_guard
def test_a_dropped_guard_is_missed_by_name_and_put_back(
    universe: Universe, guard: guards.Guard
) -> None:
    drop(guard)
    assert guards.missing(connection) == [guard.name]
    assert guards.install(connection) == [guard.name]
    assert guards.missing(connection) == []


EMPTY_SQLITE = "CREATE TRIGGER {name} BEFORE UPDATE OF {column} ON {table} BEGIN SELECT 1; END"
EMPTY_POSTGRESQL = (
    "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    "CREATE OR REPLACE TRIGGER {name} AFTER UPDATE ON {table} EXECUTE FUNCTION nothing()",
)
LOOSE = "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column}) REFERENCES {parent} (id)"


def put_an_empty_one_there(guard: guards.Guard) -> None:
    """Leave the name and take away the meaning, past everything, with raw SQL."""
    parents = {link.name: link.parent for link in links()}
    words = {
        "name": guard.name, "table": guard.table, "column": guard.column or "id",
        "parent": parents.get(guard.name, ""),
    }  # fmt: skip
    connection.check_constraints()
    if connection.vendor == "postgresql" and guard.kind == "TRIGGER":
        statements = EMPTY_POSTGRESQL
    else:
        drop(guard)
        of_kind = {
            "TRIGGER": EMPTY_SQLITE,
            "CONSTRAINT": LOOSE,
            "INDEX": "CREATE INDEX {name} ON {table} (id)",
        }
        statements = (of_kind[guard.kind],)
    for statement in statements:
        execute(statement.format(**words))


@every_guard
def test_a_guard_of_the_same_name_that_guards_nothing_is_missed_and_made_anew(
    universe: Universe, guard: guards.Guard
) -> None:
    put_an_empty_one_there(guard)
    assert guards.missing(connection) == [guard.name]
    assert guards.install(connection) == [guard.name]
    assert guards.missing(connection) == []


def test_a_guard_on_another_table_does_not_count(universe: Universe) -> None:
    guard = next(one for one in GUARDS if one.name == "audit_no_delete")
    drop(guard)
    made = guard.statements[-1].replace(guard.table, "sessions_app_clinic")
    execute(made)
    assert guards.missing(connection) == ["audit_no_delete"]
    guards.install(connection)
    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError, match="audit_is_append_only"):
        execute(f"DELETE FROM {AUDIT}")


def test_a_guard_whose_words_change_with_a_version_is_made_anew(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = GUARDS[0].statements[-1]
    assert "audit_is_append_only" in made
    new = replace(GUARDS[0], statements=(*GUARDS[0].statements[:-1], made.replace("only", "more")))
    monkeypatch.setattr(guards, "guards_for", lambda vendor: (new, *GUARDS[1:]))
    assert guards.missing(connection) == [new.name]
    guards.install(connection)
    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError, match="audit_is_append_more"):
        execute(f"UPDATE {AUDIT} SET seq = 7")


@pytest.mark.postgres
def test_a_function_that_refuses_nothing_any_more_is_missed(universe: Universe) -> None:
    execute(
        "CREATE OR REPLACE FUNCTION stillhand_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RETURN NULL; END $$"
    )
    tables, deeds = ("audit", "receipt", "read", "threshold"), ("update", "delete", "truncate")
    append_only = [f"{table}_no_{deed}" for table in tables for deed in deeds]
    assert guards.missing(connection) == append_only
    assert guards.install(connection) == append_only
    test_the_audit_trail_takes_nothing_but_new_rows(universe, TAMPERING[0])


@pytest.mark.postgres
@pytest.mark.parametrize("how", ["DISABLE", "ENABLE REPLICA"])
def test_a_trigger_that_does_not_fire_counts_as_missing(universe: Universe, how: str) -> None:
    execute(f"ALTER TABLE {AUDIT} {how} TRIGGER audit_no_update")
    assert guards.missing(connection) == ["audit_no_update"]
    guards.install(connection)
    assert guards.missing(connection) == []


def test_migrate_puts_back_what_is_missing_and_its_functions(universe: Universe) -> None:
    for guard in GUARDS:
        drop(guard)
    if connection.vendor == "postgresql":
        execute(
            "DROP FUNCTION stillhand_refuse, stillhand_not_given_unscored, "
            "stillhand_scores_of_given CASCADE"
        )
    call_command("migrate", verbosity=0)
    assert guards.missing(connection) == []
    test_the_audit_trail_takes_nothing_but_new_rows(universe, TAMPERING[0])


def test_the_system_check_names_a_missing_guard(universe: Universe) -> None:
    call_command("check", stdout=StringIO())
    drop(GUARDS[0])
    with pytest.raises(CommandError, match=GUARDS[0].name):
        call_command("check", stdout=StringIO(), stderr=StringIO())


def test_the_server_does_not_start_without_a_guard(universe: Universe) -> None:
    start.refuse_half_configured()
    drop(GUARDS[-1])
    with pytest.raises(ImproperlyConfigured, match=GUARDS[-1].name):
        start.refuse_half_configured()


def _not_given(universe: Universe) -> Session:
    change = {"status": "not_given", "not_given_reason": "asleep", "minutes": None}
    session = universe.start(universe.bruno_course, before={})
    Session.objects.filter(pk=session.pk).update(**change)
    return session
