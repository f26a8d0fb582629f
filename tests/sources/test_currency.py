"""One book, one currency: several are refused by name, one that the file says is taken and said."""

import pytest

CONTRACTS = (
    "account_id,start,end,{amount},{said}\nA1,2023-04-01,2024-04-01,100,{one}\nA2,2023-05-01,2024-05-01,9,{two}\n"
)


def contracts(one: str, two: str, said: str = "通貨", amount: str = "mrr_amount") -> str:
    return CONTRACTS.format(one=one, two=two, said=said, amount=amount)


def test_several_currencies_are_refused_with_their_counts(export, complaint):
    text = complaint(export(contracts=contracts("JPY", "USD")))
    assert "column 通貨: several currencies (JPY 1×, USD 1×)" in text


@pytest.mark.parametrize(
    "said", ["通貨", "currency", "Currency ISO Code", "CurrencyIsoCode", "商談 通貨", "Amount Currency"]
)
def test_the_one_currency_of_a_file_is_that_of_the_book(opened, said):
    assert opened(contracts=contracts("USD", "USD - U.S. Dollar", said)).currency == "USD"


def test_a_currency_that_the_mapping_does_not_state_is_told(export, complaint):
    text = complaint(export(contracts=contracts("USD", "USD"), mapping='currency = "JPY"'))
    assert "says USD, but JPY holds elsewhere" in text


def test_a_currency_in_the_header_is_taken(opened):
    book = opened(contracts=contracts("x", "y", "memo", "fee ($)"), mapping='[contracts]\nmrr_amount = "fee ($)"\n')
    assert book.currency == "USD"


def test_a_column_of_currencies_without_amounts_of_ours_does_not_matter(opened):
    accounts = "account_id,取引通貨\nA1,USD\nA2,EUR\n"
    assert opened(accounts=accounts).currency == "JPY"


def test_of_several_columns_of_currencies_the_one_beside_the_amount_counts(opened):
    rows = "account_id,start,end,Amount Currency,Amount,Other Currency,mrr_amount\n"
    rows += "A1,2023-04-01,2024-04-01,USD,1,EUR,2\nA2,2023-04-01,2024-04-01,JPY,1,EUR,2\n"
    assert opened(contracts=rows).currency == "EUR"


def test_amounts_with_another_sign_are_told_with_the_line_to_write(export, complaint):
    text = complaint(export(contracts="account_id,start,end,mrr_amount\nA1,2023-04-01,2024-04-01,$5\n"))
    assert "amounts in USD in a book in JPY" in text and 'currency = "USD"' in text
