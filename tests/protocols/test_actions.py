"""Published protocols never change: a new content needs a new version."""

from dataclasses import replace

import pytest

from sessions_app.audit.models import AuditEvent
from sessions_app.identity import NETWORK
from sessions_app.protocols import actions, registry
from sessions_app.protocols.definition import ProtocolDefinition, load_all, parse
from sessions_app.protocols.models import Arm, Protocol
from tests.universe import Universe


def rest(**changes: str) -> ProtocolDefinition:
    """Return the shipped «rest» with lines of its text changed."""
    text = next(one.text for one in load_all() if one.code == "rest")
    for old, new in changes.items():
        line = next(row for row in text.splitlines() if row.startswith(f"{old} = "))
        text = text.replace(line, f"{old} = {new}", 1)
    return parse(text, "rest.toml")


def test_publishing_again_changes_nothing(universe: Universe) -> None:
    stored = list(Protocol.objects.order_by("pk").values())
    events = AuditEvent.objects.count()
    assert actions.publish(load_all()) == []
    assert list(Protocol.objects.order_by("pk").values()) == stored
    assert AuditEvent.objects.count() == events


def test_every_shipped_version_is_audited_in_the_networks_chain(universe: Universe) -> None:
    events = AuditEvent.objects.filter(clinic_id=NETWORK, action="protocol.loaded")
    assert {row.new["code"] for row in events} == {one.code for one in load_all()}


def test_other_content_under_a_published_version_is_refused(universe: Universe) -> None:
    with pytest.raises(actions.PublishedContentChanged, match="version 2"):
        actions.publish([rest(title='"Another title"')])
    assert Protocol.objects.get(code="rest").title != "Another title"


def test_comments_and_layout_are_not_content(universe: Universe) -> None:
    one = rest()
    commented = parse(f"# a remark\n\n{one.text}", "rest.toml")
    assert actions.publish([commented]) == []


def test_one_bad_file_publishes_none(universe: Universe) -> None:
    second = rest(version="2")
    with pytest.raises(actions.PublishedContentChanged):
        actions.publish([second, rest(title='"Another title"')])
    assert not Protocol.objects.filter(version=2).exists()


def test_a_new_version_is_offered_and_patients_stay_on_theirs(universe: Universe) -> None:
    [new] = actions.publish([rest(version="2", title='"The second"')])
    offered = {one.protocol.code: one.protocol.version for one in registry.offered()}
    assert offered["rest"] == 2
    course = registry.course(universe.ada_course.arm_id)
    assert course.protocol.version == 1
    assert Arm.objects.filter(protocol=new).count() == len(rest().arms)


def test_what_is_read_back_is_what_was_published(universe: Universe) -> None:
    for shipped in load_all():
        arm = Arm.objects.filter(protocol__code=shipped.code).first()
        assert registry.course(arm.pk).protocol == replace(shipped, text="other text, same content")
