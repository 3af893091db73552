# SPDX-License-Identifier: EUPL-1.2
"""Site: settings, root addresses and base templates."""
