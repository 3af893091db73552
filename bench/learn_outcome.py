# SPDX-License-Identifier: EUPL-1.2
"""Claim: hearing what came of one problem takes at most 2 ms of CPU, a small part of fitting anew.

Method: Kruisveld with its earlier outcomes is fitted once, then hears two hundred more: problems of the
neighbourhood that parties took, declined with each reason, or left unanswered. Beside it stands the rival in
the same run: fitting the whole network again, as without a learner every outcome would ask for. CPU time of
the thread, medians and p95 over all outcomes; the rival over ten.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

import numpy as np

from scharnier import example
from scharnier.core import network, referral
from scharnier.core.referral import Outcome, Reason, Response
from scharnier.formats import lexicon, skos

N_OUTCOMES, N_FITS = 200, 10
KINDS = (
    (Response.ACCEPTED, None),
    *((Response.DECLINED, reason) for reason in Reason),
    (Response.UNANSWERED, None),
)


def cpu_ms(work: Callable[[], object]) -> float:
    """Return the CPU that something takes in this thread, in milliseconds."""
    before = time.thread_time()
    work()
    return (time.thread_time() - before) * 1000


def main() -> None:
    """Print the figures of hearing, and of fitting anew."""
    found = example.load_kruisveld()
    index = network.index_network(found.network)
    topics = tuple(topic for topic in skos.load_thesaurus() if topic.fields)

    def fit() -> referral.Matcher:
        return referral.fit_matcher(
            index, found.outcomes, topics=topics, lexicon=lexicon.load_lexicon(), on=example.KRUISVELD_DAY
        )

    matcher = fit()
    learner = referral.Learner(matcher.ranker)
    told = [
        Outcome(text=each.text, party=each.party, response=response, reason=reason, on=example.KRUISVELD_DAY)
        for each, (response, reason) in zip(
            islice(cycle(found.outcomes), N_OUTCOMES), cycle(KINDS), strict=False
        )
    ]
    heard = [
        cpu_ms(lambda each=each: referral.learn_outcome(learner, each, matcher=matcher)) for each in told
    ]
    fitted = [cpu_ms(fit) for _ in range(N_FITS)]
    median = float(np.median(heard))
    figures = {
        "n_outcomes": N_OUTCOMES,
        "n_known": len(found.outcomes),
        "hear_ms_cpu_p50": round(median, 2),
        "hear_ms_cpu_p95": round(float(np.percentile(heard, 95)), 2),
        "fit_ms_cpu_p50": round(float(np.median(fitted)), 1),
        "fit_over_hear": round(float(np.median(fitted)) / median, 1),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
