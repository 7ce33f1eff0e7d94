"""«Your sign-in»: own factors and own sign-ins only, the last required one stays, ending works."""

import uuid
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sessions_app.audit.models import AuditEvent
from sessions_app.people import factor_actions
from sessions_app.people.browsers import browser_in_words
from sessions_app.people.session_store import SessionStore
from sessions_app.people.sign_in_model import SignIn
from tests.people import signing
from tests.people.signing import OWN, browser, code, is_in, with_passkey
from tests.reading import Page
from tests.universe import PASSWORD, Universe

VOLUNTEER = "volunteer@birchwood.example"
NEW = "a wholly different sentence"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def factor(name: str) -> Authenticator:
    return next(row for row in Authenticator.objects.all() if row.data.get("name") == name)


def fresh(email: str = signing.EMAIL, agent: str = FIREFOX) -> Client:
    one = browser(headers={"user-agent": agent})
    signing.sign_in(one, email)
    assert is_in(one)
    return one


def needs_factor(world: Universe, *roles: str) -> None:
    type(world.birchwood).objects.filter(pk=world.birchwood.pk).update(
        second_factor_roles=list(roles)
    )


def test_a_passkey_is_renamed_and_removed(universe: Universe) -> None:
    one = signing.signed_in()
    device, _ = signing.add_passkey(one, "Old name")
    row = factor("Old name")
    assert one.post(f"{OWN}factor/{row.pk}/", {"name": ""}).status_code == 422
    assert one.post(f"{OWN}factor/{row.pk}/", {"name": "New name"}).status_code == 302
    assert "New name" in Page(one.get(OWN)).words
    asked = Page(one.get(f"{OWN}factor/{row.pk}/remove/")).words
    assert "password alone lets you in" in asked
    one.post(f"{OWN}factor/{row.pk}/remove/")
    assert "password alone" in Page(one.get(OWN)).words
    assert with_passkey(browser(), device).status_code == 422
    events = AuditEvent.objects.filter(subject_id=universe.therapist.user_id)
    told = list(events.order_by("seq").values_list("action", flat=True))[-3:]
    assert told == ["person.factor_added", "person.factor_named", "person.factor_removed"]


def test_with_the_last_factor_the_recovery_codes_go(universe: Universe) -> None:
    one = signing.signed_in()
    signing.add_passkey(one, "Phone")
    signing.make_codes(one)
    one.post(f"{OWN}factor/{factor('Phone').pk}/remove/")
    assert not Authenticator.objects.exists()
    assert is_in(fresh())


@pytest.mark.parametrize("end", ["", "remove/"])
def test_another_persons_factor_is_as_absent_as_one_that_is_not_there(
    universe: Universe, end: str
) -> None:
    signing.add_passkey(signing.signed_in(VOLUNTEER), "Theirs")
    one, theirs = fresh(), factor("Theirs").pk
    for number in (theirs, theirs + 1000, 2**62):
        assert one.get(f"{OWN}factor/{number}/{end}").status_code == 404
        assert one.post(f"{OWN}factor/{number}/{end}", {"name": "Mine"}).status_code == 404
    assert factor("Theirs").user_id == universe.volunteer.user_id


def test_the_last_factor_that_a_clinic_asks_for_stays(universe: Universe) -> None:
    one = signing.signed_in()
    signing.add_passkey(one, "First")
    needs_factor(universe, "therapist")
    first = f"{OWN}factor/{factor('First').pk}/remove/"
    assert "Remove it" not in Page(one.get(first)).words
    answer = one.post(first, follow=True)
    assert "This is your only second factor" in Page(answer).words
    signing.add_passkey(one, "Second")
    one.post(first)
    assert [row.data["name"] for row in Authenticator.objects.all()] == ["Second"]
    with pytest.raises(factor_actions.LastFactor):
        factor_actions.remove_factor(
            universe.therapist.user, factor_id=factor("Second").pk, required=True
        )


def test_who_signed_in_a_while_ago_shows_once_more_who_they_are(universe: Universe) -> None:
    one = fresh()
    session = one.session
    session["proved_at"] -= 601
    session.save()
    prove = one.get(OWN + "code-app/").headers["Location"]
    assert prove == OWN + "prove/?next=%2Fyour-sign-in%2Fcode-app%2F"
    asked = Page(one.get(prove)).posting("password")
    assert one.post(OWN + "prove/", {**asked, "password": "wrong"}).status_code == 422
    answer = one.post(OWN + "prove/", {**asked, "password": PASSWORD})
    assert answer.headers["Location"] == OWN + "code-app/"
    assert one.get(OWN + "code-app/").status_code == 200


