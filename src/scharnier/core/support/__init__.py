# SPDX-License-Identifier: EUPL-1.2
"""Support: positions, conditions and consent of all involved."""
