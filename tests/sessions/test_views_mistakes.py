"""A mistake in the session form: said at its field, nothing stored, nothing typed is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions_app.audit.models import AuditEvent
from sessions_app.sessions.models import Score, Session
from tests.reading import Page
from tests.sessions.typed import PHASES, Typed, address, resend, stored, typed
from tests.universe import ClientAs, Universe

pytestmark = pytest.mark.slow

NUMBERS = "whole number from 0 to 10"
SCORES = [
    ("11", NUMBERS), ("-1", NUMBERS), ("ten", NUMBERS), ("5\x00", NUMBERS), ("9" * 5000, NUMBERS),
    ("", "choose a number, or say why there is none"),
]  # fmt: skip
MINUTES = [
    (said, "Minutes: a whole number from 1 to 240.")
    for said in ("0", "-1", "241", "abc", "30e", "1e3", "30.5", "9" * 5000, "30\x00")
]
COUNT = "Heart rate before: a whole number from 20 to 250."
COUNTS = ("19", "251", "7-2", "72e", "72,5", "\x00")
WRONG: list[tuple[str, Typed, str, str]] = [
    *[("start", {"pain_before": said}, "id_pain_before", words) for said, words in SCORES],
    *[("finish", {"mood_after": said}, "id_mood_after", words) for said, words in SCORES],
    *[("whole", {"minutes": said}, "id_minutes", words) for said, words in MINUTES],
    *[("finish", {"minutes": said}, "id_minutes", words) for said, words in MINUTES[1:4]],
    ("whole", {"minutes": ""}, "id_minutes", "Minutes: type how many, or give the stop time."),
    ("whole", {"performed_on": "2026-02-30"}, "id_performed_on", "Day: choose it, or write"),
    ("whole", {"performed_on": ""}, "id_performed_on", "Day: choose it, or write"),
    ("whole", {"performed_on": "0001-01-01"}, "id_performed_on", "the first day of this course is"),
    ("whole", {"performed_on": "9999-12-31"}, "id_performed_on", "still to come"),
    ("whole", {"performed_time": "25:00"}, "id_performed_time", "Start time: write it like 14:05."),
    ("whole", {"performed_time": ""}, "id_performed_time", "Start time: write it like 14:05."),
    ("whole", {"stop_time": "25:00"}, "id_stop_time", "Stop time: write it like 14:05."),
    *[("whole", {"heart_rate_before": said}, "id_heart_rate_before", COUNT) for said in COUNTS],
    ("finish", {"respiratory_rate_after": "81"}, "id_respiratory_rate_after", "from 4 to 80."),
    ("start", {"techniques": ["tickling"]}, "id_techniques", "choose from those offered"),
    ("finish", {"techniques": []}, "id_techniques", "at least one technique"),
    ("finish", {"sites": []}, "id_sites", "at least one site"),
    ("finish", {"sites": ["tail"]}, "id_sites", "no such site"),
    ("start", {"sites": ["hand_left\x00"]}, "id_sites", "no such site"),
    ("finish", {"reaction": ""}, "id_reaction", "describe what happened"),
    ("finish", {"reaction": "none"}, "id_reaction", "choose «Described»"),
    ("whole", {"reaction_text": ""}, "id_reaction_text", "Describe in a few words"),
    ("finish", {"subjective": "n" * 10_000}, "id_subjective", "at most 4000"),
    ("finish", {"plan_note": "nul\x00"}, "id_plan_note", "cannot be stored"),
    ("whole", {"reaction_text": "n" * 2001}, "id_reaction_text", "at most 2000"),
    ("whole", {"position": "upside_down"}, "id_position", "Position: choose one of those offered."),
    ("whole", {"interruptions": ["dog"]}, "id_interruptions", "choose from those offered"),
    ("start", {"before_by": "nobody"}, "id_before_by", "Who said the scores before: choose one"),
]  # fmt: skip


def counts() -> list[int]:
    return [model.objects.count() for model in (Session, Score, AuditEvent)]


def lost(page: Page, form: Typed, wrong: Typed) -> dict[str, object]:
    """Return what was typed and is not in the page's form; an unticked site has no pressure."""
    sent, unticked = page.form(), "sites" in wrong
    kept = {
        name: sorted(said if isinstance(said, list) else [said])
        for name, said in form.items()
        if name not in wrong and said != "" and not (unticked and name.startswith("pressure"))
    }
    return {
        name: sent.get(name) for name, said in kept.items() if sorted(sent.get(name, [])) != said
    }


