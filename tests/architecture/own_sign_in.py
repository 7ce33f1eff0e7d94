"""The deeds by which a person changes their own sign-in, with what has to be there before them."""

import uuid
from collections.abc import Callable
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.socialaccount.models import SocialAccount
from django.http import HttpRequest

from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK, uuid7
from sessions_app.people import (
    code_actions,
    factor_actions,
    hospital_actions,
    password_link_actions,
    sign_in_actions,
)
from sessions_app.people.link_secrets import hash_of
from sessions_app.people.means import Means
from sessions_app.people.opened_link import OpenedLink
from sessions_app.people.session_store import MARK, SessionStore
from tests.universe import Universe

Deed = Callable[[Universe], Any]
SECRET = generate_totp_secret()


def request(world: Universe) -> HttpRequest:
    """Return a request of Wanda's in a browser session of its own."""
    made = HttpRequest()
    made.META["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"
    made.user = world.wanda
    made.session = SessionStore()
    made.session[MARK] = uuid7().hex
    return made


def _passkey(world: Universe) -> int:
    return int(WebAuthn.add(world.wanda, "Old phone", {}).instance.pk)


def _end_one(world: Universe) -> Any:
    store = SessionStore()
    store["_auth_user_id"] = str(world.wanda.pk)
    store.save()
    mark = store.get_model_class().objects.get(session_key=store.session_key).mark
    return sign_in_actions.end_sign_in(world.wanda, mark=mark)


def _use_recovery_code(world: Universe) -> Any:
    code = RecoveryCodes.activate(world.wanda).generate_codes()[3]
    return code_actions.use_code(world.wanda, code=code)


def _copied_passkey(world: Universe) -> Any:
    row = WebAuthn.add(world.wanda, "Old phone", {}).instance
    row.data["count"] = 7
    row.save()
    return factor_actions.use_passkey(row, count=7)


def _untie(world: Universe) -> Any:
    SocialAccount.objects.create(user=world.wanda, provider="a", uid="b")
    return hospital_actions.untie_from_hospital(world.wanda, by=world.admin.user, clinic_id=NETWORK)


def password_link(link_id: object, secret: str) -> str:
    """Return the address of a link for a new password."""
    return f"/{link_id}/{secret}"


def _set_by_link(world: Universe) -> Any:
    made = password_link_actions.make_link(world.wanda, link_to=password_link, by=None)
    _, link_id, secret = made.split("/")
    link = OpenedLink(uuid.UUID(link_id), hash_of(secret))
    return lambda: password_link_actions.set_by_link(link, password="a new long one, quite")


DEEDS: dict[str, tuple[Event, Deed]] = {
    "people.sign_in": (
        Event.PERSON_SIGNED_IN,
        lambda w: sign_in_actions.sign_in(request(w), user=w.wanda, means=Means.PASSKEY),
    ),
    "people.tie_to_hospital": (
        Event.HOSPITAL_TIED,
        lambda w: hospital_actions.tie_to_hospital(w.wanda, provider="a", mark="b"),
    ),
    "people.end_sign_in": (Event.SIGN_IN_ENDED, _end_one),
    "people.end_sign_ins": (
        Event.SIGNED_OUT_EVERYWHERE,
        lambda w: sign_in_actions.end_sign_ins(w.wanda, by=w.wanda),
    ),
    "people.set_own_password": (
        Event.PASSWORD_SET,
        lambda w: sign_in_actions.set_own_password(
            request(w), user=w.wanda, password="a new long one, quite"
        ),
    ),
    "people.send_link": (
        Event.PASSWORD_LINK_MADE,
        lambda w: password_link_actions.send_link(w.wanda.email, link_to=password_link),
    ),
    "people.make_link": (
        Event.PASSWORD_LINK_MADE,
        lambda w: password_link_actions.make_link(w.wanda, link_to=password_link, by=None),
    ),
    "people.set_by_link": (Event.PASSWORD_SET, _set_by_link),
    "people.untie_from_hospital": (Event.HOSPITAL_UNTIED, _untie),
    "people.use_passkey": (Event.PASSKEY_REFUSED, _copied_passkey),
    "people.add_passkey": (
        Event.FACTOR_ADDED,
        lambda w: factor_actions.add_passkey(w.wanda, name="Phone", credential={}),
    ),
    "people.add_code_app": (
        Event.FACTOR_ADDED,
        lambda w: factor_actions.add_code_app(w.wanda, secret=SECRET),
    ),
    "people.name_passkey": (
        Event.FACTOR_NAMED,
        lambda w: factor_actions.name_passkey(w.wanda, factor_id=_passkey(w), name="New phone"),
    ),
    "people.remove_factor": (
        Event.FACTOR_REMOVED,
        lambda w: factor_actions.remove_factor(w.wanda, factor_id=_passkey(w), required=False),
    ),
    "people.make_recovery_codes": (
        Event.RECOVERY_CODES_MADE,
        lambda w: factor_actions.make_recovery_codes(w.wanda),
    ),
    "people.use_code": (Event.RECOVERY_CODE_USED, _use_recovery_code),
    "people.reset_factors": (
        Event.FACTORS_RESET,
        lambda w: (
            TOTP.activate(w.wanda, SECRET),
            factor_actions.reset_factors(w.wanda, by=w.admin.user),
        ),
    ),
}
