"""Passkeys: added, used alone and instead of a code; an answer that proves nothing is refused."""

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from sessions_app.audit.models import AuditEvent
from sessions_app.mail.models import Letter
from tests.people import signing
from tests.people.device import PRESENT, Device
from tests.people.signing import OWN, PASSKEY, browser, is_in, with_passkey
from tests.reading import Page
from tests.universe import Universe


def test_a_passkey_is_added_and_signs_in_without_a_password(universe: Universe) -> None:
    one = signing.signed_in()
    device, answer = signing.add_passkey(one, name="Blue phone")
    assert answer.headers["Location"] == OWN + "recovery-codes/"
    assert "Blue phone" in Page(one.get(OWN)).words
    another = browser()
    answer = with_passkey(another, device)
    assert (answer.status_code, is_in(another)) == (302, True)
    assert another.get("/patients/").status_code == 200
    row = Authenticator.objects.get(user=universe.therapist.user, type="webauthn")
    assert row.last_used_at is not None
    last = AuditEvent.objects.filter(action="person.signed_in").order_by("-at").first()
    assert last is not None
    assert last.new == {"by": "passkey"}


def test_it_leads_to_the_page_that_was_asked_for_and_to_no_other_host(universe: Universe) -> None:
    device, _ = signing.add_passkey(signing.signed_in())
    for wanted, led in (("/clinic/", "/clinic/"), ("https://evil.example/", "/")):
        one = browser()
        sent = {"credential": device.show(signing.question(one)), "next": wanted}
        assert one.post(PASSKEY, sent).headers["Location"] == led


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://evil.example"}, {"host": "evil.example"}, {"challenge": "AAAA"},
        {"type": "webauthn.create"}, {"flags": PRESENT}, {"flags": 0}, {"signed": b"other"},
        {"handle": ""}, {"handle": "AAAA"}, {"handle": "not base64 ☂"},
    ],
    ids=str,
)  # fmt: skip
def test_an_answer_that_proves_nothing_lets_nobody_in(
    universe: Universe, wrong: dict[str, Any]
) -> None:
    device, _ = signing.add_passkey(signing.signed_in())
    one = browser()
    answer = with_passkey(one, device, **wrong)
    assert (answer.status_code, is_in(one)) == (422, False)
    assert "This passkey did not work here" in Page(answer).words


@pytest.mark.parametrize(
    "sent",
    [
        "", "null", "[]", "{", "{}", '"x"', "1", '{"id": 1}', "[[" * 5000, "x" * 30_000,
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": dict.fromkeys(
            ("clientDataJSON", "authenticatorData", "signature", "userHandle"), "AA")}),
        '{"id": null, "rawId": {}, "type": 3, "response": "x", "clientExtensionResults": []}',
    ],
    ids=lambda sent: sent[:20],
)  # fmt: skip
def test_what_no_browser_sends_is_refused_and_breaks_nothing(universe: Universe, sent: str) -> None:
    one = browser()
    signing.question(one)
    assert one.post(PASSKEY, {"credential": sent}).status_code == 422
    inside = signing.signed_in()
    inside.get(OWN + "passkey/")
    assert inside.post(OWN + "passkey/", {"name": "x", "credential": sent}).status_code == 422


def test_an_answer_is_good_for_one_question(universe: Universe) -> None:
    device, _ = signing.add_passkey(signing.signed_in())
    one = browser()
    answer = device.show(signing.question(one))
    assert one.post(PASSKEY, {"credential": answer}).status_code == 302
    one.post("/sign-out/")
    assert one.post(PASSKEY, {"credential": answer}).status_code == 422
    other = browser()
    signing.question(other)
    assert other.post(PASSKEY, {"credential": answer}).status_code == 422


def test_without_a_question_there_is_no_answer(universe: Universe) -> None:
    device, _ = signing.add_passkey(signing.signed_in())
    asked = signing.question(browser())
    assert browser().post(PASSKEY, {"credential": device.show(asked)}).status_code == 422


def test_another_persons_passkey_is_not_ones_own(universe: Universe) -> None:
    mine, _ = signing.add_passkey(signing.signed_in())
    other, _ = signing.add_passkey(signing.signed_in("volunteer@birchwood.example"))
    one = browser()
    assert with_passkey(one, other, handle=mine.user_handle).status_code == 422
    assert not is_in(one)


