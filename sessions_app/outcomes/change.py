"""The change of one score from before to after a session: improvement is always positive."""

from sessions_app.vocabulary.scales import Scale


def change(scale: Scale, before: int, after: int) -> int:
    """The points gained from ``before`` to ``after``; improvement positive, 0 is «no change».

    The direction belongs to the scale: pain 7 → 4 is +3, mood 4 → 7 is +3. Both scores are whole
    numbers inside the scale's range. Raises ValueError for a score outside it, and for a scale
    that has no better end (heart rate, respiratory rate): there a change is neither good nor bad.
    """
    if scale.higher_is_better is None:
        raise ValueError(f"{scale.label} has no better end, so its change has no direction")
    for score in (before, after):
        if not scale.allows(score):
            raise ValueError(f"{scale.label} {score} is outside {scale.minimum} to {scale.maximum}")
    return after - before if scale.higher_is_better else before - after
