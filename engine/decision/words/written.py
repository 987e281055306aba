"""How a letter writes what a decision holds: dates, amounts, periods, articles.

>>> in_letter("2014-07-20", "zh"), in_letter("2014-07-20", "en"), in_letter("1979-05", "zh")
('2014年7月20日', '20 July 2014', '1979年5月')
>>> in_letter("210000.00", "zh"), in_letter("P1M15D", "en")
('210,000.00', '1 month 15 days')
>>> in_letter("2010-07-30 的一次修改；末日为节假日 不顺延", "zh")
'2010年7月30日的一次修改；末日为节假日 不顺延'
>>> in_letter("✓ 船数不少于1（1 >= 1）", "zh")
'成立：船数不少于1（1 ≥ 1）'
>>> article_in("41", "zh"), article_in("9.1", "zh"), article_in("9.1", "en")
('第四十一条', '第九条第1项（款）', 'Art. 9(1)')
"""

from __future__ import annotations

import re
from typing import Final

from engine.language.diagnostics import Bilingual, Language
from engine.values.money import thousands

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH: Final = 31
"""So many days are a month or more: they stand beside months as a length of their own."""
_DIGITS: Final = "零一二三四五六七八九"
_DATE: Final = re.compile(r"(?<![\w/-])(\d{4})-(\d{2})-(\d{2})(?![\d/-])")
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})")
_AMOUNT: Final = re.compile(r"-?\d+\.\d{2}")
_INSIDE: Final = re.compile(r"(?<![\w.,/-])\d{4,}\.\d{2}(?![\w/-]|[.,]\d)")
_PERIOD: Final = re.compile(r"P(?:(\d+)M)?(?:(\d+)D)?")
_OTHER_TEXT: Final = re.compile(r"[a-z]+-(\d[\d.]*)")
_MARKS: Final = {
    "✓": {"zh": "成立：", "en": "holds: "},
    "✗": {"zh": "不成立：", "en": "does not hold: "},
    "?": {"zh": "未定：", "en": "open: "},
}
_SIGNS: Final = {" >= ": " ≥ ", " <= ": " ≤ ", " == ": " = ", " != ": " ≠ "}
_APART: Final = re.compile(r"(?:(?<=\d日)|(?<=）)) (?=[\u4e00-\u9fff])")
"""A space that no Chinese sentence has, behind a day or a bracket."""
_BEHIND: Final = {"zh": "。证据 ", "en": "; papers "}


def both(text: Bilingual) -> dict[str, str]:
    """A text in both languages, as a document holds it."""
    return {"zh": text.zh, "en": text.en}


def in_letter(value: str, lang: Language) -> str:
    """A value of a decision: a day, an amount or a period in words; of other text the days in it,
    the mark before it, the signs of comparisons and the arrow before the papers, written out. Names
    of rules (`…/2009-03-01/41`) stay as they are."""
    if _AMOUNT.fullmatch(value):
        return grouped(value)
    if (said := length_said(value, lang)) != value:
        return said
    month = _MONTH.fullmatch(value)
    if month and 1 <= int(month[2]) <= 12:
        return _month(int(month[1]), int(month[2]), lang)
    mark, space, rest = value.partition(" ")
    if space and mark in _MARKS:
        value = f"{_MARKS[mark][lang]}{rest}"
    for plain, printed in _SIGNS.items():
        value = value.replace(plain, printed)
    value = value.replace(" ← ", _BEHIND[lang])
    value = _INSIDE.sub(lambda found: grouped(found[0]), value)
    value = _DATE.sub(lambda found: _day(found, lang), value)
    return _APART.sub("", value) if lang == "zh" else value


def length_said(value: str, lang: Language) -> str:
    """A length of time in words; anything else as it is.

    >>> length_said("P158D", "zh"), length_said("60000.00", "zh"), length_said("P3M98D", "zh")
    ('158日', '60000.00', '3个月加98日')
    """
    period = _PERIOD.fullmatch(value) if value[:1] == "P" else None
    return _period(period, lang) if period and value != "P" else value


def grouped(value: str) -> str:
    """An amount in yuan with separators; anything else as it is.

    >>> grouped("-1234567.00"), grouped("P3M"), grouped("2014-07-20")
    ('-1,234,567.00', 'P3M', '2014-07-20')
    """
    if not _AMOUNT.fullmatch(value):
        return value
    whole, _, rest = value.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{thousands(digits)}.{rest}"


def article_in(article: str, lang: Language) -> str:
    """An article as letters cite it. Numbers after the first are items or paragraphs: a ruleset
    numbers both alike. What has no number has a name for machines only.

    >>> article_in("95-96", "zh"), article_in("unnumbered-fee", "en"), article_in("rules-9", "en")
    ('第九十五条至第九十六条', '(unnumbered provision)', 'Art. 9 of another text')
    """
    first, dash, last = article.partition("-")
    if dash and first.isdigit() and last.isdigit():
        if lang == "en":
            return f"Arts. {first} to {last}"
        return f"{article_in(first, lang)}至{article_in(last, lang)}"
    other = _OTHER_TEXT.fullmatch(article)
    if other is not None:
        cited = article_in(other[1], lang)
        return f"另文{cited}" if lang == "zh" else f"{cited} of another text"
    if not has_number(article):
        return "（未编号条款）" if lang == "zh" else "(unnumbered provision)"
    first, *rest = article.split(".")
    if lang == "en":
        return f"Art. {first}" + "".join(f"({piece})" for piece in rest)
    return f"第{in_chinese(int(first))}条" + "".join(f"第{piece}项（款）" for piece in rest)


def has_number(article: str) -> bool:
    """Whether an article has a number to cite it by.

    >>> [has_number(one) for one in ("41", "9.1", "95-96", "rules-9", "unnumbered-fee")]
    [True, True, True, True, False]
    """
    number = other[1] if (other := _OTHER_TEXT.fullmatch(article)) else article
    return all(piece.isdigit() for piece in re.split("[.-]", number))


def in_chinese(number: int) -> str:
    """A whole number from 0 to 9,999 in Chinese figures; beyond that in Arabic ones.

    >>> [in_chinese(n) for n in (0, 7, 10, 19, 20, 41, 105, 110, 2026)]
    ['零', '七', '十', '十九', '二十', '四十一', '一百零五', '一百一十', '二千零二十六']
    """
    if not 0 <= number < 10_000:
        return str(number)
    if number < 10:
        return _DIGITS[number]
    written, waiting = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if waiting else "") + _DIGITS[digit] + name
            waiting = False
        elif written:
            waiting = True
    return written.removeprefix("一") if number < 20 else written


def _day(found: re.Match[str], lang: Language) -> str:
    year, month, day = found[1], int(found[2]), int(found[3])
    if not 1 <= month <= 12:
        return found[0]
    return f"{year}年{month}月{day}日" if lang == "zh" else f"{day} {MONTHS[month - 1]} {year}"


def _month(year: int, month: int, lang: Language) -> str:
    return f"{year}年{month}月" if lang == "zh" else f"{MONTHS[month - 1]} {year}"


def _period(found: re.Match[str], lang: Language) -> str:
    pairs = ((found[1], "个月", "month"), (found[2], "日", "day"))
    told = [
        (number, zh, en if number == "1" else f"{en}s")
        for number, zh, en in pairs
        if number is not None
    ]
    plus = {"zh": "加", "en": " plus "} if int(found[2] or 0) >= MONTH else {"zh": "", "en": " "}
    if lang == "zh":
        return plus["zh"].join(f"{number}{zh}" for number, zh, _ in told)
    return plus["en"].join(f"{number} {en}" for number, _, en in told)
