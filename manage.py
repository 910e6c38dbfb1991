#!/usr/bin/env python
"""Run one of TechPlan's management commands. Settings: production unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Hand the command line to Django; a setting that is missing or wrong is said in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techplan.settings.base")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
