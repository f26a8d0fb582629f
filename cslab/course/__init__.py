"""Lessons and exercises as things: how they are written, built, run, shown as a page and copied for a trainee.

How a lesson is written (``notebooks/source/NN_name.py``, Jupytext's py:percent)
--------------------------------------------------------------------------------
::

    # %% [raw]
    # number: "05"
    # title_en: When do customers leave?
    # title_ja: いつ解約するか
    # question_en: ...
    # question_ja: ...
    # minutes_core: 40
    # minutes_further: 35
    # needs: [contracts]
    # misconceptions: [M13, M14]
    # %% [markdown] lang="en" tags=["core"]
    # ## How long do customers stay, on average?
    # %% [markdown] lang="ja" tags=["core"]
    # ## お客様は平均で何か月続いていますか
    # %% tags=["parameters"]
    source: str = "synthetic:default_jp?seed=7&accounts=2000"  # where the company's tables come from
    as_of: str = ""  # last day that is known; empty for the last day of the data
    lang: str = "en"  # language of texts and figures, en or ja
    reveal_truth: bool = True  # whether the truth behind synthetic customers is shown
    # ja: 真の値を見せるか
    # %%
    from cslab.course.lesson import begin, say, verdict
    book = begin("05", source, as_of, lang, reveal_truth)
    # %%
    # %%needs contracts.end calendar
    figures.survival.renewal_map(renewals.renewal_map(book), lang=lang)

Text cells stand in pairs, one ``lang="en"`` and one ``lang="ja"``, in either order, next to each other. The tags
``core`` and ``further`` on a text cell begin a track, which lasts until the next such tag and gives the headings their
badge.
Below each parameter stands ``# ja:`` with its note in Japanese; each notebook shows that of its own language.
A text cell tagged ``speaker`` is for whoever teaches; it stands in no built notebook (see ``cslab.course.speaker``).
A cell tagged ``box`` is the one that opens the box: plain pandas, where ``def``, ``for`` and the like are allowed.
A cell whose first line is ``# %%needs …`` runs only on a source that holds those needs. What it assigns may be used
only in cells with the same needs.

How an exercise is written (``exercises/source/NN_name.py``, named like its lesson)
-----------------------------------------------------------------------------------
::

    # %% [raw]
    # number: "05"
    # title_en: When do customers leave?
    # title_ja: いつ解約するか
    # minutes: 20
    # needs: [contracts]
    # %% tags=["parameters"]
    source: str = "synthetic:default_jp?seed=11&accounts=2000"  # where the company's tables come from
    as_of: str = ""  # last day that is known, empty for the last day of the data
    lang: str = "en"  # language of texts and figures, en or ja
    trainee: str = ""  # your name or number, which gives you a company of your own
    variant: int = 0  # which version of the fixed data
    # %%
    from cslab.course.exercise import begin, check, hint
    book = begin("05", source, as_of, lang, trainee, variant)
    # %% [markdown] lang="en"
    # ## How many customers stay for three years?
    # %% [markdown] lang="ja"
    # ## 3年続くお客様の割合
    # %%
    km_36 = ...
    ### BEGIN SOLUTION
    km_36 = survival.kaplan_meier(book).at(36)
    ### END SOLUTION
    check("km_36", km_36)
    # %%
    # hint("km_36", 1)

What stands between the marks is handed out to nobody. The question itself, with its right answer and the usual wrong
ones, stands in ``cslab/course/questions/bank``; ``cslab.course.sheets.guards`` lists what a source must keep to.
"""
