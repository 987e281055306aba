"""What can be wrong with a case, said without repeating any of it.

A problem names the place and the kind of the value, never the value: whoever logs or shows it logs
or shows nothing of the case. A key that the case made up is left out of the pointer, too.

>>> report = Report()
>>> report.add("negative-money", "/persons/m/annual_income/0/value", "-1")
>>> [problem] = report.problems()
>>> problem.code, problem.pointer, problem.kind, problem.message.en
('negative-money', '/persons/m/annual_income/0/value', 'text', 'An amount cannot be negative.')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from engine.language.diagnostics import Bilingual
from engine.language.node import Node, Position, walk
from engine.language.node import Mapping as MappingNode
from engine.law.identifiers import find_identifier

MANY: Final = 100
"""So many problems of one case are enough."""

MISSING: Final = object()
"""Stands for the value where there is none."""

Field: TypeAlias = str | int | Bilingual | Sequence[str]

# Names of fields and ids of entities look like this. Another key may be anything, even a name.
_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]{0,63}|[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class CaseProblem:
    """One problem: `pointer` is a JSON pointer (RFC 6901) into the input, `kind` what stands there
    (`text`, `number`, `boolean`, `list`, `mapping`, `null`, or `nothing`). Lines and columns count
    from 1 and are None where the input had no text."""

    code: str
    pointer: str
    kind: str
    expected: Bilingual
    message: Bilingual
    line: int | None
    column: int | None


class CaseError(ValueError):
    """An input that is no case, with all its problems; its text holds only places and codes."""

    def __init__(self, problems: tuple[CaseProblem, ...]) -> None:
        super().__init__("; ".join(f"{found.pointer or '/'}: {found.code}" for found in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class _Draft:
    code: str
    pointer: str
    kind: str
    expected: Bilingual
    message: Bilingual
    on_key: bool


class Report:
    """The problems of one case, gathered while it is read."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []

    def __bool__(self) -> bool:
        return bool(self._drafts)

    def add(
        self,
        code: str,
        pointer: str,
        value: object = MISSING,
        *,
        on_key: bool = False,
        **fields: Field,
    ) -> None:
        """A problem in the words of `WORDINGS`; `fields` fill in their templates.

        `value` is looked at for its kind only. `on_key`: the key is wrong, not the value.
        """
        message, expected = WORDINGS[code]
        self._drafts.append(
            _Draft(
                code,
                pointer,
                kind_of_value(value),
                _fill(expected, fields),
                _fill(message, fields),
                on_key,
            )
        )

    def problems(self, tree: Node | None = None) -> tuple[CaseProblem, ...]:
        """The problems in the order of the text, at most `MANY`; `tree` gives their positions."""
        places = {} if tree is None else _places(tree)
        found = {_problem(draft, places) for draft in self._drafts}
        ordered = sorted(found, key=_order)
        return tuple(ordered[:MANY])


def child(pointer: str, key: str) -> str:
    """The pointer of what stands under a key."""
    if "~" in key or "/" in key:
        key = key.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{key}"


def is_safe_key(key: str) -> bool:
    """Whether a key may be shown: it has the form of a name and hides no identifier."""
    return _SAFE.fullmatch(key) is not None and find_identifier(key) is None


def kind_of_value(value: object) -> str:
    """The kind of a value, in the words of a problem."""
    if value is MISSING:
        return "nothing"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    for kind, word in ((str, "text"), (dict, "mapping"), (list, "list")):
        if isinstance(value, kind):
            return word
    return "number"


def _places(tree: Node) -> Mapping[tuple[str, bool], Position]:
    """The position of each value by its pointer, and of each key."""
    places: dict[tuple[str, bool], Position] = {}
    for pointer, node in walk(tree):
        places[pointer, False] = node.at
        if isinstance(node, MappingNode):
            for entry in node.entries:
                places[child(pointer, entry.key.value), True] = entry.key.at
    return places


def _problem(draft: _Draft, places: Mapping[tuple[str, bool], Position]) -> CaseProblem:
    at = places.get((draft.pointer, draft.on_key)) or places.get((draft.pointer, False))
    line, column = (None, None) if at is None else (at.line, at.column)
    pointer = _shown(draft.pointer)
    return CaseProblem(
        draft.code, pointer, draft.kind, draft.expected, draft.message, line, column
    )


def _shown(pointer: str) -> str:
    """The pointer as far as its keys may be shown."""
    shown = ""
    for token in pointer.split("/")[1:]:
        if not is_safe_key(token.replace("~1", "/").replace("~0", "~")):
            break
        shown = f"{shown}/{token}"
    return shown


def _order(problem: CaseProblem) -> tuple[int, int, str, str, str]:
    line, column = problem.line or 0, problem.column or 0
    return line, column, problem.pointer, problem.code, problem.message.en


def _fill(template: Bilingual, fields: Mapping[str, Field]) -> Bilingual:
    if not fields:
        return template
    return Bilingual(
        template.zh.format_map({name: _say(field, "zh") for name, field in fields.items()}),
        template.en.format_map({name: _say(field, "en") for name, field in fields.items()}),
    )


def _say(field: Field, language: str) -> str:
    if isinstance(field, Bilingual):
        return field.zh if language == "zh" else field.en
    if isinstance(field, str | int):
        return str(field)
    return ("、" if language == "zh" else ", ").join(field)


def _wording(zh: str, en: str, expected_zh: str, expected_en: str) -> tuple[Bilingual, Bilingual]:
    return Bilingual(zh, en), Bilingual(expected_zh, expected_en)


_DATE = (
    "日期，如 2014-07-20；只知年月写 2014-07，只知年份写 2014",
    "a date such as 2014-07-20, or 2014-07 or 2014 where no more is known",
)
_AMOUNT = (
    "以元为单位的金额，写成文字，最多两位小数，如 \"9800.00\"",
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
    "duplicate-item": _wording(
        "列表中有重复项。", "An item of the list is repeated.", "每项一次", "each item once"
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
    "not-a-date": _wording("不是日期。", "This is not a date.", *_DATE),
    "impossible-date": _wording("历法上没有这一天。", "The calendar has no such day.", *_DATE),
    "date-not-text": _wording(
        "日期要写成文字。", "A date is written as text.", *_DATE
    ),
    "not-a-day": _wording(
        "要精确到日。", "The day must be known.", "日期，如 2014-07-20", "a day such as 2014-07-20"
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
    "not-younger": _wording(
        "{kind}不比其 {fact} 年轻。",
        "The {kind} is not younger than its {fact}.",
        "晚于每一位的出生日期",
        "a date after the birth of each of them",
    ),
    "not-a-year": _wording("不是年份。", "This is not a year.", "四位数年份", "a year of four digits"),
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
    "not-a-period": _wording(
        "不是期间。",
        "This is not a period.",
        "ISO 8601 期间，如 P3Y、P1Y6M、P98D",
        "a period of ISO 8601 such as P3Y, P1Y6M, P98D",
    ),
    "not-a-place-code": _wording("不是行政区划代码。", "This is not a code of a place.", *_PLACE),
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
    "key-not-text": _wording("键不是文字。", "A key is not text.", "文字", "text"),
})  # fmt: skip
