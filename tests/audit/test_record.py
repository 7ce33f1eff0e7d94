"""What a write leaves in the audit trail, and that it comes back as it was written."""

import json
import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from sessions_app.audit.actions import content, plain, record, seal
from sessions_app.audit.chain import first_fault
from sessions_app.audit.context import as_request, request_id
from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import PatientStatus
from tests.universe import Universe

EAST = timezone(timedelta(hours=5, minutes=30))
VALUES: dict[str, Any] = {
    "decimal": Decimal("45.500"),
    "tiny": Decimal("0.001"),
    "big": Decimal("123456789.125"),
    "day": date(2026, 2, 28),
    "moment": datetime(2026, 3, 29, 1, 30, 0, 5, tzinfo=EAST),
    "words": 'Zoë «Łukasz» 名前 – 10⁹/L "quoted" \\ 100 % %s',
    "lines": "one\ntwo\ttabbed",
    "zero": 0,
    "nothing": None,
    "no": False,
    "member": PatientStatus.DIED,
    "sites": {BodySite.HAND_LEFT, BodySite.AXILLA_LEFT},
    "scores": {"pain": [0, "asleep"]},
    "id": uuid.UUID(int=7),
    "empty": [],
}
PLAIN: dict[str, Any] = {
    "decimal": "45.500",
    "tiny": "0.001",
    "big": "123456789.125",
    "day": "2026-02-28",
    "moment": "2026-03-28T20:00:00.000005+00:00",
    "words": VALUES["words"],
    "lines": VALUES["lines"],
    "zero": 0,
    "nothing": None,
    "no": False,
    "member": "died",
    "sites": ["axilla_left", "hand_left"],
    "scores": {"pain": [0, "asleep"]},
    "id": "00000000-0000-0000-0000-000000000007",
    "empty": [],
}


def write(universe: Universe, at: datetime, **new: Any) -> AuditEvent:
    record(
        Event.PATIENT_AMENDED,
        universe.ada,
        clinic_id=universe.birchwood.pk,
        actor=universe.therapist.user,
        new=new,
        at=at,
    )
    return AuditEvent.objects.filter(clinic_id=universe.birchwood.pk).latest("seq")


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_as_plain_json(universe: Universe, name: str) -> None:
    row = write(universe, universe.now, value=VALUES[name])
    assert row.new == {"value": PLAIN[name]}
    assert json.loads(json.dumps(plain({"value": VALUES[name]}))) == {"value": PLAIN[name]}


def test_all_values_together_are_sealed_as_they_are_read_back(universe: Universe) -> None:
    row = write(universe, datetime(2026, 10, 25, 1, 30, 0, 123456, tzinfo=EAST), **VALUES)
    assert row.hash == seal(row.previous, content(row))
    assert first_fault(universe.birchwood.pk) is None


def test_the_content_is_one_line_with_keys_in_order_and_time_in_utc(universe: Universe) -> None:
    row = write(universe, datetime(2026, 10, 25, 1, 30, tzinfo=EAST), words="Zoë")
    line = content(row)
    assert line.isascii()
    assert "\n" not in line
    assert '"at":"2026-10-24T20:00:00.000000+00:00"' in line
    assert list(json.loads(line)) == sorted(json.loads(line))


def test_the_order_in_which_values_were_given_does_not_matter(universe: Universe) -> None:
    one = write(universe, universe.now, a=1, b=2)
    one.new = {"b": 2, "a": 1}
    assert one.hash == seal(one.previous, content(one))


def test_a_row_names_actor_subject_and_request(universe: Universe) -> None:
    with as_request("abc123"):
        row = write(universe, universe.now, ward="Oak")
    assert (row.actor_id, row.actor_name) == (
        universe.therapist.user_id,
        "Therapist of Birchwood Hospice",
    )
    assert (row.subject_type, row.subject_id) == ("patient", universe.ada.pk)
    assert (row.action, row.request_id) == ("patient.amended", "abc123")
    assert row.at == universe.now.astimezone(UTC)


def test_outside_a_request_the_id_is_empty_again() -> None:
    with as_request("abc123"), as_request("inner"):
        assert request_id() == "inner"
    assert request_id() == ""


def test_each_clinic_has_its_own_chain(universe: Universe) -> None:
    before = AuditEvent.objects.filter(clinic_id=universe.harbour.pk).count()
    write(universe, universe.now, ward="Oak")
    assert AuditEvent.objects.filter(clinic_id=universe.harbour.pk).count() == before


def test_a_write_that_fails_later_leaves_no_event_and_no_gap(universe: Universe) -> None:
    first = write(universe, universe.now, ward="Oak")
    with transaction.atomic():
        write(universe, universe.now, ward="Elm")
        transaction.set_rollback(True)
    assert write(universe, universe.now, ward="Ash").seq == first.seq + 1
    assert first_fault(universe.birchwood.pk) is None


def test_a_chain_has_one_row_for_each_link(universe: Universe) -> None:
    row = write(universe, universe.now, ward="Oak")
    row.pk = uuid.uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_value_that_json_cannot_hold_is_refused(universe: Universe) -> None:
    with pytest.raises(TypeError), transaction.atomic():
        write(universe, universe.now, what=object())
