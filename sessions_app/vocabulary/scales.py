"""What is scored around a session: range, direction, and the words at both ends.

Our own single items (clinical.md section 6); no licensed instrument is copied.
"""

from typing import Any, Self

from sessions_app.vocabulary.coded import Coded


class Scale(Coded):
    """One scored quantity. 0 is a score like any other, never «missing».

    ``minimum`` and ``maximum`` are both allowed values. ``higher_is_better`` is None where
    neither direction is an improvement by itself.
    """

    low_word: str
    high_word: str
    minimum: int
    maximum: int
    higher_is_better: bool | None
    unit: str
    question: str

    def __new__(cls, code: str, *row: Any) -> Self:
        """Make the member from its row in the table below."""
        member = cls._worded(code, *row[:2])
        (member.low_word, member.high_word), (member.minimum, member.maximum) = row[2:4]
        member.higher_is_better, member.unit, member.question = row[4:]
        return member

    PAIN = (
        *("pain", "Pain", "Pain now, in the patient's own judgement."),
        *(("no pain", "worst pain imaginable"), (0, 10), False, ""),
        "How much pain do you have now?",
    )
    MOOD = (
        *("mood", "Mood", "Mood now. Higher is better."),
        *(("worst mood", "best mood"), (0, 10), True, ""),
        "How is your mood now?",
    )
    RELAXATION = (
        *("relaxation", "Relaxation", "How relaxed or tense the muscles feel now."),
        *(("very tense", "fully relaxed"), (0, 10), True, ""),
        "How relaxed do you feel now?",
    )
    SLEEP = (
        *("sleep", "Sleep", "Last night's sleep, asked once."),
        *(("slept very badly", "slept very well"), (0, 10), True, ""),
        "How well did you sleep last night?",
    )
    HEART_RATE = (
        *("heart_rate", "Heart rate", "Heart beats in a minute."),
        *(("slow", "fast"), (20, 250), None, "/min"),
        "Heart rate, beats per minute",
    )
    RESPIRATORY_RATE = (
        *("respiratory_rate", "Respiratory rate", "Breaths in a minute."),
        *(("slow", "fast"), (4, 80), None, "/min"),
        "Respiratory rate, breaths per minute",
    )

    def allows(self, score: int) -> bool:
        """Return whether ``score`` lies in the scale's range, both ends included."""
        return self.minimum <= score <= self.maximum


RATED: tuple[Scale, ...] = (Scale.PAIN, Scale.MOOD, Scale.RELAXATION, Scale.SLEEP)
"""The four that a patient rates 0 to 10; the others are counted."""
