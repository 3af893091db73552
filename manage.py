#!/usr/bin/env python
# SPDX-License-Identifier: EUPL-1.2
"""Django's own commands, for those who develop or maintain an installation."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scharnier.site.settings")
    execute_from_command_line(sys.argv)
