"""The hospital's own sign-in by OpenID Connect: who does the hospital say this is?

allauth asks the provider (discovery, state, PKCE, the exchange of the code). What the answer has
to hold is looked at here, always with the provider's key: that it is for us, for this very try
(nonce), of now, and that the e-mail address is verified. No account is ever made. From the first
time on an account is tied to the person there: who gets the address later gets nothing.
"""

import hashlib
import logging
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.core.internal.deferred import jwt
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sessions_app.people.hospital_actions import tie_to_hospital
from sessions_app.people.models import User

_LOG = logging.getLogger(__name__)
PROVIDER = "hospital"
_SIGNED_BY = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
_NEEDED = {"iss", "aud", "sub", "exp", "iat", "nonce"}
_FAILURES = (OAuth2Error, requests.RequestException, KeyError, TypeError, ValueError)


class NotConfirmed(Exception):
    """The hospital did not say, in a way that holds, who this is. The reason names nobody."""


@dataclass(frozen=True)
class Confirmed:
    """Whom the hospital confirmed, which page they wanted, and whether it saw a second factor."""

    user: User
    wanted: str
    saw_second_factor: bool


def set_up() -> dict[str, str]:
    """Return what the settings say of the hospital. Raises LookupError where they say nothing."""
    if settings.HOSPITAL_SIGN_IN is None:
        raise LookupError("no hospital is set up")
    return settings.HOSPITAL_SIGN_IN


class _Asker(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's OpenID Connect with the one provider of the settings, at our own address."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER)

    def get_provider(self) -> OpenIDConnectProvider:
        told = set_up()
        app = SocialApp(
            provider=OpenIDConnectProvider.id,
            provider_id=PROVIDER,
            name=told["name"],
            client_id=told["client_id"],
            secret=told["client_secret"],
            settings={"server_url": told["issuer"].rstrip("/"), "oauth_pkce_enabled": True},
        )
        provider = OpenIDConnectProvider(self.request, app=app)
        provider.get_oauth2_adapter = lambda request: self
        return provider

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("people:hospital_back"))

    def check_provider(self) -> None:
        """Hold the provider to what it has to be. Raises NotConfirmed."""
        told = self.openid_config
        issuer = set_up()["issuer"]
        if told["issuer"].rstrip("/") != issuer.rstrip("/"):
            raise NotConfirmed("the provider calls itself otherwise than STILLHAND_OIDC_ISSUER")
        ends = (told[end] for end in ("authorization_endpoint", "token_endpoint", "jwks_uri"))
        if any(urlsplit(end).scheme != urlsplit(issuer).scheme for end in ends):
            raise NotConfirmed("an end point of the provider is not on HTTPS")


def ask(request: HttpRequest, wanted: str) -> HttpResponse:
    """Lead to the hospital's sign-in page. Raises NotConfirmed where it does not answer."""
    asker, nonce = _Asker(request), secrets.token_urlsafe(24)
    try:
        asker.check_provider()
        answer: HttpResponse = asker.get_provider().redirect(
            request, "login", next_url=wanted, auth_params={"nonce": nonce}, nonce=nonce
        )
    except _FAILURES as problem:
        raise _not_confirmed("the provider does not answer as it should", problem) from problem
    return answer


def confirmed(request: HttpRequest) -> Confirmed:
    """Return whom the hospital sent back to us. Raises NotConfirmed."""
    asked = statekit.unstash_state(
        request, provider_id=PROVIDER, state_id=request.GET.get("state", "")
    )
    if asked is None:
        raise NotConfirmed("this browser did not ask, or asked too long ago")
    if "code" not in request.GET:
        raise NotConfirmed("the provider sent no code")
    try:
        claims = _claims(request, asked)
    except _FAILURES as problem:
        raise _not_confirmed("the provider's answer does not hold", problem) from problem
    user: User = _tied(claims) or _found_by_address(claims)
    if not user.is_active:
        raise NotConfirmed("the account is closed")
    means = claims.get("amr")
    saw = isinstance(means, list) and "mfa" in means
    return Confirmed(user, asked.get("next") or "", saw_second_factor=saw)


def _tied(claims: dict[str, Any]) -> User | None:
    """Return whose account this person opened before, whatever their address is now."""
    provider, mark = _marks(claims)
    row = SocialAccount.objects.filter(provider=provider, uid=mark).first()
    return User.objects.filter(pk=row.user_id).first() if row else None


def _found_by_address(claims: dict[str, Any]) -> User:
    """Return whose verified address it is, and tie the account to this person from now on."""
    if claims.get("email_verified") is not True:
        raise NotConfirmed("the address is not verified")
    address = str(claims.get("email", "")).lower()
    user: User | None = User.objects.filter(email=address, is_active=True).first()
    if user is None:
        raise NotConfirmed("nobody here has this address, or the account is closed")
    provider, mark = _marks(claims)
    if SocialAccount.objects.filter(provider=provider, user=user).exists():
        raise NotConfirmed("the account with this address is another person's there")
    try:
        tie_to_hospital(user, provider=provider, mark=mark)
    except IntegrityError as refused:
        raise NotConfirmed("the account was tied at this very moment") from refused
    return user


def _marks(claims: dict[str, Any]) -> tuple[str, str]:
    """Return what stands for the provider, and for one person of it and for nobody else ever."""
    iss, sub = (hashlib.sha256(str(claims[name]).encode()).hexdigest() for name in ("iss", "sub"))
    return iss, sub


def _claims(request: HttpRequest, asked: dict[str, Any]) -> dict[str, Any]:
    """Exchange the code, and return what the provider signed."""
    asker = _Asker(request)
    asker.check_provider()
    app = asker.get_provider().app
    client = asker.get_client(request, app)
    told = asker.get_access_token_data(
        request, app, client, pkce_code_verifier=asked["pkce_code_verifier"]
    )
    claims = _signed(asker, told["id_token"], app.client_id)
    if not secrets.compare_digest(str(claims["nonce"]), str(asked["nonce"])):
        raise OAuth2Error("nonce")
    if "email" not in claims and "userinfo_endpoint" in asker.openid_config:
        more = asker._fetch_user_info(told["access_token"])
        if more.get("sub") != claims["sub"]:
            raise OAuth2Error("userinfo of somebody else")
        claims = {**more, **claims}
    return claims


def _signed(asker: _Asker, token: str, client_id: str) -> dict[str, Any]:
    try:
        if jwt.get_unverified_header(token).get("alg") not in _SIGNED_BY:
            raise OAuth2Error("alg")
    except jwt.PyJWTError as unreadable:
        raise OAuth2Error("id_token") from unreadable
    claims: dict[str, Any] = jwtkit.verify_and_decode(
        credential=token,
        keys_url=asker.openid_config["jwks_uri"],
        issuer=asker.openid_config["issuer"],
        audience=client_id,
        lookup_kid=jwtkit.lookup_kid_jwk,
    )
    if not claims.keys() >= _NEEDED:
        raise OAuth2Error("claims")
    if isinstance(claims["aud"], list) and claims.get("azp", client_id) != client_id:
        raise OAuth2Error("azp")
    return claims


def _not_confirmed(reason: str, problem: Exception) -> NotConfirmed:
    # What the provider said may name a person; which kind of failure it was does not.
    _LOG.warning("hospital sign-in: %s (%s)", reason, type(problem).__name__)
    return NotConfirmed(reason)
