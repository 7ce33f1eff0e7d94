"""Every address, for every role, in the own clinic and from another: the published matrix.

An address without a row fails. `sign in` is a redirect to the sign-in page. Foreign is a
therapist of another clinic, asking for what belongs to this one: 404, as if it were not there.
"""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from sessions_app.vocabulary.roles import Role
from tests.architecture.pages import PATTERNS, address, places
from tests.universe import ClientAs, Universe

SIGN_IN = "sign in"
Answer = int | str

ROLES = ("anonymous", "therapist", "volunteer", "supervisor", "admin", "foreign_therapist")
CHART = (SIGN_IN, 200, 200, 200, 403, 404)
CHARTING = (SIGN_IN, 200, 403, 200, 403, 404)
CARE = (SIGN_IN, 200, 200, 200, 403, 404)
SUPERVISING = (SIGN_IN, 403, 403, 200, 403, 403)
EVERY_MEMBER = (SIGN_IN, 200, 200, 200, 200, 200)
KEEPING = (SIGN_IN, 403, 403, 403, 200, 403)
TO_SIGN_IN = (SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN)
TO_PROVE = (SIGN_IN, 302, 302, 302, 302, 302)
NOWHERE = (404, 404, 404, 404, 404, 404)
NO_GET = (405, 405, 405, 405, 405, 405)

