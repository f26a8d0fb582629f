"""How fast the simulator is, and how much memory it takes: 100,000 accounts × 48 months on one core.

An account-month is a month in which an account is a customer: from signing (months before the records begin
included) to leaving or to the end. Months of accounts that have not signed or have left are not counted, although
their draws are made, and the latent value of those who have left goes on. One core is used; seconds are its own.

Run: ``python tests/bench/bench_world.py [ACCOUNTS]``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cslab import world
from cslab.world.again import again
from cslab.world.history import History
from cslab.world.simulate import histories

RUNS = 5


def fastest(run: Callable[[], object]) -> float:
    """Processor seconds of the fastest of a few runs: the one that was disturbed least."""
    seconds = []
    for _ in range(RUNS):
        began = process_time()
        run()
        seconds.append(process_time() - began)
    return min(seconds)


def peak_megabytes() -> float:
    """Most memory this process has held so far; not known on Windows."""
    try:
        import resource
    except ImportError:
        return float("nan")
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def main() -> None:
    """Print speed and memory of the histories, run again and not, and of the truth."""
    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for name in ("default_jp", "calibration"):
        measure(world.preset(name).with_(accounts=accounts, months=48))


def measure(scenario: world.Scenario) -> None:
    """The figures of one scenario."""
    rule = world.policy("rule")
    cells = sum(int(history.lived.sum()) for history in histories(scenario, rule, scenario.months))
    print(f"{scenario.name}: {scenario.accounts:,} accounts drawn × 48 months of records = {cells:,} account-months")
    report("histories (bar 6 M/s, 1,000 MB)", cells, lambda: sum(1 for _ in histories(scenario, rule, scenario.months)))
    counterfactuals(scenario)
    began, truth = process_time(), world.company(scenario, rule, months=1).truth
    truth.survival(60)
    print(f"  truth, survival to 60 months: {process_time() - began:.2f} s")


def counterfactuals(scenario: world.Scenario) -> None:
    """How long the same customers take under other policies, against simulating them: their draws are kept."""
    rule, past = world.policy("rule"), list(histories(scenario, world.policy("rule"), scenario.months))
    seconds = fastest(lambda: sum(1 for _ in histories(scenario, rule, scenario.months)))
    low, high = scenario.tier_threshold_amount
    everybody = world.Policy("other", shares=(0.5, 0.5, 0.0))
    some = world.Policy("later", thresholds=(1.6 * low, high))
    for plan, bar in ((everybody, "bar 70 %"), (some, "")):
        changed = sum(run_again(history, plan) for history in past)
        ran = fastest(lambda plan=plan: [again(history, plan) for history in past])
        share = f"{ran / seconds:.0%} of the histories' time"
        print(f"  counterfactual, {changed / scenario.accounts:.0%} of the customers run again: {share} {bar}".rstrip())
    print(f"    peak {peak_megabytes():,.0f} MB with all histories and draws kept")


def run_again(history: History, plan: world.Policy) -> int:
    """Customers whose touch differs; their chunk's draws are made and kept by the way."""
    again(history, plan)
    return int(plan.touch(history.scenario, history.drawn).differs(history.touch.at(history.first.nonzero()[0])).sum())


def report(what: str, cells: int, run: Callable[[], object]) -> None:
    """One line: the rate, the seconds, the memory so far."""
    seconds = fastest(run)
    print(f"  {what}: {cells / seconds / 1e6:.2f} M account-months/s, {seconds:.2f} s, peak {peak_megabytes():,.0f} MB")


if __name__ == "__main__":
    main()
