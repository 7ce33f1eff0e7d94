"""`outcomes`: the summary's own figures, by name or as a table."""

import io
import json
import random
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from sessions_app.charts.interval_plot import IntervalPlot
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.panels import changed
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.outcomes.figures import Figures
from sessions_app.protocols import registry
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
    panel = page_of(ward, "foot-10")
    plots = [one for one in panel.flat if isinstance(one, IntervalPlot)]
    shown = [(c.scale, c.mean, c.low, c.high, c.of_patients) for p in plots for c in p.changes]
    assert [
        (r["scale"], r["mean_change"], r["ci_low"], r["ci_high"], r["patient_mean_change"])
        for r in found
    ] == shown
    tables = {one.title: one for one in panel.flat if isinstance(one, Table)}
    behind = tables["The sessions behind the means, and those without both scores"]
    counts = [tuple(int(cell.words) for cell in row[2:5]) for row in behind.rows]
    assert [(r["patients"], r["sessions"], r["missing"]) for r in found] == counts
    (told,) = tables["Clearly less pain after the session"].rows
    pain, mood, relaxation = found
    for cell, key in ((told[3], "responders_30pct"), (told[6], "responders_2pt")):
        assert f"({100 * pain[key]:.0f} %)" in cell.words
        assert mood[key] is relaxation[key] is None
    assert pain["mean_change"] > 0
    assert (mood["mean_change"], mood["ci_low"], mood["ci_high"]) == (0, 0, 0)
    assert relaxation["hidden_because"] == "needs 10 patients with both scores; you have none"


def page_of(world: Universe, protocol: str) -> Panel:
    """Return what the summary shows of the last 26 weeks of a protocol."""
    courses = tuple(one for one in registry.offered() if one.protocol.code == protocol)
    days = first_at_first(world.today), world.today
    scope = Scope((world.birchwood,), *days, protocol, "", courses)
    return changed.panel(scope, Links(scope, may_follow=False))


def test_days_are_those_asked_for(ward: Universe) -> None:
    """The ward's sessions are of today; Birchwood's first ones are two days old."""
    today, before = ward.today.isoformat(), (ward.today - timedelta(days=1)).isoformat()
    (pain, *_) = rows("--protocol", "foot-10", "--from", today)
    assert pain["sessions"] == 12
    assert rows("--protocol", "foot-10", "--to", before) == []
    (pain, *_) = rows("--protocol", "jane-bone", "--to", before)
    assert pain["sessions"] == 1
    assert rows("--protocol", "jane-bone", "--from", before) == []


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
    heading, pain, mood, relaxation = run("--protocol", "foot-10").splitlines()
    first, *_ = rows("--protocol", "foot-10")
    assert heading.split("  ")[0] == "arm"
    assert f"{first['mean_change']:.2f}" in pain
    assert f"{first['ci_low']:.2f} to {first['ci_high']:.2f}" in pain
    assert "0.00 to 0.00" in mood
    assert f"{100 * first['responders_2pt']:.0f} %" in pain
    assert "Needs 10 patients with both scores; you have none." in relaxation


def test_a_protocol_without_a_session_says_so(universe: Universe) -> None:
    said = run("--protocol", "open", "--clinic", universe.harbour.slug)
    assert said.startswith("No session of this protocol was given from ")
    assert rows("--protocol", "open", "--clinic", universe.harbour.slug) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--protocol", "nowhere"], "there is no protocol «nowhere»; there are foot-10, jane-bone"),
        (["--protocol", "rest", "--arm", "x"], "«rest» has no arm «x»; it has massage, touch"),
        (["--protocol", "rest", "--clinic", "no"], "there is no clinic «no»"),
        (["--protocol", "rest", "--from", "soon"], "--from: write a day such as 2026-01-31, not"),
        (["--protocol", "rest", "--to", "2026-02-30"], "--to: write a day such as 2026-01-31"),
        (
            ["--protocol", "rest", "--from", "2026-02-02", "--to", "2026-02-01"],
            "--from 2026-02-02 is after --to 2026-02-01",
        ),
        (
            ["--protocol", "rest", "--from", "2001-01-01", "--to", "2026-02-01"],
            "--from: choose at most ten years before --to",
        ),
        (
            ["--protocol", "rest", "--to", "9999-12-31"],
            "--to: choose a day from 1900-01-01 to 2199-12-31",
        ),
        (["--protocol", "rest", "--to", "0001-01-05"], "--to: choose a day from"),
        (["--protocol", "x" * 10_000], "there is no protocol «x{60}»; there are"),
    ],
)
def test_what_is_not_there_is_named(universe: Universe, arguments: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run(*arguments)
