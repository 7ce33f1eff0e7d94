"""What the phases of the session form are called, and where they are."""

from typing import NamedTuple


class Words(NamedTuple):
    """What a phase of the form is called, what its button says, and what is said when saved."""

    heading: str
    button: str
    saved: str

    @property
    def shown(self) -> dict[str, str]:
        """Return what the page of the form shows of it."""
        return {"heading": self.heading, "button": self.button}


HEADINGS = {
    "start": Words(
        "Start a session",
        "Save before-scores and start",
        "Saved: the before-scores and the plan. The session is in progress.",
    ),
    "finish": Words(
        "Finish the session", "Save after-scores", "Saved: the after-scores and what was done."
    ),
    "whole": Words("Record a past session", "Save session", "Saved: the past session."),
}
PLACES = {"start": "sessions:start", "whole": "sessions:log"}
IN_PROGRESS = (
    "A session of this course is in progress. Finish it, or say that it did not take place, before "
    "another one starts."
)
AS_ANOTHER = "Save as another session"
