"""Histories follow the equations, each customer by itself, whatever is simulated beside it."""

from math import ceil, exp, inf, log

import numpy as np
import pytest
from scipy.special import ndtri

from cslab.world import luck, policy, preset
from cslab.world.history import NEVER
from cslab.world.simulate import simulate

BASE = preset("default_jp").with_(addons="none")
RULE = policy("rule")


class Plain:
    """One customer's life by plain arithmetic, from the equations as they are written."""

    def __init__(self, seed: int, number: int, months: int) -> None:
        self.seed, self.number, self.months = seed, number, months
        seg = self.seg = self.pick((0.70, 0.22, 0.08), self.one("segment"))
        self.mrr = round(exp(log((30e3, 150e3, 700e3)[seg]) + (0.65, 0.50, 0.60)[seg] * self.one("mrr0", luck.normals)))
        shares = ((0.40, 0.57, 0.03, 0.0), (0.08, 0.77, 0.10, 0.05), (0.0, 0.62, 0.20, 0.18))[seg]
        self.term = (1, 12, 24, 36)[self.pick(shares, self.one("term"))]
        self.fit = self.one("fit", luck.normals) - 1.5 * (self.one("badfit") < 0.15)
        self.imp = self.one("first_impression", luck.normals)
        self.start = int(log(1 + self.one("start") * (exp(log(1.3) / 12 * 88) - 1)) / (log(1.3) / 12))
        self.closed = ceil(log(1 - self.one("closure")) / log(1 - (0.0020, 0.0010, 0.0006)[seg]))
        self.tier = 2 if self.mrr >= 400e3 else 1 if self.mrr >= 80e3 else 0
        if self.fit + self.imp < -1 and self.one("override") < 0.6 and self.tier < 2:
            self.tier += 1
        self.value = self.path()
        self.notice, self.cuts = self.decisions()
        self.changes = list(self.growth())

    def one(self, stream, kind=luck.uniforms):
        return kind(self.seed, stream, [self.number // 1024])[0, 0, self.number % 1024]

    def monthly(self, stream, kind=luck.uniforms):
        draws = kind(self.seed, stream, [self.number // 1024], self.months)
        return draws[0, self.start :, self.number % 1024]

    def rare(self, stream, tenure):
        return luck.hashed(self.seed, stream, self.number, self.start + tenure)[0]

    @staticmethod
    def pick(shares, draw):
        return sum(draw >= sum(shares[: i + 1]) for i in range(len(shares) - 1))

    def onboarded(self):
        logit = (-1.15, -1.55, -1.90)[self.seg] - 0.6 * self.fit + (0, -0.45, -1.0)[self.tier]
        if self.one("stall") < 1 / (1 + exp(-logit)):
            return inf
        typical = (1.2, 2.5, 4.0)[self.seg] / (1, 1.25, 1.6)[self.tier]
        return typical * exp(0.6 * self.one("onboarding", luck.normals) - 0.15 * self.fit)

    def path(self):
        value = [0.25 * self.fit + 0.30 * self.imp + 0.30 * self.one("first_value", luck.normals) - 0.30]
        regime, noise, away = self.monthly("regime"), self.monthly("value", luck.normals), False
        for t in range(1, self.months - self.start):
            on = not away and regime[t] < (0.016, 0.013, 0.010)[self.seg] * exp(-0.3 * self.fit)
            off = away and regime[t] < (0.06, 0.11, 0.20)[self.tier]
            away = on or (away and not off)
            mu = (0, 0.10, 0.20)[self.seg] + 0.40 * self.fit + 0.80 * (t >= self.onboarded()) - 0.45
            mu += 0.45 * self.imp * exp(-t / 18) - 1.7 * away
            mu += (0, 0.24, 0.50)[self.tier] * min(max(1 + 0.5 * self.fit, 0), 2)
            value.append(0.80 * value[-1] + 0.20 * mu + 0.30 * noise[t])
        return value

    def decisions(self):
        cuts = []
        level = ((-4.45, -4.60, -4.80) if self.term == 1 else (-2.05, -2.35, -2.70))[self.seg]
        for t in range(self.term, 10_000, self.term):
            decided = max(t - 2, t - self.term)
            if decided >= len(self.value) or self.closed <= decided:
                return None, cuts
            value = self.value[max(t - 2, 0)]
            if self.rare("renewal", decided) < 1 / (1 + exp(1.10 * value - level)):
                return (decided, t), cuts
            if self.term > 1 and self.rare("contraction", decided) < (0.06, 0.06, 0.05)[self.seg] * exp(-0.5 * value):
                cuts.append(t)

    def growth(self):
        draws, mrr = self.monthly("expansion"), self.mrr
        left = min(self.closed, self.notice[1] if self.notice else inf, len(self.value))
        for t in range(1, left):
            if draws[t] < (0.024, 0.026, 0.026)[self.seg] * exp(0.6 * self.value[t]):
                mrr = round(mrr * (1 + 0.22 * exp(0.5 * ndtri(self.rare("expansion_size", t)))))
                yield t, mrr
            if t in self.cuts:
                mrr = round(0.8 * mrr)
                yield t, mrr


def test_a_customers_life_is_that_of_the_equations_written_out_plainly():
    history = simulate(BASE, RULE, seed=5, blocks=range(1), accounts=80, months=48)
    for number in range(80):
        plain = Plain(5, number, history.months)
        start = history.customers.start[number]
        assert (start, history.customers.mrr0[number], history.closed[number]) == (
            plain.start,
            plain.mrr,
            plain.start + plain.closed,
        )
        path = history.value_at(np.full(len(plain.value), number), start + np.arange(len(plain.value)))
        np.testing.assert_allclose(path, plain.value, rtol=0, atol=1e-9)
        notice = (start + plain.notice[0], start + plain.notice[1]) if plain.notice else (NEVER, NEVER)
        assert (history.notice[number], history.notice_end[number]) == notice
        mine = history.changes.who == number
        assert list(zip(history.changes.month[mine] - start, history.changes.after[mine], strict=True)) == plain.changes
        assert list(history.cuts[1][history.cuts[0] == number] - start) == plain.cuts


@pytest.mark.parametrize("accounts", [700, 1030])
def test_a_larger_company_begins_with_the_smaller(accounts):
    small = simulate(BASE, RULE, 3, range(-(-accounts // 1024)), accounts, 48)
    large = simulate(BASE, RULE, 3, range(3), 3000, 48)
    for name in ("tier", "stalled", "onboarded", "notice", "notice_end", "closed"):
        assert (getattr(small, name) == getattr(large, name)[:accounts]).all()
    inside = large.changes.who < accounts
    assert (small.changes.after == large.changes.after[inside]).all()


def test_a_longer_history_begins_with_the_shorter():
    short, long = (simulate(BASE, RULE, 3, range(1), 800, months) for months in (20, 48))
    assert (short.value == long.value[: short.months]).all()
    known = long.notice < short.months
    assert (known == (short.notice < NEVER)).all()
    assert (short.notice_end[known] == long.notice_end[known]).all()
    assert (short.changes.after == long.changes.after[long.changes.month < short.months]).all()


def test_notice_is_given_two_months_before_the_term_runs_out_but_not_before_it_starts():
    history = simulate(BASE, RULE, 1, range(2), 2000, 48)
    gone = history.notice < NEVER
    ahead, term = (history.notice_end - history.notice)[gone], history.customers.term[gone]
    assert (ahead == np.where(term == 1, 1, 2)).all()
    assert ((history.notice_end - history.customers.start)[gone] % term == 0).all()


def test_another_policy_changes_those_it_treats_otherwise_and_nobody_else():
    rule, high = (simulate(BASE, policy(name), 1, range(1), 1000, 48) for name in ("rule", "all_high"))
    same = rule.tier == 2
    assert 0 < same.sum() < 1000
    for name in ("notice", "closed", "onboarded"):
        assert (getattr(rule, name)[same] == getattr(high, name)[same]).all()
    assert (rule.value[:, rule.column[same]] == high.value[:, high.column[same]]).all()
    assert (rule.closed == high.closed).all() and (rule.notice != high.notice).any()


def test_mrr_is_whole_yen_and_changes_add_up():
    history = simulate(BASE, RULE, 1, range(1), 1000, 48)
    changes = history.changes
    assert (changes.after % 1 == 0).all() and (changes.after >= 1).all()
    first = np.r_[True, changes.who[1:] != changes.who[:-1]]
    before = np.where(first, history.customers.mrr0[changes.who], np.r_[0, changes.after[:-1]])
    assert (before + changes.amount == changes.after).all()
    assert (changes.month < history.left[changes.who]).all()


def test_without_any_hazard_nobody_leaves_and_nothing_changes():
    calm = BASE.with_(
        renewal_logit="-99,-99,-99",
        renewal_logit_monthly="-99,-99,-99",
        uncontrollable_hazard="0,0,0",
        expansion_hazard="0,0,0",
        contraction_chance="0,0,0",
    )
    history = simulate(calm, RULE, 1, range(1), 500, 48)
    assert (history.left == NEVER).all() and len(history.changes.who) == 0 and len(history.cuts[0]) == 0
