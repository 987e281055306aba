"""Personal identifiers are found wherever they stand, and nothing else is taken for one.

The numbers are made up: sequence numbers and dates that no register issued.
"""

import pytest

from engine.law.identifiers import find_identifier

BODY = "42028118870512123"
FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def _with_check(body: str) -> str:
    # ISO 7064, MOD 11-2: the check character makes the weighted sum 1 modulo 11.
    for character in "0123456789X":
        digits = [10 if digit == "X" else int(digit) for digit in body + character]
        if sum(digit * pow(2, 17 - i, 11) for i, digit in enumerate(digits)) % 11 == 1:
            return body + character
    raise AssertionError(body)


VALID = _with_check(BODY)
VALID_X = next(
    number for n in range(100, 200) if (number := _with_check(f"42028118870512{n}"))[-1] == "X"
)


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        VALID_X,
        VALID_X.lower(),
        VALID.translate(FULL_WIDTH),
        VALID_X.translate(FULL_WIDTH),
        f"身份证号{VALID}的当事人",
        f"（{VALID_X.lower()}）",
        f"father: {VALID}, mother",
        f"id_{VALID}",
        f"ref-{VALID}",
        f"{VALID[:6]}\u200b{VALID[6:]}",
        f"电话13800138000，身份证{VALID}",
        f"a{VALID}",
        f"{VALID}f",
        f"{VALID[:6]} {VALID[6:14]} {VALID[14:]}",
        f"{VALID[:6]}-{VALID[6:14]}-{VALID[14:]}",
        f"{VALID[:6]}.{VALID[6:14]}.{VALID[14:]}",
        f"{VALID[:6]}\u2013{VALID[6:14]}\uff0d{VALID[14:]}",
        _with_check("33011319040229123"),
    ],
)
def test_an_identity_number_is_found(text: str) -> None:
    assert find_identifier(text) == "identity-number"


@pytest.mark.parametrize(
    "text", ["420281870512123", "号码420281870512123。", "440401870512123", "420281 870512 123"]
)
def test_an_old_identity_number_of_15_digits_is_found(text: str) -> None:
    assert find_identifier(text) == "identity-number"


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "１３８００１３８０００",
        "手机13800138000。",
        "手机：13800138000、13900139000",
        "+8613800138000",
        "+86 13800138000",
        "tel.19912345678",
        "call 16612345678.",
        "p-13800138000",
        "p13800138000",
        "138-0013-8000",
        "138 0013 8000",
        "86-138-0013-8000",
        "+86 138\u00a00013\u00a08000",
        "138.0013.8000",
        "138/0013/8000",
        "138\u20130013\u20138000",
        "138\uff0d0013\uff0d8000",
    ],
)
def test_a_mobile_number_is_found(text: str) -> None:
    assert find_identifier(text) == "mobile-number"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "大冶市某镇",
        "210000.00",
        "13800138000.00",  # an amount
        "-13800138000.5",
        "420281",
        "420281100",
        "420281100001",  # a village
        "2014-06-11",
        "鄂计生征〔2014〕第0012号",
        "10012345678",  # no mobile prefix
        "138001380001",  # 12 digits
        "8613800138000",  # no plus sign: a code
        "999999870512123",  # 15 digits, no such place
        "420281871332123",  # 15 digits, no such day
        f"{VALID[:6]} {VALID[6:14]}-{VALID[14:]}",
        "13 800138000",
        "138 0013-8000",
        "138.001.38000",
        f"sha256:9f{VALID}b13800138000aa",
        f"9f{VALID}b13800138000aa".ljust(64, "0"),
        f"{VALID}{VALID}",
        f"0{VALID}",
    ],
)
def test_hashes_codes_amounts_and_dates_are_left_alone(text: str) -> None:
    assert find_identifier(text) is None


def test_a_wrong_check_character_is_no_identity_number() -> None:
    right = VALID[-1]
    for character in set("0123456789X") - {right}:
        assert find_identifier(BODY + character) is None


@pytest.mark.parametrize("born", ["20140230", "19001301", "17991231", "21000101", "00000000"])
def test_an_impossible_day_of_birth_is_no_identity_number(born: str) -> None:
    assert find_identifier(_with_check(f"420281{born}123")) is None


def test_the_answer_holds_nothing_of_the_text() -> None:
    assert find_identifier(f"甲{VALID}乙") in ("identity-number", "mobile-number")
