# SPDX-License-Identifier: EUPL-1.2
"""Claim: where people come and go, minding availability more than halves how many are asked a problem.

A made-up neighbourhood, seeded. Twenty matters have thirty words each, beside two hundred that say nothing.
Forty people stay for a while, 150 days on average, and have two matters each; who leaves does so in silence,
and a newcomer with a card takes over. A person carries three problems of a fortnight each. Six problems
a day come in, told in eight words of their matter and eight others. Whoever is asked takes it, or declines:
not my remit, no capacity; who has left does not answer. Three decliners in ten say “rather go to …”, and
four of five of those are right. The ranker is fitted on the cards and the first 150 days; then 250 days are
played in five ways that differ in what is learned alone. A problem that nobody could take is not counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from statistics import mean

from _dekamer import read_arguments, tell
from threadpoolctl import threadpool_limits

from scharnier.core import referral
from scharnier.core import text as words
from scharnier.formats import lexicon

N_MATTERS, N_OWN_WORDS, N_COMMON_WORDS, N_SAID = 20, 30, 200, 8
N_PLACES, N_MATTERS_EACH, MEAN_STAY_DAYS = 40, 2, 150
CAPACITY, BUSY_DAYS, N_A_DAY = 3, 14, 6
FIRST_DAY, WARM_DAYS, PLAYED_DAYS = date(2026, 1, 1), 150, 250
NAMES_OTHER, NAMES_WELL = 0.3, 0.8
SEEDS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person from the day of arrival until the day of leaving."""

    name: str
    matters: frozenset[int]
    arrives: int
    leaves: int

    def is_here(self, day: int) -> bool:
        """Tell whether the person is in the neighbourhood."""
        return self.arrives <= day < self.leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem that came in."""

    day: int
    matter: int
    text: str

    @property
    def on(self) -> date:
        """The day as a date."""
        return FIRST_DAY + timedelta(days=self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everybody who will ever be there, and every problem that will come."""

    people: Mapping[str, Somebody]
    cards: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What is learned."""

    name: str
    learns: bool = True
    minds_availability: bool = False
    hears_names: bool = False


WAYS = (
    Way(name="static", learns=False),
    Way(name="learned"),
    Way(name="learned and rather go to", hears_names=True),
    Way(name="learned and availability", minds_availability=True),
    Way(name="learned, availability and rather go to", minds_availability=True, hears_names=True),
)


def make_world(rng: Random, *, n_days: int) -> World:
    """Return a neighbourhood for so many days."""
    said = [_make_word(rng) for _ in range(N_MATTERS * N_OWN_WORDS + N_COMMON_WORDS)]
    matters = [said[n * N_OWN_WORDS : (n + 1) * N_OWN_WORDS] for n in range(N_MATTERS)]
    common = said[N_MATTERS * N_OWN_WORDS :]
    people = {each.name: each for place in range(N_PLACES) for each in _occupy(place, rng, n_days=n_days)}
    return World(
        people=people,
        cards={
            each.name: " ".join(word for n in sorted(each.matters) for word in rng.sample(matters[n], 3))
            for each in people.values()
        },
        problems=tuple(
            _make_problem(day, matters, common, rng) for day in range(n_days) for _ in range(N_A_DAY)
        ),
    )


def _make_word(rng: Random) -> str:
    return "".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(4))


def _make_problem(day: int, matters: Sequence[list[str]], common: Sequence[str], rng: Random) -> Problem:
    matter = rng.randrange(N_MATTERS)
    said = rng.sample(matters[matter], N_SAID) + rng.sample(common, N_SAID)
    rng.shuffle(said)
    return Problem(day=day, matter=matter, text=" ".join(said))


def _occupy(place: int, rng: Random, *, n_days: int) -> Iterator[Somebody]:
    """Yield who hold a place one after the other, each with the matters of the place."""
    step = 1 + place // N_MATTERS
    matters = frozenset((place + n * step) % N_MATTERS for n in range(N_MATTERS_EACH))
    arrives, turn = -rng.randrange(MEAN_STAY_DAYS), 0
    while arrives < n_days:
        leaves = arrives + 1 + round(rng.expovariate(1 / MEAN_STAY_DAYS))
        yield Somebody(name=f"p{place}-{turn}", matters=matters, arrives=arrives, leaves=leaves)
        arrives, turn = leaves, turn + 1


@dataclass(slots=True, kw_only=True)
class Desk:
    """Who carries how much; answers for everybody, and remembers what was asked of whom."""

    world: World
    rng: Random
    busy_until: dict[str, list[int]] = field(default_factory=dict)

    def takers(self, problem: Problem) -> list[str]:
        """Return who could take a problem: who is there, has the matter and room."""
        return [name for name in self.world.people if self._refusal(name, problem) is None]

    def take(self, name: str, problem: Problem) -> None:
        """Give a problem to who can take it."""
        self.busy_until.setdefault(name, []).append(problem.day + BUSY_DAYS)

    def refuse(self, name: str, problem: Problem) -> referral.Refusal | None:
        """Return why somebody does not take a problem, perhaps with another name; None when they do."""
        lessons = self._refusal(name, problem)
        if lessons is None:
            return None
        is_here = self.world.people[name].is_here(problem.day)
        rather = self._name_other(name, problem) if is_here and self.rng.random() < NAMES_OTHER else None
        return referral.Refusal(candidate=name, on=problem.on, lessons=lessons, rather=rather)

    def _refusal(self, name: str, problem: Problem) -> frozenset[referral.Lesson] | None:
        person = self.world.people[name]
        if not person.is_here(problem.day):
            return frozenset({referral.Lesson.SILENT})
        if problem.matter not in person.matters:
            return referral.OF_REASON[referral.Reason.NOT_MY_REMIT]
        n_open = sum(until > problem.day for until in self.busy_until.get(name, ()))
        return referral.OF_REASON[referral.Reason.NO_CAPACITY] if n_open >= CAPACITY else None

    def _name_other(self, name: str, problem: Problem) -> str:
        everybody = self.world.people.values()
        here = [each for each in everybody if each.is_here(problem.day) and each.name != name]
        knowing = [each for each in here if problem.matter in each.matters]
        is_right = knowing and self.rng.random() < NAMES_WELL
        return self.rng.choice(knowing if is_right else here).name


def _dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # figures, not secrets


def warm_up(desk: Desk, problems: Sequence[Problem]) -> list[referral.Document]:
    """Return the cards, and the first problems, each taken by one who could."""
    taken = [_as_document(desk.world.cards[name], name) for name in desk.world.people]
    for problem in problems:
        if takers := desk.takers(problem):
            name = desk.rng.choice(takers)
            desk.take(name, problem)
            taken.append(_as_document(problem.text, name, taken_on=problem.on))
    return taken


def _as_document(text: str, name: str, *, taken_on: date | None = None) -> referral.Document:
    return referral.Document(text=text, language="nl", supports={name: 1.0}, taken_on=taken_on)


def play(desk: Desk, ranker: referral.Ranker, problems: Sequence[Problem], way: Way) -> list[int]:
    """Return how many were asked for each problem that somebody could take."""
    learner = referral.Learner(ranker, minds_availability=way.minds_availability)
    return [_ask_around(desk, learner, problem, way) for problem in problems if desk.takers(problem)]


def _ask_around(desk: Desk, learner: referral.Learner, problem: Problem, way: Way) -> int:
    declined: dict[str, str | None] = {}
    asked = learner.ask(problem.text, language="nl", on=problem.on)
    refusals = []
    while refusal := desk.refuse(name := _best(desk.world, asked, problem, passed=declined), problem):
        refusals.append(refusal)
        declined[name] = refusal.rather
        if way.hears_names:
            asked = learner.ask(problem.text, language="nl", on=problem.on, declined=declined)
    desk.take(name, problem)
    if way.learns:
        _learn(learner, problem, refusals, name, asked=asked, way=way)
    return len(refusals) + 1


def _best(world: World, asked: referral.Asked, problem: Problem, *, passed: Mapping[str, str | None]) -> str:
    """Return the best who has arrived and was not asked yet."""
    scored = zip(asked.scores.tolist(), world.people.values(), strict=True)
    waiting = [
        (score, each.name)
        for score, each in scored
        if each.arrives <= problem.day and each.name not in passed
    ]
    return max(waiting)[1]


def _learn(
    learner: referral.Learner,
    problem: Problem,
    refusals: Sequence[referral.Refusal],
    taker: str,
    *,
    asked: referral.Asked,
    way: Way,
) -> None:
    for refusal in refusals:
        heard = refusal if way.hears_names else replace(refusal, rather=None)
        learner.learn_refusal(heard, asked=asked)
    learner.learn(_as_document(problem.text, taker, taken_on=problem.on), asked=asked)


def main(*, is_quick: bool) -> None:
    """Print how many are asked, by seed and way, and the share of the static one."""
    analyzer = words.Analyzer(lexicon.load_lexicon())
    warm, played = (30, 10) if is_quick else (WARM_DAYS, PLAYED_DAYS)
    for seed in SEEDS[:1] if is_quick else SEEDS:
        world = make_world(_dice(seed), n_days=warm + played)
        early = [each for each in world.problems if each.day < warm]
        documents = warm_up(Desk(world=world, rng=_dice(seed)), early)
        ranker = referral.fit_ranker(
            documents, tuple(world.people), analyzer=analyzer, on=FIRST_DAY + timedelta(days=warm - 1)
        )
        late = [each for each in world.problems if each.day >= warm]
        found = {way.name: play(Desk(world=world, rng=_dice(seed)), ranker, late, way) for way in WAYS}
        for name, asks in found.items():
            tell(figure="stream", seed=seed, way=name, **_effort(asks, than=found["static"]))


def _effort(asks: Sequence[int], *, than: Sequence[int]) -> dict[str, object]:
    return {
        "n": len(asks),
        "mean_asks": round(mean(asks), 3),
        "first_ask_share": round(mean(each == 1 for each in asks), 4),
        "asks_over_static": round(mean(asks) / mean(than), 4),
    }


if __name__ == "__main__":
    with threadpool_limits(limits=1):
        main(is_quick=read_arguments(__doc__).is_quick)
