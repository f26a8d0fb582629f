"""What holds for every test and doctest: one language, no screen, the same random examples in each run."""

from __future__ import annotations

import os

from hypothesis import settings

os.environ["CSLAB_LANG"] = "en"
os.environ["MPLBACKEND"] = "Agg"
settings.register_profile("cslab", derandomize=True, deadline=None)
settings.load_profile("cslab")
