"""How many patients a figure needs before it is shown, and the sentence where there are fewer."""

MINIMUM_PATIENTS = 10
"""Below this many patients neither a mean, a share nor an interval is shown."""


def too_few(have: int, what: str = "patients with both scores") -> str:
    """Such as «needs 10 patients with both scores; you have 4»; nothing when there are enough."""
    if have >= MINIMUM_PATIENTS:
        return ""
    return f"needs {MINIMUM_PATIENTS} {what}; you have {have or 'none'}"
