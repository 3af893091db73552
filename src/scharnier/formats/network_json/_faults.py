# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a network file; places are paths from the network, such as persons[3].name."""

from __future__ import annotations

from scharnier.core.kernel import Invalid, ScharnierError


class NotUtf8(Invalid):
    """The file is not UTF-8."""

    code = "network_json.not_utf8"


class NotJson(Invalid):
    """The file is not JSON, or stops halfway."""

    code = "network_json.not_json"


class NotANetwork(Invalid):
    """The file is JSON of some other kind."""

    code = "network_json.not_a_network"


class NewerVersion(Invalid):
    """The file was written by a later release."""

    code = "network_json.newer_version"


class MissingField(Invalid):
    """A field that must be there is not."""

    code = "network_json.missing_field"


class UnknownField(Invalid):
    """A field is there that the format does not have; it would be lost."""

    code = "network_json.unknown_field"


class WrongValue(Invalid):
    """A value is not of the type that its field takes."""

    code = "network_json.wrong_value"


class BrokenRule(Invalid):
    """The values of one item do not go together."""

    code = "network_json.broken_rule"


class MalformedNetwork(Invalid):
    """Items of the file are wrong; `faults` holds one failure a place."""

    code = "network_json.malformed"

    def __init__(self, *, faults: tuple[ScharnierError, ...]) -> None:
        super().__init__(faults=faults)
        self.faults = faults
