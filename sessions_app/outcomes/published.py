"""The trials' printed results, each with its citation, and why a clinic's figure differs.

Only figures that were read in a published abstract stand here. For Jane 2011 no figure could be
read, so there is none.
"""

from dataclasses import dataclass

from sessions_app.vocabulary.scales import Scale

CHECK_THE_PAPER = (
    "Built from the published abstracts and summaries; have a clinician check the paper before use."
)

KUTNER_CITATION = (
    "Kutner JS, Smith MC, Corbin L, et al. Massage therapy versus simple touch to improve pain "
    "and mood in patients with advanced cancer: a randomized trial. "
    "Ann Intern Med 2008;149(6):369-379."
)
KUTNER_DOI = "10.7326/0003-4819-149-6-200809160-00003"
KUTNER_CAVEAT = (
    "The person who gave the session took these scores and knew the arm. No arm went without "
    "touch, so superiority to doing nothing was not shown. " + CHECK_THE_PAPER
)
KUTNER_ANALYSED = 298


@dataclass(frozen=True)
class PublishedResult:
    """One arm's printed mean change from before to after a session, turned improvement-positive.

    ``low`` to ``high`` is the printed 95 % interval, in points of a 0-10 scale. ``n`` is the
    number of patients analysed in both arms together (the split was not in a readable source).
    ``as_printed`` says in words which way it went, then keeps the paper's own signs.
    """

    protocol: str
    arm: str
    scale: Scale
    mean_change: float
    low: float
    high: float
    n: int
    citation: str
    doi: str
    caveat: str
    as_printed: str


def _kutner(
    arm: str, scale: Scale, mean_change: float, interval: tuple[float, float], printed: str
) -> PublishedResult:
    way = "rise" if scale.higher_is_better else "drop"
    return PublishedResult(
        protocol="rest",
        arm=arm,
        scale=scale,
        mean_change=mean_change,
        low=interval[0],
        high=interval[1],
        n=KUTNER_ANALYSED,
        citation=KUTNER_CITATION,
        doi=KUTNER_DOI,
        caveat=KUTNER_CAVEAT,
        as_printed=f"a {way} of {mean_change:.2f}, in the paper's signs {printed}",
    )


PUBLISHED: tuple[PublishedResult, ...] = (
    _kutner("massage", Scale.PAIN, 1.87, (1.67, 2.07), "−1.87 (95% CI −2.07, −1.67)"),
    _kutner("touch", Scale.PAIN, 0.97, (0.76, 1.18), "−0.97 (95% CI −1.18, −0.76)"),
    _kutner("massage", Scale.MOOD, 1.58, (1.40, 1.76), "1.58 (95% CI 1.40, 1.76)"),
    _kutner("touch", Scale.MOOD, 0.97, (0.78, 1.16), "0.97 (95% CI 0.78, 1.16)"),
)

_BY_KEY = {(result.protocol, result.arm, result.scale): result for result in PUBLISHED}

WHY_THEY_DIFFER: tuple[str, ...] = (
    (
        "No control arm here: a clinic's change from before to after cannot be put down to the "
        "session alone."
    ),
    (
        "Regression to the mean: people are seen when they hurt most, and high scores fall by "
        "themselves."
    ),
    (
        "Who asked: scores told to the person who gave the session may be kinder, here and in "
        "the trial."
    ),
    (
        "Selection: the trial took people with advanced cancer who could consent and were expected "
        "to live three weeks or more; a clinic sees others too."
    ),
    (
        "Missing scores: people who slept, left or were too ill have no after-score, and they are "
        "not like the rest."
    ),
    (
        "Entry pain: everyone in the trial had pain of at least 4 in the week before; someone who "
        "starts at 1 cannot improve by 2."
    ),
)
"""Shown beside every comparison of a clinic's figure with a trial's."""


def published(protocol: str, arm: str, scale: Scale) -> PublishedResult | None:
    """The printed result for this arm and scale, or None where none could be read."""
    return _BY_KEY.get((protocol, arm, scale))


def touch_share_of_pain_drop() -> int:
    """Still touch's pain drop as a whole percentage of massage's: 0.97 / 1.87 = 52 %."""
    touch = _BY_KEY["rest", "touch", Scale.PAIN]
    massage = _BY_KEY["rest", "massage", Scale.PAIN]
    return round(100 * touch.mean_change / massage.mean_change)


def touch_share_words() -> str:
    """The same share as the sentence that stands under the comparison."""
    return (
        f"{touch_share_of_pain_drop()} % of the massage arm's drop in pain "
        "also happened with still touch."
    )
