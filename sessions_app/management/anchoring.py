"""Where the anchors of the audit trail are, and the key that signs them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from sessions_app.audit.anchors import SHORTEST_KEY


def add_anchor_file(parser: CommandParser, name: str, **more: Any) -> None:
    """Let the file of anchors be named."""
    parser.add_argument(
        name, metavar="FILE", help="the file of anchors (STILLHAND_ANCHORS)", **more
    )


def anchor_file(named: str | None) -> Path:
    """Return the file that was named, else the one of the settings."""
    return Path(named or settings.AUDIT_ANCHORS)


def anchor_key() -> str:
    """Return the key. Raises CommandError where none, or a short one, is set."""
    key = settings.AUDIT_ANCHOR_KEY
    if len(key) < SHORTEST_KEY:
        raise CommandError(
            f"STILLHAND_ANCHOR_KEY is not set, or shorter than {SHORTEST_KEY} signs; "
            "keep it where the owner of the database cannot read it"
        )
    return str(key)
