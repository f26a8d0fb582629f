"""Written homework: a Markdown file whose numbers stand on the cells of an executed notebook.

A homework is a small declaration (``declared``): its sections, what each of them must hold, how many links to evidence
it needs. Everything else is the same for all: reading the file (``document``), finding the cells (``evidence``) and
telling everything that is missing at once, with lines (``check``). What can be counted is checked here; whether it is
wise, a person reads.
"""

from __future__ import annotations

from cslab.course.homework.check import Checked, check_homework
from cslab.course.homework.declared import HOMEWORK, Homework, Section, find
from cslab.course.homework.template import new_homework, template

__all__ = ["HOMEWORK", "Checked", "Homework", "Section", "check_homework", "find", "new_homework", "template"]
