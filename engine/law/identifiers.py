"""Personal identifiers, which no input may hold: identity numbers and mobile numbers.

>>> find_identifier("联系电话：１３８００１３８０００。")
'mobile-number'
>>> find_identifier("决定书第 420281 号，应缴 210000.00 元") is None
True

A number counts only as a whole run of digits, alone or beside letters (`p13800138000`), also where
it is written in groups; the digits of a hash are left alone. What is found is named by kind; the
value is never returned, raised or logged.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Literal, TypeAlias

Identifier: TypeAlias = Literal["identity-number", "mobile-number"]

# Place, day of birth, number within the day: in one, or in groups.
_IDENTITY = re.compile(
    r"(?<![0-9])[0-9]{6}(?P<gap>[ ./-]?)"
    r"(?:[0-9]{8}(?P=gap)[0-9]{3}[0-9Xx]|[0-9]{6}(?P=gap)[0-9]{3})(?![0-9])"
)
# With or without the country's dialling code. One to four decimals make it an amount.
_MOBILE = re.compile(
    r"(?<![0-9])(?:(?<=\+)86)?1[3-9][0-9](?P<gap>[ ./-]?)[0-9]{4}(?P=gap)[0-9]{4}"
    r"(?![0-9]|\.[0-9]{1,4}(?![0-9]))"
)
_HASH = re.compile(r"[0-9A-Fa-f]{32,}")
# Last two digits of the codes of the 1980s for all urban districts of a city, which old numbers
# carry though no list of codes does.
_OLD_DISTRICTS = ("01", "02", "11", "20")


def find_identifier(text: str) -> Identifier | None:
    """The kind of personal identifier that a text holds, identity numbers first; None if none.

    Full-width digits count as digits and invisible characters are passed over. Give it free text
    and names, not fields that are known to hold a hash, a code or an amount.
    """
    plain = _HASH.sub("", text if text.isascii() else _plain(text))
    found = (re.sub("[ ./-]", "", match.group()) for match in _IDENTITY.finditer(plain))
    if any(_is_identity_number(token) for token in found):
        return "identity-number"
    return "mobile-number" if _MOBILE.search(plain) else None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    kinds = ((char, unicodedata.category(char)) for char in folded)
    # Every dash is a hyphen.
    return "".join("-" if kind == "Pd" else char for char, kind in kinds if kind != "Cf")


def _is_identity_number(token: str) -> bool:
    """Whether 15 or 18 characters are a citizen identity number (GB 11643).

    With 18 the check character decides (ISO 7064, MOD 11-2). The old numbers of 15 have none, so
    their first six digits must be the code that some place once had.
    """
    if len(token) == 15:
        return _is_date("19" + token[6:12]) and _is_region(token[:6])
    return (
        token[0] != "0"
        and token[6:8] in ("18", "19", "20")
        and _is_date(token[6:14])
        and token[17].upper() == _check_character(token[:17])
    )


def _is_date(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def _check_character(body: str) -> str:
    # Not the package's `is_valid`: it reads the clock, and what is refused must not depend on it.
    from id_validator.helper import generator_check_bit

    character: str = generator_check_bit(body)
    return character


def _is_region(code: str) -> bool:
    known = _regions()
    return code in known or (code[:2] + "0000" in known and code[4:] in _OLD_DISTRICTS)


@cache
def _regions() -> frozenset[str]:
    from id_validator import data

    return frozenset(data.get_address_code_timeline()).union(
        data.get_additional_address_code_timeline()
    )
