"""`load_protocols`: published once, changed never without a new version."""

import io
import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sessions_app.protocols.definition import DEFINITIONS
from sessions_app.protocols.models import Arm, Protocol

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one definition, of a protocol that no other test publishes."""
    text = (DEFINITIONS / "open.toml").read_text(encoding="utf-8")
    (tmp_path / "quiet.toml").write_text(text.replace('"open"', '"quiet"', 1), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("load_protocols", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_shipped_protocols_are_published_with_their_arms() -> None:
    run()
    shipped = Protocol.objects.filter(version=1).values_list("code", flat=True)
    assert {"rest", "jane-bone", "foot-10", "open"} <= set(shipped)
    arms = Arm.objects.filter(protocol__code="rest").values_list("code", flat=True)
    assert set(arms) == {"massage", "touch"}


def test_running_it_again_changes_nothing(folder: Path) -> None:
    assert run("--folder", folder) == "1 protocols read; published quiet version 1.\n"
    before = list(Protocol.objects.order_by("pk").values())
    assert run("--folder", folder) == "1 protocols read; all are published already.\n"
    assert list(Protocol.objects.order_by("pk").values()) == before


def test_other_content_under_a_published_version_is_refused_in_one_line(folder: Path) -> None:
    run("--folder", folder)
    file = folder / "quiet.toml"
    changed = file.read_text(encoding="utf-8").replace(
        "default_pressure = 1", "default_pressure = 2"
    )
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(CommandError) as refused:
        run("--folder", folder)
    assert str(refused.value) == (
        "quiet version 1 is published with other content. Give the changed file version 2."
    )
    file.write_text(changed.replace("\nversion = 1", "\nversion = 2"), encoding="utf-8")
    assert "published quiet version 2" in run("--folder", folder)


def test_comments_and_layout_are_no_change(folder: Path) -> None:
    run("--folder", folder)
    file = folder / "quiet.toml"
    file.write_text("# a remark\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert "all are published already" in run("--folder", folder)


def test_a_wrong_file_is_named_with_line_and_key_and_nothing_is_published(folder: Path) -> None:
    shutil.copy(DEFINITIONS / "open.toml", folder / "another.toml")
    with pytest.raises(CommandError, match=r"another\.toml:\d+: code: "):
        run("--folder", folder)
    assert not Protocol.objects.filter(code="quiet").exists()


def test_check_writes_nothing_and_fails_while_something_is_unpublished(folder: Path) -> None:
    with pytest.raises(CommandError, match="not published yet: quiet version 1"):
        run("--check", "--folder", folder)
    assert not Protocol.objects.filter(code="quiet").exists()
    run("--folder", folder)
    assert run("--check", "--folder", folder).endswith("all are published already.\n")


def test_a_folder_without_protocols_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds no protocol"):
        run("--folder", tmp_path)
