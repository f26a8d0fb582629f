"""How well each link shows: in an experiment over 2,000 accounts of the default company, in its 48 months of records.

The size of each effect is measured on many more accounts, with everybody and with nobody in the programme under the
same luck; what is hidden (value, effort, disengagement) is looked at as if it could be seen without error.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from scipy.stats import norm

from cslab import world
from cslab.world.customers import draw
from cslab.world.history import History
from cslab.world.observe import observe
from cslab.world.programmes import CHAINS, PROGRAMMES
from cslab.world.rates import logistic
from cslab.world.run import Run

ACCOUNTS, TIMES = 2000, 8
SPANS = {"strong": (0.9, 1.0), "weak": (0.25, 0.97), "hopeless": (0.0, 0.45)}
"""Where the measured power may lie: .95 and .35 part the words, with room for the error of the measurement."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class World:
    """One of the two worlds, and the month in which each account's turn comes."""

    history: History
    away: np.ndarray
    turn: np.ndarray

    def value(self, after: int) -> np.ndarray:
        """Latent value some months after the turn."""
        return self.history.value_at(np.arange(len(self.turn)), np.minimum(self.turn + after, self.history.months - 1))

    def there(self, after: int) -> np.ndarray:
        """Whether the account is there, and within the records, some months after the turn."""
        return (self.turn + after < self.history.months) & (self.history.left > self.turn + after)

    def shift(self, acts: str, after: int) -> np.ndarray | float:
        """What programmes add to an equation some months after the turn."""
        return self.history.programmes.shift(acts, self.turn + after, np.arange(len(self.turn)))

    def counted(self, who: np.ndarray, month: np.ndarray, first: int, last: int) -> np.ndarray:
        """Events of each account from some month after its turn to another."""
        inside = (month >= self.turn[who] + first) & (month < self.turn[who] + last)
        return np.bincount(who[inside], minlength=len(self.turn))


def lived(name: str, policy: str) -> tuple[History, np.ndarray]:
    """The default company, many times as large, with a programme, and who is disengaged; nobody has a second spell."""
    addons = ",".join(one for one in world.preset("default_jp").addons if one != "offboarding")
    scenario = world.preset("default_jp").with_(programs=name, addons=addons, accounts=TIMES * ACCOUNTS)
    people = draw(scenario, scenario.seed, range(16), scenario.accounts)
    run = Run(scenario, world.policy(policy).touch(scenario, people), 1, range(16), people, 48 - scenario.first_month)
    away = np.zeros((run.months, len(run.order)), dtype=bool)
    for month in range(run.months):
        run.step(month)
        away[month] = run.away
    history = run.history()
    return history, away[:, history.column]


def tickets(about: World) -> np.ndarray:
    """Tickets of the categories in question in the year after the effect has arrived."""
    written, categories = observe(about.history)["tickets"], (0, 1, 2) if CHAINS["faq"].name in names(about) else (0,)
    month = written["opened_on"].astype("M8[M]").astype(int) - np.datetime64("2017-12").astype(int)
    asked = np.isin(written["category"], categories)
    return about.counted(written["account_id"][asked], month[asked], 3, 15)


def names(about: World) -> tuple[str, ...]:
    """The programmes of a world."""
    return about.history.scenario.programs


def used(about: World, column: str, logit: np.ndarray, after: int) -> np.ndarray:
    """The logit of something used some months after the turn, with noise of .3 and what programmes add."""
    return logit + np.random.default_rng(1).normal(0, 0.3, len(about.turn)) + about.shift(column, after)


def relevant_features(about: World) -> np.ndarray:
    """Of the eight features that fit the use case, two and a half years after the turn."""
    logit = 0.6 * about.value(30) + 0.4 * about.history.customers.fit
    return np.round(8 * logistic(used(about, "features_relevant", logit, 30)))


def expansions(about: World) -> np.ndarray:
    """Expansions from half a year to two years after the turn."""
    changes = about.history.changes
    grown = changes.kind == 0
    return about.counted(changes.who[grown], changes.month[grown], 6, 24)


