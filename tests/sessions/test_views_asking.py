"""«Before you begin» on the session form: an answer is kept, and nothing that was typed is lost."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from sessions_app.patients import actions as patients
from sessions_app.patients.models import ClinicalFact
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.reading import Page
from tests.sessions.typed import Typed, address, typed
from tests.universe import ClientAs, Universe

PHASES = ["start", "whole"]


def stale(universe: Universe, kind: FactKind = FactKind.WOUND, **more: Any) -> ClinicalFact:
    days = (kind.default_validity_days or 0) + 1
    sites = {"sites": [BodySite.HEEL_LEFT]} if kind.needs_sites else {}
    said = {"observed_on": universe.today - timedelta(days=days), "source": "nurse", **sites}
    return patients.record_fact(
        patient=universe.bruno, kind=kind, by=universe.therapist, **said, **more
    )


def block(page: Page) -> str:
    """The words of the block."""
    return " ".join(page.texts["before"].split())


def taps(page: Page) -> list[str]:
    """What the block's buttons answer."""
    return [a["value"] for tag, a in page.tags if tag == "button" and a.get("name") == "asked"]


def tap(browser: Client, where: str, form: Typed, answer: str) -> Any:
    return browser.post(where, {**form, "asked": answer})


def sent(page: Page, form: Typed) -> Typed:
    """What the page's form would send of what was typed."""
    again = page.form()
    return {name: sorted(again.get(name, [])) for name in form}


def as_sent(form: Typed) -> Typed:
    return {
        name: sorted(value) if isinstance(value, list) else [value] for name, value in form.items()
    }


