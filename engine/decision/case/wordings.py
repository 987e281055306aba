"""The words for what can be wrong with a case: for each code what is wrong, and what is expected.

The templates are filled in by `engine.decision.case.problems`, never with content of the case.

>>> message, expected = WORDINGS["too-deep"]
>>> expected.en
'at most {limit} levels'
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from engine.language.diagnostics import Bilingual


def _wording(zh: str, en: str, expected_zh: str, expected_en: str) -> tuple[Bilingual, Bilingual]:
    return Bilingual(zh, en), Bilingual(expected_zh, expected_en)


_DATE = (
    "日期，如 2014-07-20；只知年月写 2014-07，只知年份写 2014",
    "a date such as 2014-07-20, or 2014-07 or 2014 where no more is known",
)
_AMOUNT = (
    '以元为单位的金额，写成文字，最多两位小数，如 "9800.00"',
    'an amount in yuan as text, at most two decimals, such as "9800.00"',
)
_PLACE = (
    "当年有效的行政区划代码：县级以上 6 位，乡级 9 位，村级 12 位",
    "a code of a place valid in its year: 6 digits, 9 for a township, 12 for a village",
)
_NO_PERSON = (
    "角色名或代号，不写姓名、身份证号、手机号",
    "a role or an opaque reference, no name and no number of a person",
)

WORDINGS: Final[Mapping[str, tuple[Bilingual, Bilingual]]] = MappingProxyType({
    # The message, then what is expected.
    "wrong-type": _wording(
        "值的类型不对。", "The value is of another type.", "{expected}", "{expected}"
    ),
    "missing-field": _wording(
        "缺少字段 {field}。", "The field {field} is missing.", "字段 {field}", "the field {field}"
    ),
    "unknown-field": _wording(
        "此处没有这个字段{nearest}。",
        "There is no such field here{nearest}.",
        "可用字段之一：{known}",
        "one of the fields {known}",
    ),
    "excluded-fact": _wording(
        "此类信息不予接受：{reason}",
        "Information of this kind is not accepted: {reason}",
        "删去此项{exceptions}",
        "remove it{exceptions}",
    ),
    "personal-identifier": _wording(
        "此处含有{what}，案件中不得出现个人身份信息。",
        "This holds {what}; a case holds no personal identifiers.",
        *_NO_PERSON,
    ),
    "wrong-schema": _wording(
        "不认识的案件格式。", "The form of the case is not known.", "case/1", "case/1"
    ),
    "bad-name": _wording(
        "名称的写法不对。",
        "The name has not the right form.",
        "小写字母开头，只含小写字母、数字和连字符，最多 32 个字符；{more}",
        "a lower-case letter, then lower-case letters, digits and hyphens, at most 32 in all; "
        "{more}",
    ),
    "bad-reference": _wording(
        "案件编号的写法不对。",
        "The reference has not the right form.",
        "字母、数字和 . _ : / - 组成的代号，最多 64 个字符，不含个人信息",
        "letters, digits and . _ : / - , at most 64, nothing personal",
    ),
    "bad-text": _wording(
        "文字过长或含有不可见字符。",
        "The text is too long or holds invisible characters.",
        "最多 {limit} 个可见字符",
        "at most {limit} visible characters",
    ),
    "duplicate-id": _wording(
        "同一个编号用于两个对象。",
        "Two entities have the same id.",
        "全案唯一的编号",
        "an id that is unique in the case",
    ),
    "listed-twice": _wording(
        "同样的双方已经列为另一个{kind}。",
        "The same two are listed as another entity ({kind}) already.",
        "合为一个",
        "one entity for both",
    ),
    "duplicate-item": _wording(
        "列表中有重复项。", "An item of the list is repeated.", "每项一次", "each item once"
    ),
    "wrong-count": _wording(
        "列表的项数不对。",
        "The list has not the right number of items.",
        "项数：{range}",
        "the number of items: {range}",
    ),
    "unknown-question": _wording(
        "没有这个问题{nearest}。", "There is no such question{nearest}.", "{known}", "{known}"
    ),
    "unknown-entity": _wording(
        "案件中没有这个对象。",
        "The case has no such entity.",
        "案件中{kinds}的编号",
        "the id of one of the entities of the case: {kinds}",
    ),
    "wrong-entity": _wording(
        "对象的种类不对。",
        "The entity is of another kind.",
        "案件中{kinds}的编号",
        "the id of one of the entities of the case: {kinds}",
    ),
    "self-reference": _wording(
        "对象指向了自己。", "The entity refers to itself.", "另一个对象的编号", "the id of another"
    ),
    "unknown-evidence": _wording(
        "案件中没有这份证据。",
        "The case has no such evidence.",
        "evidence 中的编号",
        "an id listed under evidence",
    ),
    "unknown-code": _wording(
        "没有这个取值{nearest}。", "There is no such value{nearest}.", "{known}", "{known}"
    ),
    "unknown-state": _wording(
        "没有这种事实状态。",
        "A fact has no such state.",
        "known、unknown、unestablished、not_applicable",
        "known, unknown, unestablished, not_applicable",
    ),
    "state-with-value": _wording(
        "只有 known 的事实可以有值。",
        "Only a fact that is known has a value.",
        "去掉值或状态；有争议的值写在 claims 下",
        "no value, or no state; what is alleged stands under claims",
    ),
    "missing-value": _wording(
        "事实没有值，也没有状态。",
        "The fact has neither a value nor a state.",
        "{field}，或 state",
        "{field}, or a state",
    ),
    "needs-year": _wording(
        "这项事实逐年不同，要写明年份。",
        "The fact differs from year to year, and the year is not said.",
        "列表，每项含 year 和值",
        "a list of entries, each with its year and value",
    ),
    "two-values": _wording(
        "同一事实有两个认定的值。",
        "Two values are found for one fact.",
        "一个值；有争议的值写在 claims 下，不同时期的值写明 from、until",
        "one value; what is disputed stands under claims, and values of different times have "
        "from and until",
    ),
    "two-figures": _wording(
        "同一统计数字、同一出处有两个数额。",
        "Two values are given for one figure of one source.",
        "一个出处一个数额；两个出处不一致的，各写明 source，各为一种读法，并说明金额相差多少",
        "one value for each source; where two disagree, each with its own source: both are "
        "readings, and the answer says by how much the amounts move",
    ),
    "not-a-date": _wording("不是日期。", "This is not a date.", *_DATE),
    "impossible-date": _wording("历法上没有这一天。", "The calendar has no such day.", *_DATE),
    "date-not-text": _wording(
        "日期要写成文字。", "A date is written as text.", *_DATE
    ),
    "not-a-day": _wording(
        "要精确到日。", "The day must be known.", "日期，如 2014-07-20", "a day such as 2014-07-20"
    ),
    "out-of-time": _wording(
        "这一天太早或者太晚，不能据以推算。",
        "This day is too early or too late to reckon with.",
        "{first} 至 {last} 之间",
        "between {first} and {last}",
    ),
    "later-than-as-of": _wording(
        "晚于 as_of：之后的事实不予采用。",
        "This is later than as_of: no later fact is admitted.",
        "不晚于 {day}",
        "not later than {day}",
    ),
    "until-before-from": _wording(
        "结束早于开始。", "The end lies before the beginning.", "from 不晚于 until",
        "a from that is not after until",
    ),
    "before-other-day": _wording(
        "早于{other}。",
        "This is before the {other}.",
        "不早于{other}的日期",
        "a day that is not before the {other}",
    ),
    "does-not-fit": _wording(
        "与{other}不相符。",
        "This does not go with the {other}.",
        "{known}",
        "{known}",
    ),
    "not-both": _wording(
        "这一项和{other}只能有一项。",
        "This and the {other} cannot both be stated.",
        "其中一项",
        "one of the two",
    ),
    "no-review": _wording(
        "这个问题不是对已作决定的审查。",
        "This question reviews nothing that was decided.",
        "{known}",
        "{known}",
    ),
    "not-one": _wording(
        "一次只审查一个决定。",
        "One decision is reviewed at a time.",
        "一个编号",
        "one id",
    ),
    "not-reviewed": _wording(
        "这种决定没有可以比较的问题，不能审查。",
        "A decision of this kind has no question to be compared with.",
        "{known}",
        "{known}",
    ),
    "not-there-yet": _wording(
        "作出决定时还没有其中的对象。",
        "One of these was not there yet on the day of the decision.",
        "决定之日已有的对象",
        "entities that were there on the day of the decision",
    ),
    "not-younger": _wording(
        "{kind}不比其 {fact} 年轻。",
        "The {kind} is not younger than its {fact}.",
        "晚于每一位的出生日期",
        "a date after the birth of each of them",
    ),
    "not-a-year": _wording(
        "不是年份。", "This is not a year.", "四位数年份", "a year of four digits"
    ),
    "negative-money": _wording("金额不能为负数。", "An amount cannot be negative.", *_AMOUNT),
    "fractional-fen": _wording(
        "金额最多精确到分。", "An amount has no fraction of a fen.", *_AMOUNT
    ),
    "not-an-amount": _wording("不是金额。", "This is not an amount.", *_AMOUNT),
    "amount-not-text": _wording(
        "金额要写成文字，不写成数字。", "An amount is written as text, not as a number.", *_AMOUNT
    ),
    "not-a-number": _wording(
        "不是数。",
        "This is not a number.",
        "整数，或写成文字的小数",
        "a whole number, or a decimal as text",
    ),
    "out-of-range": _wording(
        "这一项不可能是这个数。", "This can not be that number.", "{range}", "{range}"
    ),
    "not-a-period": _wording(
        "不是期间。",
        "This is not a period.",
        "ISO 8601 期间，如 P3Y、P1Y6M、P98D",
        "a period of ISO 8601 such as P3Y, P1Y6M, P98D",
    ),
    "not-a-place-code": _wording("不是行政区划代码。", "This is not a code of a place.", *_PLACE),
    "country-not-place": _wording(
        "全国不是一个地点。", "The whole country is no place of a fact.", *_PLACE
    ),
    "unknown-place": _wording("没有这个行政区划代码。", "No place has this code.", *_PLACE),
    "not-valid-in-year": _wording(
        "该代码在当时不使用；最近使用的年份：{years}。",
        "The code was not in use at the time; nearest: {years}.",
        *_PLACE,
    ),
    "wrong-level": _wording(
        "级别与地区代码不符。",
        "The level is not that of the place.",
        "地区代码的级别：{level}",
        "the level of the place: {level}",
    ),
    "too-deep": _wording(
        "嵌套过深。", "The nesting is too deep.", "最多 {limit} 层", "at most {limit} levels"
    ),
    "too-many-nodes": _wording(
        "内容过多。", "There are too many values.", "最多 {limit} 个", "at most {limit}"
    ),
    "too-many-entries": _wording(
        "条目过多。", "There are too many entries.", "最多 {limit} 项", "at most {limit}"
    ),
    "counted-twice": _wording(
        "与另一个{kind}的日期重叠，同一时间会算两次。",
        "The days overlap with those of another entity ({kind}): they would count twice.",
        "互不重叠的起止日",
        "days that do not overlap",
    ),
    "too-many-pairs": _wording(
        "对象和时期的组合过多。", "There are too many pairs of entities.",
        "最多 {limit} 对", "at most {limit}",
    ),
    "key-not-text": _wording("键不是文字。", "A key is not text.", "文字", "text"),
})  # fmt: skip
