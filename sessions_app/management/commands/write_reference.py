"""Write the reference pages that are made from the code: events, permissions, safety rules."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver

from sessions_app.audit.events import Event
from sessions_app.clinics.permissions import ROLE_PERMISSIONS, Permission
from sessions_app.safety.reference import page as safety_rules
from sessions_app.vocabulary.roles import Role

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "reference"
_MADE = "*Made by `manage.py write_reference`; a test compares it with the code.*"
_SIGNED_IN = "signed in"
_ANYONE = "anyone"


class Command(BaseCommand):
    """Write docs/reference/*.md anew; after a change to events, permissions or addresses."""

    help = "Write the generated reference pages into docs/reference/."
    requires_system_checks = []  # it needs no database

    def handle(self, *args: Any, **options: Any) -> None:
        """Write every page and name it."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in pages().items():
            (FOLDER / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/reference/{name}")


def pages() -> dict[str, str]:
    """Return the generated pages: file name to text."""
    return {
        "audit_events.md": _audit_events(),
        "permissions.md": _permissions(),
        "safety_rules.md": safety_rules(_MADE),
    }


def named_patterns() -> Iterator[tuple[str, str, URLPattern]]:
    """Yield (name with namespace, route, pattern) of every address, as they are declared."""
    yield from _patterns(get_resolver().url_patterns, "", "")


def permission_of(pattern: URLPattern) -> str:
    """Return what an address asks of a person: a permission's code, «signed in» or «anyone»."""
    view = pattern.callback
    if hasattr(view, "permission"):
        return str(view.permission.value)
    return _SIGNED_IN if getattr(view, "login_required", True) else _ANYONE


def _patterns(items: list[Any], route: str, space: str) -> Iterator[tuple[str, str, URLPattern]]:
    for item in items:
        whole = route + str(item.pattern)
        if isinstance(item, URLResolver):
            inner = f"{space}{item.namespace}:" if item.namespace else space
            yield from _patterns(item.url_patterns, whole, inner)
        else:
            yield f"{space}{item.name}", whole, item


def _audit_events() -> str:
    rows = [f"| `{event.value}` | {event.label} | {event.meaning} |" for event in Event]
    head = ["# Audit events", "", _MADE, "", "| event | in words | what happened |"]
    return "\n".join([*head, "| --- | --- | --- |", *rows, ""])


def _permissions() -> str:
    roles = list(Role)
    parts = ["# Permissions", "", _MADE, "", "## Roles", ""]
    parts += [f"- **{role.label}**: {role.description}" for role in roles]
    parts += ["", "## Who may do what", ""]
    parts += ["| permission | in words | " + " | ".join(role.label for role in roles) + " |"]
    parts += ["| --- | --- |" + " :-: |" * len(roles)]
    for one in Permission:
        marks = ("yes" if one in ROLE_PERMISSIONS[role] else "" for role in roles)
        parts.append(f"| `{one.value}` | {one.label} | " + " | ".join(marks) + " |")
    parts += ["", "## What each address asks for", ""]
    parts += ["| address | name | asks for |", "| --- | --- | --- |"]
    for name, route, pattern in named_patterns():
        parts.append(f"| `/{route}` | `{name}` | {permission_of(pattern)} |")
    parts += ["", "What another clinic owns is «not found» (404), whatever the role.", ""]
    return "\n".join(parts)