GET: dict[str, tuple[Answer, ...]] = {
    "rounds:first": (SIGN_IN, 302, 302, 302, 302, 302),
    "rounds:list": (SIGN_IN, 200, 200, 200, 403, 200),
    "rounds:chart": CHART,
    "rounds:course": CHART,
    "patients:register": (SIGN_IN, 200, 403, 200, 403, 200),
    "patients:amend": CHARTING,
    "patients:choose_fact": CHARTING,
    "patients:record_fact": CHARTING,
    "patients:end_fact": CHARTING,
    "patients:answer_fact": (SIGN_IN, *NO_GET[1:]),
    "patients:record_order": CHARTING,
    "patients:end_order": CHARTING,
    "timing:record": CHART,
    "timing:correct": CHART,
    "timing:withdraw": CHART,
    "people:sign_in": (200, 200, 200, 200, 200, 200),
    "people:sign_out": NO_GET,
    "people:state": (200, 200, 200, 200, 200, 200),
    "people:stay": NO_GET,
    "people:sign_in_again": NO_GET,
    "people:kept_form": (SIGN_IN, 404, 404, 404, 404, 404),  # one person's: test_kept_forms.py
    "people:sign_in_with_passkey": (200, 200, 200, 200, 200, 200),  # the script's question
    "people:second_step": TO_SIGN_IN,
    "people:to_hospital": NOWHERE,  # no hospital is set up here: tests/people/test_hospital.py
    "people:hospital_back": NOWHERE,
    "people:forgotten": (200, 200, 200, 200, 200, 200),
    "people:open_password_link": (302, 302, 302, 302, 302, 302),
    "people:new_password": NOWHERE,  # with a link: tests/people/test_forgotten.py
    "people:own": EVERY_MEMBER,
    "people:prove": EVERY_MEMBER,
    "people:change_password": EVERY_MEMBER,
    # Signed in long ago: first the page that asks for the password once more.
    "people:add_passkey": TO_PROVE,
    "people:add_code_app": TO_PROVE,
    "people:recovery_codes": TO_PROVE,
    "people:remove_factor": TO_PROVE,
    "people:name_factor": (SIGN_IN, 404, 404, 404, 404, 404),
    "people:end_sign_in": (SIGN_IN, *NO_GET[1:]),
    "people:end_other_sign_ins": (SIGN_IN, *NO_GET[1:]),
    "clinics:clinic": EVERY_MEMBER,
    "clinics:switch": (SIGN_IN, *NO_GET[1:]),
    "keeping:settings": KEEPING,
    "keeping:open_clinic": KEEPING,
    "clinics:thresholds": (SIGN_IN, 403, 403, 200, 200, 403),
    "clinics:set_threshold": (SIGN_IN, 403, 403, 403, 200, 403),
    "members:people": KEEPING,
    "members:person": KEEPING,
    "members:give_role": KEEPING,
    "members:change_role": KEEPING,
    "members:role_deed": KEEPING,
    "members:write_profile": KEEPING,
    "members:mine": EVERY_MEMBER,
    "members:account_deed": KEEPING,
    "members:password_link": KEEPING,
    "members:invite": KEEPING,
    "members:invitations": KEEPING,
    "members:resend": (SIGN_IN, *NO_GET[1:]),
    "members:withdraw": (SIGN_IN, *NO_GET[1:]),
    "members:open_link": (302, 302, 302, 302, 302, 302),
    "members:join": (404, 404, 404, 404, 404, 404),  # with a link: tests/members/test_joining.py
    "protocols:list": EVERY_MEMBER,
    "protocols:protocol": EVERY_MEMBER,
    "enrolments:choose_arm": CHARTING,
    "enrolments:enrol": CHARTING,
    "enrolments:end": CHARTING,
    "sessions:start": CARE,
    "sessions:log": CARE,
    "sessions:not_given": CARE,
    "sessions:session": CHART,
    "sessions:finish": CHARTING,  # the therapist began it; a volunteer ends one of their own
    "sessions:call_off": CHARTING,
    "sessions:follow_up": CARE,
    "sessions:open_emergency": (SIGN_IN, *NO_GET[1:]),
    "sessions:emergency": CARE,
    "sessions:close_emergency": SUPERVISING,
    "sessions:report_incident": CARE,
    "sessions:incidents": (SIGN_IN, 403, 403, 200, 403, 403),
    "sessions:incident": CHART,
    "sessions:incident_followed_up": SUPERVISING,
    "sessions:close_incident": SUPERVISING,
    "reads:of_patient": (SIGN_IN, 403, 403, 200, 403, 403),
    "emergency_access:list": (SIGN_IN, 403, 403, 200, 403, 403),
    "emergency_access:open": (SIGN_IN, 200, 403, 200, 403, 200),
    "emergency_access:end_own": (SIGN_IN, *NO_GET[1:]),
    "emergency_access:end": (SIGN_IN, *NO_GET[1:]),
    "emergency_access:seen": (SIGN_IN, *NO_GET[1:]),
    "trail:events": (SIGN_IN, 403, 403, 200, 200, 403),
    "trail:export": (SIGN_IN, *NO_GET[1:]),
    "trail:check": (SIGN_IN, *NO_GET[1:]),
    "dashboards:summary": (SIGN_IN, 403, 403, 200, 200, 403),
    "dashboards:arms": (SIGN_IN, 403, 403, 200, 200, 403),
    "dashboards:csv": (SIGN_IN, 403, 403, 200, 200, 403),
    "dashboards:network": (SIGN_IN, 403, 403, 403, 403, 403),  # of two clinics: test_network.py
    "dashboards:network_csv": (SIGN_IN, 403, 403, 403, 403, 403),
    "dashboards:sessions": SUPERVISING,
    "dashboards:eyes": SUPERVISING,
    "dashboards:alert_budget": (SIGN_IN, 403, 403, 200, 200, 403),
    "dashboards:replay": (SIGN_IN, 403, 403, 403, 200, 403),
}
POST: dict[str, tuple[Answer, ...]] = {
    # With nothing in it: a form says what is missing (422), a search leads to the list (303).
    "rounds:list": (SIGN_IN, 303, 303, 303, 403, 303),
    "patients:register": (SIGN_IN, 422, 403, 422, 403, 422),
    "patients:amend": (SIGN_IN, 422, 403, 422, 403, 404),
    "patients:record_fact": (SIGN_IN, 422, 403, 422, 403, 404),
    "patients:end_fact": (SIGN_IN, 422, 403, 422, 403, 404),
    "patients:answer_fact": (SIGN_IN, 302, 403, 302, 403, 404),
    "patients:record_order": (SIGN_IN, 422, 403, 422, 403, 404),
    "patients:end_order": (SIGN_IN, 422, 403, 422, 403, 404),
    "timing:record": (SIGN_IN, 422, 422, 422, 403, 404),
    "timing:correct": (SIGN_IN, 422, 422, 422, 403, 404),
    "timing:withdraw": (SIGN_IN, 422, 422, 422, 403, 404),
    "people:sign_in": (422, 422, 422, 422, 422, 422),
    "people:sign_out": (302, 302, 302, 302, 302, 302),
    "people:stay": (200, 200, 200, 200, 200, 200),
    "people:sign_in_again": (422, 422, 422, 422, 422, 422),
    "people:kept_form": (SIGN_IN, 404, 404, 404, 404, 404),
    "people:sign_in_with_passkey": (422, 422, 422, 422, 422, 422),
    "people:second_step": TO_SIGN_IN,
    "people:forgotten": (200, 200, 200, 200, 200, 200),  # no mail server is set: it says so
    "people:new_password": NOWHERE,
    "people:prove": (SIGN_IN, 422, 422, 422, 422, 422),
    "people:change_password": (SIGN_IN, 422, 422, 422, 422, 422),
    "people:add_passkey": TO_PROVE,
    "people:add_code_app": TO_PROVE,
    "people:recovery_codes": TO_PROVE,
    "people:remove_factor": TO_PROVE,
    "people:name_factor": (SIGN_IN, 404, 404, 404, 404, 404),
    "people:end_sign_in": (SIGN_IN, 404, 404, 404, 404, 404),
    "people:end_other_sign_ins": (SIGN_IN, 302, 302, 302, 302, 302),
    "clinics:switch": (SIGN_IN, 404, 404, 404, 404, 404),
    "clinics:set_threshold": (SIGN_IN, 403, 403, 403, 422, 403),
    "keeping:settings": (SIGN_IN, 403, 403, 403, 422, 403),
    "keeping:open_clinic": (SIGN_IN, 403, 403, 403, 422, 403),
    "members:people": (SIGN_IN, 403, 403, 403, 303, 403),
    "members:give_role": (SIGN_IN, 403, 403, 403, 422, 403),
    "members:change_role": (SIGN_IN, 403, 403, 403, 422, 403),
    "members:role_deed": (SIGN_IN, 403, 403, 403, 302, 403),
    "members:account_deed": (SIGN_IN, 403, 403, 403, 302, 403),
    "members:password_link": (SIGN_IN, 403, 403, 403, 200, 403),  # the link is shown
    "members:invite": (SIGN_IN, 403, 403, 403, 422, 403),
    "members:write_profile": (SIGN_IN, 403, 403, 403, 302, 403),  # all may stay empty
    "members:resend": (SIGN_IN, 403, 403, 403, 200, 403),
    "members:withdraw": (SIGN_IN, 403, 403, 403, 302, 403),
    "members:join": (404, 404, 404, 404, 404, 404),
    "enrolments:enrol": (SIGN_IN, 422, 403, 422, 403, 404),
    "enrolments:end": (SIGN_IN, 422, 403, 422, 403, 404),
    "sessions:start": (SIGN_IN, 422, 422, 422, 403, 404),
    "sessions:log": (SIGN_IN, 422, 422, 422, 403, 404),
    "sessions:not_given": (SIGN_IN, 422, 422, 422, 403, 404),
    "sessions:finish": (SIGN_IN, 422, 403, 422, 403, 404),
    "sessions:call_off": (SIGN_IN, 422, 403, 422, 403, 404),
    "sessions:follow_up": (SIGN_IN, 422, 422, 422, 403, 404),
    "sessions:open_emergency": (SIGN_IN, 302, 302, 302, 403, 404),
    "sessions:emergency": (SIGN_IN, 422, 422, 422, 403, 404),
    "sessions:close_emergency": (SIGN_IN, 403, 403, 422, 403, 403),
    "sessions:report_incident": (SIGN_IN, 422, 422, 422, 403, 404),
    "trail:export": (SIGN_IN, 403, 403, 200, 200, 403),
    "trail:check": (SIGN_IN, 403, 403, 302, 302, 403),
    "emergency_access:open": (SIGN_IN, 422, 403, 422, 403, 422),
    "emergency_access:end_own": (SIGN_IN, 302, 403, 302, 403, 302),
    "emergency_access:end": (SIGN_IN, 403, 403, 302, 403, 403),
    "emergency_access:seen": (SIGN_IN, 403, 403, 302, 403, 403),
    "sessions:incident_followed_up": (SIGN_IN, 403, 403, 422, 403, 403),
    "sessions:close_incident": (SIGN_IN, 403, 403, 422, 403, 403),
}
OWNED = {
    "patient_id", "enrolment_id", "session_id", "fact_id", "order_id", "emergency_id",
    "incident_id", "timed_id", "person_id", "role_id",
    "invitation_id", "access_id",
}  # fmt: skip
"""What in an address belongs to a clinic."""
CHOOSES_A_CLINIC = {"emergency_access:open"}
"""Pages on which another clinic is chosen by its name."""
READ_ONLY = set(GET) - set(POST)
KEPT = {"dashboards:summary"}
"""Pages that a browser keeps, and asks about each time: sums only, no patient."""
CASES = [
    (method, name, role, row[i])
    for method, matrix in (("get", GET), ("post", POST))
    for name, row in matrix.items()
    for i, role in enumerate(ROLES)
]
WITH_OWNED = [name for name in GET if places(name) & OWNED]
SHOWN_TO_OTHERS = [name for name, row in GET.items() if row[5] == 200]


