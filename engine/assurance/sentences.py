"""The sentences that scenarios are written in: a table of patterns and of what they mean.

    tell(draft, '地点为"420281"')                      # writes something of the case
    case = ask(draft, '询问"c1"的"再养"')              # the one question of the case
    check = expect(draft, '结果为"确定"')              # what the answer must be
    check.holds(answer), check.failure(answer)

The sentences are few and know no law. What stands in quotes or in a table is data: ids of entities,
labels of the vocabulary, amounts. The first pattern of the table that fits is the one meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import signature
from typing import Any, Final

from engine.assurance import answer_sentences as answers
from engine.assurance import case_sentences as cases
from engine.assurance import conclusion_sentences as conclusions
from engine.assurance import review_sentences as reviews
from engine.assurance.answer_sentences import shown
from engine.assurance.answers import Answer
from engine.assurance.draft import Draft, SentenceError, Table
from engine.decision.case.reading import Case


@dataclass(frozen=True, slots=True)
class Sentence:
    """A pattern and what it calls, with the words that the pattern finds."""

    pattern: re.Pattern[str]
    meaning: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Check:
    """What an answer must be, as it was written."""

    text: str
    ahead: bool
    """Whether it is about the day on which the answer will be another one."""
    _holds: Callable[[Answer], bool]

    def holds(self, answer: Answer) -> bool:
        """Whether the answer is so."""
        return self._holds(answer)

    def failure(self, answer: Answer) -> str:
        """What was expected, and what came instead."""
        return f"{self.text}\n{shown(answer)}"


def _sentence(words: str, meaning: Callable[..., Any]) -> Sentence:
    """A sentence in which `{name}` stands for what is in the quotes; `(?P<…>)` as in patterns."""
    return Sentence(re.compile(re.sub(r"\{(\w+)\}", r'(?P<\1>[^"]+)', words)), meaning)


TELLING: Final = (
    _sentence('地点为"{place}"', cases.placed_at),
    _sentence('决定日期为"{day}"', cases.decided_on),
    _sentence('有以下"{label}"', cases.entities),
    _sentence('"{label}"没有全部列出', cases.not_all_listed),
    _sentence("事实如下", cases.facts),
    _sentence("证据如下", cases.papers),
    _sentence("统计数据如下", cases.figures),
    _sentence('"{name}"设定为"{value}"', cases.set_to),
    _sentence('就"{point}"选择"{value}"', cases.chosen),
)
"""What is so in the case."""

ASKING: Final = (_sentence('询问"{about}"的"{question}"', cases.asked),)
"""What is asked."""

EXPECTING: Final = (
    _sentence('结果为"{outcome}"', answers.came_to),
    _sentence('"{bearer}"的结果为"{outcome}"', answers.came_to_for),
    _sentence('"{payer}"应缴"{low}"至"{high}"', answers.due),
    _sentence('"{payer}"应缴以下之一', answers.due_either),
    _sentence('"{bearer}"无须缴纳', answers.nothing_due_from),
    _sentence("无须缴纳", answers.nothing_due),
    _sentence('尚缺事实"{id}"的"{label}"', answers.missing_fact),
    _sentence('尚缺"{path}"', answers.missing_path),
    _sentence('(?P<role>理由|暂缓|禁止)(?P<kept>不?包括)"{rule}"', answers.rests_on),
    _sentence('自"{day}"起答案改变', answers.changes_on),
    _sentence('可靠程度为"{confidence}"', answers.as_sure_as),
    _sentence('依据(?P<kept>不?包括)"{rule}"', answers.cites),
    _sentence('适用"{instrument}"的"{version}"文本', answers.governed_by),
    _sentence('拒绝的理由提到"{words}"', answers.refused_because),
    _sentence('提示提到"{words}"', answers.warned),
    _sentence('在旁记下"{point}"选择"{value}"', answers.recorded),
    _sentence('指明缺少的文本提到"{words}"', answers.lacks_text),
    _sentence('"{bearer}"的"{what}"为"{low}"至"{high}"', conclusions.concluded_between),
    _sentence('"{bearer}"的"{what}"为"{value}"', conclusions.concluded),
    _sentence('"{bearer}"的"{what}"为以下之一', conclusions.concluded_either),
    _sentence('"{bearer}"的"{what}"的"{aspect}"为以下之一', conclusions.aspect_either),
    _sentence('"{bearer}"的"{what}"的"{aspect}"为"{value}"', conclusions.aspect_is),
    _sentence('"{bearer}"的"{what}"没有"{aspect}"', conclusions.aspect_is_not),
    _sentence('"{bearer}"的"{what}"的结果为"{outcome}"', conclusions.came_to),
    _sentence('"{bearer}"有"{what}"', conclusions.stands),
    _sentence('"{bearer}"没有"{what}"', conclusions.stands_not),
    _sentence('"{bearer}"可以有也可以没有"{what}"', conclusions.stands_by_choice),
    _sentence('审查结果为"{outcome}"', reviews.came_to),
    _sentence('认定"{point}"为"{verdict}"', reviews.found),
    _sentence('对"{subject}"认定"{point}"为"{verdict}"', reviews.found_of),
    _sentence('对"{point}"没有认定', reviews.not_found),
    _sentence('认定"{point}"的依据包括"{rule}"', reviews.rests_on),
    _sentence('认定"{point}"尚缺"{path}"', reviews.lacks),
    _sentence('"{subject}"的"{point}"与"{figure}"相符', reviews.explained_by),
    _sentence('对"{payer}"多收"{amount}"', reviews.overcharged),
    _sentence('"{payer}"多缴"{amount}"', reviews.overpaid),
    _sentence('认定"{point}"缺少的文本提到"{words}"', reviews.lacks_text),
    _sentence('"{payer}"缴纳超过决定"{amount}"', reviews.paid_beyond),
    _sentence("没有多收", reviews.not_overcharged),
    _sentence('现在"{bearer}"的"{what}"为"{value}"', reviews.stands),
    _sentence('现在"{bearer}"没有"{what}"', reviews.stands_not),
    _sentence('现在"{bearer}"的"{what}"待查，尚缺"{path}"', reviews.stands_open),
    _sentence('现在"{bearer}"的"{what}"待查，缺少的文本提到"{words}"', reviews.stands_unread),
    _sentence('没有期限"{what}"', reviews.no_period),
    _sentence('"{what}"自"{day}"起已过期', reviews.barred),
    _sentence('"{what}"至"{day}"为止', reviews.runs_until),
    _sentence('{what}为"{value}"', answers.permitted),
)
"""What the answer must be."""


def tell(draft: Draft, text: str, table: Table = ()) -> None:
    """Write what a sentence says into the case; raises SentenceError."""
    meaning, arguments = _meant(TELLING, draft, text, table)
    meaning(**arguments)


def ask(draft: Draft, text: str) -> Case:
    """The case with the question of a sentence; raises SentenceError, or CaseError for the case."""
    meaning, arguments = _meant(ASKING, draft, text, ())
    case = meaning(**arguments)
    assert isinstance(case, Case)
    return case


def expect(draft: Draft, text: str, table: Table = ()) -> Check:
    """What a sentence asks of the answer; raises SentenceError if there is no such sentence."""
    meaning, arguments = _meant(EXPECTING, draft, text, table)
    return Check(text, meaning is answers.changes_on, partial(meaning, **arguments))


def _meant(
    sentences: Sequence[Sentence], draft: Draft, text: str, table: Table
) -> tuple[Callable[..., Any], dict[str, Any]]:
    """What the sentence calls, and with what: its words, and the case and the table if needed."""
    for sentence in sentences:
        match = sentence.pattern.fullmatch(text)
        if match is None:
            continue
        takes = signature(sentence.meaning).parameters.keys()
        if ("table" in takes) != bool(table):
            needed = "后面要有表 · a table follows" if not table else "没有表 · it has no table"
            raise SentenceError(f"{text}：{needed}")
        given = {"draft": draft, "table": table}
        return sentence.meaning, {
            key: given[key] for key in given if key in takes
        } | match.groupdict()
    raise SentenceError(f"没有这样的句子 · there is no such sentence: {text}")
