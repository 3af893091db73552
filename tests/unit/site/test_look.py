# SPDX-License-Identifier: EUPL-1.2
"""The look keeps its promises: legible in light and dark, light on the wire, nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(__file__).parents[3]
SITE = ROOT / "src" / "scharnier" / "site"
STATIC = SITE / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted(ROOT.glob("src/scharnier/**/templates/**/*.html"))

GROUNDS = ("paper", "surface", "sunken")
STATES = ("yes", "limited", "no", "unknown")
TEXT_PAIRS = [
    *((text, ground) for text in ("ink", "muted", "accent", "accent-strong") for ground in GROUNDS),
    *((state, ground) for state in STATES for ground in (f"{state}-tint", "paper", "surface")),
    ("ink", "accent-tint"),
    ("accent-strong", "accent-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
]
EDGE_PAIRS = [
    *(("edge", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in GROUNDS),
    *(("focus", ground) for ground in (*GROUNDS, "accent-tint")),
]
AA_TEXT, AA_EDGE = 4.5, 3.0

CSS_BUDGET_BYTES = 60_000
FONT_BUDGET_BYTES = 60_000
PICTURE_BUDGET_BYTES = 75_000  # on one page only
MAP_BUDGET_BYTES = 460_000  # on one page only, and not before it is asked for


def own_scripts(*names: str) -> list[Path]:
    return [STATIC / "scharnier" / name for name in names]


def read_tokens(*, dark: bool) -> dict[str, str]:
    """Return the colour tokens of a scheme, by name without prefix."""
    text = (STATIC / "scharnier" / "tokens.css").read_text(encoding="utf-8")
    light, _, rest = text.partition("@media (prefers-color-scheme: dark)")
    blocks = [light, rest.partition("@media print")[0]] if dark else [light]
    return dict(re.findall(r"--scharnier-([a-z-]+): (#[0-9a-f]{6});", "".join(blocks)))


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb` (WCAG 2.2)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1..21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


class TestContrast:
    def test_of_black_on_white_is_what_wcag_says(self):
        assert contrast("#000000", "#ffffff") == pytest.approx(21)
        assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
class TestTokens:
    def test_name_every_colour_in_both_schemes(self, dark):
        tokens = read_tokens(dark=dark)

        assert {name for pair in TEXT_PAIRS + EDGE_PAIRS for name in pair} <= set(tokens)

    @pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
    def test_make_text_legible(self, dark, text, ground):
        tokens = read_tokens(dark=dark)

        assert contrast(tokens[text], tokens[ground]) >= AA_TEXT

    @pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
    def test_make_edges_and_focus_visible(self, dark, edge, ground):
        tokens = read_tokens(dark=dark)

        assert contrast(tokens[edge], tokens[ground]) >= AA_EDGE


class TestDarkTokens:
    def test_replace_every_colour_of_the_light_ones(self):
        light, dark = read_tokens(dark=False), read_tokens(dark=True)

        assert [name for name, colour in light.items() if dark[name] == colour] == []


class TestVendoredFiles:
    def test_are_the_ones_in_the_checksums(self):
        lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        written = dict(reversed(line.split("  ")) for line in lines)
        found = {
            str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in VENDOR.rglob("*")
            if path.is_file() and path.name != "SHA256SUMS"
        }

        assert found == written

    def test_carry_a_licence_in_each_folder(self):
        folders = [path for path in VENDOR.iterdir() if path.is_dir()]

        assert folders
        assert [folder.name for folder in folders if not list(folder.glob("LICENSE*"))] == []

    def test_are_the_locked_versions(self):
        locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        styles = (VENDOR / "utrecht" / "components.css").read_text(encoding="utf-8")
        named = re.findall(r"^/\* (@utrecht/\S+) (\S+) \*/$", styles, re.MULTILINE)

        assert named
        assert dict(named) == {
            key.removeprefix("node_modules/"): package["version"]
            for key, package in locked.items()
            if "@utrecht/" in key
        }

    def test_hold_no_dangling_source_maps(self):
        files = [path for path in VENDOR.rglob("*") if path.suffix in {".css", ".js"}]

        assert [path.name for path in files if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []

    @pytest.mark.parametrize("name", ["graphology", "sigma"])
    def test_hold_the_licence_of_what_a_script_has_inside(self, name):
        licences = sorted(path.name for path in (VENDOR / name).glob("LICENSE*"))

        assert licences == ["LICENSE-events.txt", "LICENSE-graphology-utils.txt", "LICENSE.txt"]
        assert all(
            "MIT" in text or "Permission is hereby granted" in text
            for text in map(_read, (VENDOR / name).glob("LICENSE*"))
        )


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class TestPackageLock:
    def test_pins_by_hash_and_names_no_registry(self):
        locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        packages = {name: package for name, package in locked.items() if name}

        assert [
            name for name, package in packages.items() if not package["integrity"].startswith("sha512-")
        ] == []
        assert [name for name, package in packages.items() if "resolved" in package] == []


class TestWeight:
    def test_of_all_styles_stays_within_budget(self):
        packed = sum(len(gzip.compress(path.read_bytes())) for path in STATIC.rglob("*.css"))

        assert packed < CSS_BUDGET_BYTES

    def test_of_the_scripts_of_the_picture_stays_within_budget(self):
        scripts = [*VENDOR.rglob("*.js"), *own_scripts("picture.js", "stage.js")]

        assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) < PICTURE_BUDGET_BYTES

    def test_of_the_map_stays_within_budget(self):
        scripts = [*(VENDOR / "maplibre-gl").glob("*.mjs"), *own_scripts("map.js", "on_map.js", "stage.js")]

        assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) < MAP_BUDGET_BYTES

    def test_of_the_typeface_stays_within_budget(self):
        assert sum(path.stat().st_size for path in STATIC.rglob("*.woff2")) < FONT_BUDGET_BYTES


class TestStyles:
    def test_ask_nothing_of_another_host(self):
        styles = [path.read_text(encoding="utf-8") for path in STATIC.rglob("*.css")]

        assert re.findall(r"""url\(["']?(?:https?:)?//|@import""", "".join(styles)) == []

    def test_point_only_to_files_that_exist(self):
        own = STATIC / "scharnier"
        pointed = [
            url for path in own.glob("*.css") for url in re.findall(r'url\("([^"]+)"\)', path.read_text())
        ]

        assert pointed
        assert [url for url in pointed if not (own / url).resolve().is_file()] == []

    def test_colour_only_through_tokens(self):
        patterns = (STATIC / "scharnier" / "scharnier.css").read_text(encoding="utf-8")

        assert re.findall(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", patterns) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
class TestTemplate:
    def test_holds_no_style_or_script_the_policy_would_refuse(self, template):
        text = template.read_text(encoding="utf-8")

        assert re.findall(r"""\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:""", text) == []


class TestCollecting:
    def test_finds_every_file_once_and_every_address_in_it(self, tmp_path):
        storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
        said = StringIO()

        with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": storage}):
            call_command("collectstatic", interactive=False, stdout=said)

        manifest = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
        assert "Found another file" not in said.getvalue()
        assert {"scharnier/scharnier.css", "scharnier/mark.svg", "vendor/utrecht/components.css"} <= {
            *manifest
        }

    def test_leaves_what_a_script_imports_beside_it(self, tmp_path):
        storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

        with override_settings(STATIC_ROOT=tmp_path, STORAGES={"staticfiles": storage}):
            call_command("collectstatic", interactive=False, stdout=StringIO())

        scripts = list((tmp_path / "scharnier").glob("*.js"))
        imported = {
            (path.name, name)
            for path in scripts
            for name in re.findall(
                r'^import .* from "([^"]+)";$', path.read_text(encoding="utf-8"), re.MULTILINE
            )
        }
        assert {name for _, name in imported} == {"./stage.js"}
        assert [name for name in imported if not (tmp_path / "scharnier" / name[1]).is_file()] == []
