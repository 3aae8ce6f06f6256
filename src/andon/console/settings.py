"""Django's settings of the desk. What differs between installations comes from `environment`."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, SELF

from andon.console.environment import Environment

ENVIRONMENT = Environment.read()
HOME = ENVIRONMENT.home
DEMO = ENVIRONMENT.demo
HERE = Path(__file__).parent

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
ROOT_URLCONF = "andon.console.urls"
WSGI_APPLICATION = "andon.console.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": ENVIRONMENT.django_database()}

INSTALLED_APPS = [
    "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
    "django.contrib.humanize",
    "andon.console", "andon.console.frame", "andon.console.audit", "andon.console.staff", "andon.console.people", "andon.console.trail",
    "andon.console.holds", "andon.console.intake", "andon.console.review", "andon.console.learning", "andon.console.casework",
    "andon.console.evidence.exhibits", "andon.console.evidence.conversations", "andon.console.evidence.sightings",
    "andon.console.captures", "andon.console.measures.common", "andon.console.measures.visits", "andon.console.measures.kinds.removal",
    "andon.console.measures.kinds.warning", "andon.console.measures.kinds.referral", "andon.console.measures.board",
    "andon.console.undercover.authority", "andon.console.undercover.identities", "andon.console.undercover.contactlog",
    "andon.console.undercover.deconfliction", "andon.console.undercover.safety", "andon.console.undercover.inspection", "andon.console.home",
    "andon.console.api",
    "allauth", "allauth.account", "allauth.mfa", "allauth.usersessions", "axes", "csp", "django_htmx", "django_tasks", "django_tasks_db",
]  # fmt: skip

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "andon.console.frame.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "andon.console.staff.middleware.language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "andon.console.staff.middleware.signed_in",
    "axes.middleware.AxesMiddleware",
]  # fmt: skip

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages", "csp.context_processors.nonce", "andon.console.frame.context.page",
                "andon.console.measures.board.context.bell",
            ],
            "builtins": ["andon.console.frame.templatetags.desk"],
        },
    },
]  # fmt: skip

# People
AUTH_USER_MODEL = "staff.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "andon.console.staff.backend.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:today"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "andon.console.people.adapter.DeskAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(timedelta(minutes=10).total_seconds())
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {"login_failed": False}  # django-axes locks out; two counters would tell people two different things
_FORMS = "andon.console.people.forms."
ACCOUNT_FORMS = {"login": f"{_FORMS}SignInForm", "change_password": f"{_FORMS}NewPasswordForm", "reauthenticate": f"{_FORMS}PasswordAgainForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.public else 0  # HTTPS ends at one proxy, which says where people come from
MFA_FORMS = {
    "authenticate": f"{_FORMS}CodeForm", "reauthenticate": f"{_FORMS}CodeAgainForm", "activate_totp": f"{_FORMS}AppForm",
    "add_webauthn": f"{_FORMS}PasskeyForm", "edit_webauthn": f"{_FORMS}PasskeyNameForm",
}  # fmt: skip
MFA_TOTP_TOLERANCE = 1  # clocks differ, and typing takes a while; a code still opens once only (people.codes)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "andon"
MFA_ADAPTER = "andon.console.people.adapter.DeskMFAAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
SECOND_FACTOR_REQUIRED = not DEMO
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # not by name alone: anybody could lock an officer out from anywhere
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # sign-ins stand in the audit trail
AXES_VERBOSE = False
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the wait that the page names is the wait
AXES_USERNAME_CALLABLE = "andon.console.staff.naming.counted_as"  # one counter for every spelling of a name, and no typed name kept
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "next"]
AXES_CLIENT_IP_CALLABLE = "andon.console.people.receivers.ip_of"
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # HTMX sends the token from the page's meta tag
CSRF_COOKIE_SAMESITE = "Strict"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = ENVIRONMENT.public

# Language and time: stored in UTC, shown in Japan's time
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]

# Files
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "uploads"}},
    "staticfiles": {"BACKEND": "andon.console.frame.storage.HashedFiles"},
}
WHITENOISE_MAX_AGE = 60  # seconds, of names without a hash; hashed ones may be kept for ever
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
UPLOAD_MOST_BYTES = 20 * 2**30
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 10_000  # of one form: a folder that is taken in as an exhibit

# Work in the background
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# Headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF], "script-src": [SELF, NONCE], "style-src": [SELF, NONCE], "img-src": [SELF, "data:"], "connect-src": [SELF],
        "font-src": [SELF], "object-src": ["'none'"], "base-uri": ["'none'"], "form-action": [SELF], "frame-ancestors": ["'none'"],
    },
}  # fmt: skip
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = ENVIRONMENT.public
SESSION_COOKIE_SECURE = ENVIRONMENT.public
CSRF_COOKIE_SECURE = ENVIRONMENT.public
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if ENVIRONMENT.public else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.public
SECURE_HSTS_PRELOAD = ENVIRONMENT.public
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.public else None
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts] if ENVIRONMENT.public else []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"andon": {"level": "INFO"}, "axes": {"level": "ERROR"}},
}

# Ways to the outside (console.outside)
MAIL_URL, MAIL_FROM = ENVIRONMENT.mail, ENVIRONMENT.mail_from
STAMP_URL, STAMP_ROOTS = ENVIRONMENT.stamps, ENVIRONMENT.stamp_roots
CONTACT = ENVIRONMENT.contact
MAY_REACH = ENVIRONMENT.may_reach
VISITS_AGREE, VISITS_APART = ENVIRONMENT.visits_agree, ENVIRONMENT.visits_apart
MEASURES_UNDO_SECONDS = ENVIRONMENT.undo_seconds
DWELLINGS = ENVIRONMENT.dwellings
TAKE_IN = ENVIRONMENT.take_in  # exhibits
