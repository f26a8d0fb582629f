"""Grading: what a class handed in is collected, run again on data it has not seen, judged, and told.

A learner's notebook is a stranger's program. It runs in a process of its own that sees as little as this machine can
arrange (``sandbox``: levels 3, 2 and 1), under limits (``limits``) that a warden watches over (``warden``), and nothing
that comes back from it is believed before it has been read as plain data (``records``).

``grade.begin`` sees what there is (``submissions``) and how safely it can be run; ``grade.finish`` makes data that
nobody has seen (``unseen``), runs everything (``rerun``) and judges each answer out here (``rows``). ``results`` writes
three sheets (``sheet``), a page for each trainee (``feedback_page``) and one to project (``class_page``, ``strip``).
"""
