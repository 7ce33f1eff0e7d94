"""The reference pages say what the code says, and every event is used and documented."""

import ast

import pytest

from sessions_app.audit.events import Event
from sessions_app.management.commands.write_reference import FOLDER, pages, permission_of
from sessions_app.management.commands.write_reference import named_patterns as addresses
from tests.architecture.sources import modules, nodes

OWN = (
    "own", "prove", "change_password", "add_passkey", "add_code_app", "recovery_codes",
    "name_factor", "remove_factor", "end_sign_in", "end_other_sign_ins",
)  # fmt: skip
"""Everybody's own sign-in: whatever the role, and of nobody else."""


@pytest.mark.parametrize("name", ["audit_events.md", "permissions.md", "safety_rules.md"])
def test_a_generated_page_is_the_one_that_is_stored(name: str) -> None:
    stored = (FOLDER / name).read_text(encoding="utf-8")
    assert stored == pages()[name], "run manage.py write_reference"


def test_every_event_is_recorded_by_some_action() -> None:
    used = {
        node.attr
        for path, tree in modules().items()
        if path.endswith("actions.py")
        for node in nodes(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Event"
    }
    assert used == {event.name for event in Event}


def test_every_address_asks_for_a_permission_or_is_known_not_to() -> None:
    free = {name: permission_of(one) for name, _, one in addresses() if not _guarded(one)}
    assert free == {
        "rounds:first": "signed in",
        "clinics:switch": "signed in",
        "members:open_link": "anyone",
        "members:join": "anyone",
        "people:sign_in": "anyone",
        "people:sign_out": "anyone",
        "people:state": "anyone",
        "people:stay": "anyone",
        "people:sign_in_again": "anyone",
        "people:kept_form": "signed in",
        "people:sign_in_with_passkey": "anyone",
        "people:second_step": "anyone",
        "people:forgotten": "anyone",
        "people:open_password_link": "anyone",
        "people:new_password": "anyone",
        "people:to_hospital": "anyone",
        "people:hospital_back": "anyone",
        **dict.fromkeys((f"people:{name}" for name in OWN), "signed in"),
    }


def _guarded(pattern: object) -> bool:
    return hasattr(pattern.callback, "permission")  # type: ignore[attr-defined]
