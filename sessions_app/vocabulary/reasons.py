"""Why a score is missing, a session was not given, or ended early."""

from sessions_app.vocabulary.coded import Coded


class MissingReason(Coded):
    """Why there is no score. A missing score always has a reason; a score of 0 is not missing."""

    NOT_ASKED = "not_asked", "Not asked", "Nobody asked for the score."
    ASLEEP = "asleep", "Asleep", "The patient slept."
    DECLINED = "declined", "Declined", "The patient did not want to answer."
    UNABLE = "unable", "Unable", "The patient could not answer."
    LEFT = "left", "Left", "The patient had left the ward or the clinic."
    DIED = "died", "Died", "The patient had died."


class NotGivenReason(Coded):
    """Why a planned session was not given."""

    ASLEEP = "asleep", "Asleep", "The patient slept and was not woken."
    PROCEDURE = "procedure", "At a procedure", "Away for a test or treatment, or being cared for."
    DECLINED_TIME = "declined_time", "Declined, not now", "Another time would suit."
    DECLINED_NO_INTEREST = "declined_no_interest", "Declined, not wanted", "No massage is wanted."
    UNWELL = "unwell", "Too unwell", "The patient was too unwell."
    STAFF = "staff", "No therapist", "Nobody was there to give it."
    INFECTION_CONTROL = "infection_control", "Infection control", "Isolation or a unit rule."
    DISCHARGED = "discharged", "Discharged", "The patient had gone home or moved."
    DIED = "died", "Died", "The patient had died."
    SAFETY_STOP = "safety_stop", "Safety stop", "A reminder or the team stopped it."
    OTHER = "other", "Other", "Another reason, told in the notes."


class StopReason(Coded):
    """Why a session ended before its time."""

    PATIENT_ASKED = "patient_asked", "The patient asked to stop", "It was enough."
    PAIN = "pain", "Pain", "Something hurt, or pain rose."
    UNWELL = "unwell", "Unwell", "Nausea, breath, dizziness, or anything else that was not well."
    CARE = "care", "Care came between", "Nursing or medical care, a test, a transport."
    OTHER = "other", "Other", "Another reason, told in words."
