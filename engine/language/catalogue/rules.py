"""Codes of rules: their keywords, their effects, and how rules bear on each other."""

from __future__ import annotations

from collections.abc import Mapping

from engine.language.catalogue.entry import CodeInfo, error, note, warning

RULES: Mapping[str, CodeInfo] = {
    "unknown-keyword": error(
        ("未知的关键词", "unknown keyword"),
        ("这里没有关键词“{key}”。", 'There is no keyword "{key}" here.'),
        ("改写关键词{nearest}，或者删去。", "Correct it{nearest}, or remove it."),
    ),
    "missing-field": error(
        ("缺少内容", "something is missing"),
        ("这里缺少“{field}”。", '"{field}" is missing here.'),
        ("补上“{field}”。", 'Add "{field}".'),
    ),
    "wrong-value": error(
        ("值不对", "wrong value"),
        ("“{field}”的值不对。", 'The value of "{field}" is not one that it can have.'),
        ("应当是：{expected}", "It can be: {expected}"),
    ),
    "duplicate-rule": error(
        ("规则重名", "two rules of one name"),
        ("规则“{name}”在 {other} 已经有了。", 'The rule "{name}" stands already at {other}.'),
        ("给其中一条另起 id。", "Give one of them another id."),
    ),
    "article-again": note(
        ("同一条又写一次", "an article once more"),
        ("第{number}条在 {other} 已经有了。", "Article {number} stands already at {other}."),
        (
            "条号写错的，改正；一条分写几处的，不必处理。",
            "Correct the number if it is wrong; an article may be written in parts.",
        ),
    ),
    "unknown-effect": error(
        ("没有效果", "no effect"),
        (
            "规则没有写明效果，或者写了语言没有的效果。",
            "The rule has no effect, or one that the language does not know.",
        ),
        ("写一种效果：{effects}", "Write one of: {effects}"),
    ),
    "several-effects": error(
        ("多种效果", "several effects"),
        ("一条规则有几种效果：{effects}。", "One rule has several effects: {effects}."),
        ("每种效果写一条规则。", "Write a rule for each."),
    ),
    "nobody-chooses": error(
        ("没有人可以选择", "nobody chooses"),
        (
            "依哪里的法律、有没有法律依据，不由机关选择。",
            "Which law governs, and whether there is a basis in law, is no choice of an authority.",
        ),
        ("删去 may。", "Remove may."),
    ),
    "self-reference": error(
        ("自己引用自己", "reads what it defines"),
        ("规则用到了它自己定义的“{name}”。", 'The rule reads "{name}", which it defines itself.'),
        ("给中间的值另起名称。", "Give the value in between a name of its own."),
    ),
    "cycle": error(
        ("循环", "cycle"),
        ("互相依赖，没有起点：{path}。", "These depend on each other in a circle: {path}."),
        ("去掉其中一处依赖。", "Remove one of the dependencies."),
    ),
    "dangling-override": error(
        ("取代落空", "overrides nothing"),
        ("本文件没有规则“{target}”。", 'This instrument has no rule "{target}".'),
        ("改写规则名{nearest}，或者删去取代。", "Correct the name{nearest}, or remove overrides."),
    ),
    "dangling-ground": error(
        ("理由落空", "no such ground"),
        ("本文件没有准许的理由“{target}”。", 'This instrument has no ground "{target}".'),
        ("改写条号或规则名{nearest}。", "Correct the number or the name{nearest}."),
    ),
    "conflict": error(
        ("两条规则冲突", "two rules in conflict"),
        (
            "这条规则与 {other} 对同一人得出不同结论，例如：{example}。",
            "This rule and {other} come to different conclusions on one bearer, "
            "for example: {example}.",
        ),
        (
            "写明哪一条取代另一条（overrides），或者用 unless 排除。",
            "Say which of them overrides the other, or leave the case out with unless.",
        ),
    ),
    "rule-never-fires": error(
        ("规则永不适用", "rule never applies"),
        ("条件不可能同时成立：{reason}。", "The conditions cannot all be true: {reason}."),
        ("改正条件，或者删去规则。", "Correct the conditions, or remove the rule."),
    ),
    "provision-without-test": warning(
        ("没有情景的规定", "provision without a test"),
        ("没有一个情景由这条规则决定。", "There is no scenario that this rule decides."),
        (
            "在 features/ 写一个情景，去掉这条规则结果就不同。",
            "Write a scenario in features/ whose result is another without this rule.",
        ),
    ),
    "number-without-source": error(
        ("数字没有出处", "number without a source"),
        ("数字 {number} 没有出处。", "The number {number} has no source."),
        ("在版本或规则的 sources 写明出处。", "Name the source under sources."),
    ),
    "unknown-source": error(
        ("出处不存在", "unknown source"),
        ("没有登记出处“{source}”。", 'No source is registered as "{source}".'),
        ("改写{nearest}，或者登记这个出处。", "Correct it{nearest}, or register the source."),
    ),
    "unknown-place": error(
        ("地方代码不存在", "unknown place"),
        ("{day}没有代码为“{place}”的地方。", 'No place had the code "{place}" on {day}.'),
        ("用当日有效的 GB/T 2260 代码。", "Write a code of GB/T 2260 that is valid on that day."),
    ),
    "table-gap": warning(
        ("表有缺口", "gap in a table"),
        ("表里没有一行管到：{missing}。", "There is no row for: {missing}."),
        (
            "补一行；条文确实没有规定的，写 refuse 和理由。",
            "Add a row; where the text says nothing, write refuse with the reason.",
        ),
    ),
    "table-overlap": error(
        ("表有重叠", "rows overlap"),
        (
            "这一行与第 {other} 行都管到：{example}。",
            "This row and the one in line {other} both hold for: {example}.",
        ),
        (
            "把两行分开，或者写明命中规则（first、collect）。",
            "Tell the rows apart, or name the hit policy (first, collect).",
        ),
    ),
    "two-choice-points": error(
        ("一个算式两处选择", "two choices in one formula"),
        (
            "一个算式里有两个区间或解读：{points}。",
            "One formula holds two ranges or readings: {points}.",
        ),
        ("先把其中一个定义为单独的名称。", "Define one of them under a name of its own first."),
    ),
    "range-misuse": error(
        ("区间用法不对", "range out of place"),
        (
            "区间的两端不能代表整个区间：{cause}。",
            "The ends of the range do not bound the rest: {cause}.",
        ),
        (
            "不用区间乘以自己或作比较；min、max 的各项须同升同降。",
            "Neither multiply a range by itself nor compare it; all terms of a min or max must "
            "rise or fall together.",
        ),
    ),
    "unfilled-open": warning(
        ("留给下位法而无人规定", "left open and not filled"),
        (
            "“{what}”留给下位法规定，{territory} 没有文本写明规定完整（fills）。",
            '"{what}" is left to lower law, and in {territory} there is no text that fills it.',
        ),
        (
            "在下位法的 fills 写上它，或者说明缺口。",
            "List it under fills of the lower text, or state the gap.",
        ),
    ),
    "new-gap-in-time": error(
        ("时间上新的缺口或者重叠", "a new gap or overlap in time"),
        (
            "{question}，{territory}，自 {first} {until}：适用{what}，而 known.csv 没有列出。",
            "{question} in {territory} from {first} {until}: {what} applies, and known.csv does "
            "not list it.",
        ),
        (
            "补上文本；确实没有读到的，用 tiaoli in-time --write 列出。",
            "Add the text; if it was not read, list it with tiaoli in-time --write.",
        ),
    ),
    "no-gap-in-time": error(
        ("已经没有的缺口或者重叠", "a gap or overlap that is none"),
        (
            "{question}，{territory}，自 {first} {until}：列为适用{what}，现在不是这样。",
            "{question} in {territory} from {first} {until} is listed as: {what} applies. It is "
            "so no more.",
        ),
        (
            "用 tiaoli in-time --write 重写列表，看清改了什么。",
            "Write the list anew with tiaoli in-time --write, and look at what changed.",
        ),
    ),
    "duplicate-name": error(
        ("一名两义", "one name, two meanings"),
        ("“{name}”在 {other} 已经有含义。", '"{name}" has a meaning already at {other}.'),
        (
            "名称只有一个来源，也不重复使用：另起名称。",
            "A name has one origin and is never used again: take another name.",
        ),
    ),
    "same-label": error(
        ("两个名称同一标签", "one label for two"),
        (
            "“{name}”的中文标签“{label}”与 {other} 的“{first}”相同：用这个标签说不清是哪一个。",
            '"{name}" has the Chinese label “{label}”, as "{first}" has at {other}: whoever says '
            "the label names both.",
        ),
        ("给其中一个另起标签。", "Give one of them a label of its own."),
    ),
    "undeclared-setting": error(
        ("设定没有声明", "setting not declared"),
        (
            "“asks”要案件填写“{name}”，词汇的“defined”中却没有它。",
            'Under "asks" a case is to say "{name}", which the vocabulary does not declare under '
            '"defined".',
        ),
        (
            "在词汇的“defined”中声明它的类型和标签，或者改写名称{nearest}。",
            'Declare its type and labels under "defined" in the vocabulary, or correct the '
            "name{nearest}.",
        ),
    ),
    "gap": note(
        ("法律依据的缺口", "gap of the law base"),
        ("没有读到：{text}。", "Not read: {text}."),
        (
            "读到文本后补上；在此之前，结论待定并写明缺什么。",
            "Encode it once it is read; until then the answer is undetermined and names the gap.",
        ),
    ),
    "excluded": note(
        ("排除在外", "left out on purpose"),
        ("不在本系统范围之内：{text}。", "Outside the scope: {text}."),
        ("不必处理。", "Nothing is to be done."),
    ),
}
