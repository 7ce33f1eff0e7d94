"""The fixed names of the figures: what is hidden is null, and 0 is 0."""

import json

from sessions_app.outcomes.figures import Figures, figures
from sessions_app.outcomes.published import published
from sessions_app.outcomes.responders import ResponderSums, Threshold, responders
from sessions_app.outcomes.summary import Moments, PatientSums, mean_change
from sessions_app.vocabulary.scales import Scale

PROMISED = {
    "patients", "sessions", "missing", "scale", "mean_change", "ci_low", "ci_high",
    "patient_mean_change", "responders_30pct", "responders_2pt", "published",
}  # fmt: skip


def told(patients: int, change: int) -> Figures:
    moments = Moments.of([PatientSums(2, 2 * change)] * patients)
    sums = ResponderSums({(2, 2 if change >= 2 else 0): patients})
    both = tuple(responders(threshold, sums) for threshold in Threshold)
    printed = published("rest", "massage", Scale.PAIN)
    return figures(Scale.PAIN, mean_change(moments), 3, (both[0], both[1]), printed)


def test_the_names_are_those_promised() -> None:
    assert Figures.__annotations__.keys() == PROMISED | {"hidden_because"}


def test_figures_in_json() -> None:
    found = json.loads(json.dumps(told(10, 3), allow_nan=False))
    assert found.pop("published")["mean_change"] == 1.87
    assert found == {
        "scale": "pain", "patients": 10, "sessions": 20, "missing": 3, "mean_change": 3.0,
        "ci_low": 3.0, "ci_high": 3.0, "patient_mean_change": 3.0, "responders_30pct": 1.0,
        "responders_2pt": 1.0, "hidden_because": "",
    }  # fmt: skip


def test_nought_is_a_figure() -> None:
    found = told(10, 0)
    assert (found["mean_change"], found["ci_low"], found["responders_2pt"]) == (0, 0, 0)


def test_what_is_hidden_is_null_with_its_reason() -> None:
    found = told(4, 3)
    assert [found["mean_change"], found["responders_30pct"], found["ci_high"]] == [None] * 3
    assert (found["patients"], found["hidden_because"]) == (
        4,
        "needs 10 patients with both scores; you have 4",
    )


def test_a_scale_without_thresholds_or_a_printed_result_has_null_there() -> None:
    found = figures(Scale.SLEEP, mean_change(Moments()), 0, None, None)
    assert [found["responders_30pct"], found["responders_2pt"], found["published"]] == [None] * 3
