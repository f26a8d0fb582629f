"""What headers say."""

import pytest

from cslab.sources.privacy.headers import said


@pytest.mark.parametrize(
    ("header", "meant"),
    [
        *(
            (header, "name")
            for header in ("氏名", "担当者", "営業担当", "会社名", "取引先", "お客様名", "代表者名", "作成者")
        ),
        *(
            (header, "name")
            for header in ("Name", "Account Name", "FirstName", "Owner", "Opportunity Owner", "contact", "Assignee")
        ),
        *((header, "phone") for header in ("電話番号", "携帯電話", "TEL", "Mobile Phone", "Fax")),
        *(
            (header, "text")
            for header in ("備考", "メモ", "件名", "要望", "Description", "Comments", "Next Steps Notes", "Subject")
        ),
        *((header, "place") for header in ("住所", "郵便番号", "Billing Street", "生年月日", "Birthdate")),
        *(
            (header, "")
            for header in (
                "担当者数",
                "顧客番号",
                "取引先コード",
                "業種",
                "製品名",
                "Product Name",
                "Owner ID",
                "Stage",
            )
        ),
        *(
            (header, "")
            for header in ("Campaign Name", "Contract", "ContactCount", "region", "作成日", "担当部署", "emails opened")
        ),
    ],
)
def test_headers_in_both_languages(header, meant):
    assert said(header) == meant
