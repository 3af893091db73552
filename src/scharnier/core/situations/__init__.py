# SPDX-License-Identifier: EUPL-1.2
"""Situations: a joint hold on what several partners meet."""
