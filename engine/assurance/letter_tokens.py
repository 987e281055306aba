"""What in a text must not be wrong: its numbers, dates and parties, in order, however written.

>>> tokens("应缴纳 210,000.00 元（第四十一条，2014年7月20日）", frozenset())
[Fraction(210000, 1), Fraction(41, 1), '2014-07-20']
>>> tokens("father pays three times 9800 on 20 July 2014, not in May 1979", frozenset({"father"}))
['father', 'three', Fraction(9800, 1), '2014-07-20', '1979-05']
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, TypeAlias

Token: TypeAlias = Fraction | str
"""A number by its value; a day or month as ISO 8601 writes it; a party, a hash, a word for a
number."""

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_UNITS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_FIGURES: Final = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
WORDS: Final = frozenset({
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    "hundred", "thousand", "million", "half", "third", "quarter", "first", "second", "twice",
    "thrice", "once", "double", "triple",
})  # fmt: skip
"""English words that say a number."""
_NAMES: Final = "|".join(_MONTHS)
_PATTERN: Final = re.compile(
    r"(?P<hash>sha256:[0-9a-f]+)"
    r"|(?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))"
    r"|(?P<isomonth>(?<![\d-])\d{4}-\d{2}(?![\d-]))"
    r"|(?P<zh>\d{4}年\d{1,2}月\d{1,2}日)"
    r"|(?P<zhmonth>\d{4}年\d{1,2}月)"
    rf"|(?P<en>\d{{1,2}} (?:{_NAMES}) \d{{4}})"
    rf"|(?P<enmonth>(?:{_NAMES}) \d{{4}})"
    r"|(?P<word>[a-z_][a-z0-9_]*(?:-[a-z0-9_]+)*)"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"|(?P<figures>[零〇一二三四五六七八九两十百千万]+)",
    re.IGNORECASE,
)


def tokens(text: str, parties: frozenset[str]) -> list[Token]:
    """The numbers, dates and parties of a text in order. A word with a digit in it is the name of
    something in a case."""
    found: list[Token] = []
    for match in _PATTERN.finditer(text):
        piece = match[0]
        match match.lastgroup:
            case "zh" | "zhmonth":
                year, *rest = (int(number) for number in re.findall(r"\d+", piece))
                found.append("-".join([f"{year:04}", *(f"{one:02}" for one in rest)]))
            case "en":
                number, name, year_text = piece.split()
                found.append(f"{year_text}-{_month(name):02}-{int(number):02}")
            case "enmonth":
                name, year_text = piece.split()
                found.append(f"{year_text}-{_month(name):02}")
            case "number":
                found.append(Fraction(piece.replace(",", "")))
            case "figures":
                found.append(_value(piece))
            case "word":
                lower = piece.lower()
                if piece in parties or re.search(r"\d", piece) or lower in WORDS:
                    found.append(piece if piece in parties else lower)
                else:
                    found += [one for one in re.split("[-_]", lower) if one in WORDS]
            case _:
                found.append(piece)
    return found


def tokens_of_article(article: str) -> list[Token]:
    """The numbers of an article: `9.1` is item 1 of article 9, `95-96` two articles; what begins
    with a word is a name, or an article of another text (`rules-9`)."""
    if article[:1].isalpha():
        other = re.fullmatch(r"[a-z]+-(\d[\d.]*)", article)
        article = other[1] if other is not None else ""
    return [Fraction(number) for number in re.findall(r"\d+", article)]


def tokens_of_period(period: str) -> list[Token]:
    """The numbers of a period as ISO 8601 writes it: `P1M15D`."""
    return [Fraction(number) for number in re.findall(r"\d+", period)]


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1


def _value(figures: str) -> Token:
    """The value of Chinese figures; those that are no number, as they stand."""
    if not set(figures) & set(_UNITS):
        return Fraction(_FIGURES[figures]) if len(figures) == 1 else figures
    total, section, digit = 0, 0, 0
    for figure in figures:
        if figure in _FIGURES:
            if digit:
                return figures  # one hundred one five is no number
            digit = _FIGURES[figure]
            continue
        unit = _UNITS[figure]
        if unit == 10_000:
            total, section, digit = total + (section + digit) * unit, 0, 0
        else:
            section, digit = section + (digit or 1) * unit, 0
    return Fraction(total + section + digit)
