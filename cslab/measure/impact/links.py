"""The test of a chain: for every link what the records say, with the programme as the only thing that differs."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cslab.faults import Fault, UsageError, nearest
from cslab.measure.effect.power import SEEN
from cslab.measure.effect.tried import tried
from cslab.measure.estimate import Estimate, normal
from cslab.measure.impact.check import checked
from cslab.measure.impact.contrast import YEAR, Contrast, per_unit
from cslab.measure.impact.dose import Dose, dose_check
from cslab.measure.impact.followed import followed
from cslab.measure.impact.graph import back_door, judged_after, months_due, tested
from cslab.measure.impact.lagged import Lagged, lagged
from cslab.measure.impact.looked import CONTROL, Looked
from cslab.measure.impact.verdict import CONTRADICTED, LAGGED, NOT_YET_DUE, VERDICTS, LinkTest, Reason, judged
from cslab.measure.impact.ways import Way, way

if TYPE_CHECKING:
    import pandas as pd

    from cslab.book import Book
    from cslab.measure.impact.chain import Chain
    from cslab.measure.impact.exposure import Exposure
    from cslab.measure.impact.parts import Link
    from cslab.measure.impact.series import Records


@dataclass(frozen=True)
class Tested:
    """A chain with what the records say of each of its links.

    Parameters
    ----------
    chain : Chain
    exposure : Exposure
        Who came under its programme.
    dose : Dose or None
        What was done of it; None for a chain without a register.
    links : tuple of LinkTest
        Those from the activity on, in the chain's order.
    as_of : Timestamp
        The day up to which the records go.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
    >>> impact.test_links(book, impact.shipped("faq")).find("articles", "tickets").identified
    'lot'
    """

    chain: Chain
    exposure: Exposure
    dose: Dose | None
    links: tuple[LinkTest, ...]
    as_of: pd.Timestamp

    def find(self, source: str, target: str) -> LinkTest:
        """One link.

        Parameters
        ----------
        source, target : str

        Raises
        ------
        UsageError
            For one that the chain does not have, with the nearest.

        >>> import cslab
        >>> from cslab.measure import impact
        >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
        >>> impact.test_links(book, impact.shipped("faq")).find("articles", "tickets").due
        3
        """
        known = {f"{one.source}>{one.target}": one for one in self.links}
        name = f"{source}>{target}"
        if name not in known:
            values = {"chain": self.chain.name, "name": name, "near": nearest(name, known), "known": ", ".join(known)}
            raise UsageError(Fault("chain.no_such_link", values))
        return known[name]

    @property
    def counts(self) -> dict[str, int]:
        """How many links have each verdict."""
        found = Counter(one.verdict for one in self.links)
        return {verdict: found[verdict] for verdict in VERDICTS}

    def table(self, lang: str = "en") -> pd.DataFrame:
        """The links as a table.

        Parameters
        ----------
        lang : str
            Of the reasons.

        Returns
        -------
        DataFrame
            A row a link: ``source``, ``target``, ``verdict``, ``says`` (why, and what to know beside it), ``estimate``
            (for one participant), ``low``, ``high``, ``n``, ``participants``, ``mde``, ``declared``, ``per_unit``,
            ``per_unit_low``, ``per_unit_high``, ``lead_p``, ``control_p``, ``due_on``, ``followed`` (share),
            ``identified``. What is not yet due has no estimate here: it would be read as a result.

        >>> import cslab
        >>> from cslab.measure import impact
        >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
        >>> impact.test_links(book, impact.shipped("faq")).table()["target"].tolist()[0]
        'tickets'
        """
        import pandas as pd

        return pd.DataFrame([_cells(one, lang) for one in self.links])


def test_links(book: Book | Records, chain: Chain) -> Tested:
    """Hold every link of a chain against a company's records.

    What taking part changes in a link's target is looked at in the year after the largest lags on the way to it, among
    customers whose turn came in the same month. Whether that was due, could be told, and was large enough to be seen
    comes before what it is. The error that the limits keep is that of one look: whoever looks every month of the year
    after a link is due finds one link in ten supported at least once where there is nothing.

    Parameters
    ----------
    book : Book or Records
        The latter where several chains are tested in one company.
    chain : Chain

    Returns
    -------
    Tested

    Raises
    ------
    DataError
        With everything that the records lack (:func:`checked`).
    UsageError, NotReady
        As :func:`exposure`.

    Source: the procedure of domain.md section 2.5; contribution analysis (Mayne 2012), Evaluation 18:270, grade A; the
    rules of the verdict are ours, grade S.

    >>> import cslab
    >>> from cslab.measure import impact
    >>> book = cslab.load("synthetic:tiny?programs=faq&policy=program_rct")
    >>> sum(impact.test_links(book, impact.shipped("faq")).counts.values())
    5
    """
    records = checked(chain, book)
    looked = Looked(chain, records)
    links = tuple(judged(_link(looked, link)) for link in tested(chain))
    dose = dose_check(records.book, chain.programme) if chain.starts is None else None
    return Tested(chain, looked.exposure, dose, tuple(_noted(chain, links)), records.book.as_of)


def _link(looked: Looked, link: Link) -> LinkTest:
    """Everything that is known of a link, without a verdict."""
    chain, target = looked.chain, looked.chain.node(link.target)
    found = way(chain, link, looked.exposure)
    test = LinkTest(
        link.source,
        link.target,
        link.declared,
        months_due(chain, link.target),
        followed(looked.exposure, judged_after(chain, link.target), looked.last),
        identified=found.by,
        obstacle=found.obstacle,
        unseen=_unseen(chain, link, found),
    )
    if target.indicator is None:
        return test
    return _by_records(looked, link, found, test) if found.by == LAGGED else _by_programme(looked, link, found, test)


def _unseen(chain: Chain, link: Link, found: Way) -> Reason | None:
    """What would have to be seen and has no indicator: the target; the source, where the programme cannot help."""
    nodes = [chain.node(link.target)]
    if not found.by and link.source != chain.activity.id:
        nodes.append(chain.node(link.source))
    lacking = tuple(node for node in nodes if node.indicator is None)
    return Reason("reason.no_indicator", {"nodes": lacking}) if lacking else None


def _by_programme(looked: Looked, link: Link, found: Way, test: LinkTest) -> LinkTest:
    """What the programme changes in the target: the link's work, where it gets there through the source alone."""
    whole = looked.change(link.target, test.due, found.controls)
    test = replace(test, whole=whole, lagged=_lagged(looked, link))
    if whole is None or not found.by:
        nobody = Reason("reason.nobody", {"programme": looked.chain})
        return replace(test, obstacle=nobody if looked.exposure.rows["arm"].all() else test.obstacle or nobody)
    lead = looked.lead(link.target, found.controls)
    control = looked.change(CONTROL, test.due, found.controls)
    return replace(
        test,
        effect=whole,
        mde=whole.mde,
        per_unit=_per_unit(looked, link, found, whole),
        lead_p=math.nan if lead is None else lead.p,
        lead_mde=math.nan if lead is None else lead.mde,
        control_p=math.nan if control is None else control.p,
    )


