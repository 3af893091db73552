# SPDX-License-Identifier: EUPL-1.2
"""Who can break the glass and who judges it, for the tests of both."""

from __future__ import annotations

from django.urls import reverse

from scharnier.apps.emergency import services
from scharnier.apps.http import now
from scharnier.apps.mail.models import Message
from scharnier.apps.people import models as people_models
from scharnier.apps.people import services as people
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.sharing import Verdict
from tests.factories import DAY, NOON, an_actor
from tests.integration import neighbourhood as here
from tests.integration.apps import members_scenes as scenes

KAREL = an_actor("karel", acts_for="schuldhulp")
ANNEKE = an_actor("anneke", role=Role.COORDINATOR)
SAMIRA = an_actor("samira", role=Role.COORDINATOR)
HIDDEN, ADDRESS, PRIVATE = "Stille Kracht", "stil@example.org", "06 55555555"
REASON = "Ze zorgt voor iemand die nu niet wakker wordt."
OPEN, REVIEWS = reverse("emergency:open"), reverse("emergency:reviews")
CARD = reverse("people:person", args=["stil"])
ROLES = {
    "karel": Role.PROFESSIONAL,
    "anneke": Role.COORDINATOR,
    "samira": Role.COORDINATOR,
    "stil": Role.RESIDENT,
}


def settle():
    people.load_network(here.a_neighbourhood(), at=NOON)
    row = here.person("stil")
    row.email, row.phone, row.visibility = ADDRESS, PRIVATE, {"phone": "private"}
    row.save(update_fields=["email", "phone", "visibility"])
    logins = [
        people.Login(name=f"{name}@kruisveld", password=scenes.PASSWORD, person_id=PersonId(name), role=role)
        for name, role in ROLES.items()
    ]
    people.load_logins(NetworkId("kruisveld"), logins=logins)
    for user in people_models.User.objects.all():
        user.email = f"{user.username}.example.org"
        user.save(update_fields=["email"])


def break_glass(name=HIDDEN, *, reason=REASON, actor=KAREL, at=None):
    return services.open_card(name=name, reason=reason, actor=actor, on=DAY, at=at or now())


def judge(review, verdict=Verdict.JUSTIFIED, *, actor=ANNEKE, words="Het kon niet anders."):
    services.judge(review.pk, verdict=verdict, words=words, actor=actor, at=now())


def letters():
    return sorted(Message.objects.values_list("template", "to"))


def to(*names):
    return [f"{name}@kruisveld.example.org" for name in names]


def signed_in(client, name):
    client.logout()
    scenes.log_in(client, f"{name}@kruisveld")
    return client