@pytest.mark.parametrize("phase", PHASES)
def test_the_block_asks_what_is_out_of_date_and_what_nobody_asked(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    fact = stale(universe)
    count = stale(universe, FactKind.PLATELETS, value=Decimal(34), unit="per_nl")
    page = Page(client_as("therapist").get(address(universe, phase)))
    seen = f"{count.observed_on.day} {count.observed_on:%b %Y}"
    assert f"Platelet count 34 ×10⁹/L on {seen}; is there a newer value?" in block(page)
    assert "Open wound, left heel" in block(page)
    assert "2 questions," in block(page)
    assert {f"still:{fact.pk}", f"no:{fact.pk}", f"unknown:{fact.pk}", "new:wound"} <= {*taps(page)}
    assert {f"unknown:{count.pk}", "new:platelets"} <= {*taps(page)}
    assert f"still:{count.pk}" not in taps(page)
    assert "none:limb_clot_signs recent_clot" in taps(page)


def test_the_end_of_a_session_asks_nothing(universe: Universe, client_as: ClientAs) -> None:
    stale(universe)
    assert not Page(client_as("therapist").get(address(universe, "finish"))).has("before")


def test_the_enter_key_saves_and_answers_no_question(
    universe: Universe, client_as: ClientAs
) -> None:
    stale(universe)
    tags = Page(client_as("therapist").get(address(universe, "start"))).tags
    begins = next(n for n, (_, tag) in enumerate(tags) if tag.get("id") == "session-form")
    before = [tag for _, tag in tags[:begins] if tag.get("form") == "session-form"]
    assert before[0]["type"] == "submit"
    assert "name" not in before[0]  # neither an answer nor an emergency


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("said", ["still", "no", "unknown", "none"])
def test_an_answer_is_kept_and_nothing_typed_is_lost(
    universe: Universe, client_as: ClientAs, phase: str, said: str
) -> None:
    fact, browser, where = stale(universe), client_as("therapist"), address(universe, phase)
    form = typed(universe, phase)
    which = "limb_clot_signs recent_clot" if said == "none" else str(fact.pk)
    answer = tap(browser, where, form, f"{said}:{which}")
    page = Page(answer)
    assert answer.status_code == 200
    assert sent(page, form) == as_sent(form)
    assert "Saved: " in block(page)
    assert not page.has("error-summary")
    assert f"{said}:{which}" not in taps(page)
    assert not Session.objects.filter(client_key=form["client_key"]).exists()
    # and the form that came back can be saved: nothing of the answer sticks to it
    saved = browser.post(where, {**page.form(), "confirmed": "1", "reason": "as agreed"})
    assert saved.status_code == 302
    assert Session.objects.filter(client_key=form["client_key"]).exists()


def test_an_answer_does_not_complain_of_what_is_not_filled_in_yet(
    universe: Universe, client_as: ClientAs
) -> None:
    fact, browser, where = stale(universe), client_as("therapist"), address(universe, "whole")
    form = {**Page(browser.get(where)).form(), "pain_before": "7", "minutes": "3o"}
    page = Page(tap(browser, where, form, f"still:{fact.pk}"))
    assert "Nothing is saved yet" not in page.words
    said = {one for _, attrs in page.tags for one in attrs.get("class", "").split()}
    assert not [one for one in said if "error" in one and one != "notice--error"]  # of a sign-in
    assert (page.form()["pain_before"], page.form()["minutes"]) == (["7"], ["3o"])


def test_the_limits_are_those_after_the_answer(universe: Universe, client_as: ClientAs) -> None:
    fact, browser, where = stale(universe), client_as("therapist"), address(universe, "start")
    before = Page(browser.get(where))
    assert "Open wound or fresh scar" in before.words
    after = Page(tap(browser, where, before.form(), f"no:{fact.pk}"))
    assert "Open wound or fresh scar" not in after.words


def test_a_tick_does_not_outlive_the_facts_it_was_set_for(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start")
    form = {**Page(browser.get(where)).form(), "confirmed": "1"}
    page = Page(tap(browser, where, form, "new:wound"))
    record = {**page.posting("carried"), "sites": ["heel_left"], "source": "nurse"}
    back = Page(browser.post(where, record))
    assert back.form().get("confirmed") is None


@pytest.mark.parametrize("phase", PHASES)
def test_a_new_value_is_asked_on_its_own_page_which_carries_the_form(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    stale(universe, FactKind.PLATELETS, value=Decimal(34), unit="per_nl")
    browser, where, form = client_as("therapist"), address(universe, phase), typed(universe, phase)
    own = Page(tap(browser, where, form, "new:platelets"))
    assert "you come back to it" in own.words
    # a mistake there is told there, and still nothing is lost
    wrong = {**own.posting("carried"), "value": "34000", "unit": "per_nl", "source": "lab"}
    answer = browser.post(where, wrong)
    assert (answer.status_code, "Is the unit" in answer.content.decode()) == (422, True)
    right = {**Page(answer).posting("carried"), "unit": "per_ul"}
    page = Page(browser.post(where, right))
    assert sent(page, form) == as_sent(form)
    assert "Saved: platelet count." in block(page)
    mine = ClinicalFact.objects.filter(patient=universe.bruno, kind="platelets")
    assert sorted((one.value, one.unit) for one in mine) == [(34, "per_nl"), (34000, "per_ul")]
    # sent once more, as a reload does, it is not recorded twice
    assert browser.post(where, right).status_code == 200
    assert mine.count() == 2


def test_one_comes_back_from_that_page_without_saving(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "start")
    form = typed(universe, "start")
    own = Page(tap(browser, where, form, "new:wound"))
    page = Page(browser.post(where, {**own.posting("carried"), "asked": "back"}))
    assert sent(page, form) == as_sent(form)
    assert not ClinicalFact.objects.filter(patient=universe.bruno, kind="wound").exists()


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("still:nonsense", 404),
        ("still:00000000-0000-0000-0000-000000000000", 404),
        ("none:nonsense", 404),
        ("none:", 200),
        ("none:consent", 200),
        ("new:nonsense", 404),
        ("record:nonsense", 404),
        ("", 200),
        ("nonsense", 200),
    ],
)
def test_what_cannot_be_answered_changes_nothing(
    universe: Universe, client_as: ClientAs, answer: str, status: int
) -> None:
    count = ClinicalFact.objects.count()
    where, form = address(universe, "start"), typed(universe, "start")
    assert tap(client_as("therapist"), where, form, answer).status_code == status
    assert ClinicalFact.objects.count() == count
    assert not Session.objects.filter(client_key=form["client_key"]).exists()


def test_a_fact_of_another_patient_or_clinic_is_not_found(
    universe: Universe, client_as: ClientAs
) -> None:
    fact, other = stale(universe), universe.ada.facts.first()
    where, form = address(universe, "start"), typed(universe, "start")
    assert tap(client_as("therapist"), where, form, f"still:{other.pk}").status_code == 404
    assert tap(client_as("foreign_therapist"), where, form, f"no:{fact.pk}").status_code == 404


def test_a_volunteer_sees_that_there_is_something_to_ask_and_whom_to_tell(
    universe: Universe, client_as: ClientAs
) -> None:
    fact, browser, where = stale(universe), client_as("volunteer"), address(universe, "start")
    page = Page(browser.get(where))
    assert "1 question," in block(page)
    assert "Ask a therapist or the supervisor before you begin" in block(page)
    assert taps(page) == []
    for answer in (f"no:{fact.pk}", "none:wound", "new:wound"):
        assert tap(browser, where, page.form(), answer).status_code == 403
    fact.refresh_from_db()
    assert fact.ended_on is None
