# SPDX-License-Identifier: EUPL-1.2
"""Formats: bytes to core values and back."""
