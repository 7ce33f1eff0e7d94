"""Every page that shows a patient's chart or a part of it, and how its reading is told.

This is where it is decided what counts as a reading. A list that names many patients is none (it
shows no chart); a page that is about one patient is. A test holds both against all addresses.
"""

OPENED: dict[str, str] = {
    "rounds:chart": "opened the chart",
    "rounds:course": "looked at the course, session by session",
    "patients:amend": "opened the form of the particulars",
    "patients:choose_fact": "opened the list of facts to record",
    "patients:record_fact": "opened the form of a clinical fact",
    "patients:end_fact": "opened the form that ends a fact",
    "patients:answer_fact": "answered what was asked about a fact",
    "patients:record_order": "opened the form of an order",
    "patients:end_order": "opened the form that ends an order",
    "timing:record": "opened the form of a dose or treatment",
    "timing:correct": "opened the form that corrects a time",
    "timing:withdraw": "opened the form that withdraws a time",
    "enrolments:choose_arm": "opened the choice of a protocol",
    "enrolments:enrol": "opened the checklist of a protocol",
    "enrolments:end": "opened the form that ends a course",
    "sessions:start": "opened the session form, to start",
    "sessions:log": "opened the session form, for a past session",
    "sessions:not_given": "opened the form for a session not given",
    "sessions:session": "looked at a session",
    "sessions:finish": "opened the session form, to finish",
    "sessions:call_off": "opened the form that calls a session off",
    "sessions:follow_up": "opened the form of a later score",
    "sessions:open_emergency": "opened the emergency screen",
    "sessions:emergency": "looked at the emergency screen",
    "sessions:close_emergency": "opened the form that closes an emergency",
    "sessions:report_incident": "opened the form of an incident",
    "sessions:incident": "looked at an incident",
    "sessions:incident_followed_up": "opened the follow-up of an incident",
    "sessions:close_incident": "opened the form that closes an incident",
    "reads:of_patient": "looked at who had looked at the chart",
}


def told(page: str) -> str:
    """Return what somebody did who was shown this page; an address of an older release too."""
    return OPENED.get(page, "opened a page of the chart")
