"""One settings file, read from the environment. The README lists the variables."""

import contextlib
import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from clinic import environment

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("STILLHAND_DATA", BASE_DIR / "data"))

# --- what production must set -------------------------------------------------------------
# Without a key of its own a process makes one up: enough for a command or a test. The server
# (clinic.wsgi) refuses to start on it, because workers would not share their sign-ins.
_KEY = environment.secret("STILLHAND_SECRET_KEY")
SECRET_KEY_IS_TEMPORARY = not _KEY
SECRET_KEY = _KEY or secrets.token_urlsafe(48)
# While a key is changed: what the one before has sealed still holds.
SECRET_KEY_FALLBACKS = [key for key in (environment.secret("STILLHAND_SECRET_KEY_BEFORE"),) if key]
ALLOWED_HOSTS = environment.words("STILLHAND_ALLOWED_HOSTS")
ADDRESS = environment.address("STILLHAND_ADDRESS")  # what links of commands begin with
HTTPS = environment.flag("STILLHAND_HTTPS", default=True)
DEMO = environment.flag("STILLHAND_DEMO", default=False)
DEBUG = False
if DEMO:
    ALLOWED_HOSTS, ADDRESS, HTTPS = ["127.0.0.1", "localhost"], "", False

# --- database -----------------------------------------------------------------------------
DATABASE_URL = environment.secret("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'stillhand.sqlite3'}"
DATABASES = {"default": environment.database(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    with contextlib.suppress(OSError):  # the first command to use the database says what is wrong
        Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        # Writers take turns from BEGIN on, so none fails half-way with «database is locked».
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a power cut loses no session that was answered with «saved».
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if not environment.is_this_machine(DATABASES["default"]["HOST"]):
        # Over a network the line is sealed and the server proves its name, unless told otherwise.
        DATABASES["default"].setdefault("OPTIONS", {}).setdefault("sslmode", "verify-full")
    # Compiling a query takes PostgreSQL longer than any of these queries runs (list: 250 to 60 ms).
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    # What every session asks is planned once for each connection (fetching.py, storing.py).
    DATABASES["default"]["OPTIONS"]["prepare_threshold"] = (
        5 if environment.flag("STILLHAND_PREPARED_STATEMENTS", default=True) else None
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# SQLite ignores the INCLUDE columns of the covering index; the guards give it its own.
SILENCED_SYSTEM_CHECKS = ["models.W039", "models.W040"]

# --- the application ----------------------------------------------------------------------
INSTALLED_APPS = [
    "sessions_app.apps.SessionsAppConfig",  # first: its commands stand before Django's own
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
]
MIDDLEWARE = [
    "clinic.middleware.request_identity",
    "csp.middleware.CSPMiddleware",  # outside of what answers by itself: redirects and files too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clinic.middleware.active_membership",
    "clinic.pace.Pace",
    "clinic.middleware.known_device",
    "clinic.middleware.held_off_tries",
    "clinic.time_outs.time_outs",
    "clinic.reads.noted_reads",
    "clinic.time_outs.kept_forms",
    # Every page wants a signed-in person unless its view says otherwise.
    "clinic.middleware.SignInRequired",
    "clinic.middleware.SecondFactorFirst",  # nothing else opens before it, where it is asked for
    "clinic.same_clinic.SameClinic",
    "clinic.emergency_access.EmergencyReading",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clinic.middleware.refused_methods",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "clinic.urls"
WSGI_APPLICATION = "clinic.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "clinic.context_processors.frame",
            ],
            "builtins": ["sessions_app.templatetags.clinical"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "stillhand"
CRISPY_TEMPLATE_PACK = "stillhand"
CRISPY_FAIL_SILENTLY = False

# --- people -------------------------------------------------------------------------------
AUTH_USER_MODEL = "sessions_app.User"
# The only one that reckons hashes: a second would spend a second hash on each try.
AUTHENTICATION_BACKENDS = ["sessions_app.people.throttled_backend.ThrottledBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [  # NIST SP 800-63B-4
    {"NAME": "sessions_app.people.password_rules.LongEnough"},
    {"NAME": "sessions_app.people.password_rules.NotGuessedFirst"},
]
# allauth keeps passkeys and codes and speaks OpenID Connect. None of its pages has an address.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
HOSPITAL_SIGN_IN = environment.hospital_sign_in()
SOCIALACCOUNT_ADAPTER = "sessions_app.people.hospital_calls.HospitalCalls"
MFA_ADAPTER = "sessions_app.people.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # half a minute to either side: phones' clocks differ
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "rounds:first"
LOGOUT_REDIRECT_URL = "people:sign_in"

# --- who looked at which chart --------------------------------------------------------------
STORE_READS_IN_BACKGROUND = True  # a page does not wait for it

# --- the audit trail --------------------------------------------------------------------------
# Heads of the chains are signed into a file, with a key that the database never sees.
AUDIT_ANCHORS = Path(os.environ.get("STILLHAND_ANCHORS", DATA_DIR / "audit_anchors.jsonl"))
AUDIT_ANCHOR_KEY = environment.secret("STILLHAND_ANCHOR_KEY")

# --- language and time --------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # stored time; the clinic's own zone decides the day that is shown

# --- static files -------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(os.environ.get("STILLHAND_STATIC", BASE_DIR / "staticfiles"))
# Names with a hash, compressed, cached for ever: as soon as `collectstatic` has run.
HASHED_STATIC = not DEMO and (STATIC_ROOT / "staticfiles.json").exists()
_PLAIN = "clinic.static_files.PlainFiles"
_HASHED = "clinic.static_files.HashedFiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _HASHED if HASHED_STATIC else _PLAIN},
}
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nobody else's page needs our files
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}

# --- the browser's rules ------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # No script of ours makes markup out of text; where a browser can hold that, it shall.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
MESSAGES_COOKIE_NAME = "__Host-messages" if HTTPS else "messages"
MESSAGE_STORAGE = "clinic.message_storage.HostMessages"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"  # who signed in here before, as marks
SESSION_ENGINE = "sessions_app.people.session_store"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "clinic.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = environment.words("STILLHAND_TRUSTED_ORIGINS")
BEHIND_PROXY = environment.flag("STILLHAND_BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
# Pages that one person may ask of one worker; 0 counts nobody.
REQUESTS_A_MINUTE = environment.number("STILLHAND_REQUESTS_A_MINUTE", default=0 if DEMO else 240)
DATA_UPLOAD_MAX_NUMBER_FILES = 0  # no form takes a file, so none is ever written down

# --- mail ---------------------------------------------------------------------------------
# Whatever sends mail writes to the outbox; `sessions_app.mail.sending` takes it to this server.
EMAIL_BACKEND = "sessions_app.mail.backend.OutboxBackend"
EMAIL_HOST = os.environ.get("STILLHAND_SMTP_HOST", "")
_SECURED = environment.choice("STILLHAND_SMTP_TLS", ("starttls", "implicit", "off"))
EMAIL_USE_TLS, EMAIL_USE_SSL = _SECURED == "starttls", _SECURED == "implicit"
EMAIL_PORT = environment.number(
    "STILLHAND_SMTP_PORT", default={"starttls": 587, "implicit": 465, "off": 25}[_SECURED]
)
EMAIL_HOST_USER = os.environ.get("STILLHAND_SMTP_USER", "")
EMAIL_HOST_PASSWORD = environment.secret("STILLHAND_SMTP_PASSWORD")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("STILLHAND_MAIL_FROM", "stillhand@localhost")

# --- logs ---------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "clinic.logging.DiscreetFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # The demo server's line for each request says nothing to who tries the product.
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
