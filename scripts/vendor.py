# SPDX-License-Identifier: EUPL-1.2
"""Copy the front-end files we ship from npm into the package, with their licences and checksums.

Run `python scripts/vendor.py` after changing package.json (needs npm); commit what it writes.
The installed package then needs no node, and `sha256sum --check SHA256SUMS` tells whether a file was touched.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "src" / "scharnier" / "site" / "static" / "vendor"
CHECKSUMS = "SHA256SUMS"

# Order is the order of the cascade: what a later component builds on comes first.
COMPONENTS = (
    "document-css",
    "button-css",
    "form-label-css",
    "form-field-description-css",
    "form-field-error-message-css",
    "textbox-css",
    "textarea-css",
    "select-css",
    "form-field-css",
    "alert-css",
    "skip-link-css",
    "table-css",
)
FONT = "@fontsource/atkinson-hyperlegible"
FONT_FILES = tuple(
    f"files/atkinson-hyperlegible-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "latin-ext")
    for weight in (400, 700)
)
# For documents: the whole typeface, which pages get in pieces and compressed.
PRINT_FONT = "@expo-google-fonts/atkinson-hyperlegible"
PRINT_FILES = ("400Regular/AtkinsonHyperlegible_400Regular.ttf", "700Bold/AtkinsonHyperlegible_700Bold.ttf")
# One file each that defines a global name: they import nothing, so they need no bundler.
SCRIPTS = (("graphology", "graphology.umd.min.js"), ("sigma", "sigma.min.js"))
BUNDLED = ("events", "graphology-utils")  # what both hold inside
# The map: a module, and the one its worker runs, of which the page tells the address. Of the stylesheet,
# 70 KB mostly of buttons, we need six rules, which stand in scharnier/map.css.
MAP = "maplibre-gl"
MAP_FILES = ("maplibre-gl.mjs", "maplibre-gl-worker.mjs")
# A dangling source map makes the manifest storage refuse the file.
SOURCE_MAP = re.compile(r"^/[/*][#@] sourceMappingURL=.*$\n?", re.MULTILINE)


def install() -> None:
    """Fetch the locked packages; none of their scripts runs."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not installed; it is needed only to renew the vendored files.")
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=ROOT, check=True)  # noqa: S603  # fixed words


def copy_components() -> None:
    """Put the components' stylesheets, each unchanged, into one file a browser fetches once."""
    folder = TARGET / "utrecht"
    folder.mkdir(parents=True)
    packages = [MODULES / "@utrecht" / name for name in COMPONENTS]
    (folder / "components.css").write_text("".join(map(_component, packages)), encoding="utf-8")
    licences = {(package / "LICENSE.md").read_text(encoding="utf-8") for package in packages}
    if len(licences) != 1:
        sys.exit("The @utrecht packages no longer share one licence text: keep one for each.")
    (folder / "LICENSE.md").write_text(licences.pop(), encoding="utf-8")


def _component(package: Path) -> str:
    """Return one component's stylesheet under a line that says which package it is."""
    named = json.loads((package / "package.json").read_text(encoding="utf-8"))
    text = (package / "dist" / "index.css").read_text(encoding="utf-8")
    return f"/* {named['name']} {named['version']} */\n{_without_source_map(text).rstrip()}\n\n"


def copy_font() -> None:
    """Copy the typeface and its licence, for pages and for documents."""
    for package, place, names in (
        (FONT, "atkinson-hyperlegible", (*FONT_FILES, "LICENSE")),
        (PRINT_FONT, "atkinson-hyperlegible-print", (*PRINT_FILES, "LICENSE_FONT")),
    ):
        folder = TARGET / place
        folder.mkdir(parents=True)
        for name in names:
            shutil.copyfile(MODULES / package / name, folder / Path(name).name)


def copy_scripts() -> None:
    """Copy the scripts of the network picture, each unchanged, with their licences."""
    for name, file in SCRIPTS:
        package, folder = MODULES / name, TARGET / name
        folder.mkdir(parents=True)
        text = (package / "dist" / file).read_text(encoding="utf-8")
        (folder / file).write_text(_without_source_map(text), encoding="utf-8")
        shutil.copyfile(package / "LICENSE.txt", folder / "LICENSE.txt")
        for inside in BUNDLED:
            (found,) = (MODULES / inside).glob("LICENSE*")
            shutil.copyfile(found, folder / f"LICENSE-{inside}.txt")


def copy_map() -> None:
    """Copy the map's modules, each unchanged, with their licence."""
    package, folder = MODULES / MAP, TARGET / MAP
    folder.mkdir(parents=True)
    for name in MAP_FILES:
        text = (package / "dist" / name).read_text(encoding="utf-8")
        (folder / name).write_text(_without_source_map(text), encoding="utf-8")
    shutil.copyfile(package / "LICENSE.txt", folder / "LICENSE.txt")


def write_checksums() -> None:
    """Write one line per vendored file, in the form `sha256sum --check` reads."""
    files = sorted(path for path in TARGET.rglob("*") if path.is_file())
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]
    lines = [f"{digest}  {path.relative_to(TARGET)}\n" for digest, path in zip(digests, files, strict=True)]
    (TARGET / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def _without_source_map(text: str) -> str:
    """Return a stylesheet or script without its pointer to a source map."""
    return SOURCE_MAP.sub("", text)


def main() -> None:
    """Replace everything under static/vendor."""
    install()
    shutil.rmtree(TARGET, ignore_errors=True)
    copy_components()
    copy_font()
    copy_scripts()
    copy_map()
    write_checksums()


if __name__ == "__main__":
    main()
