# SPDX-License-Identifier: EUPL-1.2
"""Sending to an address that somebody chose: never to a machine of ours, and never waiting for long."""

from __future__ import annotations

from threading import Event as Signal

import pytest

from scharnier.apps.webhooks import sending
from tests import receiver as receiving
from tests.certificate import make_certificate, serving

HASTY = sending.Patience(connecting=5, reading=0.2, in_all=60)
CUT_SHORT = sending.Patience(connecting=5, reading=60, in_all=0.3)


@pytest.fixture
def receiver():
    with receiving.run_receiver() as found:
        yield found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate"))


def post(address, patience=sending.USUAL, **how):
    return sending.post(address, b"{}", headers={}, patience=patience, **{"on_loopback": True} | how)


class TestPost:
    def test_does_not_wait_for_silence(self, receiver):
        receiver.always = receiving.silence

        assert post(receiver.address, HASTY).error == "too_slow"

    def test_cuts_off_who_answers_a_byte_at_a_time(self, receiver):
        receiver.always = receiving.dripping

        assert post(receiver.address, CUT_SHORT) == sending.Answer(error="too_slow")

    def test_reads_no_more_than_a_little_of_a_huge_answer(self, receiver):
        cut_off = Signal()
        receiver.always = receiving.endless(cut_off)

        assert post(receiver.address) == sending.Answer(status=200)
        assert cut_off.wait(receiving.PATIENCE_SECONDS)

    def test_goes_through_no_proxy_of_the_environment(self, receiver, monkeypatch):
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:1")

        assert post(receiver.address).status == 204

    @pytest.mark.parametrize(
        "address",
        [
            "https://localhost:{port}/",
            "https://127.0.0.1:{port}/",
            "https://0x7f.1:{port}/",
            "https://10.0.0.1/",
        ],
    )
    def test_reaches_no_machine_of_ours(self, receiver, address):
        answer = post(address.format(port=receiver.port), on_loopback=False)

        assert answer.error in {"forbidden", "no_name"}
        assert receiver.received == []

    def test_looks_at_the_address_it_connects_to_and_not_at_the_name(self, receiver, monkeypatch):
        """A name of the internet that leads here: what an attacker's own name server answers."""
        asked = []

        def look_up(host, port, *_words, **_more):
            asked.append(host)
            return [(2, 1, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(sending.socket, "getaddrinfo", look_up)

        answer = post(f"https://rebinding.example.org:{receiver.port}/", on_loopback=False)

        assert answer == sending.Answer(error="forbidden")
        assert asked == ["rebinding.example.org"]
        assert receiver.received == []

    def test_goes_nowhere_when_one_of_several_addresses_is_ours(self, monkeypatch):
        found = [(2, 1, 6, "", (ip, 443)) for ip in ("93.184.216.34", "169.254.169.254")]
        monkeypatch.setattr(sending.socket, "getaddrinfo", lambda *_words, **_more: found)

        assert post("https://two.example.org/", on_loopback=False).error == "forbidden"

    def test_speaks_without_tls_to_this_machine_only(self, monkeypatch):
        found = [(2, 1, 6, "", ("93.184.216.34", 80))]
        monkeypatch.setattr(sending.socket, "getaddrinfo", lambda *_words, **_more: found)

        assert post("http://far.localhost/").error == "forbidden"

    def test_says_that_a_name_is_not_known(self, monkeypatch):
        def look_up(*_words, **_more):
            raise sending.socket.gaierror

        monkeypatch.setattr(sending.socket, "getaddrinfo", look_up)

        assert post("https://nobody.example.org/").error == "no_name"


def get(address, patience=sending.USUAL, **how):
    return sending.get(address, headers={}, patience=patience, **{"on_loopback": True} | how)


class TestGet:
    def test_brings_the_body_with_the_status(self, receiver):
        receiver.answers = [receiving.saying(b"[1]", 201)]

        assert get(receiver.address) == sending.Answer(status=201, body=b"[1]")

    def test_sends_nothing_along(self, receiver):
        receiver.always = receiving.saying(b"[]")

        get(receiver.address)

        (request,) = receiver.received
        assert (request.path, request.body) == ("/hook?key=1", b"")

    @pytest.mark.parametrize("n_bytes", [0, 1, sending.MOST_KEPT])
    def test_reads_all_that_may_be_kept(self, receiver, n_bytes):
        receiver.answers = [receiving.saying(b"x" * n_bytes)]

        assert len(get(receiver.address).body) == n_bytes

    def test_keeps_nothing_of_a_body_that_is_too_big(self, receiver):
        receiver.answers = [receiving.saying(b"x" * (sending.MOST_KEPT + 1))]

        assert get(receiver.address) == sending.Answer(status=200, error="too_big")

    def test_stops_reading_a_body_without_end(self, receiver):
        cut_off = Signal()
        receiver.always = receiving.endless(cut_off)

        assert get(receiver.address) == sending.Answer(status=200, error="too_big")
        assert cut_off.wait(receiving.PATIENCE_SECONDS)

    def test_cuts_off_a_body_that_comes_a_byte_at_a_time(self, receiver):
        receiver.always = receiving.dripping_body

        assert get(receiver.address, CUT_SHORT) == sending.Answer(status=200, error="too_slow")

    def test_keeps_nothing_of_a_body_that_breaks_off(self, receiver):
        receiver.answers = [receiving.saying(b"[1", length=9)]

        assert get(receiver.address) == sending.Answer(status=200, error="broken_off")

    def test_follows_no_redirect(self, receiver):
        receiver.answers = [receiving.status(302, location=receiver.address)]

        assert get(receiver.address).status == 302
        assert len(receiver.received) == 1

    @pytest.mark.parametrize("address", ["https://127.0.0.1:{port}/", "https://10.0.0.1/", "https://[::1]/"])
    def test_reaches_no_machine_of_ours(self, receiver, address):
        answer = get(address.format(port=receiver.port), on_loopback=False)

        assert answer.error in sending.NOTHING_LEFT
        assert receiver.received == []

    def test_does_not_wait_for_silence(self, receiver):
        receiver.always = receiving.silence

        assert get(receiver.address, HASTY).error == "too_slow"


class TestPostThatIsRead:
    def test_brings_the_body(self, receiver):
        receiver.answers = [receiving.saying(b"<a/>", 400)]

        assert post(receiver.address, is_read=True) == sending.Answer(status=400, body=b"<a/>")

    def test_brings_none_when_nobody_reads_it(self, receiver):
        receiver.answers = [receiving.saying(b"<a/>", 400)]

        assert post(receiver.address) == sending.Answer(status=400)

    def test_knows_when_nothing_left_us(self):
        with receiving.run_receiver() as gone:
            address = gone.address

        assert post(address, is_read=True).error in sending.NOTHING_LEFT

    def test_does_not_say_so_when_the_other_side_hung_up(self, receiver):
        receiver.always = receiving.hang_up

        assert post(receiver.address, is_read=True).error not in sending.NOTHING_LEFT


class TestTls:
    @pytest.fixture
    def secure(self, certificate):
        with receiving.run_receiver(tls=serving(certificate)) as found:
            yield found

    def test_goes_to_who_has_a_certificate_for_the_name(self, secure, certificate, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

        assert post(f"https://localhost:{secure.port}/hook").status == 204
        assert secure.received[0].headers["host"] == f"localhost:{secure.port}"

    def test_says_nothing_to_another_name_with_that_certificate(self, secure, certificate, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))

        assert post(f"https://127.0.0.1:{secure.port}/hook").error == "not_trusted"
        assert secure.received == []

    def test_says_nothing_to_who_nobody_vouches_for(self, secure):
        assert post(f"https://localhost:{secure.port}/hook").error == "not_trusted"
        assert secure.received == []

    def test_does_not_wait_for_who_never_begins_to_speak_it(self, receiver):
        """The receiver waits for a request; the greeting of TLS is none, and it answers in plain words."""
        address = receiver.address.replace("http://127.0.0.1", "https://localhost")

        assert post(address, CUT_SHORT).error in {"not_trusted", "broken_off", "too_slow"}
