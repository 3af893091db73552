# SPDX-License-Identifier: EUPL-1.2
"""Agenda: matters of different resident groups at the same time."""
