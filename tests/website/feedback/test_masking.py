import pytest

from website.feedback.masking import masked


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("打 13800138000 找我", "打 138****00 找我"),
        ("+86 138 0013 8000", "861****00"),
        ("１３８００１３８０００", "138****00"),
        ("138-0013-8000", "138****00"),
        ("138 - 0013 - 8000", "138****00"),
        ("138  0013　8000", "138****00"),
        ("138/0013_8000", "138****00"),
        ("身份证11010519491231002X。", "身份证110****2X。"),
        ("老证 110105491231002", "老证 110****02"),
        ("卡号 6222 0210 0112 3456 789", "卡号 622****89"),
        ("0571-88001234", "057****34"),
        ("电话88001234", "电话880****34"),
        ("写信到 zhang.san@example.com", "写信到 z***@example.com"),
    ],
)
def test_what_points_to_a_person_is_hidden(said: str, kept: str) -> None:
    assert masked(said) == kept


@pytest.mark.parametrize(
    "said", ["2026-11-23 去的", "54.4万名，2024 年", "编号 A-12345", "等了 100 分钟", "544000000 元"]
)
def test_other_numbers_stay(said: str) -> None:
    assert masked(said) == said
