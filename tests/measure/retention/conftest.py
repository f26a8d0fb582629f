"""The book of eight customers whose every number is worked out by hand."""

import pytest

from cslab.book import Book

TOY = """
account_id  month       type          amount
A           2023-01-01  new           100000
B           2023-01-01  opening       100000
B           2023-09-01  expansion      30000
C           2023-02-01  new           100000
C           2023-10-01  contraction   -30000
D           2023-03-01  new           100000
D           2024-03-01  churn        -100000
F           2023-03-01  new            50000
F           2023-07-01  churn         -50000
F           2023-12-01  reactivation   50000
G           2023-01-01  opening       200000
G           2023-08-01  expansion      50000
G           2024-01-01  contraction   -40000
E           2023-06-01  new            80000
H           2022-05-01  new            70000
H           2022-11-01  churn         -70000
H           2023-09-01  reactivation   60000
"""

DUE = """
account_id  contract_id  start       end         outcome
A           A1           2022-10-01  2023-10-01  renewed
B           B1           2022-04-01  2025-04-01  open
C           C1           2022-10-01  2023-10-01  contracted
D           D1           2023-03-01  2024-03-01  churned
G           G1           2022-04-01  2025-04-01  open
"""


@pytest.fixture
def toy(tiny) -> Book:
    """The book of the domain specification: MRR in thousands of yen at the start and twelve months later.

    A 100→100, B 100→130, C 100→70, D 100→0, F 50→0→50, G 200→250→210, E new 0→80, H gone before, back with 60. Only
    the contracts of A, C and D run out within the year.
    """
    return tiny("2024-03-31", mrr_movements=TOY, contracts=DUE)
