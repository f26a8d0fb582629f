"""A page opened in a real browser without a network: nothing leaves it, nothing is wrong with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cslab.course.index import index_page
from cslab.course.journey.canvas import canvas_a1
from cslab.course.lessons import lessons
from cslab.course.pages import filled, page
from cslab.course.run import Outcome
from cslab.course.syllabus import found_in
from cslab.words import LANGUAGES

HOME = Path(__file__).resolve().parents[2] / "notebooks"
BUILT = sorted(HOME.glob("??/[0-9][0-9]_*.ipynb"))
ALONE = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium that can reach nobody."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install playwright"
    )
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=program, args=ALONE)
        yield opened
        opened.close()


def opened(browser, path: Path) -> tuple[object, list[str], list[str]]:
    """The page, the requests that left it, and what the console complained of."""
    tab = browser.new_page()
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(path.as_uri(), wait_until="networkidle")
    own = path.as_uri()
    return tab, [url for url in asked if url != own and not url.startswith("data:")], said


@pytest.mark.parametrize("path", BUILT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_asks_for_nothing_and_complains_of_nothing(browser, tmp_path, path):
    file = tmp_path / "ページ 1.html"
    file.write_text(page(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    tab, asked, said = opened(browser, file)
    assert (asked, said) == ([], [])
    assert tab.evaluate("document.documentElement.lang") == path.parent.name
    assert tab.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0 && image.alt)")
    assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    tab.locator("details.code > summary").first.click()
    assert tab.locator("details.code[open]").count() >= 1
    tab.close()


def test_a_page_that_asks_for_something_is_noticed(browser, tmp_path):
    file = tmp_path / "bad.html"
    file.write_text("<img src='https://example.org/a.png'>", encoding="utf-8")
    tab, asked, said = opened(browser, file)
    assert asked == ["https://example.org/a.png"]
    assert said
    tab.close()


@pytest.mark.parametrize("width", [360, 820, 1440])
@pytest.mark.parametrize("path", BUILT[:1], ids=lambda path: path.stem)
def test_a_page_fits_phones_and_wide_screens(browser, tmp_path, path, width):
    file = tmp_path / "page.html"
    file.write_text(page(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    tab, _, _ = opened(browser, file)
    tab.set_viewport_size({"width": width, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


def finished(lang: str) -> list[Outcome]:
    """A demo of the built notebooks in one language."""
    found = []
    for lesson in lessons():
        record = {"verdicts": [verdict.record() for verdict in found_in(lesson, lang)]}
        page_there = Path("demo", f"{lesson.number}-{lang}", f"{lesson.name}.html")
        found.append(Outcome(lesson, lang, page_there.parent, lesson.notebook(lang), page_there, record=record))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_of_the_course_cuts_no_truth_off_and_fits_a_phone(browser, tmp_path, lang):
    file = tmp_path / "index.html"
    file.write_text(index_page(Path("demo"), finished(lang), lang), encoding="utf-8")
    tab, asked, said = opened(browser, file)
    assert (asked, said) == ([], [])
    for width in (360, 900, 1100):
        tab.set_viewport_size({"width": width, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        table = tab.evaluate("[...document.querySelectorAll('.table')].map(one => one.scrollWidth - one.clientWidth)")
        assert width < 900 or max(table) <= 0
    tab.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_words_of_the_canvas_run_into_the_row_below(browser, tmp_path, lang):
    file = tmp_path / "canvas.html"
    file.write_text(canvas_a1(lang), encoding="utf-8")
    tab, _, _ = opened(browser, file)
    assert tab.evaluate("[...document.querySelectorAll('.name')].every(name => name.scrollHeight <= name.clientHeight)")
    tab.close()


def test_a_title_of_two_lines_stands_beside_the_sign_that_opens_its_part(browser, tmp_path):
    file = tmp_path / "class.html"
    title = "<summary><h2>04 Who got there, what it is worth, what the first event tells</h2></summary>"
    body = f'<details class="part">{title}</details>'
    file.write_text(filled(lang="en", title="", banner="", head="", contents="", body=body), encoding="utf-8")
    tab, _, _ = opened(browser, file)
    tab.set_viewport_size({"width": 500, "height": 900})
    left = "document.querySelector('{}').getBoundingClientRect().left".format
    assert tab.evaluate(left("h2")) > tab.evaluate(left("summary"))
    tab.close()
