"""An admin tries the rules on past sessions: the table, its bound, and what is refused."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from sessions_app.dashboards import views
from sessions_app.patients import actions as patients
from sessions_app.sessions.models import Session, SessionReceipt
from sessions_app.vocabulary.conditions import FactKind
from tests.reading import Page
from tests.universe import ClientAs, Universe


def tried(client_as: ClientAs, universe: Universe, **asked: Any) -> Any:
    since = str(universe.today - timedelta(days=30))
    return client_as("admin").get(reverse("dashboards:replay"), {"since": since, **asked})


def row(html: str, rule: str) -> list[str]:
    """Return the numbers of a rule's line."""
    start = html.index(f'<span class="quiet">{rule}</span>')
    cells = html[start : html.index("</tr>", start)].split('<td class="number">')[1:]
    return [cell[: cell.index("<")] for cell in cells]


def test_nothing_is_asked_before_a_day_is_chosen(universe: Universe, client_as: ClientAs) -> None:
    answer = client_as("admin").get(reverse("dashboards:replay"))
    assert str(universe.today - timedelta(days=90)) in answer.content.decode()
    assert "asked again" not in answer.content.decode()


def test_the_table_counts_the_own_clinics_sessions(universe: Universe, client_as: ClientAs) -> None:
    html = tried(client_as, universe).content.decode()
    assert "3 sessions asked again" in html
    assert row(html, "B1") == ["1", "1", "0", "0"]
    assert "Adason" not in html


def test_another_threshold_is_tried(universe: Universe, client_as: ClientAs) -> None:
    patients.record_fact(
        patient=universe.bruno, kind=FactKind.PLATELETS, value=30, unit="per_nl",
        observed_on=universe.today, source="lab", by=universe.therapist,
    )  # fmt: skip
    answers = universe.answers(universe.bruno_course, universe.care())
    universe.log(universe.bruno_course, answers=answers)
    html = tried(client_as, universe, threshold="platelets_low", value="40000").content.decode()
    assert row(html, "H2") == ["1", "0", "1", "0"]
    assert row(html, "H3") == ["0", "1", "0", "1"]
    assert "with the threshold that you typed" in html


def test_a_page_asks_the_newest_sessions_and_says_so(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "NEWEST", 2)
    html = tried(client_as, universe).content.decode()
    assert "2 sessions asked again" in html
    assert "1 older one since that day is left out here" in html


def test_what_has_no_receipt_or_an_unreadable_one_is_told(
    universe: Universe, client_as: ClientAs
) -> None:
    old = Session.objects.get(pk=universe.ada_session.pk)
    old.pk, old.client_key = uuid.uuid4(), uuid.uuid4()
    old.save(force_insert=True)
    SessionReceipt(
        clinic=universe.birchwood, session=universe.bruno_session, phase="start",
        edition="0" * 16, written="{}", made_at=universe.now,
    ).save(force_insert=True)  # fmt: skip
    html = tried(client_as, universe).content.decode()
    assert "2 sessions asked again" in html
    assert "1 session has no receipt and cannot be asked" in html
    assert "1 session with a receipt that cannot be read is left out" in html


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": ""}, "Sessions since: a day like"),
        ({"since": "3 Nov"}, "Sessions since: a day like"),
        ({"since": "2999-01-01"}, "Sessions since: choose today or an earlier day."),
        ({"threshold": "platelets_low"}, "With this value: type the number to try."),
        ({"value": "5"}, "say which one has this value"),
        ({"threshold": "mood", "value": "5"}, "Try another threshold: choose one from the list"),
        ({"threshold": "platelets_low", "value": "few"}, "With this value: a number"),
        ({"threshold": "platelets_low", "value": "100"}, "no clinic may set it looser than 20,000"),
    ],
)
def test_what_cannot_be_tried_is_told_plainly(
    universe: Universe, client_as: ClientAs, asked: dict[str, str], said: str
) -> None:
    answer = tried(client_as, universe, **asked)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "asked again" not in answer.content.decode()


def test_a_page_without_sessions_says_that_nothing_speaks(
    universe: Universe, client_as: ClientAs
) -> None:
    Session.objects.filter(clinic_id=universe.birchwood.pk).update(
        performed_at=universe.now - timedelta(days=400)
    )
    page = Page(tried(client_as, universe))
    assert "0 sessions asked again" in page.html
    assert "No rule speaks in them." in page.html
