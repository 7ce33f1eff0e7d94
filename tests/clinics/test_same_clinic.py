"""A form is taken in the clinic in which it was opened, whatever was chosen in another tab."""

import pytest
from django.test import Client

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.patients.models import Patient
from sessions_app.vocabulary.roles import Role
from tests.people.test_kept_forms import signed_in
from tests.people.test_lasting import put_back
from tests.reading import Page
from tests.universe import Universe

TYPED = {"given_names": "Nora", "family_name": "Newly", "birth_date": "1960-02-01"}


@pytest.fixture
def of_two(universe: Universe) -> Client:
    """Give the browser of a therapist who also works at Harbour, and is in Birchwood now."""
    person = universe.therapist.user
    clinics.add_member(clinic=universe.harbour, user=person, role=Role.THERAPIST, at=universe.now)
    browser = Client()
    signed_in(browser)
    go_to(browser, universe.birchwood)
    return browser


def go_to(browser: Client, clinic: Clinic) -> None:
    """Choose a clinic, as in another tab of the same browser."""
    chosen = Membership.objects.get(clinic=clinic, user_id=browser.session["_auth_user_id"])
    assert browser.post("/clinic/switch/", {"membership": str(chosen.pk)}).status_code == 302


def opened(browser: Client) -> dict[str, object]:
    """Open the form of a new chart and fill it in."""
    form = Page(browser.get("/patients/new/")).posting("family_name")
    return {**form, **TYPED, "chart_number": "N-1", "status": "active"}


def test_a_form_of_one_clinic_is_not_saved_in_another(universe: Universe, of_two: Client) -> None:
    form = opened(of_two)
    go_to(of_two, universe.harbour)
    answer = of_two.post("/patients/new/", form)
    assert answer.status_code == 409
    said = Page(answer).words
    assert f"It was opened in {universe.birchwood.name}" in said
    assert f"you now work in {universe.harbour.name}" in said
    assert not Patient.objects.filter(family_name="Newly").exists()
    # back in the first clinic the same form is taken
    go_to(of_two, universe.birchwood)
    assert of_two.post("/patients/new/", form).status_code == 302
    assert Patient.objects.get(family_name="Newly").clinic == universe.birchwood


def test_a_clinic_that_one_works_in_no_more_is_not_named(
    universe: Universe, of_two: Client
) -> None:
    form = opened(of_two)
    go_to(of_two, universe.harbour)
    Membership.objects.filter(clinic=universe.birchwood, user=universe.therapist.user).update(
        deactivated_at=universe.now
    )
    answer = of_two.post("/patients/new/", form)
    assert answer.status_code == 409
    assert "It was opened in another clinic" in Page(answer).words


def test_a_form_kept_over_a_sign_in_stays_until_its_clinic_is_chosen(
    universe: Universe, of_two: Client
) -> None:
    # given a form of Harbour whose sign-in ended; the next one begins in Birchwood
    go_to(of_two, universe.harbour)
    form = opened(of_two)
    put_back(of_two, active=16 * 60)
    of_two.post("/patients/new/", form)
    kept = signed_in(of_two)
    # when it is sent again, then nothing is written, and it is still there
    again = Page(of_two.get(kept)).posting("chart_number")
    assert of_two.post("/patients/new/", again).status_code == 409
    go_to(of_two, universe.harbour)
    again = Page(of_two.get(kept)).posting("chart_number")
    assert of_two.post("/patients/new/", again).status_code == 302
    assert Patient.objects.get(family_name="Newly").clinic == universe.harbour
    assert of_two.get(kept).status_code == 404
