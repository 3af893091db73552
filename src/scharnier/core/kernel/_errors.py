# SPDX-License-Identifier: EUPL-1.2
"""The error tree: four kinds of anticipated failure, each a code and facts, never prose."""

from __future__ import annotations

from typing import ClassVar


class ScharnierError(Exception):
    """An anticipated failure: a stable code and the facts; the wording belongs to the interface.

    Examples
    --------
    >>> NotFound(person_id="p-1").facts
    {'person_id': 'p-1'}
    """

    code: ClassVar[str] = "scharnier"

    def __init__(self, **facts: object) -> None:
        super().__init__(f"{self.code}: {facts}")
        self.facts = facts


class Invalid(ScharnierError):
    """The input breaks a rule of the domain."""

    code = "invalid"


class NotFound(ScharnierError):
    """Nothing answers to that identifier."""

    code = "not_found"


class NotAllowed(ScharnierError):
    """The actor may not do this."""

    code = "not_allowed"


class Conflict(ScharnierError):
    """The state changed, or does not permit this step."""

    code = "conflict"
