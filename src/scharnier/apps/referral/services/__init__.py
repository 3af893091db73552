# SPDX-License-Identifier: EUPL-1.2
"""Acts on referrals: one transaction, one event of the log, and what it teaches, each.

Every act takes `actor` (who acts), `on` (the day that consents count) and `at` (the moment). Steps of who is
asked take a `TurnLink` as well, from somebody without an account; the system is the clock. Nothing is mailed
here: whoever calls an act and wants to tell somebody does so in `transaction.on_commit`.
"""

from scharnier.apps.referral.services._acting import ReferralOver, WordsGone
from scharnier.apps.referral.services._ends import AlreadyTold, Telling, give_up, tell_outcome
from scharnier.apps.referral.services._exchange import (
    NothingToImport,
    NotYourWords,
    TakenIn,
    TooManyToImport,
    export_referral,
    import_referrals,
)
from scharnier.apps.referral.services._forgetting import end_unheld, forget_person, unheld
from scharnier.apps.referral.services._introductions import (
    IntroductionRunning,
    ask_introduction,
    reply_to_introduction,
)
from scharnier.apps.referral.services._making import (
    GroupNotFound,
    ReferralWish,
    ask_next,
    make_referral,
    reopen,
)
from scharnier.apps.referral.services._of_note import make_of_note, make_referral_of_note
from scharnier.apps.referral.services._parties import Ask, CommunityNotFound
from scharnier.apps.referral.services._remarks import remark
from scharnier.apps.referral.services._steps import (
    DayPassed,
    Decline,
    accept,
    cancel,
    climb,
    complete,
    decline,
    fail,
    lapse,
    note_elsewhere,
    pause,
    resume,
    send,
    send_all,
    start,
    void,
)

__all__ = [
    "AlreadyTold",
    "Ask",
    "CommunityNotFound",
    "DayPassed",
    "Decline",
    "GroupNotFound",
    "IntroductionRunning",
    "NotYourWords",
    "NothingToImport",
    "ReferralOver",
    "ReferralWish",
    "TakenIn",
    "Telling",
    "TooManyToImport",
    "WordsGone",
    "accept",
    "ask_introduction",
    "ask_next",
    "cancel",
    "climb",
    "complete",
    "decline",
    "end_unheld",
    "export_referral",
    "fail",
    "forget_person",
    "give_up",
    "import_referrals",
    "lapse",
    "make_of_note",
    "make_referral",
    "make_referral_of_note",
    "note_elsewhere",
    "pause",
    "remark",
    "reopen",
    "reply_to_introduction",
    "resume",
    "send",
    "send_all",
    "start",
    "tell_outcome",
    "unheld",
    "void",
]
