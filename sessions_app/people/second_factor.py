"""Whether a person shows more than a password."""

from sessions_app.people.factors import asks_second_step
from sessions_app.people.models import User


def has_second_factor(user: User | None) -> bool:
    """Say whether the password alone does not let this person in."""
    return user is not None and asks_second_step(user)
