# SPDX-License-Identifier: EUPL-1.2
"""What a browser gets to install the site as an app."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests.unit.site.test_look import read_tokens

pytestmark = pytest.mark.django_db
MANIFEST = reverse("manifest")
PNG_SIZE = slice(16, 24)  # width and height, four bytes each


def picture(address):
    found = finders.find(address.removeprefix("/static/"))
    assert isinstance(found, str), address
    return Path(found).read_bytes()


class TestManifest:
    def test_is_for_anyone_in_the_language_of_the_reader(self, client):
        answers = {
            language: client.get(MANIFEST, headers={"Accept-Language": language}) for language in ("nl", "en")
        }

        assert {answer["Content-Type"] for answer in answers.values()} == {"application/manifest+json"}
        assert {language: answer.json()["lang"] for language, answer in answers.items()} == {
            "nl": "nl",
            "en": "en",
        }
        assert len({answer.json()["name"] for answer in answers.values()}) == 2

    def test_opens_at_the_note_and_offers_what_one_does_most(self, client):
        told = client.get(MANIFEST).json()

        assert (told["start_url"], told["scope"], told["display"]) == ("/note/", "/", "standalone")
        assert [each["url"] for each in told["shortcuts"]] == ["/note/", "/", "/notes/"]

    def test_has_icons_of_the_size_it_says(self, client):
        told = client.get(MANIFEST).json()

        sizes = {}
        for icon in told["icons"]:
            drawn = picture(icon["src"])
            width, height = (int.from_bytes(drawn[PNG_SIZE][at : at + 4]) for at in (0, 4))
            sizes[icon["sizes"], icon["purpose"]] = f"{width}x{height}"

        assert sizes == {
            ("192x192", "any"): "192x192",
            ("512x512", "any"): "512x512",
            ("512x512", "maskable"): "512x512",
        }

    def test_wears_the_colours_of_the_tokens(self, client):
        told, light, dark = client.get(MANIFEST).json(), read_tokens(dark=False), read_tokens(dark=True)

        assert (told["theme_color"], told["background_color"]) == (light["accent"], light["paper"])
        page = client.get("/login/").text
        assert f'content="{light["accent"]}" media="(prefers-color-scheme: light)"' in page
        assert f'content="{dark["paper"]}" media="(prefers-color-scheme: dark)"' in page

    def test_is_named_on_every_page_with_an_icon_for_who_reads_no_manifest(self, client):
        page = client.get("/login/").text

        assert f'<link rel="manifest" href="{MANIFEST}">' in page
        icon = re.search(r'rel="apple-touch-icon" href="([^"]+)"', page)[1]
        assert int.from_bytes(picture(icon)[PNG_SIZE][:4]) == 180
