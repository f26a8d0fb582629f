"""How often limits may hold what they should: the verdict of a two-sided exact binomial test at level .001."""


def acceptable(trials: int, share: float = 0.95) -> tuple[int, int]:
    """Fewest and most hits of so many trials that the test accepts, where each hits with a chance of ``share``.

    >>> acceptable(1_000)
    (926, 971)
    """
    from scipy.stats import binom

    return int(binom.ppf(0.0005, trials, share)), int(binom.ppf(0.9995, trials, share))


def holds(hits: int, trials: int, share: float = 0.95) -> bool:
    """Whether the test accepts the hits.

    >>> holds(95, 100), holds(86, 100)
    (True, False)
    """
    low, high = acceptable(trials, share)
    return low <= hits <= high
