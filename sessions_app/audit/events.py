"""Every kind of event the audit trail knows; docs/reference/audit_events.md is made from it."""

from sessions_app.vocabulary.coded import Coded


class Event(Coded):
    """What was done. The code is stored; label and meaning are for readers."""

    CLINIC_OPENED = "clinic.opened", "Clinic opened", "A clinic was set up."
    MEMBER_ADDED = "clinic.member_added", "Member added", "A person was given a role in a clinic."
    THRESHOLD_SET = "clinic.threshold_set", "Threshold set", "A clinician decided a rule's number."
    PERSON_ADDED = "person.added", "Person added", "A person can sign in from now on."
    PASSWORD_SET = "person.password_set", "Password set", "An account was given a password."
    PERSON_SIGNED_IN = "person.signed_in", "Signed in", "A person signed in."
    ACCESS_TRIED = "access.tried", "Emergency access tried", "No chart was opened by it."
    ACCESS_OPENED = "access.opened", "Emergency access", "Somebody of another clinic reads a chart."
    ACCESS_ENDED = "access.ended", "Emergency access ended", "It was ended before its time."
    ACCESS_SEEN = "access.seen", "Emergency access seen", "A supervisor has looked at it."
    AUDIT_EXPORTED = "audit.exported", "Events exported", "Events were taken along as a file."
    PROTOCOL_LOADED = "protocol.loaded", "Protocol loaded", "A version of a protocol was published."
    PATIENT_REGISTERED = "patient.registered", "Patient registered", "A chart was opened."
    PATIENT_AMENDED = "patient.amended", "Patient amended", "A chart's particulars were changed."
    FACT_RECORDED = "fact.recorded", "Clinical fact recorded", "A fact the safety rules read."
    FACT_ENDED = "fact.ended", "Clinical fact ended", "A fact holds no longer, from a date."
    FACT_CONFIRMED = "fact.confirmed", "Fact still so", "A fact was asked again and is still so."
    FACT_DENIED = "fact.denied", "Fact not so any more", "A fact was asked again and is not so."
    FACT_UNKNOWN = "fact.unknown", "Asked, not known", "A fact was asked again; nobody knew."
    NONE_OF_THESE = (
        "fact.none_of_these",
        "None of these",
        "Kinds of fact were asked, and are not so.",
    )
    ORDER_RECORDED = "order.recorded", "Order recorded", "What a clinician ordered for a patient."
    ORDER_ENDED = "order.ended", "Order ended", "A clinician's order holds no longer, from a date."
    TIME_RECORDED = "timing.recorded", "Time recorded", "A dose or treatment, with its time."
    TIME_CORRECTED = "timing.corrected", "Time corrected", "A later row took the place of one."
    TIME_WITHDRAWN = "timing.withdrawn", "Time withdrawn", "A dose or treatment was taken back."
    ENROLLED = "enrolment.started", "Patient enrolled", "A patient was put on a protocol and arm."
    ENROLMENT_ENDED = "enrolment.ended", "Enrolment ended", "A patient left a protocol."
    SESSION_STARTED = "session.started", "Session started", "Before-scores saved; in progress."
    SESSION_FINISHED = "session.finished", "Session finished", "A session in progress was ended."
    SESSION_LOGGED = "session.logged", "Session logged", "A whole session was recorded at once."
    SESSION_NOT_GIVEN = "session.not_given", "Not given", "An offered session did not happen."
    SESSION_CALLED_OFF = "session.called_off", "Called off", "A begun session did not take place."
    FOLLOW_UP_RECORDED = "session.follow_up", "Follow-up score", "A score at another time point."
    EMERGENCY_SEEN = "emergency.seen", "Emergency", "The emergency screen was shown."
    EMERGENCY_TOLD = "emergency.told", "Emergency: what was done", "What was done is written down."
    EMERGENCY_CLOSED = "emergency.closed", "Emergency closed", "A supervisor has seen to it."
    INCIDENT_OPENED = "incident.opened", "Incident opened", "Something went wrong with a session."
    INCIDENT_FOLLOWED = "incident.followed_up", "Incident followed up", "Its task was done."
    INCIDENT_CLOSED = "incident.closed", "Incident closed", "With a conclusion and its harm."
