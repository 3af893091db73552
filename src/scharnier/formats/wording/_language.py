# SPDX-License-Identifier: EUPL-1.2
"""The languages the product speaks."""

from __future__ import annotations

from typing import Literal

Language = Literal["nl", "en"]
