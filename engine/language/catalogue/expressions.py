"""Codes of expressions: their syntax, their names, their types and units."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.catalogue.entry import CodeInfo, error, note, warning

EXPRESSIONS: Mapping[str, CodeInfo] = {
    "expression-syntax": error(
        ("表达式有误", "not an expression"),
        ("这不是合格的表达式：{cause}。", "This is not an expression: {cause}."),
        (
            "写成一行，例如 birth.order >= 2 and birth.lawful。",
            "Write one line, such as: birth.order >= 2 and birth.lawful",
        ),
    ),
    "forbidden-expression": error(
        ("不允许的写法", "not allowed in an expression"),
        ("表达式里不能用{construct}。", "An expression has no {construct}."),
        (
            "只用比较、and、or、not、四则运算和语言列出的函数。",
            "Use comparisons, and, or, not, arithmetic and the functions that the language lists.",
        ),
    ),
    "expression-too-long": error(
        ("表达式过长", "expression too long"),
        ("表达式超过 {limit} 个字符。", "The expression is longer than {limit} characters."),
        (
            "把一部分定义为术语，或在 when 下分条列出。",
            "Define a part of it as a term, or list the conditions under when.",
        ),
    ),
    "expression-too-deep": error(
        ("表达式嵌套过深", "expression nested too deeply"),
        ("表达式的嵌套超过 {limit} 层。", "The expression is nested deeper than {limit} levels."),
        ("把里面的一部分先定义出来。", "Define an inner part of it first."),
    ),
    "full-width-character": error(
        ("全角符号", "full-width character"),
        (
            "表达式里有全角符号“{character}”。",
            'The expression holds the full-width character "{character}".',
        ),
        ("改用半角的 {ascii} 。", "Write {ascii} instead."),
    ),
    "unknown-name": error(
        ("未知的名称", "unknown name"),
        ("词汇表里没有“{name}”。", 'The vocabulary has no "{name}".'),
        (
            "改写名称{nearest}，或者把新事实加入词汇表。",
            "Correct the name{nearest}, or add the new fact to the vocabulary.",
        ),
    ),
    "unknown-function": error(
        ("未知的函数", "unknown function"),
        ("语言里没有函数“{name}”。", 'The language has no function "{name}".'),
        (
            "改写名称{nearest}；语言列出的函数以外，不能调用别的。",
            "Correct the name{nearest}; nothing can be called but the functions of the language.",
        ),
    ),
    "unknown-code": error(
        ("未知的代码", "unknown code"),
        ("“{enumeration}”里没有“{name}”。", '"{enumeration}" has no "{name}".'),
        (
            "改写代码{nearest}，或者把它加入词汇表。",
            "Correct the code{nearest}, or add it to the vocabulary.",
        ),
    ),
    "deprecated-name": warning(
        ("停用的名称", "deprecated name"),
        ("“{name}”已经停用。", '"{name}" is no longer used.'),
        ("改用“{use}”。", 'Write "{use}".'),
    ),
    "wrong-arguments": error(
        ("参数不对", "wrong arguments"),
        ("{function} 的参数不对。", "{function} is not called in this way."),
        ("写作：{expected}", "Write: {expected}"),
    ),
    "type-mismatch": error(
        ("类型不合", "type mismatch"),
        ("这里应当是{expected}，写的是{found}。", "This is {found} where {expected} belongs."),
        (
            "换一个事实，或者用 yuan()、percent()、days()、date() 等写出类型。",
            "Take another fact, or give a literal its type with yuan(), percent(), days(), date().",
        ),
    ),
    "unit-mismatch": error(
        ("单位不合", "unit mismatch"),
        (
            "{left}和{right}单位不同，不能相加、相减或比较。",
            "{left} and {right} have different units and can be neither added nor compared.",
        ),
        (
            "检查两边；倍数和个数不带单位，可以相乘。",
            "Check both sides; a multiple or a count without a unit may be a factor.",
        ),
    ),
    "division-by-zero": error(
        ("除以零", "division by zero"),
        ("除数可能是零。", "The divisor may be zero."),
        (
            "加一个条件，排除除数为零的情形。",
            "Add a condition that leaves out the case of a zero divisor.",
        ),
    ),
    "role-specific": note(
        ("区分性别或角色", "depends on sex or role"),
        ("这条规则写到了{words}。", "This rule names {words}."),
        (
            "条文如此的，不必改；否则对双方用同一个写法。",
            "Leave it where the text says so; otherwise write it alike for both.",
        ),
    ),
}