def test_a_passkey_proves_who_one_is_and_another_persons_does_not(universe: Universe) -> None:
    one = fresh()
    device, _ = signing.add_passkey(one)
    others, _ = signing.add_passkey(signing.signed_in(VOLUNTEER))
    session = one.session
    session["proved_at"] = 0
    session.save()
    for shown, status in ((others, 422), (device, 302)):
        sent = {"credential": shown.show(signing.question(one)), "next": OWN}
        assert one.post(OWN + "prove/", sent).status_code == status
    assert one.get(OWN + "passkey/").status_code == 200


def test_a_sign_in_from_before_the_first_factor_cannot_take_it_away(universe: Universe) -> None:
    before, inside = fresh(), fresh()
    signing.add_passkey(inside, "Phone")
    answer = before.post(f"{OWN}factor/{factor('Phone').pk}/remove/", follow=True)
    assert "set up in another browser" in Page(answer).words
    assert before.get(OWN + "passkey/").headers["Location"] == OWN
    before.post(OWN + "recovery-codes/")
    assert Authenticator.objects.count() == 1


# --- sign-ins ---------------------------------------------------------------------------------


def test_own_sign_ins_are_listed_with_this_one_marked(universe: Universe) -> None:
    fresh(agent="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1")
    one, _ = fresh(), fresh(VOLUNTEER, agent="Mozilla/5.0 (X11; Linux) Chrome/140 Safari/537")
    words = " ".join(Page(one.get(OWN)).words.split())
    assert "Firefox on Windows this one Since" in words
    assert "Safari on iPhone Since" in words
    assert "Chrome on Linux" not in words
    assert one.session.session_key not in words


def test_one_sign_in_is_ended_at_once(universe: Universe) -> None:
    there, here = fresh(), fresh()
    mark = uuid.UUID(there.session["mark"])
    assert here.post(f"{OWN}end/{mark}/").status_code == 302
    assert there.get("/patients/").status_code == 302
    assert here.get("/patients/").status_code == 200
    assert here.post(f"{OWN}end/{mark}/").status_code == 404


def test_nobody_ends_the_sign_in_of_another(universe: Universe) -> None:
    theirs, one = fresh(VOLUNTEER), fresh()
    assert one.post(f"{OWN}end/{uuid.UUID(theirs.session['mark'])}/").status_code == 404
    one.post(OWN + "end-others/")
    assert theirs.get("/patients/").status_code == 200


def test_signing_out_everywhere_else(universe: Universe) -> None:
    others, here = [fresh(), fresh()], fresh()
    assert "Sign out everywhere else" in Page(here.get(OWN)).words
    answer = here.post(OWN + "end-others/", follow=True)
    # The world holds one more: the browser in which the member was signed in when it was stored.
    assert "3 other sign-ins have ended." in Page(answer).words
    assert [one.get("/patients/").status_code for one in others] == [302, 302]
    assert here.get("/patients/").status_code == 200
    event = AuditEvent.objects.filter(action="person.signed_out_everywhere").get()
    assert event.new == {"ended": 3}
    assert "nowhere else" in Page(here.post(OWN + "end-others/", follow=True)).words
    alone = Page(here.get(OWN)).words
    assert "You are signed in nowhere else." in alone
    assert "Sign out everywhere else" not in alone


def test_a_sign_in_at_work_is_stored_once_a_minute(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = fresh()
    one.get("/clinic/")
    key = one.session.session_key
    seen = SignIn.objects.get(session_key=key).seen_at
    one.get("/clinic/")
    assert SignIn.objects.get(session_key=key).seen_at == seen
    monkeypatch.setattr("sessions_app.people.lasting.NOTED_EVERY", 0)
    one.get("/clinic/")
    assert SignIn.objects.get(session_key=key).seen_at > seen


def test_a_sign_in_that_ran_out_is_not_listed(universe: Universe) -> None:
    fresh(agent="Mozilla/5.0 (X11; CrOS) Chrome/140 Safari/537")
    SignIn.objects.filter(browser__contains="Chromebook").update(expire_date=timezone.now())
    assert "Chromebook" not in Page(fresh().get(OWN)).words


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox on Windows"), ("", "Unknown browser"), ("curl/8", "Unknown browser"),
        ("Mozilla/5.0 (Macintosh; Mac OS X) Chrome/140.0 Safari/537 Edg/140.0", "Edge on Mac"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPad"),
        ("<script>Firefox/" + "x" * 5000, "Firefox"),
    ],
)  # fmt: skip
def test_a_browser_in_words(agent: str, words: str) -> None:
    assert browser_in_words(agent) == words


# --- the password -----------------------------------------------------------------------------


