"""What a stored session went past, told in words: what was done, what was to be kept, why."""

from types import SimpleNamespace
from typing import Any

from sessions_app.patients import actions as patients
from sessions_app.sessions.models import Session, SessionReceipt
from sessions_app.sessions.passed import IN_SPITE_OF_A_STOP, passed_of
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.universe import Universe, care

FIRM = {BodySite.HAND_LEFT: 5, BodySite.FOOT_TOP_LEFT: 5, BodySite.SPINE_THORACIC: 0}


def know(universe: Universe, who: str, kind: FactKind, **more: Any) -> None:
    """Put a fact on a chart."""
    patients.record_fact(
        patient=universe.patients[who], kind=kind, observed_on=universe.today, source="nurse",
        by=universe.therapist, **more,
    )  # fmt: skip


def told(session: Session) -> dict[str, tuple[str, ...]]:
    """Return what went past, each with what had said so."""
    row = Session.objects.get(pk=session.pk)
    receipts = SessionReceipt.objects.filter(session_id=row.pk)
    return {one.what: one.because for one in passed_of(row, receipts)}


def test_sites_of_one_limit_are_told_together_with_what_said_so(universe: Universe) -> None:
    found = told(universe.log(universe.ada_course, care=care(pressures=FIRM)))
    assert list(found) == [
        "Thoracic spine: pressure 0, limit no contact",
        "Left hand; left foot, top: pressure 5, limit up to pressure 2",
    ]
    [why] = found["Thoracic spine: pressure 0, limit no contact"]
    assert why.startswith("Bone metastasis: thoracic spine")


def test_a_session_that_was_too_long_is_told_by_its_minutes(universe: Universe) -> None:
    know(universe, "bruno", FactKind.CACHEXIA)
    one = care(minutes=45, pressures={BodySite.HAND_LEFT: 1})
    why = f"Very thin or exhausted ({universe.today:%-d %b %Y}; nurse)."
    assert told(universe.log(universe.bruno_course, care=one)) == {
        "Duration: 45 minutes, at most 20": (why,)
    }


def test_many_sites_are_counted(universe: Universe) -> None:
    everywhere = care(pressures=dict.fromkeys(list(BodySite)[:12], 5))
    assert any(
        what.endswith(" sites: pressure 5, limit up to pressure 2")
        for what in told(universe.log(universe.ada_course, care=everywhere))
    )


def test_what_was_planned_past_a_limit_and_not_done_is_told_as_planned(universe: Universe) -> None:
    course, firm = universe.ada_course, care(pressures={BodySite.HAND_LEFT: 5})
    why = universe.answers(course, firm, planning=True, reason="he asks for it")
    begun = universe.start(course, plan=firm, answers=why)
    [planned] = told(begun)
    assert planned == "Planned. Left hand: pressure 5, limit up to pressure 2"
    # done as planned it is no longer said to be planned; done more lightly it is
    done = universe.finish(begun, care=care(pressures={BodySite.HAND_LEFT: 1}))
    assert list(told(done)) == [planned]


def test_a_stop_that_was_not_heeded_is_told(universe: Universe) -> None:
    know(universe, "bruno", FactKind.FEVERISH)
    one = universe.log(universe.bruno_course, care=care(pressures={BodySite.HAND_LEFT: 0}))
    assert one.limit_broken
    assert IN_SPITE_OF_A_STOP in told(one)


def test_without_a_receipt_that_can_be_read_the_reminders_tell(universe: Universe) -> None:
    one = universe.log(universe.ada_course, care=care(pressures=FIRM))
    unreadable = SimpleNamespace(pk=1, written='{"form": 99}', made_at=universe.now, phase="whole")
    for receipts in ([], [unreadable]):
        found = {passed.what: passed.because for passed in passed_of(one, receipts)}  # type: ignore[arg-type]
        [why] = found["Thoracic spine: 0 · resting hand"]
        assert why.startswith("Bone metastasis: thoracic spine")
        assert "Left hand; left foot, top: 5 · strongest" in found
