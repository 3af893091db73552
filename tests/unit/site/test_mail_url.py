# SPDX-License-Identifier: EUPL-1.2
"""Where mail goes, read from one address."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from scharnier.site.environment import read_environment
from scharnier.site.mail_url import Mailing, read_mail_url


def _read(url: str) -> Mailing:
    return read_mail_url(url, name="MAIL")


def _kind(mailing: Mailing) -> str:
    return mailing.backend.split(".")[-2]


class TestReadMailUrl:
    def test_reads_the_screen(self):
        assert _kind(_read("console:")) == "console"

    def test_reads_a_folder(self):
        mailing = _read("file:///var/lib/the%20mail")

        assert (_kind(mailing), mailing.folder) == ("filebased", Path("/var/lib/the mail"))

    def test_reads_a_server_with_everything(self):
        mailing = _read("smtp://me%40here:p%2Fw@mail.example.org:2525?tls=starttls")

        assert (_kind(mailing), mailing.host, mailing.port) == ("smtp", "mail.example.org", 2525)
        assert (mailing.user, mailing.password, mailing.tls) == ("me@here", "p/w", "starttls")

    @pytest.mark.parametrize(("query", "port"), [("", 25), ("?tls=yes", 465), ("?tls=starttls", 587)])
    def test_takes_the_usual_port(self, query, port):
        assert _read(f"smtp://mail.example.org{query}").port == port

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "mail.example.org",
            "https://example.org",
            "file:",
            "smtp:",
            "smtp://host:many",
            "smtp://host?tls=perhaps",
        ],
    )
    def test_refuses_anything_else_by_the_name_of_the_setting(self, url):
        with pytest.raises(ImproperlyConfigured, match="MAIL"):
            _read(url)

    @pytest.mark.parametrize(
        "url", ["smtp://me:secret@host:many", "smtp://me:secret@host?tls=x", "me:secret"]
    )
    def test_never_repeats_a_password(self, url):
        with pytest.raises(ImproperlyConfigured) as refused:
            _read(url)

        assert "secret" not in str(refused.value)


class TestEnvironment:
    def test_writes_to_the_screen_unless_told(self):
        assert _kind(read_environment({}).mailing) == "console"

    def test_writes_the_mail_of_the_demo_in_its_folder(self, tmp_path):
        variables = {"SCHARNIER_DEMO": "yes", "SCHARNIER_FOLDER": str(tmp_path)}

        assert read_environment(variables).mailing.folder == tmp_path / "mail"

    def test_has_a_sender(self):
        found = read_environment({"SCHARNIER_MAIL_FROM": "Buurt <buurt@example.org>"})

        assert found.mail_from == "Buurt <buurt@example.org>"
        assert "@" in read_environment({}).mail_from

    @pytest.mark.parametrize("name", ["TASK_LEASE_SECONDS", "TASK_PAUSE_SECONDS"])
    @pytest.mark.parametrize("text", ["0", "-1", "nan", "inf", "soon"])
    def test_refuses_a_number_of_seconds_that_is_none(self, name, text):
        with pytest.raises(ImproperlyConfigured, match=name):
            read_environment({f"SCHARNIER_{name}": text})

    def test_reads_seconds(self):
        found = read_environment({"SCHARNIER_TASK_LEASE_SECONDS": "1.5"})

        assert (found.task_lease_seconds, found.task_pause_seconds) == (1.5, 10)
