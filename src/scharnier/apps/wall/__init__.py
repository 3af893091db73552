# SPDX-License-Identifier: EUPL-1.2
"""The second wall, on PostgreSQL: the database itself keeps one network's rows from another's.

A connection is told in which network it works and for whom. Policies on the tables read that; a connection
that was told nothing sees no row. What must cross networks holds a pass, which opens one door.
"""

from scharnier.apps.wall._telling import (
    LOG,
    MAIL,
    NETWORKS,
    Pass,
    forget,
    holding,
    in_network,
    pass_of_invitation,
    pass_of_link,
    tell,
)

__all__ = [
    "LOG",
    "MAIL",
    "NETWORKS",
    "Pass",
    "forget",
    "holding",
    "in_network",
    "pass_of_invitation",
    "pass_of_link",
    "tell",
]
