"""`manage.py replay_rules`: what the present rules would have said of past sessions."""

import uuid
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sessions_app.patients import actions as patients
from sessions_app.sessions.models import Session, SessionReceipt
from sessions_app.vocabulary.conditions import FactKind
from tests.universe import Universe


def told(universe: Universe, *more: str, days: int = 30) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    since = str(universe.today - timedelta(days=days))
    call_command("replay_rules", "--since", since, *more, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def counted(universe: Universe) -> Universe:
    """Give the world with a count of 30,000 for Bruno and a session after it."""
    patients.record_fact(
        patient=universe.bruno, kind=FactKind.PLATELETS, value=30, unit="per_nl",
        observed_on=universe.today, source="lab", by=universe.therapist,
    )  # fmt: skip
    answers = universe.answers(universe.bruno_course, universe.care())
    universe.log(universe.bruno_course, answers=answers, performed_at=timezone.now())
    return universe


def test_what_is_no_day_is_said(universe: Universe) -> None:
    with pytest.raises(CommandError, match="is no day; write 2026-11-21"):
        call_command("replay_rules", "--since", "21.11.2026")


def test_unchanged_rules_are_neither_new_nor_gone(universe: Universe) -> None:
    out, err = told(universe)
    assert "B1 would have fired once in 4 sessions (then 1; 0 new, 0 gone)" in out
    assert out.endswith("4 sessions asked again; no other rule speaks.\n")
    for line in out.splitlines()[:-1]:
        assert line.endswith("0 new, 0 gone)")
    assert err == ""


def test_one_clinic_is_asked_alone(universe: Universe) -> None:
    out, _ = told(universe, "--clinic", universe.harbour.slug)
    assert "1 session asked again" in out


def test_a_changed_threshold_speaks_where_the_present_one_did_not(counted: Universe) -> None:
    here = ("--clinic", counted.birchwood.slug, "--rule", "H2")
    assert told(counted, *here)[0] == (
        "H2 would have fired 0 times in 4 sessions (then 0; 0 new, 0 gone)\n"
    )
    assert told(counted, *here, "--set", "platelets_low=40000")[0] == (
        "H2 would have fired once in 4 sessions (then 0; 1 new, 0 gone)\n"
    )


def test_the_days_before_are_left_alone(universe: Universe) -> None:
    out, _ = told(universe, days=-1)
    assert out == "0 sessions asked again; no other rule speaks.\n"


def test_a_session_in_two_steps_counts_once(universe: Universe) -> None:
    universe.finish(universe.start(universe.ada_course))
    out, _ = told(universe, "--clinic", universe.birchwood.slug, "--rule", "B1")
    assert out.startswith("B1 would have fired 2 times in 4 sessions (then 2;")


def test_sessions_without_a_receipt_are_counted_and_left_out(universe: Universe) -> None:
    old = Session.objects.get(pk=universe.ada_session.pk)
    old.pk, old.client_key = uuid.uuid4(), uuid.uuid4()
    old.save(force_insert=True)
    out, _ = told(universe)
    assert out.endswith("\nLeft out: 1 session without a receipt.\n")


def test_an_unreadable_receipt_is_named_and_the_rest_is_counted(universe: Universe) -> None:
    session = universe.start(universe.diego_course)
    bad = SessionReceipt(
        clinic=universe.birchwood, session=session, phase="whole", edition="0" * 16,
        written='{"form": 9}', made_at=universe.now,
    )  # fmt: skip
    bad.save(force_insert=True)
    out, err = told(universe)
    assert "4 sessions asked again" in out
    assert "Left out: 1 session with an unreadable receipt." in err
    assert f"Receipt {bad.pk} cannot be read: it is of form 9" in err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--clinic", "nowhere"), "there is no clinic «nowhere»"),
        (("--rule", "ZZ"), "there is no rule «ZZ»"),
        (("--set", "platelets_low=1"), "no clinic may set it looser than 20,000"),
        (("--set", "x=1"), "There is no threshold «x»"),
    ],
)
def test_what_is_not_there_is_refused(universe: Universe, more: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        told(universe, *more)


def test_a_day_that_is_none_is_refused(universe: Universe) -> None:
    with pytest.raises(CommandError, match="since"):
        call_command("replay_rules", "--since", "last week")


def test_nothing_is_written(universe: Universe) -> None:
    before: list[Any] = list(SessionReceipt.objects.order_by("pk").values())
    told(universe)
    assert list(SessionReceipt.objects.order_by("pk").values()) == before
