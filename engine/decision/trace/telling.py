"""Rules of one world, told: their conditions with the values compared, what they give and from
what, the rules they take the place of, and why others do not apply.

Nothing is told that was not evaluated in that world.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from engine.decision.case.model import EntityRecord
from engine.decision.trace.behind import (
    attempt,
    facts_behind,
    figure_in,
    inside,
    names_read,
    subject_of,
)
from engine.decision.trace.calculation import calculation
from engine.decision.trace.prepared import (
    Figure,
    Prepared,
    prepared,
    sentence,
)
from engine.decision.trace.whichever import between, values_in
from engine.decision.words.aspect_words import aspect_said, given_said, value_said
from engine.decision.words.nodes import Node, gist_of, node, not_applied, override
from engine.decision.words.paths_said import place_said
from engine.decision.words.shown import Shown, plain, shown
from engine.decision.worlds.names import variables_of
from engine.decision.worlds.world import World
from engine.inference.asked import Variables
from engine.inference.effects import values_of
from engine.inference.program import ProgramRule
from engine.inference.undecided import (
    Refusal,
    Stopped,
    Undecided,
    Unproved,
    nothing_to_choose,
)
from engine.inference.values import BEARER, fits
from engine.language.diagnostics import LANGUAGES
from engine.language.expression import Expression
from engine.language.render import render_value
from engine.language.ruleset import Between, Plain, Readings, Table, Value
from engine.language.types import Type
from engine.law.statistics import Figure as FigureFound
from engine.values.ladder import Step
from engine.values.money import Money
from engine.values.truth import FALSE, TRUE

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation

_MARKS: Final = {"true": "✓", "false": "✗", "unproved": "?", "unknown": "?"}
WORDED: Final = frozenset({"boolean", "code", "step", "text"})
"""Types of values that are words."""
_COMPARED: Final = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}


OF_ITS_SUBJECT: Final = frozenset({"status", "time", "competence", "finding"})
"""Effects that say of nobody else whom they concern."""


class Teller:
    """Tells rules of one world; what was told once is only referred to again."""

    def __init__(
        self, evaluation: Evaluation, world: World, completions: tuple[World, ...] = ()
    ) -> None:
        self.world = world
        self.completions = completions
        """Worlds that settle what this one leaves open: what is so in all of them is known."""
        self.program = world.setting.program
        self.vocabulary = evaluation.law.vocabulary
        self.papers = evaluation.case.evidence
        self.as_of = evaluation.case.as_of
        self.told: set[tuple[int, str | None]] = set()
        self._papers = evaluation.papers_told

    # --- rules ------------------------------------------------------------------------------------
    def rule(self, index: int, subject: EntityRecord | None) -> Node:
        """A rule for a subject: its conditions, what it gives, whom it overrides."""
        one = self.program.rules[index]
        rule, name = one.rule, subject.id if subject else None
        here = f"{rule.local}@{name}" if name else rule.local
        if (index, name) in self.told:
            return node("rule", f"{here}（见上）", f"{here} (see above)", rule=rule.name)
        self.told.add((index, name))
        variables = variables_of(one.variable, subject)
        children = [self.condition(e, variables, holds=True) for e in rule.when]
        children += [self.condition(e, variables, exception=True) for e in rule.unless]
        for effect in rule.effects:
            for what, value in values_of(effect):
                children.append(self.value(one, what, value, subject, variables))
        children += self.overridden(one)
        zh, en = gist_of(one)
        return node(
            "rule", f"{here}　{zh}", f"{here}  {en}", children,
            rule=rule.name, article=rule.article, confidence=rule.confidence,
            version=one.version[1], sources=list(rule.sources),
            gist={"zh": zh, "en": en} if rule.gist else None, truth="true",
        )  # fmt: skip

    def concerns(self, index: int, subject: EntityRecord | None, bearer: str) -> bool:
        """Whether a rule, for this subject, is about the bearer: a charge has its payers, a state
        is that of its subject."""
        rule = self.program.rules[index]
        if rule.bearers is None and rule.effect not in OF_ITS_SUBJECT:
            return True
        try:
            return bearer in self.world.bearers(rule, subject)
        except Stopped:
            return False

    def refused(self, rule: ProgramRule, subject: EntityRecord | None) -> Node | None:
        """A rule that does not apply, with the conditions that fail; None if it is not in scope."""
        if not self.world.in_scope(rule, subject):
            return None
        variables = variables_of(rule.variable, subject)
        children = [
            self.condition(e, variables, brief=True)
            for e in rule.rule.when
            if self._truth(prepared(self.program, e), variables) != "true"
        ]
        children += [
            self.condition(e, variables, exception=True, brief=True)
            for e in rule.rule.unless
            if self._truth(prepared(self.program, e), variables) == "true"
        ]
        return not_applied(rule, children)

    def overridden(self, rule: ProgramRule) -> list[Node]:
        """The rules that this one takes the place of."""
        return [override(self.program.rules[other]) for other in rule.overrides]

    # --- what a rule says -------------------------------------------------------------------------
    def condition(
        self,
        expression: Expression,
        variables: Variables,
        *,
        holds: bool = False,
        exception: bool = False,
        brief: bool = False,
    ) -> Node:
        """A condition with its truth, the values compared, the facts and the evidence.

        `holds`: it is known to; `brief`: without what its values come from.
        """
        one = prepared(self.program, expression)
        truth, unnamed = ("true", None) if holds else self._judged(one, variables)
        mark = _MARKS["false" if unnamed else truth]
        zh, en = sentence(self.program, one)
        if exception:
            zh, en = f"例外：{zh}", f"unless {en}"
        if one.compares and (sides := self._sides(one, variables)):
            zh, en = _compared(zh, en, one, *sides)
        # It is not in doubt: the norm finds nothing that it could apply to.
        if unnamed and unnamed not in self.program.definers:
            zh, en = f"{zh}（所适用的文本没有这样规定的）", f"{en} (no text that governs says so)"
        facts, evidence = facts_behind(self.world, one, variables)
        behind = self.papers_behind(evidence)
        return node(
            "condition", f"{mark} {zh}{behind[0]}", f"{mark} {en}{behind[1]}",
            None if brief else self.defined(one, variables),
            truth=truth, source=expression.source, facts=facts, evidence=evidence,
        )  # fmt: skip

    def _truth(self, one: Prepared, variables: Variables) -> str:
        return self._judged(one, variables)[0]

    def _judged(self, one: Prepared, variables: Variables) -> tuple[str, str | None]:
        """Whether a condition holds; and the name it reads that no rule which applies gives."""
        try:
            return ("true" if one.value(self.world, variables) else "false"), None
        except Unproved as stop:
            return "unproved", stop.gap
        except Refusal:
            return "unproved", None
        except Undecided:
            held = values_in(self.completions, lambda world: bool(one.value(world, variables)))
            return (str(held[0]).lower() if len(held) == 1 else "unknown"), None

    def _sides(self, one: Prepared, variables: Variables) -> list[Shown] | None:
        sides = [self._side(side, variables) for side in one.operands]
        told = [side for side in sides if side is not None]
        return told if len(told) == len(sides) else None

    def _side(self, side: Prepared, variables: Variables) -> Shown | None:
        """A value that is compared; where it is open what it may be."""
        type_, value = side.expression.type, attempt(self.world, side.value, variables)
        if value is not None:
            return self._worded(type_, value)
        values = values_in(self.completions, lambda world: side.value(world, variables))
        return between(values, partial(self._worded, type_))

    def _came(self, what: str, value: Any) -> Shown:
        """What a rule gives to a name or an aspect, as a reader knows it."""
        info = self.vocabulary.names.get(what)
        if info is not None:
            return self._worded(info.type, value)
        return aspect_said(what.rpartition(".")[2], value, self.vocabulary)

    def _worded(self, of: Type, value: Any) -> Shown:
        """A value; a code or a step by its label."""
        if of.base == "place" and isinstance(value, str):
            said = place_said(value, self.as_of)
            return said.zh, said.en
        if of.base == "code" and isinstance(value, str):
            zh, en = (self.vocabulary.code_label(str(of.about), value, lang) for lang in LANGUAGES)
            return zh, en
        return value_said(value, self.vocabulary) if isinstance(value, Step) else shown(value)

    def value(
        self,
        rule: ProgramRule,
        what: str,
        value: Value,
        subject: EntityRecord | None,
        variables: Variables,
    ) -> Node:
        """What a rule gives: the name, the arithmetic, the result."""
        label = given_said(what, self.vocabulary)
        try:
            result: Any = self._result(self.world, rule, what, subject)
        except Stopped as stop:
            return self._open(rule, what, value, subject, variables, stop)
        came = self._came(what, result)
        # An amount is formatted once: for machines it is the same without its separators.
        bare = came[1].replace(",", "") if isinstance(result, Money) else plain(result)
        expression = self.chosen(value, variables, rule, what)
        if expression is None:
            return node(
                "value", f"{label[0]} = {came[0]}", f"{label[1]} = {came[1]}",
                name=what, value=bare,
            )  # fmt: skip
        chosen = prepared(self.program, expression)
        steps = calculation(self.world, chosen, variables) if chosen.calculates else None
        if steps is not None and steps[0] != came[0]:
            came = f"{steps[0]} = {came[0]}", f"{steps[1]} = {came[1]}"
        facts, evidence = facts_behind(self.world, chosen, variables)
        behind = self.papers_behind(evidence)
        return node(
            "value",
            f"{label[0]} = {came[0]}{behind[0]}",
            f"{label[1]} = {came[1]}{behind[1]}",
            self.defined(chosen, variables),
            name=what, value=bare, facts=facts, evidence=evidence,
        )  # fmt: skip

    def _open(
        self,
        rule: ProgramRule,
        what: str,
        value: Value,
        subject: EntityRecord | None,
        variables: Variables,
        stop: Stopped,
    ) -> Node:
        """What a rule gives, where there is no one value: what it may be, or why there is none."""
        label, children = given_said(what, self.vocabulary), []
        worlds = self.completions if isinstance(stop, Undecided) else ()
        values = values_in(worlds, lambda world: self._result(world, rule, what, subject))
        came = between(values, partial(self._came, what))
        if came is not None:
            expression = self.chosen(value, variables, rule, what)
            if expression is not None:
                children = self.defined(prepared(self.program, expression), variables)
            zh, en = f"{label[0]} = {came[0]}", f"{label[1]} = {came[1]}"
            return node("value", zh, en, children, name=what)
        if nothing_to_choose(stop):
            said = [render_value(value, self.vocabulary, lang) for lang in LANGUAGES]
            zh, en = f"没有这样的（{said[0]}）", f"there is none ({said[1]})"
        else:
            zh, en = (stop.zh, stop.en) if isinstance(stop, Refusal) else ("未定", "open")
        return node("value", f"{label[0]}：{zh}", f"{label[1]}: {en}")

    def _result(
        self, world: World, rule: ProgramRule, what: str, subject: EntityRecord | None
    ) -> Any:
        if self.program.definers.get(what) == (rule.index,):
            return world.name(what, subject)  # it alone gives the name, and it applies
        return world.value(rule, what, subject)

    def chosen(
        self, value: Value, variables: Variables, rule: ProgramRule, what: str
    ) -> Expression | None:
        """The expression that a value came to in this world."""
        match value:
            case Plain(expression):
                return expression
            case Between(low, high):
                name = f"{rule.called}:{what}@{variables[BEARER]}"
                return {"low": low, "high": high}.get(str(self.world.assignment.get(name)))
            case Readings(options):
                name = f"{rule.called}:{what}@{variables[BEARER]}"
                taken = self.world.assignment.get(name)
                inner = dict(options).get(str(taken))
                return None if inner is None else self.chosen(inner, variables, rule, what)
            case Table(inputs, rows):
                given = [
                    attempt(self.world, prepared(self.program, e).value, variables) for e in inputs
                ]
                if any(one is None for one in given):
                    return None
                for row in rows:
                    if fits(row, given, self.world):
                        return self.chosen(row.value, variables, rule, what)
        return None

    # --- where values come from -------------------------------------------------------------------
    def defined(self, one: Prepared, variables: Variables) -> list[Node]:
        """The rules and figures from which an expression has its values."""
        children: list[Node] = []
        for name, subject in names_read(self.world, one.origins, variables):
            for index in name.definers:
                if definer := self._definer(index, subject):
                    children.append(definer)
            if name.amount is not None:
                amount = prepared(self.program, name.amount.expression)
                children += self.defined(amount, inside(name.amount, subject))
        for conclusion, whose in one.results:
            bearer = subject_of(self.world, whose, variables)
            children += [] if bearer is None else self._concluding(conclusion, bearer)
        for figure in one.figures:
            children += self.figures(figure, variables)
        return children

    def _concluding(self, conclusion: str, bearer: EntityRecord) -> Iterator[Node]:
        """The rules that concluded something for a bearer, which another rule reads."""
        effect = self.vocabulary.conclusions[conclusion].effect
        for index in self.program.by_conclusion.get((effect, conclusion), ()):
            for subject in self.world.subjects(self.program.rules[index]):
                applied = self.world.status_of(index, subject) is TRUE
                if applied and self.concerns(index, subject, bearer.id):
                    yield self.rule(index, subject)

    def _definer(self, index: int, subject: EntityRecord | None) -> Node | None:
        """A rule that defines a name: told if it applies, or if it was in scope and failed."""
        name = subject.id if subject else None
        status = self.world.status.get(name, {}).get(index)
        if status is TRUE:
            return self.rule(index, subject)
        if status is not FALSE or (index, name) in self.told:
            return None
        self.told.add((index, name))
        rejected = self.refused(self.program.rules[index], subject)
        return rejected if rejected is not None and rejected.get("children") else None

    def figures(self, figure: Figure, variables: Variables) -> Iterator[Node]:
        """A figure with its origin; each that it may be, where that is open; nothing where there
        is none."""
        told = figure_in(self.world, figure, variables)
        may_be = (figure_in(world, figure, variables) for world in self.completions)
        found = [told] if told is not None else [one for one in may_be if one is not None]
        for place, one in enumerate(found):
            if one not in found[:place]:
                yield self._figure_node(one)

    def _figure_node(self, found: FigureFound) -> Node:
        papers = self.papers_behind(found.evidence)
        if not found.evidence:
            papers = f" ← {found.source}", f" ← {found.source}"
        zh, en = ("（示例数字）", " (illustrative)") if found.illustrative else ("", "")
        value = shown(found.value)[0]
        line = f"{found.key.path} = {value}"
        return node(
            "figure", f"{line}{zh}{papers[0]}", f"{line}{en}{papers[1]}",
            value=value, evidence=list(found.evidence), confidence=found.confidence,
        )  # fmt: skip

    # --- words ------------------------------------------------------------------------------------
    def papers_behind(self, names: Collection[str]) -> Shown:
        """Papers after an arrow: the id, issuer and day of each; nothing where there is none."""
        if not names:
            return "", ""
        told = [self._papers.get(name) or self._paper(name) for name in names]
        return f" ← {', '.join(zh for zh, _ in told)}", f" ← {', '.join(en for _, en in told)}"

    def _paper(self, name: str) -> Shown:
        paper = self.papers[name]
        issuer = self.vocabulary.issuers.get(paper.issuer) if paper.issuer else None
        day = str(paper.date) if paper.date else ""
        zh, en = (issuer.zh, issuer.en) if issuer else ("", "")
        texts = [" ".join([part for part in (name, of, day) if part]) for of in (zh, en)]
        told = self._papers[name] = texts[0], texts[1]
        return told


def _compared(zh: str, en: str, one: Prepared, left: Shown, right: Shown) -> Shown:
    """A condition with the values that it compares; of words the one that was found, for what it is
    held against stands in the sentence."""
    if one.sign in ("==", "!=") and one.operands[0].expression.type.base in WORDED:
        if one.sign == "==" and left == right:
            return zh, en
        return f"{zh}（实为{left[0]}）", f"{en} (it is {left[1]})"
    sign = _COMPARED.get(one.sign or "", one.sign)
    return f"{zh}（{left[0]} {sign} {right[0]}）", f"{en} ({left[1]} {sign} {right[1]})"
