# SPDX-License-Identifier: EUPL-1.2
"""What a phone gets to open the form of a note without a connection."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from scharnier.site import phone

pytestmark = pytest.mark.django_db
WORKER = reverse("service_worker")
KEPT = re.compile(r"const KEPT = (\{.*\})\n")


def kept(client):
    return json.loads(KEPT.match(client.get(WORKER).text)[1])


class TestServiceWorker:
    def test_is_a_script_at_the_root_that_is_asked_for_anew_each_time(self, client):
        answer = client.get(WORKER)

        assert WORKER == "/service-worker.js"
        assert answer["Content-Type"].startswith("text/javascript")
        assert "no-cache" in answer["Cache-Control"]
        assert not answer.cookies

    def test_keeps_the_shell_and_files_of_the_site_and_no_page_of_anybody(self, client):
        told = kept(client)

        assert told["shell"] == reverse("notes:shell")
        assert all(
            file.startswith("/static/") and finders.find(file.removeprefix("/static/"))
            for file in told["files"]
        )

    def test_keeps_everything_that_the_shell_asks_for(self, client):
        told, page = kept(client), client.get(reverse("notes:shell")).text

        asked = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page))

        assert asked <= set(told["files"])

    def test_knows_the_addresses_of_the_site(self, client):
        told = kept(client)

        assert told["note"] == reverse("notes:write")
        assert told["account"] == reverse("notes:account")
        assert told["leaving"] == reverse("notes:leaving")
        assert (told["login"], told["logout"]) == ("/login/", "/logout/")

    def test_is_another_version_as_soon_as_a_file_differs(self, tmp_path):
        for name in (phone.WORKER, *phone.FILES):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes((phone.STATIC / name).read_bytes())
        before = phone.version_of(phone.STATIC)

        same = phone.version_of.__wrapped__(tmp_path)
        (tmp_path / phone.OUTBOX).write_text("// changed")
        other = phone.version_of.__wrapped__(tmp_path)

        assert (same == before, other == before) == (True, False)
