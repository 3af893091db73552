# SPDX-License-Identifier: EUPL-1.2
"""Situations: what several partners meet, and the hold they get on it together."""
