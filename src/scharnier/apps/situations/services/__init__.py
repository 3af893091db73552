# SPDX-License-Identifier: EUPL-1.2
"""Acts on situations: one transaction, one line of the story and one event of the log, each."""
