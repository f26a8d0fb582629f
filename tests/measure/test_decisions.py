"""How long before its end a renewal is decided."""

from cslab.measure.decisions import Lead, decision_lead

CONTRACTS = """
account_id  start       end         decided_on  outcome
A           2023-04-01  2024-04-01  2024-03-02  renewed
B           2023-04-01  2024-04-01  2024-03-12  renewed
C           2023-04-01  2024-04-01  2024-03-22  churned
"""


def test_the_lead_is_counted_in_days_from_the_decision_to_the_end(tiny):
    lead = decision_lead(tiny("2024-04-30", contracts=CONTRACTS))
    assert (lead.half, lead.early, lead.n) == (20, 28, 3)


def test_without_a_decision_the_lead_is_said_to_be_unknown(tiny):
    undecided = CONTRACTS.splitlines()[1] + "\nA 2024-01-01 2025-01-01 NaT open\nB 2024-01-01 2025-01-01 NaT open\n"
    lead = decision_lead(tiny("2024-04-30", contracts=undecided))
    assert lead == Lead(0.0, 0.0, 0) and lead.method == "decision_lead_unknown"