def test_a_key_that_was_never_added_does_not_work(universe: Universe) -> None:
    mine, _ = signing.add_passkey(signing.signed_in())
    stranger = Device(credential_id=mine.credential_id, user_handle=mine.user_handle)
    assert with_passkey(browser(), stranger).status_code == 422


def test_a_closed_account_is_not_opened_by_a_passkey(universe: Universe) -> None:
    device, _ = signing.add_passkey(signing.signed_in())
    user = universe.therapist.user
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    one = browser()
    assert with_passkey(one, device).status_code == 422
    assert not is_in(one)


@pytest.mark.parametrize(
    "wrong",
    [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"challenge": "AAAA"},
     {"flags": PRESENT}, {"type": "webauthn.get"}],
    ids=str,
)  # fmt: skip
def test_a_passkey_that_was_not_made_here_or_not_unlocked_is_not_kept(
    universe: Universe, wrong: dict[str, Any]
) -> None:
    _, answer = signing.add_passkey(signing.signed_in(), **wrong)
    assert answer.status_code == 422
    assert "No passkey was made" in Page(answer).words
    assert not Authenticator.objects.exists()


def test_the_question_wants_the_devices_lock_and_names_nobody(universe: Universe) -> None:
    signing.add_passkey(signing.signed_in())
    asked = signing.question(browser())
    assert asked["userVerification"] == "required"
    assert asked.get("allowCredentials", []) == []
    page = Page(signing.signed_in("volunteer@birchwood.example").get(OWN + "passkey/"))
    [made] = [json.loads(tag["data-options"]) for tag in page.form_tags if "data-options" in tag]
    assert made["authenticatorSelection"]["userVerification"] == "required"
    assert made["authenticatorSelection"]["residentKey"] == "required"


def test_a_sign_in_with_a_passkey_is_a_new_browser_session(universe: Universe) -> None:
    device, _ = signing.add_passkey(signing.signed_in())
    one = browser()
    answer = device.show(signing.question(one))
    before = one.session.session_key
    one.post(PASSKEY, {"credential": answer})
    assert one.session.session_key != before


def refused_as_copy(device: Device) -> bool:
    """Sign in; say whether it was refused because the count went back."""
    one = browser()
    answer = with_passkey(one, device)
    assert is_in(one) == (answer.status_code == 302)
    return "a copy of it was used elsewhere" in Page(answer).words


@pytest.mark.parametrize(
    ("counts", "refused"),
    [
        ([0, 0, 0], [False, False, False]),  # a device that does not count
        ([5, 6, 40], [False, False, False]),
        ([5, 5], [False, True]),
        ([5, 9, 6, 10], [False, False, True, False]),  # the one that counted on goes on
        ([5, 0], [False, True]),
        ([0, 3, 0], [False, False, True]),
    ],
    ids=str,
)
def test_a_count_that_does_not_rise_is_refused(
    universe: Universe, counts: list[int], refused: list[bool]
) -> None:
    device, _ = signing.add_passkey(signing.signed_in())
    seen = []
    for device.count in counts:
        seen.append(refused_as_copy(device))
    assert seen == refused


def test_the_first_use_is_compared_with_the_making(universe: Universe) -> None:
    device, _ = signing.add_passkey(signing.signed_in(), count=8)
    assert refused_as_copy(device)
    device.count = 9
    assert not refused_as_copy(device)


def test_a_refused_copy_is_told_to_its_owner_once_and_is_on_record(
    universe: Universe, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_HOST = "post.example"
    one = signing.signed_in()
    device, _ = signing.add_passkey(one, "Blue phone", count=4)
    for _ in range(3):
        assert refused_as_copy(device)
    told = Letter.objects.filter(body__contains="its counter went back")
    assert ["«Blue phone»" in letter.body for letter in told] == [True]
    events = AuditEvent.objects.filter(action="person.passkey_refused")
    assert [(row.actor_id, row.old, row.new) for row in events] == 3 * [
        (None, {"count": 4}, {"count": 4})
    ]
    assert caplog.text.count("passkey.went_back") == 3


def test_a_copy_proves_nothing_either(universe: Universe) -> None:
    one = signing.signed_in()
    device, _ = signing.add_passkey(one)
    device.count = 3
    prove = OWN + "prove/"
    for status in (302, 422):
        sent = {"credential": device.show(signing.question(one)), "next": OWN}
        assert one.post(prove, sent).status_code == status
