"""For the tests: PostgreSQL and Redis unless DATABASE_URL names SQLite; fast passwords, mail kept in memory.

TEST_DB_SUFFIX keeps the databases and queues of parallel runs apart.
"""

import os
import tempfile
from pathlib import Path

SUFFIX = os.environ.get("TEST_DB_SUFFIX", "main")
os.environ.setdefault("TECHPLAN_MODE", "production")
os.environ.setdefault("SECRET_KEY", "only-for-the-tests-" + "0123456789abcdef" * 3)
os.environ.setdefault("TECHPLAN_URL", "https://testserver")
os.environ.setdefault("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/techplan")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:6379/9")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("TECHPLAN_QUEUE", f"test-{SUFFIX}")
os.environ.setdefault("TECHPLAN_HOME", str(Path(tempfile.gettempdir()) / f"techplan-test-{SUFFIX}"))

from techplan.settings.base import *  # noqa: E402, F403
from techplan.settings.base import DATABASES, HOME, STORAGES

if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    # A file, not memory: the worker's process opens it too.
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
MEDIA_ROOT = HOME / "media"
