"""Whether an account is tied to a person of the hospital's own sign-in."""

from allauth.socialaccount.models import SocialAccount

from sessions_app.people.models import User


def is_tied(user: User) -> bool:
    """Say whether the account is tied to a person of the hospital's sign-in."""
    return bool(SocialAccount.objects.filter(user_id=user.pk).exists())
