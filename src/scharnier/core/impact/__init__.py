# SPDX-License-Identifier: EUPL-1.2
"""Impact: the consequences of an action for every partner."""
