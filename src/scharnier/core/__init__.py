# SPDX-License-Identifier: EUPL-1.2
"""Core: what the product decides; pure and typed, without framework, clock, chance or files."""
