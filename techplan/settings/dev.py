"""For developers: the embedded mode with debug pages and plain static files."""

import os

os.environ.setdefault("TECHPLAN_MODE", "embedded")

from techplan.settings.base import *  # noqa: F403
from techplan.settings.base import STORAGES

DEBUG = True
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
