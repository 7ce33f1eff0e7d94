"""Two arms beside each other: what can be asked, and what is hidden."""

import csv
import io
import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from sessions_app.dashboards import arms_report
from sessions_app.dashboards.arms_report import ArmsReport, Asked, pairs, report_of
from sessions_app.dashboards.csv_text import text_of
from sessions_app.reports import apart
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import admit
from tests.reading import Page
from tests.universe import ClientAs, Universe, ratings, still_touch
from tests.universe import Score as Told

REST = "rest.1.massage.touch"
WHERE = "/summary/arms/"


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit waits for others of a busy machine; only tests of the limit have one."""
    monkeypatch.setattr(apart, "LONGEST", 600.0)


def ward(universe: Universe, seed: int, massage: int = 11, touch: int = 11) -> None:
    """Give patients of both arms sessions by lot; one score in ten is missing."""
    lot = random.Random(seed)  # noqa: S311 - invented patients
    for arm, number in (("massage", massage), ("touch", touch)):
        for _ in range(number):
            course, bent = admit(universe, "rest", arm), lot.randint(-1, 1)
            for _ in range(lot.randint(1, 3)):
                told = [_scores(lot, bent + (2 if arm == "massage" else 1)) for _ in range(2)]
                before = ratings(pain=told[0][0], mood=told[1][1])
                after = ratings(pain=told[0][1], mood=told[1][0])
                universe.log(course, care=still_touch(), before=before, after=after)


def _scores(lot: random.Random, drop: int) -> tuple[Told, Told]:
    """A higher and a lower score, or a reason in the place of the lower one."""
    high = lot.randint(3, 10)
    if lot.random() < 0.1:
        return high, MissingReason.ASLEEP
    return high, min(10, max(0, high - drop - lot.randint(-1, 1)))


def asked(scale: Scale = Scale.PAIN, **days: date) -> Asked:
    return Asked(pairs()[REST], scale, **days)


def report(universe: Universe, **changes: Any) -> ArmsReport:
    return report_of(universe.birchwood, asked(**changes))


def test_the_days_are_the_clinics_and_both_count(universe: Universe) -> None:
    day = universe.ada_session.performed_at.astimezone(universe.birchwood.zone).date()
    one = timedelta(days=1)

    def seen(**days: date) -> int:
        return sum(side.change.sessions for side in report(universe, **days).sides)

    assert seen() == seen(first=day, last=day) == 2
    assert seen(first=day + one) == seen(last=day - one) == 0


def test_below_ten_patients_only_counts_are_shown_and_no_process_is_started(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "subprocess", None)
    ward(universe, seed=5, massage=9, touch=8)
    answer = shown(client_as)
    words = Page(answer).words
    assert "Needs 10 patients with both scores on «Simple touch»; you have 9." in words
    assert "Needs 10 patients with both scores on «Massage»; you have" not in words
    assert "95 % interval" not in words
    assert "format=csv" not in answer.content.decode()
    assert shown(client_as, format="csv").headers["Content-Type"].startswith("text/html")


def shown(client_as: ClientAs, who: str = "supervisor", **changes: str) -> Any:
    return client_as(who).get(WHERE, {"arms": REST, "scale": "pain", **changes})


def test_no_cell_of_the_file_is_read_as_a_formula() -> None:
    text = text_of([("=1+1", "-2.00", "+0.5"), ("@arm", "-cmd", "Massage")])
    assert list(csv.reader(io.StringIO(text))) == [
        ["'=1+1", "-2.00", "+0.5"],
        ["'@arm", "'-cmd", "Massage"],
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"arms": "rest.1.massage.nobody"}, "Two arms: choose one from the list."),
        ({"arms": "x" * 10_000}, "Two arms: choose one from the list."),
        ({"arms": ""}, "Two arms: choose one."),
        ({"scale": "heart_rate"}, "Scale: choose one from the list."),
        ({"scale": "\x00"}, "Scale: choose one from the list."),
        ({"first": "2025-11-20", "last": "2025-11-02"}, "choose the first day or a later one."),
        ({"first": "2999-01-01"}, "First day: choose today or an earlier day."),
        ({"last": "9999-12-31"}, "Last day: choose today or an earlier day."),
        ({"first": "0001-01-01"}, "First day: choose a day from 1 January 2000 on."),
        ({"last": "y" * 10_000}, "a day like 2026-11-21"),
    ],
)
def test_what_cannot_be_compared_is_told_plainly(
    universe: Universe, client_as: ClientAs, changes: dict[str, str], said: str
) -> None:
    answer = shown(client_as, **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Do the two arms differ" not in answer.content.decode()


def test_more_than_a_worker_can_hold_is_refused(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arms_report, "MOST", 1)
    answer = shown(client_as)
    assert answer.status_code == 422
    assert "These are more than 1 sessions with both scores." in answer.content.decode()


def test_an_empty_clinic_is_told_what_is_needed(universe: Universe, client_as: ClientAs) -> None:
    day = str(universe.today - timedelta(days=30))
    words = Page(shown(client_as, first=day, last=day)).words
    assert "Needs 10 patients with both scores on «Massage»; you have none." in words
    assert "nan" not in words.lower().split()


def test_another_clinics_sessions_are_in_no_arm(universe: Universe) -> None:
    found = report_of(universe.harbour, asked())
    assert [side.change.sessions for side in found.sides] == [1, 0]


def test_every_version_with_two_arms_is_offered_once(
    universe: Universe, client_as: ClientAs
) -> None:
    assert list(pairs()) == ["jane-bone.1.massage.attention", REST]
    page = Page(client_as("supervisor").get(WHERE))
    assert "Massage and Simple touch: REST: massage or simple touch (Kutner 2008), version 1" in (
        page.words
    )
    assert reverse("dashboards:arms") in Page(client_as("supervisor").get("/summary/")).links()


def test_the_page_costs_one_statement_more_than_its_form(
    universe: Universe, client_as: ClientAs, django_assert_max_num_queries: Any
) -> None:
    browser, where = client_as("supervisor"), {"arms": REST, "scale": "pain"}
    browser.get(WHERE)
    ward(universe, seed=10, massage=3, touch=2)
    with django_assert_max_num_queries(5):
        browser.get(WHERE, where)
