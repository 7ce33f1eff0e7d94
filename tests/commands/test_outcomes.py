"""`outcomes`: the summary's own figures, by name or as a table."""

import io
import json
import random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sessions_app.dashboards.summary import summary_of
from sessions_app.outcomes.figures import Figures
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import admit
from tests.universe import Universe, ratings


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("outcomes", *arguments, stdout=out)
    return out.getvalue()


def rows(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*arguments, "--format", "json"))
    return found


@pytest.fixture
def ward(universe: Universe) -> Universe:
    """Give twelve patients on foot massage with pain and mood scores by lot."""
    lot = random.Random(5)  # noqa: S311 - invented patients
    for _ in range(12):
        course = admit(universe, "foot-10", "massage")
        before, after = lot.randint(5, 9), lot.randint(0, 6)
        universe.log(course, before=ratings(pain=before, mood=4), after=ratings(pain=after, mood=4))
    return universe


def test_the_figures_are_those_of_the_page(ward: Universe) -> None:
    found = rows("--protocol", "foot-10", "--clinic", ward.birchwood.slug)
    panels = [
        scale
        for arm in summary_of(ward.birchwood.pk)
        if arm.course.protocol.code == "foot-10"
        for scale in arm.scales
    ]
    shown = [
        (p.scale.value, p.change.mean, p.change.low, p.change.high, p.change.patients, p.missing)
        for p in panels
    ]
    assert shown == [
        (r["scale"], r["mean_change"], r["ci_low"], r["ci_high"], r["patients"], r["missing"])
        for r in found
    ]
    pain, mood = found
    assert pain["mean_change"] > 0
    assert (mood["mean_change"], mood["ci_low"], mood["ci_high"]) == (0, 0, 0)


def test_the_names_are_those_promised(ward: Universe) -> None:
    first, *_ = rows("--protocol", "foot-10")
    assert first.keys() == {"protocol", "version", "arm", *Figures.__annotations__}
    assert (first["protocol"], first["arm"], first["scale"]) == ("foot-10", "massage", "pain")


def test_all_clinics_are_those_of_each_together(ward: Universe) -> None:
    counted = ("patients", "sessions", "missing")
    apart = [
        rows("--protocol", "rest", "--clinic", clinic.slug)
        for clinic in (ward.birchwood, ward.harbour)
    ]
    whole = {
        (r["arm"], r["scale"]): [r[name] for name in counted] for r in rows("--protocol", "rest")
    }
    added: dict[tuple[str, str], list[int]] = {}
    for row in (row for part in apart for row in part):
        known = added.get((row["arm"], row["scale"]), [0, 0, 0])
        added[row["arm"], row["scale"]] = [
            k + row[name] for k, name in zip(known, counted, strict=True)
        ]
    assert whole == added


def test_too_few_patients_are_null_with_the_reason_beside_the_trial_s_figure(
    universe: Universe,
) -> None:
    found = rows("--protocol", "rest", "--arm", "massage")
    pain = next(row for row in found if row["scale"] == Scale.PAIN.value)
    assert pain["mean_change"] is None
    assert pain["hidden_because"].startswith("needs 10 patients with both scores; you have")
    assert pain["published"]["mean_change"] == 1.87
    assert {row["arm"] for row in found} == {"massage"}


def test_a_table_has_the_same_figures(ward: Universe) -> None:
    heading, pain, mood = run("--protocol", "foot-10").splitlines()
    first, _ = rows("--protocol", "foot-10")
    assert heading.split("  ")[0] == "arm"
    assert f"{first['mean_change']:.2f}" in pain
    assert f"{first['ci_low']:.2f} to {first['ci_high']:.2f}" in pain
    assert "0.00 to 0.00" in mood


def test_a_protocol_that_nobody_is_on_says_so(universe: Universe) -> None:
    assert run("--protocol", "open", "--clinic", universe.harbour.slug) == (
        "Nobody was put on this protocol here.\n"
    )
    assert rows("--protocol", "open", "--clinic", universe.harbour.slug) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--protocol", "nowhere"], "there is no protocol «nowhere»; there are foot-10, jane-bone"),
        (["--protocol", "rest", "--arm", "x"], "«rest» has no arm «x»; it has massage, touch"),
        (["--protocol", "rest", "--clinic", "no"], "there is no clinic «no»"),
        (["--protocol", "x" * 10_000], "there is no protocol «x{60}»; there are"),
    ],
)
def test_what_is_not_there_is_named(universe: Universe, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(*arguments)
