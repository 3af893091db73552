# SPDX-License-Identifier: EUPL-1.2
"""Brokerage: the people a network hinges on, and what if they leave."""
