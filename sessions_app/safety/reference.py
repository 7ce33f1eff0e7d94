"""The catalogue as a page that a clinician can read and correct; docs/reference holds a copy."""

from collections.abc import Iterable

from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Rule
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import day
from sessions_app.vocabulary.body_sites import listed
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.severity import Level

_INTRODUCTION = (
    "The software reminds; it never clears. Evidence for most limits is expert teaching, not "
    "trials. A rule marked «from memory» waits for a clinician's check against its source."
)


def page(made: str) -> str:
    """Return the whole page in Markdown; ``made`` says how it came about."""
    topics = dict.fromkeys(rule.topic for rule in CATALOGUE)
    parts = ["# Safety rules", "", made, "", _INTRODUCTION, "", "## Levels", ""]
    parts += [f"- **{level.label}**: {level.meaning}" for level in Level]
    parts += [
        "",
        "## At a glance",
        "",
        "| rule | about | level | evidence |",
        "| --- | --- | --- | --- |",
    ]
    parts += [_glance(rule) for rule in sorted(CATALOGUE, key=lambda rule: rule.id)]
    for topic in topics:
        parts += ["", f"## {topic.capitalize()}"]
        for rule in (rule for rule in CATALOGUE if rule.topic == topic):
            parts += ["", *_card(rule)]
    return "\n".join([*parts, ""])


def _glance(rule: Rule) -> str:
    return f"| {rule.id} | {rule.title} | {_levels(rule)} | {_evidence(rule)} |"


def _card(rule: Rule) -> Iterable[str]:
    yield f"### {rule.id} · {rule.title}"
    yield ""
    yield f"*{_levels(rule)}; version {rule.version}; reviewed {day(rule.reviewed_on)}.*"
    yield ""
    yield f"- **When.** {rule.wording}"
    yield f"- **Why.** {rule.reason}"
    yield f"- **What to do.** {rule.adaptation}"
    yield f"- **Source.** {rule.source} ({_evidence(rule)})"
    if rule.reads:
        yield f"- **Reads.** {', '.join(kind.label.lower() for kind in rule.reads)}."
    for threshold in rule.thresholds:
        yield f"- **Setting.** {_setting(threshold)}"
    yield f"- **An order.** {_order(rule.lift)}"


def _levels(rule: Rule) -> str:
    return " or ".join(level.label.lower() for level in rule.levels)


def _evidence(rule: Rule) -> str:
    grade = rule.evidence.label.lower()
    return f"{grade}, from memory" if rule.unverified else grade


def _setting(threshold: Threshold) -> str:
    default = threshold.words(threshold.default)
    return f"{threshold.label}: {default}; a clinic may set {threshold.floor_words}."


def _order(lift: Lift | None) -> str:
    if lift is None:
        return "A clinician's order changes nothing here."
    if lift.up_to == NO_CONTACT:
        return "Lets the session begin; it lifts no limit."
    where = f" at {listed(lift.sites)}" if lift.sites else " at the sites it names"
    return f"Can allow pressure {lift.up_to} at most{where}."
