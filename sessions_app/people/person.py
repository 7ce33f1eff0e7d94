"""Who is signed in."""

from django.http import HttpRequest

from sessions_app.people.models import User


def person(request: HttpRequest) -> User:
    """Return who is signed in, on a page that nobody else sees. Raises TypeError elsewhere."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user
