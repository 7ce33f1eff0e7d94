"""Codes: of an authenticator app and for recovery. Each works once; guessing is slow."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from sessions_app.audit.models import AuditEvent
from sessions_app.members import account_actions
from sessions_app.people import actions as people
from sessions_app.people import code_actions, factor_actions
from sessions_app.people.code_tries_model import CodeTries
from sessions_app.people.means import Means
from tests.people import signing
from tests.people.signing import OWN, SIGN_IN, STEP, browser, code, is_in
from tests.reading import Page
from tests.universe import PASSWORD, Universe


def at_the_second_step(wanted: str = "") -> Client:
    one = browser()
    answer = signing.sign_in(one, next=wanted)
    assert (answer.headers["Location"], is_in(one)) == (STEP, False)
    return one


def test_after_the_password_the_app_is_asked(universe: Universe) -> None:
    secret = signing.add_code_app(signing.signed_in())
    one = at_the_second_step("/clinic/")
    assert one.get("/patients/").status_code == 302
    assert "Your password is right" in Page(one.get(STEP)).words
    answer = one.post(STEP, {"code": code(secret, 1)})
    assert (answer.headers["Location"], is_in(one)) == ("/clinic/", True)


def test_a_code_of_the_app_works_once_and_no_earlier_one_after_it(universe: Universe) -> None:
    user, secret = universe.wanda, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    factor_actions.add_code_app(user, secret=secret)
    assert code_actions.use_code(user, code=code(secret)) is Means.CODE_APP
    assert code_actions.use_code(user, code=code(secret)) is None
    assert code_actions.use_code(user, code=code(secret, -1)) is None
    assert code_actions.use_code(user, code=code(secret, 1)) is Means.CODE_APP
    assert code_actions.use_code(user, code=code(secret, 4)) is None


def test_a_recovery_code_lets_in_once(universe: Universe) -> None:
    inside = signing.signed_in()
    signing.add_code_app(inside)
    codes = signing.make_codes(inside)
    assert len(set(codes)) == 10
    spelled = f" {codes[2][:4]}-{codes[2][4:]} "
    assert is_in_after(at_the_second_step(), spelled)
    assert not is_in_after(at_the_second_step(), codes[2])
    assert is_in_after(at_the_second_step(), codes[3])
    assert "8 of your codes are still unused" in Page(inside.get(OWN)).words


def test_after_a_recovery_code_one_is_told_to_remove_what_was_lost(universe: Universe) -> None:
    inside = signing.signed_in()
    signing.add_code_app(inside)
    codes = signing.make_codes(inside)
    one = at_the_second_step()
    assert is_in_after(one, codes[0])
    said = Page(one.get("/patients/")).words
    assert "You signed in with a recovery code. Still unused: 9." in said
    assert "remove it on «Your sign-in»" in said
    assert "Still unused" not in Page(one.get("/patients/")).words


def is_in_after(one: Client, typed: str) -> bool:
    answer = one.post(STEP, {"code": typed})
    assert answer.status_code == (302 if is_in(one) else 422)
    return is_in(one)


def test_new_recovery_codes_make_the_old_ones_void(universe: Universe) -> None:
    inside = signing.signed_in()
    signing.add_code_app(inside)
    old, new = signing.make_codes(inside), signing.make_codes(inside)
    assert not set(old) & set(new)
    assert not is_in_after(at_the_second_step(), old[0])
    assert is_in_after(at_the_second_step(), new[0])


def test_recovery_codes_are_shown_once(universe: Universe) -> None:
    inside = signing.signed_in()
    signing.add_code_app(inside)
    codes = signing.make_codes(inside)
    for page in (OWN, OWN + "recovery-codes/"):
        words = Page(inside.get(page)).words
        assert not any(one[:4] + " " + one[4:] in words for one in codes)


def test_no_secret_reaches_the_audit_trail_or_the_database_in_the_clear(
    universe: Universe,
) -> None:
    inside = signing.signed_in()
    secret = signing.add_code_app(inside)
    codes = signing.make_codes(inside)
    is_in_after(at_the_second_step(), codes[0])
    told = json.dumps(list(AuditEvent.objects.values("old", "new")))
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    for hidden in (secret, *codes):
        assert hidden not in told
        assert hidden not in kept


def test_guessing_is_slowed_down_and_a_right_code_is_not_looked_at_meanwhile(
    universe: Universe,
) -> None:
    user, secret, at = universe.wanda, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", timezone.now()
    factor_actions.add_code_app(user, secret=secret)
    for _ in range(5):
        assert code_actions.use_code(user, code="000000", at=at) is None
    with pytest.raises(code_actions.TooSoon) as wait:
        code_actions.use_code(user, code=code(secret), at=at)
    assert wait.value.left == timedelta(seconds=30)
    later = at + timedelta(seconds=30)
    assert code_actions.use_code(user, code="000000", at=later) is None
    with pytest.raises(code_actions.TooSoon) as wait:
        code_actions.use_code(user, code=code(secret), at=later)
    assert wait.value.left == timedelta(seconds=60)
    CodeTries.objects.filter(user=user).update(wrong=60)
    with pytest.raises(code_actions.TooSoon) as wait:
        code_actions.use_code(user, code=code(secret), at=later)
    assert wait.value.left == timedelta(minutes=15)
    much_later = later + timedelta(minutes=15)
    assert code_actions.use_code(user, code=code(secret), at=much_later) is Means.CODE_APP
    assert CodeTries.objects.get(user=user).wrong == 0


def test_the_page_says_that_one_has_to_wait(universe: Universe) -> None:
    signing.add_code_app(signing.signed_in())
    one = at_the_second_step()
    for _ in range(5):
        assert "not right" in Page(one.post(STEP, {"code": "000000"})).words
    assert "Try again in a minute" in Page(one.post(STEP, {"code": "000000"})).words


def test_the_second_step_is_nothing_without_the_first(universe: Universe) -> None:
    secret = signing.add_code_app(signing.signed_in())
    one = browser()
    answer = one.post(STEP, {"code": code(secret, 1)}, follow=True)
    assert answer.redirect_chain == [(SIGN_IN, 302)]
    assert not is_in(one)


def test_the_first_step_is_good_for_some_minutes(universe: Universe) -> None:
    secret = signing.add_code_app(signing.signed_in())
    one = at_the_second_step()
    session = one.session
    half = session["half_signed_in"]
    session["half_signed_in"] = {**half, "at": half["at"] - 601}
    session.save()
    assert one.post(STEP, {"code": code(secret, 1)}).headers["Location"] == SIGN_IN


def test_an_account_closed_between_the_steps_stays_out(universe: Universe) -> None:
    secret = signing.add_code_app(signing.signed_in())
    one = at_the_second_step()
    user = universe.therapist.user
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert one.post(STEP, {"code": code(secret, 1)}).headers["Location"] == SIGN_IN
    assert not is_in(one)


NEW = "other words that nobody has"


def own_change(inside: Client, world: Universe) -> None:
    said = {"password": PASSWORD, "new": NEW, "again": NEW}
    assert inside.post(OWN + "password/", said).status_code == 302


MEANWHILE = {
    "the own password changed": own_change,
    "the same password set anew by whoever runs the server": lambda _, world: people.set_password(
        world.therapist.user, password=PASSWORD
    ),
    "the second factor reset by an admin": lambda _, world: account_actions.reset_second_factor(
        world.therapist.user, by=world.admin
    ),
    "the account closed": lambda _, world: account_actions.close_account(
        world.therapist.user, by=world.admin
    ),
}


@pytest.mark.parametrize("deed", MEANWHILE.values(), ids=MEANWHILE)
def test_what_changes_the_way_in_ends_who_stands_before_the_second_step(
    universe: Universe, deed: Callable[[Client, Universe], Any]
) -> None:
    inside = signing.signed_in()
    secret = signing.add_code_app(inside)
    one = at_the_second_step()
    assert one.get(STEP).status_code == 200
    deed(inside, universe)
    assert one.get(STEP).headers["Location"] == SIGN_IN
    assert one.post(STEP, {"code": code(secret, 1)}).headers["Location"] == SIGN_IN
    assert not is_in(one)


def test_an_app_is_added_only_once_it_shows_a_right_code(universe: Universe) -> None:
    inside = signing.signed_in()
    inside.get(OWN + "code-app/")
    secret = inside.session["new_code_app"]
    answer = inside.post(OWN + "code-app/", {"code": "000000"})
    assert answer.status_code == 422
    assert inside.session["new_code_app"] == secret
    assert not Authenticator.objects.exists()
    signing.add_code_app(inside)
    assert inside.get(OWN + "code-app/").headers["Location"] == OWN


def test_codes_are_void_where_the_products_key_was_replaced(
    universe: Universe, settings: object
) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    factor_actions.add_code_app(universe.wanda, secret=secret)
    before = settings.SECRET_KEY  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert code_actions.use_code(universe.wanda, code=code(secret)) is None
    settings.SECRET_KEY_FALLBACKS = [before]  # type: ignore[attr-defined]
    assert code_actions.use_code(universe.wanda, code=code(secret)) is Means.CODE_APP


def test_who_has_no_app_is_not_told_of_one(universe: Universe) -> None:
    inside = signing.signed_in()
    signing.add_passkey(inside)
    signing.make_codes(inside)
    one = at_the_second_step()
    before, after = Page(one.get(STEP)), Page(one.post(STEP, {"code": "0000 0000"}))
    assert "Recovery code" in before.words
    assert "This code is not right, or was used before." in after.words
    assert "app" not in before.said_at("id_code") + after.said_at("id_code")
    assert "An admin of your clinic can reset" in before.words
