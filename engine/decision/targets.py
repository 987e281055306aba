"""What an explanation is asked about: a conclusion, a name that rules define, one rule.

target_of(vocabulary, "charge late-fee")      # Target("charge", "late-fee")
target_of(vocabulary, "borrower.rate")        # Target("define", "reader.rate")
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from engine.decision.decide import Law
from engine.decision.world import World
from engine.inference.effects import concludes
from engine.inference.program import Program
from engine.language.diagnostics import Bilingual
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Rule
from engine.law.vocabulary import Vocabulary


class ExplainError(ValueError):
    """What was asked for is not there: no such conclusion, no such rule."""

    def __init__(self, message: Bilingual) -> None:
        super().__init__(message.en)
        self.message = message


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


def target_of(vocabulary: Vocabulary, said: str) -> Target:
    """What is meant by `late-fee`, `charge late-fee` or `loan.rate`; raises ExplainError."""
    effect, _, what = said.rpartition(" ")
    kind = vocabulary.conclusions.get(what)
    if kind is not None:
        return Target(effect or kind.effect, what)
    word, _, name = what.partition(".")
    of = vocabulary.kind_of(word) if name else None
    info = vocabulary.of_kind(of, name) if of else vocabulary.of_case(what)
    if info is not None and info.origin == "defined" and not effect:
        return Target("define", info.key)
    defined = [key for key, one in vocabulary.names.items() if one.origin == "defined"]
    raise _unknown(("结论", "conclusion"), what, [*vocabulary.conclusions, *defined])


def _unknown(sort: tuple[str, str], said: str, known: Iterable[str]) -> ExplainError:
    near = get_close_matches(said, list(known), 3)
    zh, en = f"没有这样的{sort[0]}", f"there is no such {sort[1]}"
    if near:
        zh, en = f"{zh}。是不是：{'、'.join(near)}", f"{en}. Did you mean: {', '.join(near)}"
    return ExplainError(Bilingual(zh, en))


def check_rule(law: Law, worlds: list[World], said: str) -> None:
    """Raises ExplainError if no rule of any version has the name."""
    known = {one.rule for world in worlds for one in world.setting.program.rules}
    if any(is_named(one, said) for one in known):
        return
    every = [one for vs in law.registry.by_instrument.values() for v in vs for one in v.rules]
    if not any(is_named(one, said) for one in every):
        raise _unknown(("规则", "rule"), said, {n for one in every for n in (one.name, one.local)})


def is_named(rule: Rule, said: str | None) -> bool:
    """Whether a rule is the one that is asked for; None: any is."""
    return said is None or said in (rule.name, rule.local)
