# SPDX-License-Identifier: EUPL-1.2
"""What templates of situations ask for in words."""
