"""Whose link for a new password it is that was opened."""

from datetime import datetime

from sessions_app.people.link_secrets import fits
from sessions_app.people.models import User
from sessions_app.people.opened_link import OpenedLink
from sessions_app.people.password_link_model import PasswordLink


def open_person(link: OpenedLink | None, now: datetime) -> User | None:
    """Return who may set a password by a link now; None where it is dead, whatever the reason."""
    if link is None:
        return None
    row = PasswordLink.objects.filter(link_id=link.link_id).select_related("user").first()
    if row is None or not fits(row.secret_hash, link.secret_hash):
        return None
    return row.user if now < row.expires_at and row.user.is_active else None
