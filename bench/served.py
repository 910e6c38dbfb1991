"""Settings of the server that bench/rows/workshop.py starts: the database of the run; as in production otherwise."""

from techplan.settings.base import CACHES as PRODUCTION_CACHES
from techplan.settings.test import *  # noqa: F403
from techplan.settings.test import DATABASES, SUFFIX

DATABASES["default"]["CONN_MAX_AGE"] = 60
CACHES = {"default": {**PRODUCTION_CACHES["default"], "KEY_PREFIX": f"techplan-{SUFFIX}"}}
