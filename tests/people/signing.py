"""Signing in and setting up factors, as the tests of the sign-in do it."""

import json
import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from tests.people.device import HOST, Device
from tests.reading import Page
from tests.universe import PASSWORD

SIGN_IN, PASSKEY, STEP = "/sign-in/", "/sign-in/passkey/", "/sign-in/second-step/"
OWN = "/your-sign-in/"
EMAIL = "therapist@birchwood.example"


def browser(**settings: Any) -> Client:
    """Return a browser at the name for which passkeys are made."""
    return Client(SERVER_NAME=HOST, **settings)


def sign_in(one: Client, email: str = EMAIL, **said: str) -> HttpResponse:
    return one.post(SIGN_IN, {"email": email, "password": PASSWORD, **said})


def signed_in(email: str = EMAIL) -> Client:
    """Return a browser in which a person without a second factor has signed in."""
    one = browser()
    assert sign_in(one, email).status_code == 302
    assert "_auth_user_id" in one.session
    return one


def is_in(one: Client) -> bool:
    return "_auth_user_id" in one.session


def question(one: Client) -> dict[str, Any]:
    """Return what the browser is asked for a passkey."""
    return dict(one.get(PASSKEY).json())


def add_passkey(
    one: Client, name: str = "My phone", count: int = 0, **wrong: Any
) -> tuple[Device, HttpResponse]:
    """Add a passkey whose device has signed so often; return it, and the answer."""
    page = Page(one.get(OWN + "passkey/"))
    options = json.loads(
        next(tag["data-options"] for tag in page.form_tags if "data-options" in tag)
    )
    device = Device(count=count)
    sent = {"name": name, "credential": device.make(options, **wrong)}
    return device, one.post(OWN + "passkey/", sent)


def with_passkey(one: Client, device: Device, **wrong: Any) -> HttpResponse:
    return one.post(PASSKEY, {"credential": device.show(question(one), **wrong)})


def code(secret: str, steps: int = 0) -> str:
    """Return what an authenticator app shows, some half minutes from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def add_code_app(one: Client) -> str:
    """Set up an authenticator app; return its secret."""
    page = one.get(OWN + "code-app/")
    secret = str(one.session["new_code_app"])
    assert secret[:4] in page.content.decode()
    assert one.post(OWN + "code-app/", {"code": code(secret)}).status_code == 302
    return secret


def make_codes(one: Client) -> list[str]:
    """Make recovery codes, and read them from the only page that shows them."""
    words = Page(one.post(OWN + "recovery-codes/")).words
    parts = [word for word in words.split() if word.isdigit() and len(word) == 4]
    return [a + b for a, b in zip(parts[::2], parts[1::2], strict=True)]
