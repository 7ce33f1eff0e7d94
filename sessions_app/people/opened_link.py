"""A link with a secret that was opened in this browser; its secret leaves the address at once."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sessions_app.people.link_secrets import hash_of

INVITATION, NEW_PASSWORD = "invitation", "password_link"
"""What links are for; in the browser session, which one of a kind was opened."""


@dataclass(frozen=True)
class OpenedLink:
    """Which link, and the hash of the secret that stood in it."""

    link_id: uuid.UUID
    secret_hash: str


def open_and_go_on(
    request: HttpRequest, kind: str, link_id: str, secret: str, *, to: str
) -> HttpResponse:
    """Keep the link's hash and go on: no page is ever shown at an address with a secret.

    It answers the same to every link, so that no refusal of it is written into a log.
    """
    request.session[kind] = [link_id, hash_of(secret)]
    answer = redirect(to)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def opened_link(request: HttpRequest, kind: str) -> OpenedLink | None:
    """Return the link of a kind that was opened here last; None where there is none."""
    link_id, given = request.session.get(kind) or ("", "")
    try:
        return OpenedLink(uuid.UUID(link_id), given)
    except ValueError:
        return None


def forget(request: HttpRequest, kind: str) -> None:
    """Forget the link that was opened."""
    request.session.pop(kind, None)
