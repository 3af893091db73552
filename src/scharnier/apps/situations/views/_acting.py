# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a situation's life do: act, and say in the form also what others may do only."""

from __future__ import annotations

from functools import partial

from scharnier.apps.people.attempting import REFUSED, attempt
from scharnier.core.kernel import NotAllowed

act_or_say = partial(attempt, refused=(*REFUSED, NotAllowed))
