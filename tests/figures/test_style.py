"""The look: fonts that survive seaborn's theme, colours that colour-blind eyes tell apart, light imports."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest

from cslab.figures import use_style
from cslab.figures.style import GROUPS, ROLES, STATUS, STOCK

LINEAR_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
# Machado, Oliveira and Fernandes (2009), severity 1.0
EYES = {
    "ordinary": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(colour: str, eye: str = "ordinary") -> np.ndarray:
    """A colour as an eye sees it, in CIE Lab."""
    rgb = np.array(mpl.colors.to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = LINEAR_TO_XYZ @ np.clip(np.array(EYES[eye]) @ linear, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, eye: str) -> float:
    """How different two colours look to an eye; 2 is just noticeable, 20 is plain."""
    return float(np.linalg.norm(lab(one, eye) - lab(other, eye)))


@pytest.mark.parametrize("eye", EYES)
def test_roles_are_told_apart_by_every_eye(eye: str) -> None:
    for one, other in combinations(ROLES.values(), 2):
        assert distance(one.colour, other.colour, eye) > 20


@pytest.mark.parametrize("eye", EYES)
def test_the_third_reading_of_a_stock_list_is_told_from_the_roles_by_every_eye(eye: str) -> None:
    assert min(distance(STOCK["stock_period"].colour, role.colour, eye) for role in ROLES.values()) > 20


@pytest.mark.parametrize("eye", EYES)
def test_left_and_stayed_and_the_layers_of_the_renewal_map_are_told_apart(eye: str) -> None:
    layers = ("churned", "contracted", "renewed", "expanded", "open")
    pairs = [("left", "stayed"), *combinations(layers, 2)]
    assert min(distance(STATUS[a].colour, STATUS[b].colour, eye) for a, b in pairs) > 15


def test_roles_differ_without_colour_too() -> None:
    assert len({role.dash for role in ROLES.values()}) == len({role.marker for role in ROLES.values()}) == 3
    lightness = sorted(lab(role.colour)[0] for role in ROLES.values())
    assert min(np.diff(lightness)) > 12


def test_words_are_dark_enough_to_read_on_white() -> None:
    for role in (*ROLES.values(), *STATUS.values(), *GROUPS):
        assert lab(role.ink)[0] < 48


def test_calling_use_style_again_changes_nothing() -> None:
    use_style()
    once = dict(mpl.rcParams)
    use_style()
    assert dict(mpl.rcParams) == once


def test_the_japanese_font_stands_behind_the_latin_one_after_the_theme() -> None:
    mpl.rcParams["font.family"] = ["sans-serif"]
    use_style()
    assert mpl.rcParams["font.family"] == ["DejaVu Sans", "IPAexGothic"]
    assert "IPAexGothic" in {font.name for font in mpl.font_manager.fontManager.ttflist}


def test_a_picture_sets_the_style_where_nobody_has() -> None:
    from cslab.figures.sheet import sheet

    mpl.rcdefaults()
    mpl.use("agg")
    sheet(None, "ja")
    assert mpl.rcParams["font.family"] == ["DejaVu Sans", "IPAexGothic"]


@pytest.mark.slow
def test_importing_the_room_loads_no_plotting() -> None:
    code = "import sys, cslab.figures; sys.exit('matplotlib' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
def test_the_package_that_switches_the_global_font_is_never_imported() -> None:
    code = "import sys, cslab.figures; cslab.figures.use_style(); sys.exit('matplotlib_fontja' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
