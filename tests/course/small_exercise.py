"""An exercise small enough to be read at a glance, with the two questions that its bank holds."""

from __future__ import annotations

from cslab.course.questions.kinds import Num
from cslab.course.questions.question import Mistake, Question

TEXT = """\
# %% [raw]
# number: "99"
# title_en: A small exercise
# title_ja: 小さな演習
# minutes: 5
# needs: [contracts]
# %% [markdown] lang="en"
# # A small exercise
# %% [markdown] lang="ja"
# # 小さな演習
# %% tags=["parameters"]
source: str = "synthetic:tiny"  # where the tables come from
as_of: str = ""  # last day that is known
lang: str = "en"  # language
trainee: str = ""  # your name
variant: int = 0  # which version of the fixed data
# %%
from cslab.course.exercise import begin, check, hint
book = begin("99", source, as_of, lang, trainee, variant)
# %% [markdown] lang="en"
# ## How many customers are there?
# Your result is a whole number.
# %% [markdown] lang="ja"
# ## お客様は何社ですか
# 結果は整数です。
# %%
heads = ...
### BEGIN SOLUTION
heads = len(book.accounts)
### END SOLUTION
check("heads", heads)
# %%
# hint("heads", 1)
# %% [markdown] lang="en" tags=["speaker"]
# Wait until everybody has a number.
# %% [markdown] lang="ja" tags=["speaker"]
# 全員が数字を出すまで待ちます。
# %% [markdown] lang="en"
# ## How much more than ten is the version?
# %% [markdown] lang="ja"
# ## 版の番号に10を足すと
# %%
more = ...
### BEGIN SOLUTION
ten = 10
more = ten + variant
### END SOLUTION
# %%
check("more", more)
# %%
# hint("more", 1)
"""
QUESTIONS = (
    Question(
        "heads",
        "E98",
        "99",
        Num(0.5, "number"),
        lambda material: len(material.book.accounts),
        (Mistake("contracts", lambda material: len(material.book.contracts)),),
    ),
    Question(
        "more",
        "E99",
        "99",
        Num(0.5, "number"),
        lambda material: 10 + material.variant,
        (Mistake("less", lambda material: 10 - material.variant),),
        fixed=True,
    ),
)
WORDS = {
    f"question.{key}": {"key": f"question.{key}", "en": english, "ja": japanese}
    for key, english, japanese in (
        ("heads.title", "Number of customers", "顧客数"),
        ("heads.correct", "An account is one paying company.", "1行が1社です。"),
        ("heads.hint.1", "What is one row?", "1行は何でしょうか。"),
        ("heads.hint.2", "Look at the accounts.", "accounts を見てください。"),
        ("heads.hint.3", "Count the rows.", "行を数えます。"),
        ("heads.mistake.contracts", "{answer} is the number of contracts.", "{answer} は契約の数です。"),
        ("more.title", "Ten and more", "10と版"),
        ("more.correct", "So it is.", "そのとおりです。"),
        ("more.hint.1", "Which version is it?", "版の番号は何ですか。"),
        ("more.hint.2", "Add it.", "足してください。"),
        ("more.hint.3", "Ten and the version.", "10と版の番号です。"),
        ("more.mistake.less", "{answer}: the version was taken away.", "{answer}:版の番号を引いています。"),
    )
}
