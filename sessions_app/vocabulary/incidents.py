"""What went wrong with a session, how badly, and what was said of a pain that rose."""

from sessions_app.vocabulary.coded import Coded


class IncidentKind(Coded):
    """What an incident is about."""

    WORSE_PAIN = "worse_pain", "Worse pain after", "Pain after was well above pain before."
    REACTION = "reaction", "Unwanted reaction", "Something unwanted was seen or told."
    DEVICE = "device", "Line or device disturbed", "A line, port, drain or stoma was disturbed."
    FALL = "fall", "Fall or injury", "Somebody fell or was hurt."
    OTHER = "other", "Something else", "What has no name in this list."


class Harm(Coded):
    """How badly it went, as far as anybody knows."""

    NONE = "none", "No harm", "Nothing came of it."
    MILD = "mild", "Mild", "It passed by itself within the day."
    MODERATE = "moderate", "Moderate", "Something had to be done, or it lasted longer."
    SEVERE = "severe", "Severe", "It needed medical help at once."


class PainRise(Coded):
    """What was answered when pain after was above pain before."""

    TOLD = "told", "Told in words", "What happened is told in words."
    NOT_KNOWN = "not_known", "Not known", "Nobody knows why."


class EmergencyCause(Coded):
    """How the emergency screen came to be shown."""

    START = "start", "A start was refused", "A session was to be started; the facts said no."
    OPENED = "opened", "Opened by a person", "Somebody said «this is an emergency»."
