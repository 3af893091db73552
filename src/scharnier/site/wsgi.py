# SPDX-License-Identifier: EUPL-1.2
"""The application as a WSGI server finds it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "scharnier.site.settings")

application = get_wsgi_application()
gc.freeze()  # what was loaded stays: the collector need not look through it in the middle of a request
