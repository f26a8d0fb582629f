"""The kinds of answer: a number, a set, a class for each thing, a ranking, a table, texts, a decision."""

from cslab.course.questions.kinds.choice import Set
from cslab.course.questions.kinds.classes import Classes
from cslab.course.questions.kinds.kind import Kind, Remark, Slip
from cslab.course.questions.kinds.linted import Linted
from cslab.course.questions.kinds.number import Num
from cslab.course.questions.kinds.policy import Policy
from cslab.course.questions.kinds.rank import Rank
from cslab.course.questions.kinds.table import Table
from cslab.course.questions.kinds.text import Part, Text

__all__ = ["Classes", "Kind", "Linted", "Num", "Part", "Policy", "Rank", "Remark", "Set", "Slip", "Table", "Text"]
