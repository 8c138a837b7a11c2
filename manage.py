#!/usr/bin/env python
"""Django's command line for SmartSpec Pro."""

import os
import sys

from django.core.management import execute_from_command_line

from smartspec.local.environment import join_running_server

if __name__ == "__main__":
    join_running_server()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartspec.settings")
    execute_from_command_line(sys.argv)
