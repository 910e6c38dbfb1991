"""Production, whole, read from the environment. A forgotten secret stops the start.

TECHPLAN_MODE=embedded keeps everything (SQLite, files, queue, secret key) in the folder TECHPLAN_HOME and
needs no other server; any other value means PostgreSQL and Redis. The code path is the same for both.
A secret can also stand in a file that NAME_FILE names (Docker secrets). Times are seconds.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from techplan import home
from techplan.settings.accounts import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.FileAwareEnv()

MODE = env.str("TECHPLAN_MODE", default="production")
EMBEDDED = MODE == "embedded"
HOME = Path(env.str("TECHPLAN_HOME", default=str(BASE_DIR / "var")))
if EMBEDDED:
    HOME = home.prepare(HOME)

# --- identity ---------------------------------------------------------------------------------------------
PLACEHOLDER = "change-me"


def required(name: str) -> str:
    """Return a setting without which production must not start."""
    value = env.str(name, default="")
    if not value or PLACEHOLDER in value:
        raise ImproperlyConfigured(
            f"Set {name} (or {name}_FILE) to a value of your own; .env.example shows how. "
            "For the data of script/run use script/manage instead of manage.py."
        )
    return str(value)


DEBUG = False
SECRET_KEY = home.secret_key(HOME / "secret-key") if EMBEDDED else required("SECRET_KEY")
# Where people reach the site: links in e-mails and reports start with it.
SITE_URL = (
    env.str("TECHPLAN_URL", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}")
    if EMBEDDED
    else required("TECHPLAN_URL")
).rstrip("/")
SITE_NAME = "TechPlan"
HTTPS = SITE_URL.startswith("https://")
if not (HTTPS or EMBEDDED):
    raise ImproperlyConfigured("TECHPLAN_URL must start with https:// in production.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname or "localhost"])
if EMBEDDED:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
WSGI_APPLICATION = "techplan.wsgi.application"
ROOT_URLCONF = "techplan.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "techplan",
    "jobs",
    "organizations",
    "assessments",
    "planning",
    "reports",
    "portfolio",
]

MIDDLEWARE = [
    "organizations.middleware.HeadMiddleware",
    "django.middleware.security.SecurityMiddleware",
    # Before whitenoise, so that static files carry the rules as well: a picture can be opened as a page.
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organizations.middleware.PersonLanguageMiddleware",
    "organizations.middleware.PrivatePagesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "organizations.middleware.WayBackMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
# The names of our own message boxes, by Django's levels (10 debug to 40 error).
MESSAGE_TAGS = {10: "", 20: "", 25: "good", 30: "attention", 40: "wrong"}
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("techplan_forms",)
CRISPY_TEMPLATE_PACK = "techplan_forms"
CRISPY_FAIL_SILENTLY = False

# --- data -------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}


def database(url: str) -> dict[str, object]:
    """Return Django's database entry for a URL, with the options that each engine needs."""
    entry: dict[str, object] = dict(environ.Env.db_url_config(url))
    if str(entry["ENGINE"]).endswith("sqlite3"):
        entry["OPTIONS"] = SQLITE_OPTIONS
    else:
        entry["CONN_HEALTH_CHECKS"] = True
    entry["CONN_MAX_AGE"] = 60
    return entry


# Sessions, counted requests and plans worked out: Django's own 300 would push them out after a busy hour, and with
# them what limits count. Beyond this many, what has run out goes first, then a third.
DATABASE_CACHE: dict[str, object] = {
    "BACKEND": "techplan.cache.DatabaseCache",
    "LOCATION": "techplan_cache",
    "OPTIONS": {"MAX_ENTRIES": 10_000, "CULL_FREQUENCY": 3},
}
if EMBEDDED:
    DATABASES = {"default": database(f"sqlite:///{HOME / 'data' / 'techplan.sqlite3'}")}
    CACHES = {"default": DATABASE_CACHE}
else:
    DATABASES = {"default": database(required("DATABASE_URL"))}
    REDIS_URL = required("REDIS_URL")
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.str("CACHE_URL", default=REDIS_URL),
            "KEY_PREFIX": "techplan",
        }
    }
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- files ------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(
    env.str("STATIC_ROOT", default=str(HOME / "static" if EMBEDDED else BASE_DIR / "staticfiles"))
)
STATICFILES_DIRS = [BASE_DIR / "static"]
# Files of organisations are never served from an address of their own: a view checks access first.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(HOME / "media")))
MEDIA_URL = "/media-is-private/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Public, and collected by another user than the one who serves them (the image does so).
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- people -----------------------------------------------------------------------------------------------
# Who may sign up: "open" (anybody) or "invited" (only people with an invitation).
SIGNUP = env.str("TECHPLAN_SIGNUP", default="open")
if SIGNUP not in {"open", "invited"}:
    raise ImproperlyConfigured("TECHPLAN_SIGNUP must be open or invited.")

