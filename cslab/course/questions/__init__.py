"""Questions of the exercises: what is asked, which wrong ways are known, how an answer is read, judged and told.

A question's right answer and its usual wrong ones are functions of the data at hand, so they hold for every company and
every seed. The bank holds the questions of each lesson; nothing else here knows any of them.
"""
