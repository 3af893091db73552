# SPDX-License-Identifier: EUPL-1.2
"""Referral: bring a problem to the people who can take it, with reasons and a way in."""
