# SPDX-License-Identifier: EUPL-1.2
"""What a mail says of how a referral stands: never the need, never a name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from scharnier.formats import wording


class News(StrEnum):
    """What happened, for who sent it."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    COMPLETED = "completed"
    FAILED = "failed"
    REMARK = "remark"


Said = Mapping[News, tuple[str, str]]  # the subject, and what can be done now

NEWS: Mapping[wording.Language, Said] = {
    "nl": {
        News.ACCEPTED: ("Er is een ja op je vraag", "Je hoeft nu niets te doen. Je hoort wat ervan komt."),
        News.DECLINED: ("Er is een nee op je vraag", "Lees waarom, en kies wie je nu vraagt."),
        News.LAPSED: ("Er kwam geen antwoord op je vraag", "Kies wie je nu vraagt. We stellen iemand voor."),
        News.STARTED: ("Er is iemand bezig met je vraag", "Je hoeft nu niets te doen."),
        News.PAUSED: ("Je vraag wacht even", "Kijk tot wanneer, en waarop."),
        News.RESUMED: ("Je vraag gaat weer verder", "Je hoeft nu niets te doen."),
        News.COMPLETED: ("Er is iets gedaan met je vraag", "Laat weten of het heeft geholpen."),
        News.FAILED: ("Het is niet gelukt met je vraag", "Lees waarom, en kies wie je nu vraagt."),
        News.REMARK: ("Iemand wil iets weten over je vraag", "Lees het, en geef antwoord."),
    },
    "en": {
        News.ACCEPTED: ("There is a yes to your question", "Nothing to do now. You hear what comes of it."),
        News.DECLINED: ("There is a no to your question", "Read why, and choose whom to ask now."),
        News.LAPSED: ("No answer came to your question", "Choose whom to ask now. We suggest somebody."),
        News.STARTED: ("Somebody is busy with your question", "There is nothing to do now."),
        News.PAUSED: ("Your question waits for a while", "See until when, and for what."),
        News.RESUMED: ("Your question moves on again", "There is nothing to do now."),
        News.COMPLETED: ("Something was done with your question", "Say whether it helped."),
        News.FAILED: ("It did not work out with your question", "Read why, and choose whom to ask now."),
        News.REMARK: ("Somebody wants to know something about your question", "Read it, and answer."),
    },
}
