# SPDX-License-Identifier: EUPL-1.2
"""Example: Kruisveld, an invented neighbourhood from readable sources and a seed."""