EMAIL_CONFIGURED = bool(env.str("EMAIL_URL", default=""))
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str(
    "DEFAULT_FROM_EMAIL", default=f"TechPlan <techplan@{urlsplit(SITE_URL).hostname}>"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Without a mail server nobody could confirm an address, and nobody must be locked out by that.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_CONFIGURED else "none"
ACCOUNT_EMAIL_NOTIFICATIONS = EMAIL_CONFIGURED
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TECHPLAN_TRUSTED_PROXIES", default=0 if EMBEDDED else 1)
# Where no address can be confirmed, the second step must be open to all the same.
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_CONFIGURED
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# --- language ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = "techplan.formats"
USE_TZ = True
# On a machine of one's own its clock is the people's clock; a server says where its people are.
TIME_ZONE = env.str("TIME_ZONE", default=home.time_zone() if EMBEDDED else "UTC")
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS

# --- the browser's rules ----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        # The preview of a report is our own PDF in a frame of our own page.
        "frame-src": [SELF],
        "object-src": [SELF],
        "frame-ancestors": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
    "publickey-credentials-create": ["self"],
    "publickey-credentials-get": ["self"],
}
# Browsers that know frame-ancestors follow that and not this; the others frame nothing.
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "techplan.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS and not EMBEDDED
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- links: how often one address may open those of shares and of invitations ---------------------------------
SHARE_REQUESTS_A_MINUTE = env.int("TECHPLAN_SHARE_REQUESTS", default=60)

# --- what one person, and one organization, may ask for -------------------------------------------------------
ORGANIZATIONS_A_DAY = env.int("TECHPLAN_ORGANIZATIONS_A_DAY", default=5)
INVITATIONS_A_DAY = env.int("TECHPLAN_INVITATIONS_A_DAY", default=50)
MAILED_LINKS_A_DAY = env.int("TECHPLAN_MAILED_LINKS_A_DAY", default=50)
REPORTS_AT_ONCE = env.int("TECHPLAN_REPORTS_AT_ONCE", default=5)

# --- jobs -------------------------------------------------------------------------------------------------
JOB_MAX_ATTEMPTS = 3
JOB_KEEP_DAYS = 90
JOB_SWEEP_SECONDS = env.float("TECHPLAN_JOB_SWEEP", default=5.0)
JOB_HEARTBEAT_SECONDS = env.float("TECHPLAN_JOB_HEARTBEAT", default=5.0)
JOB_STALE_SECONDS = env.float("TECHPLAN_JOB_STALE", default=30.0)
JOB_REQUEUE_SECONDS = env.float("TECHPLAN_JOB_REQUEUE", default=30.0)
JOB_SOFT_SECONDS = env.int("TECHPLAN_JOB_SOFT_LIMIT", default=120)
JOB_HARD_SECONDS = JOB_SOFT_SECONDS + 10

CELERY_TASK_DEFAULT_QUEUE = env.str("TECHPLAN_QUEUE", default="techplan")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = JOB_SOFT_SECONDS
CELERY_TASK_TIME_LIMIT = JOB_HARD_SECONDS
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_LOST_WAIT = 1.0
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kilobytes
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever
CELERY_TIMEZONE = "UTC"
# In memory: a schedule file that a kill cut short would keep beat from ever starting again.
CELERY_BEAT_SCHEDULER = "jobs.pulse:PulsingScheduler"
TOTALS_SECONDS = 30.0  # how long the desk may show the total of a plan whose answers or numbers have changed
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "jobs.sweep",
        "schedule": JOB_SWEEP_SECONDS,
        # While the only worker is busy, sweeps must not pile up behind it.
        "options": {"expires": max(2 * JOB_SWEEP_SECONDS, 5.0)},
    },
    "totals": {
        "task": "planning.totals",
        "schedule": TOTALS_SECONDS,
        "options": {"expires": 2 * TOTALS_SECONDS},
    },
    "prune": {"task": "jobs.prune", "schedule": crontab(hour=3, minute=30)},
}
if EMBEDDED:
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT = "jobs.filebroker:Transport"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "data_folder_in": str(HOME / "queue"),
        "data_folder_out": str(HOME / "queue"),
        "control_folder": str(HOME / "queue" / "control"),
        "polling_interval": 0.2,
    }
else:
    CELERY_BROKER_URL = env.str("BROKER_URL", default=REDIS_URL)
    # Longer than the longest job: Redis gives a message again after this time.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 4 * JOB_HARD_SECONDS,
        "socket_connect_timeout": 2,
        "socket_timeout": 10,
        # A page must not wait for a broker that is away; the sweep tells it later.
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    }

# --- what the server says ---------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "say_full_disk": {"()": "techplan.logs.SayFullDisk"},
        "say_refusal": {"()": "techplan.logs.SayRefusal"},
        "one_line": {"()": "techplan.logs.OneLine"},
        "hide_secrets": {"()": "techplan.logs.HideSecrets"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["say_full_disk", "say_refusal", "one_line", "hide_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        # Django's own handlers would write, or mail, paths as they are.
        "django": {"handlers": []},
        "django.server": {"handlers": ["console"], "propagate": False},
        "jobs": {"level": "INFO"},
        "techplan": {"level": "INFO"},
    },
}