def climbs(about: World) -> np.ndarray:
    """Levels of maturity gained within two and a half years of the turn."""
    return about.counted(*about.history.climbs, 0, 30)


def months_of_onboarding(about: World) -> np.ndarray:
    """Log of the months of onboarding, those who take a year or more alike."""
    return np.log(np.minimum(about.history.onboarded, 12))


def grown_mrr(about: World) -> np.ndarray:
    """Log of MRR two years after the turn against that of signing."""
    changes, mrr = about.history.changes, np.log(about.history.customers.mrr0)
    early = changes.month < about.turn[changes.who] + 24
    after = mrr.copy()
    after[changes.who[early]] = np.log(changes.after[early])
    return after - mrr


SEEN: dict[str, tuple[int, Callable[[World], np.ndarray]]] = {
    "onboarding_completed": (12, lambda about: about.history.onboarded <= 12),
    "onboarding_speed": (12, months_of_onboarding),
    "presale_education": (0, lambda about: about.history.customers.beginnings.educated),
    "fit": (0, lambda about: about.history.customers.fit),
    "handoff_quality": (0, lambda about: about.history.customers.beginnings.handoff),
    "handoff_spread": (0, lambda about: np.abs(about.history.customers.beginnings.handoff - 0.25)),
    "tickets": (15, tickets),
    "high_effort": (6, lambda about: about.history.programmes.high_effort(87, np.arange(len(about.turn)))),
    "disengagement": (18, lambda about: np.take_along_axis(about.away, np.minimum(about.turn + 18, 87)[None], 0)[0]),
    "training_views": (2, lambda about: np.random.default_rng(1).poisson(0.5 + about.shift("training_views", 1))),
    "features_adv": (
        6,
        lambda about: np.round(10 * logistic(used(about, "features_adv", -1.3 + 0.7 * about.value(6), 6))),
    ),
    "features_relevant": (30, relevant_features),
    "wau_ratio": (5, lambda about: logistic(used(about, "usage", -0.1 + 0.9 * about.value(5), 5))),
    "known_roles": (12, lambda about: (about.history.role_since <= about.turn + 12).sum(axis=0)),
    "maturity_level": (30, climbs),
    "expected_value": (18, lambda about: about.value(18)),
    "expected_value_until_onboarded": (3, lambda about: about.value(3)),
    "latent_value": (18, lambda about: about.value(18)),
    "renewal": (24, lambda about: about.history.left > about.turn + 24),
    "expansion": (24, expansions),
    "revenue": (24, grown_mrr),
}
"""By the end of a link: months after the turn when it is looked at, and what is looked at."""


def power(on: World, off: World, target: str, share: float) -> float:
    """Of a two-sided test at 5 %, in an experiment with that share in the programme."""
    after, seen = SEEN[target]
    gone = target in ("renewal", "onboarding_completed", "onboarding_speed")
    both = (on.turn + after < on.history.months) & (on.history.left > on.turn) & (off.history.left > on.turn)
    both &= gone | (on.there(after) & off.there(after))
    ones, others = (np.asarray(seen(about), dtype=float)[both] for about in (on, off))
    n, spread = both.sum() / TIMES, (ones.var() / share + others.var() / (1 - share)) ** 0.5
    return float(norm.cdf(abs(ones.mean() - others.mean()) / (spread / n**0.5 + 1e-12) - norm.ppf(0.975)))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_links_show_as_well_as_the_table_says(name):
    worlds = [lived(name, policy) for policy in ("program_open", "program_none")]
    on, off = (World(*one, turn=worlds[0][0].enrolled.turn[:, 0]) for one in worlds)
    table = world.programmes.chains.chains(world.preset("default_jp"))
    links = table[(table["chain"] == name) & table["to"].isin(list(SEEN))]
    for target, said in zip(links["to"], links["power"], strict=True):
        found = power(on, off, target, CHAINS[name].share)
        low, high = SPANS[said]
        assert low <= found <= high, (target, said, found)
