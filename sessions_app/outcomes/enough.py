"""How many patients a figure needs before it is shown, and the sentence where there are fewer."""

MINIMUM_PATIENTS = 10
"""Below this many patients neither a mean, a share nor an interval is shown."""


def too_few(
    have: int, what: str = "patients with both scores", least: int = MINIMUM_PATIENTS
) -> str:
    """Such as «needs 10 patients with both scores; you have 4»; nothing when there are enough."""
    if have >= least:
        return ""
    return f"needs {least} {what}; you have {have or 'none'}"
