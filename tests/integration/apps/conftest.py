# SPDX-License-Identifier: EUPL-1.2
"""Every test here runs on both databases, and signs in as a member in one word.

On PostgreSQL each request is answered as the role of a site, behind the wall between networks; what a test
itself writes and reads goes past it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from uuid import uuid4

import pytest
from django.core.signals import request_finished, request_started
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from django.middleware import csrf
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker, Settings

from scharnier.apps.members import second_factor
from scharnier.apps.people import models, services
from scharnier.core import network
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.site.environment import read_environment
from tests import site_role
from tests.factories import DAY, NOON
from tests.integration.apps import signals_scenes

SignIn = Callable[..., Client]
HASTY: Mapping[str, object] = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],  # scrypt takes 0.2 s each
    "WHITENOISE_AUTOREFRESH": True,  # else each client looks at every static file first
}
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
ON_SQLITE_ONLY = pytest.mark.parametrize("database", ["sqlite"], indirect=True, scope="module")
ON_POSTGRESQL_ONLY = (
    pytest.mark.parametrize("database", ["postgresql"], indirect=True, scope="module"),
    pytest.mark.needs_postgresql,
)


@pytest.fixture(scope="session")
def postgresql_connection(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """A migrated test database on PostgreSQL, to stand in for the default one."""
    request.getfixturevalue("django_db_setup")
    url = request.getfixturevalue("postgresql").url("postgres")
    database = read_environment({"SCHARNIER_DATABASE_URL": url}).database
    wrapper = ConnectionHandler({"default": {**database, "CONN_MAX_AGE": 0}})["default"]
    usual = connections["default"]
    usual_name = usual.settings_dict["NAME"]
    with django_db_blocker.unblock():
        connections["default"] = wrapper
        try:
            wrapper.creation.create_test_db(verbosity=0, serialize=False)
        finally:
            connections["default"] = usual
            usual.settings_dict["NAME"] = usual_name  # Django writes the new name in the settings it knows
        site_role.make(wrapper)
        yield wrapper
        wrapper.close()


@pytest.fixture(
    scope="module",
    autouse=True,
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)],
)
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The database that the module's tests run on; set before a test opens its transaction."""
    request.getfixturevalue("django_db_setup")
    usual = connections["default"]
    if request.param == "postgresql":
        connections["default"] = request.getfixturevalue("postgresql_connection")
    yield request.param
    connections["default"] = usual


@pytest.fixture(scope="module", autouse=True)
def _behind_the_wall(database: str) -> Iterator[None]:
    """Answer requests as the role of a site."""

    def take(**_signal: object) -> None:
        site_role.take(connections["default"])

    def lay_down(**_signal: object) -> None:
        site_role.lay_down(connections["default"])

    if database == "postgresql":
        request_started.connect(take)
        request_finished.connect(lay_down)
    yield
    request_started.disconnect(take)
    request_finished.disconnect(lay_down)


@pytest.fixture(scope="module")
def _ground(_behind_the_wall: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what a fixture of the module writes for all its tests; each is undone down to here."""
    with (
        django_db_blocker.unblock(),
        override_settings(**HASTY),
        transaction.atomic(),
    ):
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def _wordless_form_tokens() -> Iterator[None]:
    """Let no form's token hold a name or a number that a test looks for in the page; they stay as long."""
    usual = csrf.CSRF_ALLOWED_CHARS
    csrf.CSRF_ALLOWED_CHARS = "qxQX"
    yield
    csrf.CSRF_ALLOWED_CHARS = usual


@pytest.fixture(autouse=True)
def _known_to_no_cache(request: pytest.FixtureRequest) -> None:
    """Let no test read what this process made of the same networks after another test changed them."""
    if "_ground" in request.fixturenames:
        request.getfixturevalue("db")
        models.Network.objects.update(revision=uuid4().hex)


@pytest.fixture(autouse=True)
def _hasty(settings: Settings) -> None:
    for name, value in HASTY.items():
        setattr(settings, name, value)


@pytest.fixture
def _today(settings: Settings) -> None:
    """Let it be the day of the factories on every page."""
    settings.DAY = DAY


@pytest.fixture(scope="session")
def load() -> Callable[[network.Network], network.Network]:
    """Write a network into the database."""

    def _load(value: network.Network) -> network.Network:
        services.load_network(value, at=NOON)
        return value

    return _load


@pytest.fixture(scope="session")
def sign_in() -> SignIn:
    """A client signed in as a person of a network, with the second step that some roles need."""

    def _sign_in(
        person_id: str = "samira", *, network_id: str = "kruisveld", role: Role = Role.PROFESSIONAL
    ) -> Client:
        login = services.Login(
            name=f"{person_id}@{network_id}",
            password=str(uuid4()),
            person_id=PersonId(person_id),
            role=role,
        )
        services.load_logins(NetworkId(network_id), logins=[login])
        client = Client(raise_request_exception=False)
        client.force_login(models.User.objects.get(username=login.name), backend=MODEL_BACKEND)
        session = client.session
        session[second_factor.SESSION_KEY] = True
        session.save()
        return client

    return _sign_in


@pytest.fixture
def samira(sign_in: SignIn) -> Client:
    """The client of Samira, who is a professional."""
    return sign_in("samira")


@pytest.fixture
def noor(sign_in: SignIn) -> Client:
    """The client of Noor, who is a professional."""
    return sign_in("noor")


@pytest.fixture
def ria(sign_in: SignIn) -> Client:
    """The client of Ria, who coordinates."""
    return sign_in("ria", role=Role.COORDINATOR)


@pytest.fixture(scope="module")
def _kruisveld_of_signals(_ground: None, load: Callable[[network.Network], network.Network]) -> None:
    """The neighbourhood of `signals_scenes`."""
    load(signals_scenes.a_neighbourhood())
