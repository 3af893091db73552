# SPDX-License-Identifier: EUPL-1.2
"""Keep secrets of links out of the log: whoever reads the log must not be able to open them."""

from __future__ import annotations

import logging
import re
from typing import Final

SECRET: Final = re.compile(
    r"(/(?:r|invitations|confirm|calendar|mail/stop)/)[^/\s'\"]+"
)  # in an address: the part that opens


class HideSecrets(logging.Filter):
    """Write three dots in the place of the secret in an address."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without secrets."""
        said = record.getMessage()
        hidden = SECRET.sub(r"\1...", said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True
