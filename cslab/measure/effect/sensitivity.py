"""How strong what nobody has seen would have to be to take an effect away."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cslab.measure.estimate import Estimate
from cslab.words import word

E_VALUE, BIAS = "e_value", "bias"


@dataclass(frozen=True)
class Sensitivity:
    """What it would take to explain an effect away, and to make its limits reach nothing.

    Parameters
    ----------
    kind : str
        ``"e_value"``: as a ratio of chances by which something unseen would have to go with both the arm and the
        outcome, beyond all that was adjusted for (1: nothing is needed); ``"mediator"``: the same with a mediator and
        the outcome; ``"bias"``: in the effect's own unit.
    estimate, limit : float
        To take the estimate to nothing, and the limit nearer to nothing.

    >>> Sensitivity("bias", 0.05, 0.01).text("en").startswith("A bias of 0.05")
    True
    """

    kind: str
    estimate: float
    limit: float

    def text(self, lang: str) -> str:
        """What it says, in a language.

        Parameters
        ----------
        lang : str

        >>> "1.94" in Sensitivity("e_value", 1.94, 1.0).text("ja")
        True
        """
        return word(f"effect.sensitivity.{self.kind}", lang, estimate=self.estimate, limit=self.limit)


def sensitivity(found: Estimate, base: float | None = None) -> Sensitivity:
    """How strong what nobody has seen would have to be.

    Parameters
    ----------
    found : Estimate
        A difference of means.
    base : float, optional
        Where the outcome is a share: that of the arm compared with (0-1). The ratio is that of the rarer outcome.

    Returns
    -------
    Sensitivity
        An E-value where ``base`` says that the outcome is a share, and both shares lie inside 0-1; else the bias.

    Source: VanderWeele and Ding (2017), Annals of Internal Medicine 167:268, grade A.

    >>> sensitivity(Estimate(0.05, 0.01, 0.09, 900, "aipw"), base=0.8).kind
    'e_value'
    """
    near = 0.0 if found.low <= 0 <= found.high else min(found.low, found.high, key=abs)
    if base is None or not (0 < base < 1 and 0 < base + found.estimate < 1):
        return Sensitivity(BIAS, abs(found.estimate), abs(near))
    return Sensitivity(E_VALUE, _e_value(base, found.estimate), _e_value(base, near))


def _e_value(base: float, difference: float) -> float:
    """The E-value of a difference of shares, by the ratio of the rarer outcome."""
    share, other = base, min(max(base + difference, 1e-9), 1 - 1e-9)
    if base > 0.5:
        share, other = 1 - share, 1 - other
    ratio = max(share / other, other / share)
    return ratio + math.sqrt(ratio * (ratio - 1))