def _per_unit(looked: Looked, link: Link, found: Way, whole: Contrast) -> Estimate | None:
    """What one unit of the source brings: the programme's change of the target by its change of the source."""
    if link.source == looked.chain.activity.id:
        return whole
    source = looked.change(link.source, months_due(looked.chain, link.source), found.controls)
    return None if source is None else per_unit(whole, source)


def _by_records(looked: Looked, link: Link, found: Way, test: LinkTest) -> LinkTest:
    """What goes with the source in the records, for as much of it as is declared for one participant."""
    one = _lagged(looked, link, found.controls)
    moved = sum(before.declared for before in tested(looked.chain) if before.target == link.source)
    whole = looked.change(link.target, test.due)
    test = replace(test, whole=whole, lagged=one, per_unit=one)
    if one is None or math.isnan(moved):
        return replace(test, identified="", obstacle=Reason("reason.source_still", _named(looked, link)))
    effect = normal(moved * one.estimate, abs(moved) * one.std_error, one.n, one.method)
    control = _lagged(looked, link, found.controls, CONTROL)
    return replace(
        test,
        effect=effect,
        mde=SEEN * effect.std_error,
        lead_p=one.lead_p,
        lead_mde=math.nan if one.lead is None else SEEN * abs(moved) * one.lead.std_error,
        control_p=math.nan if control is None else _p(control),
    )


def _lagged(looked: Looked, link: Link, controls: tuple[str, ...] | None = None, of: str = "") -> Lagged | None:
    """The lagged regression of a link's target, or of something else, on its source."""
    target, source = looked.series(of or link.target), looked.series(link.source)
    if controls is None:
        controls = back_door(looked.chain, link.source, link.target, looked.exposure.by_lot).needed
    if target is None or source is None:
        return None
    return tried(lagged, target, source, round(link.lag[1]), looked.known(controls), min(round(link.lag[2]), YEAR))


def _noted(chain: Chain, links: tuple[LinkTest, ...]) -> list[LinkTest]:
    """The links, with a note where what should have moved the target has not moved itself."""
    noted = []
    for one in links:
        before = [other.verdict for other in links if other.target == one.source]
        still = Reason("note.source_still", {"source": chain.node(one.source)})
        more = (still,) if before and {*before} == {CONTRADICTED} else ()
        noted.append(replace(one, notes=(*one.notes, *more)))
    return noted


def _named(looked: Looked, link: Link) -> dict[str, Any]:
    """The link's source, for a sentence."""
    return {"source": looked.chain.node(link.source)}


def _p(found: Estimate) -> float:
    """The chance of an estimate at least so far from 0 where there is nothing."""
    return math.erfc(abs(found.estimate) / found.std_error / math.sqrt(2)) if found.std_error > 0 else math.nan


def _cells(one: LinkTest, lang: str) -> dict[str, Any]:
    """A link as cells of a table's row."""
    nothing = Estimate(math.nan, math.nan, math.nan, 0, "")
    early = one.verdict == NOT_YET_DUE
    effect, unit = (nothing if early or number is None else number for number in (one.effect, one.per_unit))
    return {
        **{"source": one.source, "target": one.target, "verdict": one.verdict},
        "says": " ".join(said.text(lang) for said in (one.reason, *one.notes)),
        **{name: getattr(effect, name) for name in ("estimate", "low", "high", "n")},
        **{"participants": one.participants, "mde": one.mde, "declared": one.declared},
        **{"per_unit": unit.estimate, "per_unit_low": unit.low, "per_unit_high": unit.high},
        **{"lead_p": one.lead_p, "control_p": one.control_p, "due_on": one.due_on},
        **{"followed": one.followed.share, "identified": one.identified},
    }
