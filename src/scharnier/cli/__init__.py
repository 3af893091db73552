# SPDX-License-Identifier: EUPL-1.2
"""Command line: the core on files, without a database."""
