"""Give somebody who forgot it a new password: Django's command, audited as every change is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions_app.management.account import add_password_file, link_once, new_password
from sessions_app.people import actions as people
from sessions_app.people.models import User


class Command(BaseCommand):
    """Set an account's password; its open sign-ins end."""

    help = (
        "Set the password of an account. It is asked for or read from --password-file; where there "
        "is nobody to ask, a link by which the person sets it is printed once, or sent by letter."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person."""
        parser.add_argument("email", metavar="E-MAIL")
        add_password_file(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Set it by the action, which writes the event."""
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError(f"there is no account «{options['email']}»")
        password = new_password(options["password_file"], user)
        if password is None:
            self.stdout.write(link_once(user))
            return
        people.set_password(user, password=password)
        self.stdout.write(f"{user.email} has a new password; open sign-ins ended.")
