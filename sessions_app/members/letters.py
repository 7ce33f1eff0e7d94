"""What an invitation says to who gets it."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from sessions_app.members.models import Invitation

SUBJECT = "Invitation to {clinic} in Stillhand"
BODY = """\
{who} invites you to work in {clinic} as {role}.

Open this link, and give yourself a name and a password; or sign in, if you have an account:

{link}

The link works once, until {until}. If you did not expect it, do nothing: without the link nobody \
gets in.
"""


def invitation_letter(invitation: Invitation, link: str) -> dict[str, str]:
    """Return recipient, subject and text of the letter that carries the link."""
    clinic = invitation.clinic
    until = timezone.localtime(invitation.expires_at, ZoneInfo(clinic.time_zone))
    told = {
        "who": invitation.invited_by.display_name,
        "clinic": clinic.name,
        "role": invitation.role_label.lower(),
        "link": link,
        "until": f"{date_format(until, 'D j M Y, H:i')} ({clinic.time_zone})",
    }
    return {
        "to": invitation.email,
        "subject": SUBJECT.format(clinic=clinic.name),
        "body": BODY.format(**told),
    }
