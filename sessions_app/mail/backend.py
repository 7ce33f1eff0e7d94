"""The outbox as a Django e-mail backend: what other packages send is written as a letter too."""

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from sessions_app.mail import actions


class OutboxBackend(BaseEmailBackend):
    """Writes each message into the outbox, in the caller's transaction; plain text alone."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Write a letter to each recipient of each message."""
        for message in email_messages:
            for to in message.recipients():
                actions.write(to=to, subject=str(message.subject), body=str(message.body))
        return len(email_messages)
