"""For each customer what each arm can be expected to bring, learned from other customers of a trial."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from cslab.faults import Fault, UsageError
from cslab.measure.effect.basis import covariates
from cslab.measure.effect.fitting import lots
from cslab.measure.effect.overlap import codes
from cslab.measure.effect.together import clusters
from cslab.measure.effect.tried import NotComparable
from cslab.measure.effect.uplift.learner import LEAST, Learner, by_arm, doubly_robust
from cslab.measure.effect.uplift.ready import judged
from cslab.measure.estimate import unknown_choice
from cslab.measure.landmark.encoding import Encoding, encoding

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from cslab.measure.effect.scores import Scores
    from cslab.measure.effect.trial import Trial

    Floats = NDArray[np.float64]

LEARNERS = ("doubly_robust", "by_arm")
"""A group lasso on doubly robust scores; a line for each arm on its own."""


@dataclass(frozen=True)
class Uplift:
    """What each arm can be expected to bring each customer of a trial, more than the first arm.

    Parameters
    ----------
    trial : Trial
    scores : Scores
        What each customer would have brought in each arm, right on average and far off for a single one: to judge by.
    effects : ndarray of float, shape (rows, arms)
        Each customer's by a learner of others' scores, which know of it only what a model of all outcomes does; 0 for
        the first arm.
    lot : ndarray of int, shape (rows,)
        Which customers were foreseen by one learner, that of all the others.
    learner : Learner
        Of all customers, for others than these.
    encoding : Encoding

    >>> import pandas as pd
    >>> from cslab.measure.effect import of_frame
    >>> seen = pd.DataFrame({"arm": [*"ab"] * 100, "size": [0, 0, 1, 1] * 50})
    >>> found = uplift(of_frame(seen.assign(y=seen["size"] * (seen["arm"] == "b")), "arm", "y", ["size"]))
    >>> found.effects[:4, 1].round(1).tolist()
    [0.0, 0.0, 1.0, 1.0]
    """

    trial: Trial
    scores: Scores = field(repr=False)
    effects: Floats = field(repr=False)
    lot: NDArray[np.int64] = field(repr=False)
    learner: Learner = field(repr=False)
    encoding: Encoding = field(repr=False)

    @property
    def arms(self) -> tuple[str, ...]:
        """The arms, in the order of the columns."""
        return self.trial.arms

    def of(self, arms: tuple[str, str]) -> tuple[Floats, Floats]:
        """What one arm brings more than another: as foreseen for each customer, and as it came.

        Parameters
        ----------
        arms : tuple of str
            Which, and against which.

        Returns
        -------
        tuple of ndarray, each of shape (rows,)
            Foreseen by others' outcomes; differences of scores.

        Raises
        ------
        UsageError
            For an arm that nobody is in.

        >>> import pandas as pd
        >>> from cslab.measure.effect import of_frame
        >>> seen = pd.DataFrame({"arm": [*"ab"] * 100, "size": [0, 0, 1, 1] * 50})
        >>> found = uplift(of_frame(seen.assign(y=seen["size"] * (seen["arm"] == "b")), "arm", "y", ["size"]))
        >>> [len(one) for one in found.of(("b", "a"))]
        [200, 200]
        """
        one, other = (self.arms.index(arm) for arm in self.trial.pair(arms))
        value = self.scores.value
        return self.effects[:, one] - self.effects[:, other], value[:, one] - value[:, other]

    def order(self, arms: tuple[str, str]) -> Floats:
        """Each customer's place among those of its lot, by what is foreseen for it.

        Learners of different lots cannot be set side by side: where a lot happens to have done well, the others have
        done worse, and theirs is the learner that foresees it. So customers are compared within their lot.

        Parameters
        ----------
        arms : tuple of str
            Which, and against which.

        Returns
        -------
        ndarray of float, shape (rows,)
            0-1; the higher, the more is foreseen. The middle for all of a lot for whom the same is foreseen.

        Raises
        ------
        UsageError
            For an arm that nobody is in.

        >>> import pandas as pd
        >>> from cslab.measure.effect import of_frame
        >>> seen = pd.DataFrame({"arm": [*"ab"] * 100, "size": [0, 0, 1, 1] * 50})
        >>> found = uplift(of_frame(seen.assign(y=seen["size"] * (seen["arm"] == "b")), "arm", "y", ["size"]))
        >>> found.order(("b", "a"))[:4].round(1).tolist()
        [0.2, 0.3, 0.8, 0.8]
        """
        import pandas as pd

        places = pd.Series(self.of(arms)[0].round(12)).groupby(self.lot)
        return np.asarray((places.rank() - 0.5) / places.transform("size"))

    def effects_of(self, known: pd.DataFrame) -> Floats:
        """What each arm can be expected to bring other customers, more than the first arm.

        Parameters
        ----------
        known : DataFrame
            The trial's covariates of these customers, as ``signed.known`` gives them.

        Returns
        -------
        ndarray of float, shape (rows, arms)

        Raises
        ------
        DataError
            Naming covariates that are missing, and words that nobody of the trial had.

        >>> import pandas as pd
        >>> from cslab.measure.effect import of_frame
        >>> seen = pd.DataFrame({"arm": [*"ab"] * 100, "size": [0, 0, 1, 1] * 50})
        >>> found = uplift(of_frame(seen.assign(y=seen["size"] * (seen["arm"] == "b")), "arm", "y", ["size"]))
        >>> found.effects_of(pd.DataFrame({"size": [0, 1]})).round(1).tolist()
        [[0.0, 0.0], [0.0, 1.0]]
        """
        return self.learner.effects(self.encoding.matrix(_as_numbers(known)))

    def table(self) -> pd.DataFrame:
        """The customers, and what each arm can be expected to bring them.

        Returns
        -------
        DataFrame
            ``account_id``, one column an arm but the first, ``best`` (the arm with the highest expectation).

        >>> import pandas as pd
        >>> from cslab.measure.effect import of_frame
        >>> seen = pd.DataFrame({"arm": [*"ab"] * 100, "size": [0, 0, 1, 1] * 50})
        >>> found = uplift(of_frame(seen.assign(y=seen["size"] * (seen["arm"] == "b")), "arm", "y", ["size"]))
        >>> list(found.table())
        ['account_id', 'b', 'best']
        """
        found = self.trial.rows[["account_id"]].reset_index(drop=True)
        for place, arm in enumerate(self.arms[1:], start=1):
            found[arm] = self.effects[:, place]
        return found.assign(best=np.array(self.arms, object)[self.effects.argmax(axis=1)])


def uplift(trial: Trial, learner: str = "doubly_robust") -> Uplift:
    """Learn for whom an arm brings how much.

    Parameters
    ----------
    trial : Trial
        Of people who were followed to the end; effects are in the unit of its outcome.
    learner : str
        ``"doubly_robust"``, or the simple ``"by_arm"``.

    Returns
    -------
    Uplift

    Raises
    ------
    UsageError
        For an unknown learner, one arm alone, arms that have no customers in
        common strata, covariates that are missing somewhere, fewer than twenty customers in an arm.

    >>> import cslab
    >>> from cslab.measure import effect
    >>> seen = effect.trial(cslab.load("synthetic:rct?accounts=400"), horizon=12, covariates=["trial_usage"])
    >>> uplift(seen).effects.shape == (len(seen.rows), 3)
    True
    """
    _check(trial, learner)
    trial, found = judged(trial)
    told = _as_numbers(covariates(trial))
    settled = encoding(told)
    known, arm, outcome = settled.matrix(told), codes(trial), found.outcome
    lessons = known, arm, outcome, found.value
    lot = lots(arm, outcome, clusters(trial))
    effects = np.empty_like(found.value)
    for one in np.unique(lot):
        effects[lot == one] = _learned(learner, lessons, lot != one).effects(known[lot == one])
    return Uplift(trial, found, effects, lot, _learned(learner, lessons, np.ones(len(arm), bool)), settled)


def _learned(learner: str, lessons: tuple[Any, ...], rows: Any) -> Learner:
    """A learner of some rows."""
    known, arm, outcome, value = (one[rows] for one in lessons)
    if learner == "by_arm":
        return by_arm(known, arm, outcome, value.shape[1])
    return doubly_robust(known, value)


def _as_numbers(known: pd.DataFrame) -> pd.DataFrame:
    """Flags as numbers, like everything else that is none of words."""
    return known.astype({name: float for name in known if known[name].dtype.kind == "b"})


def _check(trial: Trial, learner: str) -> None:
    """Refuse an unknown learner, and customers of whom nothing can be learned."""
    if learner not in LEARNERS:
        raise UsageError(unknown_choice("learner", learner, LEARNERS))
    faults, counts = [], trial.rows["arm"].value_counts()
    if len(counts) < 2:
        faults.append(Fault("effect.one_arm", {"arm": trial.arms[0] if trial.arms else "-", "n": len(trial.rows)}))
    few = counts[counts < LEAST]
    faults += [Fault("uplift.few", {"arm": arm, "n": int(count), "least": LEAST}) for arm, count in few.items()]
    if faults:
        raise NotComparable(*faults)
