"""A letter tells a person of a sign-in on a new browser, and of a change to how they sign in."""

import pytest

from sessions_app.mail.models import Letter
from sessions_app.people import factor_actions, sign_in_actions
from sessions_app.people.models import User
from tests.people import signing
from tests.people.signing import EMAIL, OWN, browser, code, is_in
from tests.universe import PASSWORD, Universe


@pytest.fixture(autouse=True)
def has_server(settings: object) -> None:
    settings.EMAIL_HOST = "post.example"  # type: ignore[attr-defined] - nothing commits, none goes


def letters(email: str = EMAIL) -> list[Letter]:
    return list(Letter.objects.filter(to=email).order_by("written_at"))


def test_a_new_browser_is_told_and_the_same_one_not_again(universe: Universe) -> None:
    one = browser(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    for _ in range(2):
        signing.sign_in(one)
        assert is_in(one)
        one.post("/sign-out/")
    [letter] = letters()
    assert letter.subject == "New sign-in to Stillhand"
    assert "Firefox on Linux, " in letter.body
    assert "Shown: password." in letter.body
    signing.sign_in(browser())
    assert len(letters()) == 2


def test_a_try_that_failed_and_a_first_step_alone_are_not_told(universe: Universe) -> None:
    secret = signing.add_code_app(signing.signed_in())
    before = len(letters())
    one = browser()
    signing.sign_in(one, password="wrong")
    signing.sign_in(one)
    one.post(signing.STEP, {"code": "000000"})
    assert len(letters()) == before
    one.post(signing.STEP, {"code": code(secret, 1)})
    assert "Shown: password and code." in letters()[-1].body


def test_the_very_first_sign_in_of_a_person_is_no_news(universe: Universe) -> None:
    User.objects.filter(email=EMAIL).update(last_login=None)
    signing.sign_in(browser())
    assert letters() == []


def test_another_person_on_a_known_browser_is_told(universe: Universe) -> None:
    one = signing.signed_in()
    one.post("/sign-out/")
    signing.sign_in(one, "volunteer@birchwood.example")
    assert len(letters("volunteer@birchwood.example")) == 1


def test_changes_are_told_and_no_secret_with_them(universe: Universe) -> None:
    one = signing.signed_in()
    signing.add_passkey(one, "Blue phone")
    secret = signing.add_code_app(one)
    codes = signing.make_codes(one)
    new = "a wholly different sentence"
    one.post(OWN + "password/", {"password": PASSWORD, "new": new, "again": new})
    user = universe.therapist.user
    factor_actions.reset_factors(user, by=universe.admin.user)
    told = [one.body for one in letters()][1:]
    for body, said in zip(
        told, ("«Blue phone»", "authenticator app", "recovery codes", "password", "admin"),
        strict=True,
    ):  # fmt: skip
        assert said in body
        assert "tell an admin" in body
        assert not any(hidden in body for hidden in (secret, new, PASSWORD, *codes))


def test_without_a_server_nothing_waits_to_frighten_people_later(
    universe: Universe, settings: object
) -> None:
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]
    signing.signed_in()
    factor_actions.make_recovery_codes(universe.therapist.user)
    assert letters() == []


def test_a_letter_is_written_with_the_act_or_not_at_all(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("the outbox is full")

    monkeypatch.setattr("sessions_app.mail.actions.write", broken)
    with pytest.raises(RuntimeError):
        factor_actions.add_code_app(universe.wanda, secret="JBSWY3DPEHPK3PXP")
    assert not sign_in_actions.SignIn.objects.filter(user=universe.wanda, mark=None).exists()
    assert not universe.wanda.authenticator_set.exists()