def change(one: Client, **said: str) -> Any:
    sent = {"password": PASSWORD, "new": NEW, "again": NEW, **said}
    return one.post(OWN + "password/", sent)


def test_changing_the_password_ends_every_other_sign_in(universe: Universe) -> None:
    there, here = fresh(), fresh()
    key = here.session.session_key
    assert change(here).headers["Location"] == OWN
    assert here.session.session_key != key
    assert here.get("/patients/").status_code == 200
    assert there.get("/patients/").status_code == 302
    assert not is_in_with(PASSWORD)
    assert is_in_with(NEW)
    assert SignIn.objects.filter(user=universe.therapist.user).count() == 2


def is_in_with(password: str) -> bool:
    one = browser()
    signing.sign_in(one, password=password)
    return is_in(one)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"password": "wrong"}, "This is not your present password."),
        ({"new": "short", "again": "short"}, "at least"),
        ({"again": "something else, also long"}, "not the same"),
        ({"new": ""}, "fill this in"),
    ],
)
def test_a_password_that_will_not_do_is_said_and_nothing_changes(
    universe: Universe, said: dict[str, str], told: str
) -> None:
    one = fresh()
    answer = change(one, **said)
    assert answer.status_code == 422
    assert told in Page(answer).words
    assert NEW not in answer.content.decode()
    assert is_in_with(PASSWORD)


# --- where a clinic asks for a factor -----------------------------------------------------------


@pytest.mark.parametrize("where", ["/patients/", "/clinic/", "/summary/", "/protocols/", "/"])
def test_who_must_have_a_factor_is_led_to_set_one_up_before_anything_else(
    universe: Universe, where: str
) -> None:
    needs_factor(universe, "therapist")
    one = fresh()
    assert one.get(where).headers["Location"] == OWN
    assert one.post(where, {"q": "Ada"}).headers["Location"] == OWN
    assert "asks everybody who works as therapist for a second factor" in Page(one.get(OWN)).words
    signing.add_passkey(one)
    assert one.get("/patients/").status_code == 200
    assert fresh_role("volunteer").get("/patients/").status_code == 200


def fresh_role(role: str) -> Client:
    return fresh(f"{role}@birchwood.example")


def test_an_app_alone_is_not_enough_its_recovery_codes_belong_to_it(universe: Universe) -> None:
    needs_factor(universe, "therapist")
    one = fresh()
    secret = signing.add_code_app(one)
    assert one.get("/patients/").headers["Location"] == OWN
    assert "Now make recovery codes" in Page(one.get(OWN)).words
    signing.make_codes(one)
    assert one.get("/patients/").status_code == 200
    another = browser()
    signing.sign_in(another)
    another.post(signing.STEP, {"code": code(secret, 1)})
    assert another.get("/patients/").status_code == 200


def test_who_is_led_to_set_up_can_sign_out(universe: Universe) -> None:
    needs_factor(universe, "therapist")
    one = fresh()
    assert one.post("/sign-out/").status_code == 302
    assert not is_in(one)


def test_it_holds_for_sign_ins_that_were_there_when_the_clinic_decided(universe: Universe) -> None:
    one = fresh()
    assert one.get("/patients/").status_code == 200
    needs_factor(universe, "therapist", "admin")
    assert one.get("/patients/").headers["Location"] == OWN


def test_a_person_of_two_clinics_is_asked_in_the_one_that_asks(universe: Universe) -> None:
    needs_factor(universe, "supervisor", "therapist", "volunteer")
    one = fresh("wanda@both.example")
    assert one.get("/patients/").headers["Location"] == OWN  # Birchwood comes first
    assert one.post("/clinic/switch/", {"membership": universe.wanda_there.pk}).status_code == 302
    assert one.get("/patients/").status_code == 200
    one.post("/clinic/switch/", {"membership": universe.wanda_here.pk})
    assert one.get("/patients/").headers["Location"] == OWN


def test_a_clinic_that_decided_nothing_asks_supervisors_and_admins(universe: Universe) -> None:
    from sessions_app.clinics import actions as clinics

    new = clinics.open_clinic(
        name="Meadow", slug="meadow", time_zone="Europe/London", emergency_text="Ring.",
        emergency_number="2222",
    )  # fmt: skip
    assert new.second_factor_roles == ["supervisor", "admin"]


class Unmarked(SessionStore):
    """A store whose rows the database refuses, whatever their key."""

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        row = super().create_model_instance(data)
        row.mark = None
        return row


def test_what_the_database_refuses_is_told_and_not_tried_for_ever(universe: Universe) -> None:
    store = Unmarked()
    store["_auth_user_id"] = str(universe.wanda.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        store.create()