@pytest.mark.sqlite  # refused by the form, before anything is written
@pytest.mark.parametrize(("phase", "wrong", "field", "words"), WRONG)
def test_a_mistake_is_said_at_its_field_and_all_else_is_kept(
    universe: Universe, client_as: ClientAs, phase: str, wrong: Typed, field: str, words: str
) -> None:
    where, form = address(universe, phase), typed(universe, phase, **wrong)
    before = counts()
    answer = client_as("therapist").post(where, form)
    assert answer.status_code == 422
    page = Page(answer)
    assert words in page.said_at(field)
    assert lost(page, form, wrong) == {}
    assert counts() == before


@pytest.mark.parametrize("phase", PHASES)
def test_what_the_page_kept_is_saved_as_it_was_typed_once_the_mistake_is_mended(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    browser, where = client_as("therapist"), address(universe, phase)
    score = "pain_after" if phase == "finish" else "pain_before"
    kept = Page(browser.post(where, typed(universe, phase, **{score: "12"}))).form()
    answer = resend(browser, where, kept, **{score: "0"})
    assert answer.status_code == 302
    row = Session.objects.get(pk=answer.headers["Location"].strip("/").split("/")[-1])
    if phase == "start":
        assert row.plan["sites"] == {"foot_sole_right": 2, "hand_left": 0}
        return
    assert {one.site: one.pressure for one in row.sites.all()} == {
        "foot_sole_right": 2, "hand_left": 0,
    }  # fmt: skip
    assert row.subjective.splitlines() == ["first line", "second <b>line</b>"]
    assert row.objective == "</textarea><script>1</script>"
    assert row.interruptions == ["talk", "phone"]


@pytest.mark.sqlite  # refused by the form, before anything is written
@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("pressure", ["6", "9" * 5000])
def test_a_pressure_that_is_none_is_said_beside_its_site(
    universe: Universe, client_as: ClientAs, phase: str, pressure: str
) -> None:
    form = typed(universe, phase, **{"pressure-hand_left": pressure})
    answer = client_as("therapist").post(address(universe, phase), form)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Choose a pressure from 0 to 5" in page.said_at("site-hand_left")
    assert "missing or unknown: left hand" in page.said_at("id_sites")
    assert lost(page, form, {"pressure-hand_left": ""}) == {}


@pytest.mark.parametrize("phase", PHASES)
def test_a_pressure_that_is_not_sent_at_all_is_missed(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    form = typed(universe, phase)
    del form["pressure-hand_left"]
    page = Page(client_as("therapist").post(address(universe, phase), form))
    assert "Choose a pressure" in page.said_at("site-hand_left")


@pytest.mark.parametrize(("phase", "key"), [("start", ""), ("finish", "x"), ("whole", "1\x00")])
def test_a_damaged_key_is_renewed_and_the_form_can_be_sent_again(
    universe: Universe, client_as: ClientAs, phase: str, key: str
) -> None:
    browser, where = client_as("therapist"), address(universe, phase)
    form = typed(universe, phase, client_key=key)
    answer = browser.post(where, form)
    assert answer.status_code == 422
    page = Page(answer)
    assert "save once more" in page.words
    assert lost(page, form, {"client_key": key}) == {}
    assert resend(browser, where, page.form()).status_code == 302


@pytest.mark.parametrize("phase", PHASES)
def test_a_form_of_which_nothing_arrived_says_what_is_missing(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    where = address(universe, phase)
    before = counts()
    answer = client_as("therapist").post(where, {})
    assert answer.status_code == 422
    assert 'class="error-summary" role="alert"' in Page(answer).html
    assert counts() == before


def test_the_very_next_minute_is_still_to_come(universe: Universe, client_as: ClientAs) -> None:
    soon = timezone.now().astimezone(universe.birchwood.zone) + timedelta(minutes=2)
    when = {"performed_on": f"{soon:%Y-%m-%d}", "performed_time": f"{soon:%H:%M}"}
    form = typed(universe, "whole", **when)
    answer = client_as("therapist").post(address(universe, "whole"), form)
    assert answer.status_code == 422
    field = "time" if soon.date() == universe.today else "on"
    assert "still to come" in Page(answer).said_at(f"id_performed_{field}")


def test_a_session_left_open_since_yesterday_asks_for_its_minutes(
    universe: Universe, client_as: ClientAs
) -> None:
    yesterday = universe.now - timedelta(hours=26)
    row = universe.start(universe.diego_course, at=yesterday, plan=universe.care(minutes=None))
    where = reverse("sessions:finish", args=[row.pk])
    page = Page(client_as("therapist").post(where, typed(universe, "finish", minutes="")))
    assert "began 26 hours ago" in page.said_at("id_minutes")


def test_the_session_of_a_form_is_found_by_its_key(universe: Universe, client_as: ClientAs) -> None:
    form = typed(universe, "whole")
    client_as("therapist").post(address(universe, "whole"), form)
    assert stored(form).reaction_text == "Felt «dizzy» & sat up."


def test_the_summary_names_each_score_by_itself(universe: Universe, client_as: ClientAs) -> None:
    answer = client_as("therapist").post(address(universe, "whole"), {})
    summary = Page(answer).html.split('class="error-summary"')[1].split("</ul>")[0]
    said = [line.split("</a>")[0].split(">")[-1] for line in summary.split("<li>")[1:]]
    assert "Pain before: choose a number, or say why there is none." in said
    assert "Pain after: choose a number, or say why there is none." in said
    assert len(said) == len(set(said))


@pytest.mark.parametrize("phase", PHASES)
def test_a_refused_page_says_so_in_its_title_and_before_the_limits(
    universe: Universe, client_as: ClientAs, phase: str
) -> None:
    browser, where = client_as("therapist"), address(universe, phase, "ada")
    assert not Page(browser.get(where)).title.startswith("Not saved yet")
    page = Page(browser.post(where, {}))
    assert page.title.startswith("Not saved yet: ")
    assert page.html.index('class="error-summary"') < page.html.index('class="limits"')


@pytest.mark.parametrize("name", ["minutes", "heart_rate_before", "respiratory_rate_after"])
def test_a_number_is_typed_into_a_box_that_sends_whatever_is_typed(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    page = Page(client_as("therapist").get(address(universe, "whole")))
    (box,) = page.inputs(name)
    assert (box["type"], box["inputmode"]) == ("text", "numeric")


def test_a_past_session_is_preset_to_now_on_the_clinics_clock(
    universe: Universe, client_as: ClientAs
) -> None:
    before = timezone.localtime(timezone=universe.birchwood.zone)
    form = Page(client_as("therapist").get(address(universe, "whole"))).form()
    after = timezone.localtime(timezone=universe.birchwood.zone)
    shown = f"{form['performed_on'][0]} {form['performed_time'][0]}"
    assert f"{before:%Y-%m-%d %H:%M}" <= shown <= f"{after:%Y-%m-%d %H:%M}"
    assert form["stop_time"] == [""]


def test_a_stop_time_stands_for_the_minutes(universe: Universe, client_as: ClientAs) -> None:
    began = (universe.now - timedelta(hours=1)).astimezone(universe.birchwood.zone)
    stop = f"{began + timedelta(minutes=35):%H:%M}"
    form = typed(universe, "whole", minutes="", stop_time=stop)
    assert client_as("therapist").post(address(universe, "whole"), form).status_code == 302
    assert stored(form).minutes == 35


def test_an_end_that_is_still_to_come_and_times_that_disagree_are_said(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), address(universe, "whole")
    page = Page(browser.post(where, typed(universe, "whole", minutes="90")))
    assert "which is still to come." in page.said_at("id_minutes")
    began = (universe.now - timedelta(hours=1)).astimezone(universe.birchwood.zone)
    stop = f"{began + timedelta(minutes=20):%H:%M}"
    page = Page(browser.post(where, typed(universe, "whole", stop_time=stop)))
    assert "are 20 minutes, not 30" in page.said_at("id_stop_time")


def test_a_day_before_the_course_is_refused_with_the_courses_first_day(
    universe: Universe, client_as: ClientAs
) -> None:
    first = universe.bruno_course.starts_on
    form = typed(universe, "whole", performed_on=f"{first - timedelta(days=1):%Y-%m-%d}")
    page = Page(client_as("therapist").post(address(universe, "whole"), form))
    assert f"{first.day} {first:%B %Y}" in page.said_at("id_performed_on")


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        ("start", "Saved: the before-scores and the plan."),
        ("finish", "Saved: the after-scores and what was done."),
        ("whole", "Saved: the past session."),
    ],
)
def test_what_was_saved_is_said_once_on_the_sessions_page(
    universe: Universe, client_as: ClientAs, phase: str, words: str
) -> None:
    browser = client_as("therapist")
    answer = browser.post(address(universe, phase), typed(universe, phase))
    assert words in Page(browser.get(answer.headers["Location"])).words
    assert words not in Page(browser.get(answer.headers["Location"])).words
