# SPDX-License-Identifier: EUPL-1.2
"""Secrets in links: 32 bytes of chance to whom it is for, a digest to the database."""

from __future__ import annotations

import hashlib
import secrets

N_BYTES = 32  # nobody guesses one of 2**256


def new_token() -> str:
    """Return a token for a link."""
    return secrets.token_urlsafe(N_BYTES)


def digest_of(token: str) -> str:
    """Return what of a token is kept: enough to recognise it, too little to make it."""
    return hashlib.sha256(token.encode()).hexdigest()
