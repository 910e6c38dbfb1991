#!/usr/bin/env python
"""Run one of TechPlan's management commands. Settings: production unless DJANGO_SETTINGS_MODULE says otherwise."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Hand the command line to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techplan.settings.base")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