def browser(client_as: ClientAs, role: str) -> Client:
    return Client(raise_request_exception=False) if role == "anonymous" else client_as(role)


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert set(GET) == set(PATTERNS)
    assert set(POST) <= set(GET)
    assert {role.value for role in Role} <= set(ROLES)
    assert all(len(row) == len(ROLES) for row in (*GET.values(), *POST.values()))


@pytest.mark.parametrize(("method", "name", "role", "expected"), CASES)
def test_the_answer_is_the_published_one(
    universe: Universe, client_as: ClientAs, method: str, name: str, role: str, expected: Answer
) -> None:
    where = address(name, universe)
    answer = getattr(browser(client_as, role), method)(where)
    if expected == SIGN_IN:
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("people:sign_in"))
    else:
        assert answer.status_code == expected


@pytest.mark.parametrize("name", sorted(READ_ONLY))
def test_a_page_that_only_shows_takes_no_post(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    assert client_as("supervisor").post(address(name, universe)).status_code == 405


@pytest.mark.parametrize("name", WITH_OWNED)
def test_what_another_clinic_owns_is_as_absent_as_what_nobody_owns(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    """The two answers are the same page, so that nobody learns that a chart exists."""
    there = address(name, universe)
    owned = [str(pk) for place, pk in resolve(there).kwargs.items() if place in OWNED]
    assert owned
    keeper = name.startswith("members:")
    foreign = client_as("foreign_admin" if keeper else "foreign_supervisor")
    ask = foreign.post if GET[name][-1] == 405 else foreign.get
    for pk in owned:
        seen, unseen = ask(there), ask(there.replace(pk, str(universe.birchwood.pk)))
        assert seen.status_code == unseen.status_code == 404
        assert as_if_absent(seen) == as_if_absent(unseen)


def as_if_absent(answer: HttpResponse) -> bytes:
    """Return a page without what differs with every request: its id, and the seals of forms."""
    bare = answer.content.replace(answer.headers["X-Request-ID"].encode(), b"")
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", bare)


@pytest.mark.parametrize("name", SHOWN_TO_OTHERS)
def test_a_page_of_the_own_clinic_shows_nothing_of_another(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    page = client_as("foreign_supervisor").get(address(name, universe)).content.decode()
    for own in ("Adason", "Brunoson", "Diegoson", "C-ada", "birchwood.example"):
        assert own not in page
    assert ("Birchwood" in page) == (name in CHOOSES_A_CLINIC)


def test_a_person_of_two_clinics_sees_only_the_one_in_which_they_act(
    universe: Universe, client_as: ClientAs
) -> None:
    where = address("rounds:chart", universe)
    assert client_as("wanda_here").get(where).status_code == 200
    assert client_as("wanda_there").get(where).status_code == 404


def test_a_person_switches_between_their_own_clinics_and_into_no_other(
    universe: Universe, client_as: ClientAs
) -> None:
    wanda, switch = client_as("wanda_here"), reverse("clinics:switch")
    assert wanda.post(switch, {"membership": universe.foreign_admin.pk}).status_code == 404
    assert wanda.post(switch, {"membership": universe.wanda_there.pk}).status_code == 302
    assert wanda.get(address("rounds:chart", universe)).status_code == 404
    assert wanda.post(switch, {"membership": universe.wanda_here.pk}).status_code == 302
    assert wanda.get(address("rounds:chart", universe)).status_code == 200


def test_a_refused_person_is_told_why(universe: Universe, client_as: ClientAs) -> None:
    page = client_as("volunteer").get(reverse("patients:register"))
    assert page.status_code == 403
    assert "you may not register and amend patients" in page.content.decode()


@pytest.mark.sqlite  # said by the middleware
@pytest.mark.parametrize("name", sorted(set(POST) - {"people:sign_in"}))
def test_a_post_without_its_token_is_refused(universe: Universe, name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(universe.supervisor.user)
    assert strict.post(address(name, universe)).status_code == 403


def test_an_account_that_was_closed_is_signed_out(universe: Universe, client_as: ClientAs) -> None:
    signed_in = client_as("therapist")
    user = universe.therapist.user
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert signed_in.get(reverse("rounds:list")).status_code == 302


@pytest.mark.sqlite  # said by the middleware
@pytest.mark.parametrize("name", [name for name, row in GET.items() if 200 in row])
def test_every_page_carries_the_browsers_rules(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    answer = client_as("supervisor").get(address(name, universe))
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    kept = answer.headers["Cache-Control"]
    assert kept == "private, no-cache" if name in KEPT else "no-store" in kept
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "require-trusted-types-for 'script'" in policy
    assert len(answer.headers["X-Request-ID"]) == 32
