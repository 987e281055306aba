"""The keywords of the rule language in Chinese and in English: one table, both forms load.

>>> canonical("除外"), canonical("unless"), canonical("birth.order")
('unless', 'unless', None)
>>> chinese("overrides")
'取代'

Whether a key is a keyword depends on where it stands, never on what it says. Keys are names

- right below `define`, `readings`, `asks`, `terms` and the lists of the vocabulary (`NAMES_BELOW`);
- in a mapping that has `by`: all but `by` itself are its rows;
- in a row of a table: all but the few words of a row (`ROW_WORDS`);
- at the top of a file of the vocabulary, which is read with `names=True`.

Everywhere else a key is a keyword, and one that the table lacks is left for the reader to report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from engine.language.diagnostics import Diagnostic, problem
from engine.language.node import Entry, Mapping, Node, Sequence, Text
from engine.language.source import SourceError

KEYWORDS: tuple[tuple[str, str], ...] = (
    # an instrument and its version
    ("文件", "instrument"),
    ("标识", "id"),
    ("标题", "title"),
    ("位阶", "rank"),
    ("地域", "territory"),
    ("版本", "version"),
    ("施行", "in-force"),
    ("通过", "adopted"),
    ("公布", "published"),
    ("终止", "ends"),
    ("录入", "recorded"),
    ("修订号", "revision"),
    ("可靠程度", "confidence"),
    ("出处", "sources"),
    ("填补", "fills"),
    ("留待", "open"),
    ("待问", "asks"),
    ("候选", "candidates"),
    ("术语", "terms"),
    ("舍入", "rounding"),
    ("缺口", "gaps"),
    ("排除", "excluded"),
    ("中文", "zh"),
    ("英文", "en"),
    ("说明", "note"),
    ("原因", "reason"),
    # articles and rules
    ("条文", "articles"),
    ("条", "article"),
    ("各项", "items"),
    ("项", "item"),
    ("要旨", "gist"),
    ("规则", "rules"),
    ("对", "for"),
    ("当", "when"),
    ("除外", "unless"),
    ("可以", "may"),
    ("考虑", "factors"),
    ("取代", "overrides"),
    ("结论", "conclusion"),
    ("位阶低于", "rank-below"),
    # effects
    ("定义", "define"),
    ("准许", "permit"),
    ("禁止", "forbid"),
    ("暂缓", "postpone"),
    ("义务", "duty"),
    ("征收", "charge"),
    ("消灭", "lapse"),
    ("处分", "sanction"),
    ("给予", "grant"),
    ("时限", "time"),
    ("管辖", "competence"),
    ("适用", "governs"),
    ("不予", "refuse"),
    ("状态", "status"),
    ("认定", "finding"),
    # what effects say
    ("理由", "grounds"),
    ("事项", "what"),
    ("对象", "object"),
    ("承担者", "bearer"),
    ("缴纳人", "payer"),
    ("金额", "amount"),
    ("并入", "adds-to"),
    ("范围", "extent"),
    ("自", "from"),
    ("至", "to"),
    ("止", "until"),
    ("不低于", "at-least"),
    ("最迟申请日", "apply-by"),
    ("期间", "period"),
    ("待遇", "benefit"),
    ("时长", "duration"),
    ("起算", "start"),
    ("长度", "length"),
    ("日别", "days"),
    ("中止", "suspended"),
    ("期满", "then"),
    ("合法", "lawful"),
    ("遇假日", "if-holiday"),
    ("每", "per"),
    ("合计", "total"),
    ("材料", "papers"),
    ("机关", "authority"),
    ("地方", "place"),
    ("日期", "day"),
    ("效果", "effects"),
    ("问题", "questions"),
    ("选取", "choose"),
    ("文本范围", "texts"),
    ("一并比较", "together"),
    ("文本位阶", "ranks"),
    ("优先", "prefer"),
    ("最有利于", "most favourable to"),
    ("选择人", "choice of"),
    # values
    ("值", "value"),
    ("按", "by"),
    ("介于", "between"),
    ("解读", "readings"),
    ("表", "table"),
    ("输入", "inputs"),
    ("行", "rows"),
    ("命中", "policy"),
    # changes
    ("修正", "amends"),
    ("修改", "changes"),
    ("增加", "add"),
    ("替换", "replace"),
    ("废止", "repeal"),
    ("改号", "renumber"),
    ("增加规则", "add-rule"),
    ("替换规则", "replace-rule"),
    ("废止规则", "repeal-rule"),
    ("机关改称", "rename-authority"),
    ("未读", "not-read"),
    ("可能涉及", "may-touch"),
    ("改为", "with"),
    # the vocabulary
    ("含义", "means"),
    ("公式", "formula"),
    ("类型", "type"),
    ("单位", "unit"),
    ("提问", "question"),
    ("证据", "evidence"),
    ("举证", "burden"),
    ("随时间变化", "varies"),
    ("各", "each"),
    ("可建议", "suggest"),
    ("停用", "deprecated"),
    ("了结", "closes"),
    ("随同", "goes-with"),
    ("合并", "combination"),
    ("来源", "origin"),
    ("约束", "constraints"),
    ("种类", "kinds"),
    ("角色", "roles"),
    ("关系", "relations"),
    ("事实", "facts"),
    ("代码表", "enumerations"),
    ("代码", "codes"),
    ("阶梯", "ladders"),
    ("级", "steps"),
)
"""Chinese and English of each keyword; the English one is canonical."""

NAMES_BELOW = frozenset(
    (
        *("define", "readings", "asks", "terms"),
        *("kinds", "roles", "relations", "facts", "enumerations", "codes", "ladders"),
    )
)
ROW_WORDS = frozenset(("when", "value", "refuse", "between", "readings"))
EFFECT_FIRST = frozenset(("fills", "open"))

_ENGLISH = MappingProxyType(dict(KEYWORDS))
_CHINESE = MappingProxyType({english: zh for zh, english in KEYWORDS})


def canonical(key: str) -> str | None:
    """The English keyword for a keyword in either language; None if it is none."""
    return key if key in _CHINESE else _ENGLISH.get(key)


def chinese(key: str) -> str:
    """The Chinese keyword for an English one. Raises KeyError if it is none."""
    return _CHINESE[key]


def canonicalise(node: Node, names: bool = False) -> Node:
    """The same tree with each Chinese keyword in English, each node where it was.

    `names`: the keys at the top are names. In what `fills` and `open` list, the first word is a
    keyword too (`准许 further-birth`). Raises SourceError (`duplicate-key`) where a mapping has one
    keyword in both languages.
    """
    rewritten = _rewrite(node, names)
    twice = tuple(_duplicates(rewritten))
    if twice:
        raise SourceError(tuple(sorted(twice)))
    return rewritten


def _rewrite(node: Node, names: bool, in_table: bool = False) -> Node:
    if isinstance(node, Sequence):
        return replace(node, items=tuple(_rewrite(item, names, in_table) for item in node.items))
    if not isinstance(node, Mapping):
        return node
    has_rows = not names and any(canonical(entry.key.value) == "by" for entry in node.entries)
    entries: list[Entry] = []
    for entry in node.entries:
        key = None if names else canonical(entry.key.value)
        if (in_table and key not in ROW_WORDS) or (has_rows and key != "by"):
            key = None
        entries.append(_entry(entry, key))
    return replace(node, entries=tuple(entries))


def _entry(entry: Entry, key: str | None) -> Entry:
    """An entry whose key is this keyword, or a name."""
    if key is None:
        return Entry(entry.key, _rewrite(entry.value, names=False))
    if key in EFFECT_FIRST:
        value = _first_word(entry.value)
    else:
        # Rows stand in a list, below `rows` or straight below `table`.
        is_table = key == "rows" or (key == "table" and isinstance(entry.value, Sequence))
        value = _rewrite(entry.value, names=key in NAMES_BELOW, in_table=is_table)
    written = entry.key if entry.key.value == key else replace(entry.key, value=key)
    return Entry(written, value)


def _first_word(node: Node) -> Node:
    if isinstance(node, Sequence):
        return replace(node, items=tuple(_first_word(item) for item in node.items))
    if not isinstance(node, Text):
        return node
    first, space, rest = node.value.partition(" ")
    return replace(node, value=(canonical(first) or first) + space + rest) if space else node


def _duplicates(node: Node) -> Iterator[Diagnostic]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _duplicates(item)
    elif isinstance(node, Mapping):
        lines: dict[str, int] = {}
        for entry in node.entries:
            key = entry.key
            if key.value in lines:
                yield problem("duplicate-key", key.at, line=lines[key.value])
            lines.setdefault(key.value, key.at.line)
            yield from _duplicates(entry.value)
