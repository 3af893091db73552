# SPDX-License-Identifier: EUPL-1.2
"""Write the figures of the model card, and its two pages, out of the stored measurements."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any, get_args

from scharnier.formats import model_card
from scharnier.formats.wording import Language

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results"
FIGURES = ROOT / "src" / "scharnier" / "formats" / "data" / model_card.FIGURES
PAGES: Mapping[Language, str] = {"en": "model-card.md", "nl": "model-card.nl.md"}
STATIC, LEARNED = "ours, fitted once", "every outcome and availability learned"

Row = Mapping[str, Any]


def read_figures(quality: Sequence[Row], stream: Sequence[Row]) -> dict[str, float]:
    """Return the figures of the card: whole texts, and the mean over all seeds of the stream."""
    figures: dict[str, float] = {"n_problems": _of(quality, gold="gold_department", learner=STATIC)["n"]}
    for name, gold, n in (("department", "gold_department", 18), ("member", "gold_person", 81)):
        static, learned = (_of(quality, gold=gold, learner=each) for each in (STATIC, LEARNED))
        figures |= {
            f"n_{name}s": n,
            f"{name}_asks_static": round(static["mean_asks"], 2),
            f"{name}_asks": round(learned["mean_asks"], 2),
            f"{name}_first_static": round(100 * static["first_ask_share"]),
            f"{name}_first": round(100 * learned["first_ask_share"]),
        }
    return figures | {
        f"stream_{name}": round(mean(row["mean_asks"] for row in stream if row["way"] == way), 1)
        for name, way in (
            ("static", "static"),
            ("learned", "learned"),
            ("available", "learned and availability"),
            ("named", "learned, availability and rather go to"),
        )
    }


def _of(rows: Sequence[Row], **wanted: str) -> Row:
    wanted |= {"figure": "loop", "text": "full"}
    return next(row for row in rows if all(row.get(name) == value for name, value in wanted.items()))


def main() -> None:
    """Write the figures, then the pages."""
    stored = [
        json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("referral_quality", "referral_stream")
    ]
    FIGURES.write_text(json.dumps(read_figures(*stored), indent=2) + "\n", encoding="utf-8")
    for language in get_args(Language):
        page = model_card.load_model_card(language).as_markdown()
        (ROOT / "docs" / "explanation" / PAGES[language]).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
