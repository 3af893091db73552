# SPDX-License-Identifier: EUPL-1.2
"""Draw the icons of the installed app from the mark.

Run `python scripts/make_icons.py` after changing mark.svg; commit what it writes. typst draws, as it does our
documents, so that this needs no program beside the package's own.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parents[1] / "src" / "scharnier" / "site" / "static" / "scharnier"
PAPER = "#fbf8f2"  # of tokens.css
ICONS = {  # name: side in pixels, and which share of it the mark takes
    "icon-192.png": (192, 0.8),
    "icon-512.png": (512, 0.8),
    "icon-maskable-512.png": (512, 0.55),  # within the circle of 80 % that every shape leaves
    "apple-touch-icon.png": (180, 0.7),
}
PAGE = """
#set page(width: {side}pt, height: {side}pt, margin: 0pt, fill: rgb("{paper}"))
#align(center + horizon, image("mark.svg", width: {share}%))
"""
POINTS_AN_INCH = 72  # so that a point is a pixel


def draw(side: int, share: float) -> bytes:
    """Return one icon as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copyfile(FOLDER / "mark.svg", Path(folder) / "mark.svg")
        page = Path(folder) / "icon.typ"
        page.write_text(PAGE.format(side=side, paper=PAPER, share=round(100 * share)), encoding="utf-8")
        return bytes(typst.compile(page, format="png", ppi=POINTS_AN_INCH))


def main() -> None:
    """Write every icon."""
    for name, (side, share) in ICONS.items():
        (FOLDER / name).write_bytes(draw(side, share))


if __name__ == "__main__":
    main()
