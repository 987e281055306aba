"""What an explanation is asked about: a conclusion, a name that rules define, one rule.

target_of(vocabulary, "charge late-fee")      # Target("charge", "late-fee")
target_of(vocabulary, "borrower.rate")        # Target("define", "reader.rate")
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, Literal, TypeAlias

from engine.decision.case.model import Case
from engine.decision.governing.law import Law
from engine.decision.worlds.world import World
from engine.inference.effects import concludes
from engine.inference.program import Program
from engine.language.diagnostics import Bilingual
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Rule
from engine.law.vocabulary import Vocabulary

MOST_NAMED: Final = 8
"""So many names are told of what there is instead."""

Role: TypeAlias = Literal["draws", "supports", "neither"]
ROLES: Final[tuple[Role, ...]] = ("draws", "supports", "neither")


class ExplainError(ValueError):
    """What was asked for is not there: no such conclusion, no such rule."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


class BearerError(ExplainError):
    """The case has no such entity, or the answer does not concern it."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be explained: a conclusion with its effect, or a name that rules define."""

    effect: str
    what: str

    def rules(self, program: Program) -> tuple[int, ...]:
        """The rules of a program that draw it."""
        if self.effect == "define":
            return program.definers.get(self.what, ())
        return program.by_conclusion.get((self.effect, self.what), ())

    def drawn_by(self, rule: Rule) -> bool:
        """Whether a rule of any version draws it."""
        if self.effect == "define":
            return any(self.what in concludes(effect) for effect in rule.effects)
        return any(
            conclusion_of(effect) == self.what and type(effect).__name__.lower() == self.effect
            for effect in rule.effects
        )


def target_of(vocabulary: Vocabulary, said: str, sought: Iterable[str] = ()) -> Target:
    """What is meant by `late-fee`, `charge late-fee`, `loan.rate`, or by a label in words.

    `sought`: what the case asks for, to name where nothing is near. Raises ExplainError.
    """
    effect, _, what = said.rpartition(" ")
    kind = vocabulary.conclusions.get(what)
    if kind is not None and effect in ("", kind.effect):
        return Target(kind.effect, what)
    word, _, name = what.partition(".")
    of = vocabulary.kind_of(word) if name else None
    info = vocabulary.of_kind(of, name) if of else vocabulary.of_case(what)
    if info is not None and info.origin == "defined" and not effect:
        return Target("define", info.key)
    defined = {key: one for key, one in vocabulary.names.items() if one.origin == "defined"}
    for key, one in vocabulary.conclusions.items():
        if said in (one.label.zh, one.label.en):
            return Target(one.effect, key)
    for key, name_info in defined.items():
        if said in (name_info.zh, name_info.en):
            return Target("define", key)
    if kind is not None:
        raise _unknown(("结论", "conclusion"), said, (), [f"{kind.effect} {what}"])
    raise _unknown(("结论", "conclusion"), what, [*vocabulary.conclusions, *defined], sought)


def _unknown(
    sort: tuple[str, str], said: str, known: Iterable[str], instead: Iterable[str] = ()
) -> ExplainError:
    """`instead`: what there is, to name where nothing that is known is near."""
    zh, en = f"没有这样的{sort[0]}", f"there is no such {sort[1]}"
    near = get_close_matches(said, list(known), 3)
    others = sorted(set(instead))[:MOST_NAMED]
    if near:
        zh, en = f"{zh}。是不是：{'、'.join(near)}", f"{en}. Did you mean: {', '.join(near)}"
    elif others:
        zh, en = f"{zh}。有：{'、'.join(others)}", f"{en}. There is: {', '.join(others)}"
    return ExplainError(Bilingual(zh, en))


def check_rule(law: Law, worlds: list[World], said: str, target: Target) -> None:
    """Raises ExplainError if no rule of any version has the name. It names the rules of the same
    article, those of a like name, or else those that draw the conclusion, and how to list rules.
    """
    known = {one.rule for world in worlds for one in world.setting.program.rules}
    if any(is_named(one, said) for one in known):
        return
    every = [one for vs in law.registry.by_instrument.values() for v in vs for one in v.rules]
    if any(is_named(one, said) for one in every):
        return
    article = said.rpartition("/")[0]
    same = {one.local for one in known if article and one.article == article}
    here = {name for one in known for name in (one.name, one.local)}
    near = [] if same else get_close_matches(said, sorted(here), 3, 0.7)
    drawing = {
        world.setting.program.rules[index].rule.local
        for world in worlds
        for index in target.rules(world.setting.program)
    }
    listed = _few(same or near or drawing)
    where = f"tiaoli explain CASE --why-not {target.what} --all"
    zh, en = "没有这样的规则", "there is no such rule"
    if same or near:
        zh, en = f"{zh}。是不是：{listed[0]}", f"{en}. Did you mean: {listed[1]}"
    elif drawing:
        zh = f"{zh}。能导出该结论的有：{listed[0]}"
        en = f"{en}. Those that draw this conclusion: {listed[1]}"
    raise ExplainError(Bilingual(f"{zh}。全部列出：{where}", f"{en}. To list them: {where}"))


def check_bearer(
    case: Case, said: str, concerned: Iterable[str], *, of_answer: bool = False
) -> None:
    """Raises BearerError if the case has no such entity; `of_answer`: or if the answer does not
    concern it."""
    known = said in case.by_id
    if said not in concerned and (of_answer or not known):
        listed = _few(concerned)
        zh, en = "案件里没有这个对象", "the case has no such entity"
        if known:
            zh, en = "结果不涉及这个对象", "the answer does not concern it"
        raise BearerError(
            Bilingual(f"{zh}。结果涉及：{listed[0]}", f"{en}. The answer concerns: {listed[1]}")
        )


def _few(names: Iterable[str]) -> tuple[str, str]:
    """The first of some names, and how many more there are."""
    ordered = sorted(names)
    first, left = ordered[:MOST_NAMED], len(ordered) - MOST_NAMED
    zh, en = "、".join(first), ", ".join(first)
    return (f"{zh} 等 {len(ordered)} 个", f"{en} and {left} more") if left > 0 else (zh, en)


def role_of(law: Law, worlds: list[World], said: str | None, target: Target) -> Role:
    """Whether a rule draws a conclusion, gives or yields what the rules that draw it rest on, or
    neither; a rule of no governing version by what it says."""
    if said is None:
        return "draws"
    roles: set[Role] = set()
    for world in worlds:
        program = world.setting.program
        drawing = set(target.rules(program))
        behind = {
            other
            for index in drawing
            for other in (*program.relied_on(index), *program.rules[index].overridden_by)
        }
        for index, rule in program.written:
            if is_named(rule, said):
                here = index in drawing, index in behind
                roles.add("draws" if here[0] else "supports" if here[1] else "neither")
    if not roles:
        every = (r for vs in law.registry.by_instrument.values() for v in vs for r in v.rules)
        own = any(is_named(rule, said) and target.drawn_by(rule) for rule in every)
        return "draws" if own else "neither"
    return next(role for role in ROLES if role in roles)


def is_named(rule: Rule, said: str | None) -> bool:
    """Whether a rule is the one that is asked for; None: any is."""
    return said is None or said in (rule.name, rule.local)
