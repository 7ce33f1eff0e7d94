"""Every kind of event the audit trail knows; docs/reference/audit_events.md is made from it."""

from sessions_app.vocabulary.coded import Coded


class Event(Coded):
    """What was done. The code is stored; label and meaning are for readers."""

    CLINIC_OPENED = "clinic.opened", "Clinic opened", "A clinic was set up."
    CLINIC_CHANGED = "clinic.changed", "Clinic changed", "A clinic's settings were changed."
    MEMBER_ADDED = "clinic.member_added", "Member added", "A person was given a role in a clinic."
    MEMBER_ROLE_CHANGED = "clinic.role_changed", "Role changed", "A member was given another role."
    MEMBER_DEACTIVATED = (
        "clinic.member_deactivated", "Member deactivated", "The role gives no access for now.",
    )  # fmt: skip
    MEMBER_REACTIVATED = (
        "clinic.member_reactivated", "Member reactivated", "The role gives access again.",
    )  # fmt: skip
    MEMBER_ENDED = "clinic.member_ended", "Member left", "A role ended; its record stays."
    ACCOUNT_CLOSED = "person.account_closed", "Account closed", "A person cannot sign in any more."
    ACCOUNT_REOPENED = "person.account_reopened", "Account reopened", "A person can sign in again."
    SIGN_INS_ENDED = (
        "person.sign_ins_ended", "Sign-ins ended", "A person was signed out of every browser.",
    )  # fmt: skip
    INVITED = "invitation.sent", "Invited", "An address was invited to a role in a clinic."
    INVITATION_RESENT = (
        "invitation.resent", "Invitation sent again", "With a new link; the old one is dead.",
    )  # fmt: skip
    INVITATION_WITHDRAWN = "invitation.withdrawn", "Invitation withdrawn", "Its link is dead."
    INVITATION_ACCEPTED = (
        "invitation.accepted", "Invitation accepted", "A person took up the role by its link.",
    )  # fmt: skip
    PROFILE_WRITTEN = (
        "clinic.profile_written", "Credentials written", "A member's training and credentials.",
    )  # fmt: skip
    THRESHOLD_SET = "clinic.threshold_set", "Threshold set", "A clinician decided a rule's number."
    PERSON_ADDED = "person.added", "Person added", "A person can sign in from now on."
    PASSWORD_SET = "person.password_set", "Password set", "An account was given a password."
    PASSWORD_LINK_MADE = (
        "person.password_link_made",
        "Link for a new password",
        "It works once, for an hour; the one before it works no more.",
    )
    PERSON_SIGNED_IN = "person.signed_in", "Signed in", "A person signed in."
    ACCESS_TRIED = "access.tried", "Emergency access tried", "No chart was opened by it."
    ACCESS_OPENED = "access.opened", "Emergency access", "Somebody of another clinic reads a chart."
    ACCESS_ENDED = "access.ended", "Emergency access ended", "It was ended before its time."
    ACCESS_SEEN = "access.seen", "Emergency access seen", "A supervisor has looked at it."
    AUDIT_EXPORTED = "audit.exported", "Events exported", "Events were taken along as a file."
    SIGN_IN_ENDED = "person.sign_in_ended", "Sign-in ended", "A person ended one of their sign-ins."
    SIGNED_OUT_EVERYWHERE = (
        "person.signed_out_everywhere",
        "Signed out everywhere",
        "A person's other sign-ins, or all, were ended.",
    )
    FACTOR_ADDED = "person.factor_added", "Second factor added", "A passkey or an app for codes."
    FACTOR_NAMED = "person.factor_named", "Passkey named", "A passkey was given another name."
    FACTOR_REMOVED = "person.factor_removed", "Second factor removed", "By its owner."
    HOSPITAL_TIED = (
        "person.hospital_tied",
        "Tied to the hospital's sign-in",
        "From now on only the same person there opens this account.",
    )
    FACTORS_RESET = (
        "person.factors_reset",
        "Second factors reset",
        "An admin took all of them away.",
    )
    HOSPITAL_UNTIED = (
        "person.hospital_untied",
        "Untied from the hospital's sign-in",
        "By an admin; the next sign-in there ties the account anew.",
    )
    PASSKEY_REFUSED = (
        "person.passkey_refused",
        "Passkey refused",
        "Its counter went back: there may be a copy of it.",
    )
    RECOVERY_CODES_MADE = (
        "person.recovery_codes_made",
        "Recovery codes made",
        "The earlier ones are void.",
    )
    RECOVERY_CODE_USED = "person.recovery_code_used", "Recovery code used", "It works no more."
    CODE_REFUSED = "person.code_refused", "Code refused", "The password was right, the code wrong."
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
