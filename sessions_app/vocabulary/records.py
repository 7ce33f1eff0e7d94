"""The states and small lists of patients and sessions."""

from sessions_app.vocabulary.coded import Coded


class PatientStatus(Coded):
    """Where a patient stands with the clinic."""

    ACTIVE = "active", "Active", "In the clinic's care."
    DISCHARGED = "discharged", "Discharged", "No longer in the clinic's care."
    DIED = "died", "Died", "Has died."


class SessionStatus(Coded):
    """How far a session has come."""

    IN_PROGRESS = "in_progress", "In progress", "Begun; the after-scores are still to come."
    GIVEN = "given", "Given", "Given and recorded."
    NOT_GIVEN = "not_given", "Not given", "Planned but not given, with a reason."


class Phase(Coded):
    """At which point of a session the safety rules were asked."""

    START = "start", "Start", "Before hands are laid on: the plan."
    FINISH = "finish", "Finish", "Afterwards: what was done in a session that was begun here."
    WHOLE = "whole", "Whole", "A past session, recorded all at once."


class Reporter(Coded):
    """Whose judgement a score is."""

    PATIENT = "patient", "Patient", "The patient said it."
    THERAPIST = "therapist", "Therapist", "The therapist judged or measured it."
    PROXY = "proxy", "Proxy", "Family or another carer said it for the patient."


class Position(Coded):
    """How the patient lay or sat. Left and right are the patient's."""

    SUPINE = "supine", "On the back", "Lying on the back."
    SEMI_RECLINED = "semi_reclined", "Half sitting", "In bed or a chair, head and chest raised."
    SIDE_LEFT = "side_left", "On the left side", "Lying on the patient's left side."
    SIDE_RIGHT = "side_right", "On the right side", "Lying on the patient's right side."
    PRONE = "prone", "Face down", "Lying on the front."
    SEATED = "seated", "Seated", "Sitting upright, in a chair or on the bed's edge."
    OTHER = "other", "Other", "Another position, told in the notes."


class Product(Coded):
    """What was put on the skin."""

    NONE = "none", "None", "Dry hands, or over clothing or sheet."
    UNSCENTED_LOTION = "unscented_lotion", "Unscented lotion", "The clinic's lotion."
    UNSCENTED_OIL = "unscented_oil", "Unscented oil", "The clinic's oil."
    PATIENT_OWN = "patient_own", "The patient's own", "A product the patient brought."
    OTHER = "other", "Other", "Another product, told in the notes."


class Interruption(Coded):
    """What broke into the quiet of a session."""

    TALK = "talk", "Talk", "The patient or the therapist talked."
    MUSIC = "music", "Music", "Music was playing."
    TELEVISION = "television", "Television", "A television was on."
    CARE = "care", "Care", "Nursing or medical care came between."
    VISITOR = "visitor", "Visitor", "Somebody came in or stayed."
    PHONE = "phone", "Phone", "A phone rang or was answered."


class Reaction(Coded):
    """Whether anything unwanted was seen or told, during or after."""

    NONE = "none", "None", "Nothing unwanted was seen or told."
    DESCRIBED = "described", "Described", "Something was seen or told; it is described in words."


class DateSource(Coded):
    """Where the time of a session came from."""

    NOW = "now", "Now", "The clock, at the moment of recording."
    TYPED = "typed", "Typed", "Typed in by a person."
