"""For the tests: PostgreSQL and Redis unless DATABASE_URL names SQLite; fast passwords, mail kept in memory.

TEST_DB_SUFFIX keeps the databases and queues of parallel runs apart.
"""

import os
import tempfile
from pathlib import Path

RUN = os.environ.get("TEST_DB_SUFFIX", "main")
SUFFIX = "_".join(filter(None, [RUN, os.environ.get("PYTEST_XDIST_WORKER")]))


def own(name: str, value: str) -> None:
    """Set a variable that ends in the suffix, also where it was inherited from the process that spawned this one."""
    if os.environ.get(name) in {None, value.replace(SUFFIX, RUN)}:
        os.environ[name] = value


os.environ.setdefault("TECHPLAN_MODE", "production")
os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" + "0123456789abcdef" * 3)
os.environ.setdefault("TECHPLAN_URL", "https://testserver")
os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/techplan")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379/9")
os.environ.setdefault("EMAIL_URL", "memorymail://")
own("TECHPLAN_QUEUE", f"test-{SUFFIX}")
# Faults mend in seconds.
os.environ.setdefault("TECHPLAN_JOB_SWEEP", "1")
os.environ.setdefault("TECHPLAN_JOB_HEARTBEAT", "0.5")
os.environ.setdefault("TECHPLAN_JOB_STALE", "3")
os.environ.setdefault("TECHPLAN_JOB_REQUEUE", "2")
own("TECHPLAN_HOME", str(Path(tempfile.gettempdir()) / f"techplan-test-{SUFFIX}"))

from techplan.settings.base import *  # noqa: E402, F403
from techplan.settings.base import DATABASES, HOME, STORAGES  # noqa: E402

if "TEST_DATABASE" in os.environ:
    # A process that a test started, such as a worker: the test's own database.
    DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
elif str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # A file, not memory: other processes open it too.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "data" / f"test-{SUFFIX}.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_techplan_{SUFFIX}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# The test client and the test server speak plain http.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
LANGUAGE_COOKIE_SECURE = False
EMAIL_CONFIGURED = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "TEST_MAIL_FOLDER" in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = os.environ["TEST_MAIL_FOLDER"]
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
MEDIA_ROOT = HOME / "media"
# Whitenoise warns about a folder that collectstatic has not made; the tests find static files where they lie.
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
