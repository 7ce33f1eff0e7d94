"""The phases of the session form: their words, and where each is sent."""

from typing import NamedTuple


class Words(NamedTuple):
    """What a phase of the form is called, what its button says, and what is said when saved."""

    heading: str
    button: str
    saved: str

    @property
    def shown(self) -> dict[str, str]:
        """What the page shows of them."""
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
