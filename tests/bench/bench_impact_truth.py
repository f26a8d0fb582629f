"""Whether the verdicts on the links of impact chains are right: strong, hopeless, null, reversed and confounded links.

Each study looks at the shipped chains in companies of 4,000 customers drawn (seeds 1, 2, …) that run one programme by
lot, training by invitation, for three years after a year without it. The words ``strong`` and ``hopeless`` are those of
the chains.

1. ``strong``: strong links are supported in 80 % of the companies once their lag has passed, and not yet due before;
   hopeless links that are due are unidentifiable in 80 %, and contradicted no oftener than 5 %. What a campaign hopes
   for and does not bring is contradicted. A lot decided, so lead and negative control are off at .01 no oftener than
   that.
2. ``null``: programmes that do nothing (``program_effect=0``): links that were strong are supported no oftener than
   5 %. Links to outputs are left out: what is held is held, whatever it does.
3. ``reversed``: programmes that do harm (``program_effect=-1``): links that were strong are contradicted in 80 %. What
   cannot turn round is left out: answers can only take tickets away.
4. ``limits``: how often the 95 % limits hold what the programme truly does to these very customers, due or not. Links
   to outputs are left out: with everybody in it the team has hours for fewer sessions each.
5. ``confounded``: programmes that do nothing, for customers whom their CSM chose: with the common cause declared, and
   with none at all, every link has to be flagged.
6. ``designs``: programmes that do nothing, by lot, by invitation, in groups, open, by a rule, by the CSM's choice: no
   link shows anything oftener than 5 %, in either direction, though chains declare more than enough to be seen.
7. ``slow_burn``, ``sugar_high``: verdicts at month 4 of the programme and at the end of the records, printed.

Run: ``python tests/bench/bench_impact_truth.py [COMPANIES [JOBS [FIRST_SEED [STUDY ...]]]]``. Ends with 1 where a bar
is missed; 80 % and 5 % by one-sided exact binomial tests at level .001, coverage by a two-sided one.
"""

from __future__ import annotations

import math
import platform
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from cslab.measure.impact import LinkTest, Tested

ACCOUNTS, LEVEL = 4_000, 0.001
BY_LOT = ("onboarding_programme", "faq", "training", "qbr", "advisory_board", "ux_fix", "advertising", "usage_campaign")
HOPED = (
    ("usage_campaign", "use>depth"),
    ("usage_campaign", "depth>retention"),
    ("usage_campaign", "retention>revenue"),
)
"""What a campaign declares and does not do: usage moves, and nothing behind it."""

TURNS_ROUND = tuple(name for name in BY_LOT if name not in ("faq", "ux_fix"))
DESIGNS = {"training": "program_encouragement"}
Row = tuple[str, ...]
"""What a company says of a link: chain, link, word for its power, level of its target, and what is counted."""


def source(name: str, seed: int, more: str = "") -> str:
    """A company that runs one programme."""
    policy = DESIGNS.get(name, "program_rct")
    return f"synthetic:default_jp?seed={seed}&accounts={ACCOUNTS}&programs={name}&policy={policy}{more}"


def words(name: str, one: LinkTest) -> tuple[str, str]:
    """How well a link can be seen, and the level of what it acts on."""
    from cslab.measure import impact

    chain = impact.shipped(name)
    return chain.link(f"{one.source}>{one.target}").power, chain.node(one.target).level


def rows(name: str, tested: Tested, kind: str) -> list[Row]:
    """The verdicts of a chain."""
    return [(kind, name, f"{one.source}>{one.target}", *words(name, one), one.verdict) for one in tested.links]


def placebos(name: str, tested: Tested) -> list[Row]:
    """Whether the placebos of a chain are off."""
    from cslab.measure.impact.verdict import OFF

    return [
        (which, name, f"{one.source}>{one.target}", *words(name, one), "off" if p < OFF else "held")
        for one in tested.links
        for which, p in (("lead", one.lead_p), ("control", one.control_p))
        if not math.isnan(p)
    ]


