"""The hospital's own sign-in, against a provider that really runs: who gets in, who not."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.people import factor_actions, hospital_actions
from sessions_app.people.models import User
from tests.people import provider as hospitals
from tests.people import signing
from tests.people.provider import CLIENT, NAME, SECRET, Provider, key_named
from tests.people.signing import EMAIL, OWN, STEP, browser, code, is_in
from tests.reading import Page
from tests.universe import Universe

TO, BACK = "/sign-in/hospital/", "/sign-in/hospital/back/"
KNOWN = {"email": EMAIL, "email_verified": True}


@pytest.fixture
def hospital(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    with hospitals.running() as provider:
        provider.claims = dict(KNOWN)
        settings.HOSPITAL_SIGN_IN = {
            "name": NAME,
            "issuer": provider.issuer,
            "client_id": CLIENT,
            "client_secret": SECRET,
        }
        yield provider


def way_back(one: Client, wanted: str = "/clinic/") -> str:
    """Go to the provider; return the address to which it leads back."""
    asked = one.get(TO, {"next": wanted})
    assert asked.status_code == 302
    back = urlsplit(hospitals.followed(asked.headers["Location"]))
    assert back.path == BACK
    return f"{back.path}?{back.query}"


def tried(one: Client) -> int:
    return one.get(way_back(one)).status_code


def test_a_person_is_let_in_and_led_to_the_page_that_was_asked_for(
    universe: Universe, hospital: Provider
) -> None:
    one, people = browser(), User.objects.count()
    page = Page(one.get("/sign-in/?next=/clinic/"))
    assert "Sign in with Birchwood Hospital" in page.words
    assert TO + "?next=/clinic/" in page.links()
    answer = one.get(way_back(one))
    assert (answer.headers["Location"], is_in(one)) == ("/clinic/", True)
    assert one.get("/patients/").status_code == 200
    assert User.objects.count() == people
    event = AuditEvent.objects.filter(action="person.signed_in").latest("at")
    assert (event.actor_id, event.new) == (universe.therapist.user_id, {"by": "hospital"})


def test_the_address_counts_whatever_its_case(universe: Universe, hospital: Provider) -> None:
    hospital.claims["email"] = EMAIL.upper()
    one = browser()
    assert (tried(one), is_in(one)) == (302, True)


def test_what_is_asked_carries_no_secret_and_differs_each_time(
    universe: Universe, hospital: Provider
) -> None:
    asked = [parse_qs(urlsplit(browser().get(TO).headers["Location"]).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name]
        assert len(asked[0][name][0]) >= 16
    assert asked[0]["code_challenge_method"] == ["S256"]
    assert SECRET not in str(asked)


def now() -> int:
    return int(time.time())


WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "for another client": {"aud": "another"},
    "for several, by another": {"aud": [CLIENT, "another"], "azp": "another"},
    "for nobody": {"aud": None},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "expired": {"exp": 1},
    "without an end": {"exp": None},
    "not yet": {"nbf": 32_503_680_000},
    "of nobody": {"sub": None},
    "an address that is not verified": {"email_verified": False},
    "an address of which nothing is said": {"email_verified": None},
    "verified in words": {"email_verified": "true"},
    "no address": {"email": ""},
    "an unknown person": {"email": "nobody@birchwood.example"},
    "an address in a list": {"email": [EMAIL]},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_does_not_hold_lets_nobody_in(
    universe: Universe, hospital: Provider, wrong: dict[str, Any]
) -> None:
    hospital.claims.update(wrong)
    one, people = browser(), User.objects.count()
    answer = one.get(way_back(one))
    assert (answer.status_code, is_in(one)) == (403, False)
    assert "did not let you in here" in Page(answer).words
    assert User.objects.count() == people


def test_a_closed_account_stays_closed(universe: Universe, hospital: Provider) -> None:
    User.objects.filter(email=EMAIL).update(is_active=False)
    one = browser()
    assert (tried(one), is_in(one)) == (403, False)


def test_a_token_that_another_key_signed_is_refused(universe: Universe, hospital: Provider) -> None:
    hospital.key = key_named("another")
    assert tried(browser()) == 403


@pytest.mark.parametrize("header", [{"kid": "two"}, {}])
def test_a_token_of_an_unknown_key_is_refused(
    universe: Universe, hospital: Provider, header: dict[str, str]
) -> None:
    hospital.header = header
    assert tried(browser()) == 403


@pytest.mark.parametrize(("algorithm", "key"), [("none", None), ("HS256", "s" * 32)])
def test_a_token_without_a_real_signature_is_refused(
    universe: Universe, hospital: Provider, algorithm: str, key: str | None
) -> None:
    hospital.algorithm, hospital.key = algorithm, key
    assert tried(browser()) == 403


def test_a_way_back_is_good_for_the_browser_that_asked_and_once(
    universe: Universe, hospital: Provider
) -> None:
    one, other = browser(), browser()
    back = way_back(one)
    assert other.get(back).status_code == 403
    assert one.get(back.replace("state=", "state=x")).status_code == 403
    assert one.get(back).status_code == 302
    one.post("/sign-out/")
    assert one.get(back).status_code == 403
    for sent in ("", "?code=1", "?state=1", "?code=1&state=1"):
        assert browser().get(BACK + sent).status_code == 403


def test_two_windows_may_ask_at_once(universe: Universe, hospital: Provider) -> None:
    one = browser()
    first, second = way_back(one), way_back(one)
    code_of_second = parse_qs(urlsplit(second).query)["code"][0]
    mixed = first.split("code=")[0] + f"code={code_of_second}&state=" + first.split("state=")[1]
    assert one.get(mixed).status_code == 403  # the first window's state, the second one's code
    assert one.get(way_back(one)).status_code == 302


def test_a_person_who_said_no_there_is_back_at_the_sign_in_page(
    universe: Universe, hospital: Provider
) -> None:
    one = browser()
    state = parse_qs(urlsplit(way_back(one)).query)["state"][0]
    answer = one.get(BACK, {"error": "access_denied", "state": state})
    assert answer.status_code == 403
    assert Page(answer).inputs("password")


def test_the_code_is_worth_nothing_without_the_verifier(
    universe: Universe, hospital: Provider
) -> None:
    one = browser()
    back = way_back(one)
    [asked] = hospital.codes.values()
    asked["code_challenge"] = "another"
    assert one.get(back).status_code == 403
    assert hospital.refused == ["verifier"]


def test_a_provider_that_calls_itself_otherwise_is_not_gone_to(
    universe: Universe, hospital: Provider
) -> None:
    hospital.config = {"issuer": "https://evil.example"}
    assert browser().get(TO).status_code == 502


@pytest.mark.parametrize("end", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_an_end_point_off_the_providers_scheme_is_not_gone_to(
    universe: Universe, hospital: Provider, end: str
) -> None:
    hospital.config = {end: "ftp://127.0.0.1/"}
    assert browser().get(TO).status_code == 502


@pytest.mark.parametrize("end", ["token_endpoint", "jwks_uri"])
def test_an_end_point_that_leads_elsewhere_is_not_followed(
    universe: Universe, hospital: Provider, end: str
) -> None:
    one = browser()
    back = way_back(one)
    hospital.config = {end: f"{hospital.issuer}/elsewhere{urlsplit(hospital.discovery[end]).path}"}
    assert (one.get(back).status_code, is_in(one)) == (403, False)


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_signs_nobody_in(universe: Universe, hospital: Provider, site: str) -> None:
    one = browser()
    asked = one.get(TO, headers={"Sec-Fetch-Site": site})
    assert (asked.status_code, hospital.codes) == (200, {})
    assert "press its button" in Page(asked).words
    for own in ("same-origin", "none"):
        assert one.get(TO, headers={"Sec-Fetch-Site": own}).status_code == 302


def test_a_provider_that_is_away_is_said(universe: Universe, settings: Any) -> None:
    with hospitals.running() as gone:
        settings.HOSPITAL_SIGN_IN = {
            "name": NAME, "issuer": gone.issuer, "client_id": CLIENT, "client_secret": SECRET
        }  # fmt: skip
    answer = browser().get(TO)
    assert answer.status_code == 502
    assert "cannot be reached now" in Page(answer).words


def test_no_other_host_is_led_to_afterwards(universe: Universe, hospital: Provider) -> None:
    one = browser()
    assert one.get(way_back(one, "https://evil.example/")).headers["Location"] == "/"


def test_the_second_factor_is_asked_unless_the_hospital_saw_one(
    universe: Universe, hospital: Provider
) -> None:
    secret = signing.add_code_app(signing.signed_in())
    one = browser()
    assert one.get(way_back(one)).headers["Location"] == STEP
    answer = one.post(STEP, {"code": code(secret, 1)})
    assert (answer.headers["Location"], is_in(one)) == ("/clinic/", True)
    hospital.claims["amr"] = ["pwd", "mfa"]
    other = browser()
    assert other.get(way_back(other)).headers["Location"] == "/clinic/"


@pytest.mark.parametrize(("amr", "led"), [(["mfa"], 200), (["pwd"], 302), ("mfa", 302)])
def test_where_a_clinic_asks_for_a_factor_the_hospitals_counts(
    universe: Universe, hospital: Provider, amr: Any, led: int
) -> None:
    clinics = type(universe.birchwood).objects
    clinics.filter(pk=universe.birchwood.pk).update(second_factor_roles=["therapist"])
    hospital.claims["amr"] = amr
    one = browser()
    one.get(way_back(one))
    assert one.get("/patients/").status_code == led
    assert led == 200 or one.get("/patients/").headers["Location"] == OWN


def test_an_address_that_only_the_userinfo_tells_counts_for_the_same_person(
    universe: Universe, hospital: Provider
) -> None:
    hospital.claims = {}
    hospital.userinfo = {"sub": "person-1", **KNOWN}
    assert tried(browser()) == 302
    hospital.userinfo = {"sub": "person-2", **KNOWN}
    assert tried(browser()) == 403


def test_who_gets_the_address_later_gets_nothing(universe: Universe, hospital: Provider) -> None:
    assert tried(browser()) == 302
    hospital.claims["sub"] = "person-2"
    one = browser()
    assert (tried(one), is_in(one)) == (403, False)
    hospital.claims = {"email": "of@another.example", "email_verified": False}
    assert tried(browser()) == 302  # the same person, under another address
    assert AuditEvent.objects.filter(action="person.hospital_tied").count() == 1
    user = User.objects.get(email=EMAIL)
    factor_actions.reset_factors(user, by=None)
    hospital.claims = {**KNOWN, "sub": "person-2"}
    assert tried(browser()) == 302
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert tried(browser()) == 403


def test_an_admin_unties_an_account_that_has_no_second_factor(
    universe: Universe, hospital: Provider, client_as: Callable[[str], Client]
) -> None:
    admin, user = client_as("admin"), universe.therapist.user
    deed = reverse("members:account_deed", args=[user.pk, "untie-hospital"])
    page = reverse("members:person", args=[user.pk])
    assert "Untie" not in Page(admin.get(page)).words
    assert "tied to nobody there" in Page(admin.post(deed)).words
    one = browser()
    assert tried(one) == 302
    assert "Untie" in Page(admin.get(page)).words
    assert admin.post(deed).status_code == 302
    assert one.get("/patients/").status_code == 302
    told = AuditEvent.objects.get(action="person.hospital_untied")
    assert (told.clinic_id, told.actor_id) == (universe.birchwood.pk, universe.admin.user_id)
    assert (told.old, told.new) == ({"ties": 1}, {"ties": 0})
    hospital.claims["sub"] = "person-2"  # the person's new account there
    assert tried(browser()) == 302


def test_who_also_works_elsewhere_is_not_untied_from_here(
    universe: Universe, client_as: Callable[[str], Client]
) -> None:
    hospital_actions.tie_to_hospital(universe.wanda, provider="a", mark="b")
    deed = reverse("members:account_deed", args=[universe.wanda.pk, "untie-hospital"])
    assert client_as("admin").post(deed).status_code == 403
    assert universe.wanda.socialaccount_set.exists()


def test_where_the_hospital_takes_another_provider_accounts_are_tied_anew(
    universe: Universe, hospital: Provider, settings: Any
) -> None:
    assert tried(browser()) == 302
    with hospitals.running() as another:
        another.claims = {**KNOWN, "sub": "uid=4711"}
        settings.HOSPITAL_SIGN_IN = {**settings.HOSPITAL_SIGN_IN, "issuer": another.issuer}
        assert [tried(browser()), tried(browser())] == [302, 302]
    assert AuditEvent.objects.filter(action="person.hospital_tied").count() == 2


def test_nothing_of_a_person_reaches_the_log(
    universe: Universe, hospital: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    hospital.claims.update(nonce="another")
    tried(browser())
    assert "hospital sign-in" in caplog.text
    assert EMAIL not in caplog.text
    assert "person-1" not in caplog.text
    assert isinstance(jwt.__version__, str)


def test_without_a_hospital_there_is_no_such_way(universe: Universe) -> None:
    assert "hospital" not in Page(browser().get("/sign-in/")).words.lower()
    assert browser().get(TO).status_code == browser().get(BACK).status_code == 404
