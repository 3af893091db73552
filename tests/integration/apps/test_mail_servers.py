# SPDX-License-Identifier: EUPL-1.2
"""Mail servers that ask for a password or for TLS: what is wrong with them is never the message's fault."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path

import pytest

from scharnier.apps.mail import models, services
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.worker import Worker
from scharnier.site.mail_url import read_mail_url
from tests.certificate import make_certificate, serving
from tests.post_office import PostOffice, run_post_office

pytestmark = pytest.mark.django_db
PACE = Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6)
PASSWORD = "kruis/veld"  # noqa: S105  # of a server that lives for one test
CARD = {"what": "dinsdag in het buurthuis", "link": "https://example.org/card"}


@pytest.fixture
def use(settings):
    """Send mail where an address says, as the settings do."""

    def _use(url: str) -> None:
        mailing = read_mail_url(url, name="MAIL")
        settings.EMAIL_BACKEND = mailing.backend
        settings.EMAIL_HOST, settings.EMAIL_PORT = mailing.host, mailing.port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = mailing.user, mailing.password
        settings.EMAIL_USE_SSL, settings.EMAIL_USE_TLS = mailing.tls == "yes", mailing.tls == "starttls"

    return _use


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """A certificate for localhost that nobody vouches for, and its key."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@contextmanager
def _a_tls_office(certificate):
    with run_post_office(tls=serving(certificate)) as office:
        yield office


def _send() -> models.Message:
    services.queue_message(to="karel@example.org", template="confirm_card", facts=CARD, language="nl")
    Worker(pace=PACE, is_burst=True).run()
    return models.Message.objects.get()


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
class TestPassword:
    @pytest.fixture
    def office(self):
        with run_post_office(password=PASSWORD) as office:
            yield office

    def test_is_read_from_the_address(self, office: PostOffice, use):
        use(f"smtp://network:kruis%2Fveld@127.0.0.1:{office.port}")

        assert _send().state == "sent"
        assert len(office.received) == 1

    def test_that_is_wrong_keeps_the_message_waiting(self, office: PostOffice, use):
        use(f"smtp://network:wrong@127.0.0.1:{office.port}")

        message = _send()

        assert (message.state, message.code) == ("queued", "535")
        assert office.received == []


class TestTls:
    def test_goes_to_a_server_that_somebody_vouches_for(self, certificate, use, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        with _a_tls_office(certificate) as office:
            use(f"smtp://localhost:{office.port}?tls=starttls")

            assert _send().state == "sent"

        assert len(office.received) == 1

    def test_tells_no_stranger_anything(self, certificate, use):
        with _a_tls_office(certificate) as office:
            use(f"smtp://localhost:{office.port}?tls=starttls")

            message = _send()

        assert (message.state, message.code) == ("queued", "SSLCertVerificationError")
        assert office.received == []

    def test_is_not_left_out_when_the_server_has_none(self, use):
        with run_post_office() as office:
            use(f"smtp://127.0.0.1:{office.port}?tls=starttls")

            message = _send()

        assert (message.state, message.code) == ("queued", "SMTPNotSupportedError")
        assert office.received == []