def early(book: Any, name: str, tested: Tested) -> Tested:
    """The same company on the last day on which no link that takes a month can be due."""
    import pandas as pd

    from cslab.measure import impact

    months = min(max(round(one.due), 1) for one in tested.links if one.due >= 1)
    began = book.programs.set_index("program_id")["started_on"][name]
    day = pd.Timestamp(began).replace(day=1) + pd.DateOffset(months=months) - pd.Timedelta(days=1)
    return impact.test_links(book.at(day.date()), impact.shipped(name))


def strong(seed: int, names: Iterable[str] = BY_LOT) -> list[Row]:
    """Programmes that do what they do, at the end of the records and before anything is due."""
    import cslab
    from cslab.measure import impact

    found = []
    for name in names:
        book = cslab.load(source(name, seed))
        tested = impact.test_links(book, impact.shipped(name))
        found += [*rows(name, tested, "end"), *placebos(name, tested)]
        before = early(book, name, tested)
        found += [row for row, one in zip(rows(name, before, "early"), before.links, strict=True) if one.due >= 1]
    return found


def null(seed: int) -> list[Row]:
    """Programmes that do nothing."""
    return turned(seed, BY_LOT, 0)


def reversed_(seed: int) -> list[Row]:
    """Programmes that do harm."""
    return turned(seed, TURNS_ROUND, -1)


def turned(seed: int, names: Iterable[str], effect: int) -> list[Row]:
    """Programmes whose effect is another."""
    import cslab
    from cslab.measure import impact

    found = []
    for name in names:
        book = cslab.load(source(name, seed, f"&program_effect={effect}"))
        found += rows(name, impact.test_links(book, impact.shipped(name)), "end")
    return found


def limits(seed: int, names: Iterable[str] = BY_LOT) -> list[Row]:
    """Whether limits hold what happened to these very customers."""
    import cslab
    from cslab.measure import impact
    from cslab.measure.impact.truth import true_effects

    found = []
    for name in names:
        book, chain = cslab.load(source(name, seed)), impact.shipped(name)
        truth = true_effects(book, chain, accounts=0)
        for one, true in zip(impact.test_links(book, chain).links, truth["estimate"], strict=True):
            if one.whole is not None and not math.isnan(true):
                held = one.whole.low <= true <= one.whole.high
                found.append(
                    ("end", name, f"{one.source}>{one.target}", *words(name, one), "held" if held else "missed")
                )
    return found


def confounded(seed: int) -> list[Row]:
    """A programme that does nothing, for customers whom their CSM chose."""
    import cslab
    from cslab.measure import impact

    found = []
    for name in ("onboarding_programme", "training", "qbr"):
        text = source(name, seed, "&program_effect=0").replace(DESIGNS.get(name, "program_rct"), "program_csm")
        book, chain = cslab.load(text), impact.shipped(name)
        hidden = impact.Cause("judgement", acts_on=(chain.activity.id, *(node.id for node in effects(chain))))
        for kind, known in (
            ("declared", replace(chain, causes=(hidden,))),
            ("not declared", replace(chain, causes=())),
        ):
            found += rows(name, impact.test_links(book, known), kind)
    return found


def designs(seed: int, names: Iterable[str] = ("faq", "training", "usage_campaign")) -> list[Row]:
    """Programmes that do nothing, whatever brings customers to them; chains declare so much that it would be seen."""
    import cslab
    from cslab.measure import impact

    found = []
    for name in names:
        chain = impact.shipped(name)
        links = tuple(replace(link, lag=(0, 1, 1), effect=1e9) for link in chain.links)
        for design in ("rct", "encouragement", "staggered", "open", "rule", "csm"):
            text = f"synthetic:default_jp?seed={seed}&accounts={ACCOUNTS}&programs={name}&program_effect=0"
            tested = impact.test_links(cslab.load(f"{text}&policy=program_{design}"), replace(chain, links=links))
            found += [
                (design, name, f"{one.source}>{one.target}", *words(name, one), one.reason.key.removeprefix("reason."))
                for one in tested.links
            ]
    return found


