"""All models in one place, for Django and nobody else."""

from sessions_app.audit.models import AuditEvent, ChainCheck, ChainHead
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.profile_model import PractitionerProfile
from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.emergency_access.models import EmergencyAccess
from sessions_app.enrolments.models import Enrolment
from sessions_app.mail.models import Letter
from sessions_app.members.models import Invitation
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.patients.order_model import Order
from sessions_app.people.code_tries_model import CodeTries
from sessions_app.people.kept_model import KeptForm
from sessions_app.people.models import User
from sessions_app.people.password_link_model import PasswordLink
from sessions_app.people.sign_in_model import SignIn
from sessions_app.people.try_model import PasswordTry
from sessions_app.protocols.models import Arm, Protocol
from sessions_app.reads.models import ChartRead
from sessions_app.rollups.models import (
    FoldedWindow,
    PatientTotal,
    Tally,
    WeekOfPlans,
    WeekOfPlansInArm,
    WeekOfScores,
    WeekOfSessions,
)
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import FollowUpScore, ReminderShown, Score, Session, SiteTreated
from sessions_app.sessions.receipt_model import CatalogueEdition, SessionReceipt
from sessions_app.sessions.unfolded_model import Unfolded
from sessions_app.timing.models import TimedCare
