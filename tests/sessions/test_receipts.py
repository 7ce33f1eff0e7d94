"""Each phase of a session leaves its receipt: what was asked, shown, broken and answered."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.safety.receipt import EDITION, Receipt, parse, versions_of
from sessions_app.sessions import edition_actions
from sessions_app.sessions.models import (
    CatalogueEdition,
    ReminderShown,
    Session,
    SessionReceipt,
    SiteTreated,
)
from sessions_app.vocabulary.body_sites import BodySite
from tests.universe import Universe, care

T_SPINE = {BodySite.SPINE_THORACIC: 3}


def receipts(session: Session) -> dict[str, Receipt]:
    rows = SessionReceipt.objects.filter(clinic_id=session.clinic_id, session_id=session.pk)
    return {row.phase: parse(json.loads(row.written), str(row.pk)) for row in rows}


def test_a_past_session_has_one_receipt_with_all_that_the_rules_read(universe: Universe) -> None:
    done = care(pressures=T_SPINE, minutes=25)
    answers = universe.answers(universe.ada_course, done, reason="as agreed")
    session = universe.log(universe.ada_course, care=done, answers=answers)
    (receipt,) = receipts(session).values()
    asked = receipt.asked
    assert not asked.planning
    assert asked.session is not None
    assert (asked.session.pressures, asked.session.minutes) == (T_SPINE, 25)
    assert {fact.id for fact in asked.facts.facts} == {str(f.pk) for f in universe.ada.facts.all()}
    assert [order.id for order in receipt.orders] == [str(universe.ada.orders.get().pk)]
    shown = ReminderShown.objects.filter(clinic_id=session.clinic_id, session_id=session.pk)
    assert sorted((one.rule, one.version, one.level) for one in receipt.shown) == sorted(
        shown.values_list("rule", "rule_version", "level")
    )
    assert [broken.site for broken in receipt.breaks] == list(T_SPINE)
    assert (receipt.answered.confirmed, receipt.answered.reason) == (True, "as agreed")
    assert receipt.edition == EDITION


def test_a_session_in_two_steps_has_a_receipt_for_each(universe: Universe) -> None:
    session = universe.start(universe.ada_course)
    universe.finish(session, care=care(minutes=20))
    both = receipts(session)
    assert set(both) == {"start", "finish"}
    assert both["start"].asked.planning
    assert both["finish"].asked.session is not None
    assert both["finish"].asked.session.minutes == 20


def test_a_repeat_leaves_no_second_receipt(universe: Universe) -> None:
    session = universe.start(universe.ada_course)
    for _ in range(2):
        universe.finish(session)
    assert len(receipts(session)) == 2


def test_a_receipt_costs_one_statement(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row more, in the same message: an INSERT, and none for an edition that is there."""
    answers = universe.answers(universe.bruno_course, care())
    monkeypatch.setattr(edition_actions, "_stored", {EDITION})
    with CaptureQueriesContext(connection) as said:
        universe.log(universe.bruno_course, answers=answers)
    whole = "\n".join(query["sql"] for query in said.captured_queries)
    assert len(re.findall(r'INSERT INTO "?sessions_app_sessionreceipt\b', whole)) == 1
    assert "catalogueedition" not in whole


def test_the_edition_is_stored_once_with_every_rule(universe: Universe) -> None:
    universe.log(universe.bruno_course)
    universe.log(universe.diego_course)
    (row,) = CatalogueEdition.objects.all()
    assert (row.edition, row.rules) == (EDITION, versions_of())


def test_an_edition_that_was_rolled_back_is_stored_with_the_next_receipt(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition_actions, "_stored", set())
    universe.log(universe.bruno_course)  # in the test's transaction, which is never through
    assert edition_actions._stored == set()
    assert edition_actions.edition(universe.now)


@pytest.mark.parametrize(
    ("done", "overridden"),
    [(care(), False), (care(pressures=T_SPINE), True)],
    ids=["within", "beyond"],
)
def test_a_reminder_tells_whether_its_limit_was_passed(
    universe: Universe, done: object, overridden: bool
) -> None:
    answers = universe.answers(universe.ada_course, done, reason="as agreed")  # type: ignore[arg-type]
    session = universe.log(universe.ada_course, care=done, answers=answers)
    rows = ReminderShown.objects.filter(clinic_id=session.clinic_id, session_id=session.pk)
    told = dict(rows.values_list("rule", "overridden"))
    assert told["B1"] is overridden
    assert not any(said for rule, said in told.items() if rule != "B1")
    assert SiteTreated.objects.filter(session_id=session.pk).exists()


def test_a_stop_that_was_not_heeded_is_overridden(universe: Universe) -> None:
    answers = universe.answers(universe.erin_course, care(), reason="agreed by word")
    session = universe.log(
        universe.erin_course, answers=answers, performed_at=universe.now - timedelta(hours=2)
    )
    row = ReminderShown.objects.get(session_id=session.pk, rule="X1")
    assert row.overridden is True