def effects(chain: Any) -> list[Any]:
    """The nodes of a chain that show what it does to customers."""
    return [node for node in chain.nodes if node.level in ("outcome", "impact")]


def preset(name: str, chain: str) -> Callable[[int], list[Row]]:
    """The verdicts of a preset at month 4 and at the end."""

    def verdicts(seed: int) -> list[Row]:
        """In one company."""
        import pandas as pd

        import cslab
        from cslab.measure import impact

        book, known = cslab.load(f"synthetic:{name}?seed={seed}&accounts={ACCOUNTS}"), impact.shipped(chain)
        began = pd.Timestamp(book.programs.set_index("program_id")["started_on"][known.programme])
        month = began + pd.DateOffset(months=5) - pd.Timedelta(days=1)
        at_four = impact.test_links(book.at(month.date()), known)
        return [*rows(chain, at_four, "month 4"), *rows(chain, impact.test_links(book, known), "end")]

    return verdicts


def bar(hits: int, trials: int, share: float, least: bool) -> bool:
    """Whether hits may come from a share of at least, or at most, so much."""
    from scipy.stats import binom

    if not trials:
        return False
    return bool(hits >= binom.ppf(LEVEL, trials, share) if least else hits <= binom.ppf(1 - LEVEL, trials, share))


def told(
    found: list[Row], kind: str, power: str = "", outputs: bool = True, hoped: bool | None = False
) -> dict[tuple[str, str], Counter[str]]:
    """Verdicts counted by chain and link: of what is true, of what is only hoped for, or of both."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for which, name, link, word, level, verdict in found:
        if (
            which == kind
            and power in ("", word)
            and (outputs or level != "output")
            and hoped in (None, (name, link) in HOPED)
        ):
            counts[name, link][verdict] += 1
    return counts


def judged(
    counts: dict[tuple[str, str], Counter[str]], verdict: str, share: float, least: bool, due: bool
) -> list[bool]:
    """Print a line a link and whether its bar holds; links that are never due in the records are only named."""
    held = []
    for (name, link), by in counts.items():
        trials = by.total() - (by["not_yet_due"] if due else 0)
        shown = ", ".join(f"{key} {count}" for key, count in by.most_common())
        if trials < by.total() / 2:
            print(f"    {name:<22} {link:<32} not due in most records ({shown})")
            continue
        held.append(bar(by[verdict], trials, share, least))
        sign = "≥" if least else "≤"
        print(
            f"    {name:<22} {link:<32} {verdict} {by[verdict]}/{trials} {sign} {share:.0%}: {shown}  {_word(held[-1])}"
        )
    return held


def strong_bars(found: list[Row]) -> list[bool]:
    """What strong and hopeless links have to show."""
    print("  strong, lag passed: supported")
    held = judged(told(found, "end", "strong"), "supported", 0.8, True, due=True)
    print("  strong, before: not yet due")
    held += judged(told(found, "early", "strong"), "not_yet_due", 0.999, True, due=False)
    print("  hopeless: unidentifiable")
    held += judged(told(found, "end", "hopeless"), "unidentifiable", 0.8, True, due=True)
    print("  hopeless: contradicted")
    held += judged(told(found, "end", "hopeless"), "contradicted", 0.05, False, due=True)
    print("  weak: (no bar)")
    judged(told(found, "end", "weak"), "supported", 0.0, True, due=True)
    print("  hoped for and not so: contradicted")
    held += judged(told(found, "end", "strong", hoped=True), "contradicted", 0.8, True, due=True)
    print("  lead and negative control: off")
    return held + placebo_bars(found)


def null_bars(found: list[Row]) -> list[bool]:
    """What links that were strong may show where there is nothing."""
    return judged(told(found, "end", "strong", outputs=False), "supported", 0.05, False, due=True)


def reversed_bars(found: list[Row]) -> list[bool]:
    """What links that were strong have to show where programmes do harm."""
    return judged(told(found, "end", "strong", outputs=False), "contradicted", 0.8, True, due=True)


def limits_bars(found: list[Row]) -> list[bool]:
    """How often limits hold the truth, by link."""
    from tests.measure.coverage import acceptable

    held = []
    for (name, link), by in told(found, "end", outputs=False, hoped=None).items():
        low, high = acceptable(by.total())
        held.append(low <= by["held"] <= high)
        print(f"    {name:<22} {link:<32} {by['held']}/{by.total()} (accepted {low}..{high})  {_word(held[-1])}")
    return held


def placebo_bars(found: list[Row]) -> list[bool]:
    """How often placebos are off, over all links."""
    held = []
    for which in ("lead", "control"):
        for (name, link), by in told(found, which).items():
            held.append(bar(by["off"], by.total(), 0.01, least=False))
            print(f"    {which:<8} {name:<22} {link:<32} off {by['off']}/{by.total()} ≤ 1%  {_word(held[-1])}")
    return held


def confounded_bars(found: list[Row]) -> list[bool]:
    """Nothing may be supported or contradicted: neither with the common cause declared, nor where none is."""
    held = []
    for kind in ("declared", "not declared"):
        print(f"  common cause {kind}: flagged")
        for (name, link), by in told(found, kind, outputs=False).items():
            wrong = by["supported"] + by["contradicted"]
            held.append(wrong == 0)
            print(f"    {name:<22} {link:<32} judged all the same {wrong}/{by.total()}  {_word(held[-1])}")
    return held


def designs_bars(found: list[Row]) -> list[bool]:
    """How often something is seen where there is nothing, in either direction."""
    held = []
    for design in dict.fromkeys(row[0] for row in found):
        for (name, link), by in told(found, design, outputs=False, hoped=None).items():
            wrong = by["supported"] + by["other_way"]
            held.append(bar(wrong, by.total(), 0.05, least=False))
            shown = ", ".join(f"{key} {count}" for key, count in by.most_common())
            print(f"    {design:<13} {name:<15} {link:<26} seen {wrong}/{by.total()} ≤ 5%: {shown}  {_word(held[-1])}")
    return held


def printed(found: list[Row]) -> list[bool]:
    """Verdicts, without a bar."""
    for kind in dict.fromkeys(row[0] for row in found):
        print(f"  {kind}")
        for (name, link), by in told(found, kind, hoped=None).items():
            print(f"    {name:<22} {link:<32} {', '.join(f'{key} {count}' for key, count in by.most_common())}")
    return []


STUDIES: dict[str, tuple[Callable[[int], list[Row]], Callable[[list[Row]], list[bool]]]] = {
    "strong": (strong, strong_bars),
    "null": (null, null_bars),
    "reversed": (reversed_, reversed_bars),
    "limits": (limits, limits_bars),
    "confounded": (confounded, confounded_bars),
    "designs": (designs, designs_bars),
    "slow_burn": (preset("slow_burn", "onboarding_thorough"), printed),
    "sugar_high": (preset("sugar_high", "usage_campaign"), printed),
}


def run(study: str, seeds: range, jobs: int) -> list[Row]:
    """All rows of a study, company by company."""
    from joblib import Parallel, delayed

    parts = Parallel(n_jobs=jobs)(delayed(_one)(study, seed) for seed in seeds)
    return [row for part in parts for row in part]


def _one(study: str, seed: int) -> list[Row]:
    """One company of a study, by name: presets are closures, which no process can be handed."""
    return STUDIES[study][0](seed)


def _word(held: bool) -> str:
    """Whether a bar holds, for a line's end."""
    return "OK" if held else "MISS"


def main() -> None:
    """Print a line a link and study."""
    asked = sys.argv[1:]
    companies, jobs, first = (
        int(asked[place]) if len(asked) > place else usual for place, usual in enumerate((100, 2, 1))
    )
    machine = f"{platform.platform()}, Python {platform.python_version()}"
    print(f"{machine}, {companies} companies of {ACCOUNTS:,} from {first} on")
    held = []
    for name in asked[3:] or STUDIES:
        begin = time.perf_counter()
        print(f"{name}")
        held += STUDIES[name][1](run(name, range(first, first + companies), jobs))
        print(f"  {name}: {time.perf_counter() - begin:.0f} s", flush=True)
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
