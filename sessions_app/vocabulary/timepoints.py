"""When a score is taken, seen from its session."""

from sessions_app.vocabulary.coded import Coded


class TimePoint(Coded):
    """The time points of the shipped protocols."""

    BEFORE = "before", "Before", "Just before the session."
    DURING = "during", "During", "While the session goes on."
    AFTER = "after", "After", "Just after the session."
    SOON_AFTER = "soon_after", "20–30 minutes after", "20 to 30 minutes after the session."
    NEXT_DAY = "next_day", "Next day", "16 to 18 hours after the session."
    WEEKLY = "weekly", "Weekly", "Once a week, whether or not a session was given."
