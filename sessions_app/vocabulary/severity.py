"""How strongly a reminder speaks, and what it rests on."""

from sessions_app.vocabulary.coded import Coded


class Level(Coded):
    """What a finding asks of the therapist, from weakest to strongest."""

    INFORM = "inform", "For information", "Read it."
    CONFIRM = "confirm", "Please confirm", "Confirm that the session is adapted."
    STOP = "stop", "Stop", "Do not start without an order from the team."
    EMERGENCY = "emergency", "Emergency", "Stop and call for help now."

    rank: int
    """Order of strength: 0 for information, 3 for an emergency."""


for _rank, _level in enumerate(Level):
    _level.rank = _rank


class Evidence(Coded):
    """What kind of source a rule stands on."""

    TRIAL = "trial", "Trial", "A published trial's results, or its conduct or exclusions."
    GUIDELINE = "guideline", "Guideline", "Guidance or law of a public or professional body."
    TEACHING = "teaching", "Teaching", "Expert teaching; no trial is known to us."
    DESIGN = "design", "Our design", "Our own cautious choice, to be checked by a clinician."
