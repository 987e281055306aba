"""Which rules end what others conclude: they refuse it, or let it lapse."""

from __future__ import annotations

from engine.inference.program import Program, ProgramRule
from engine.language.rule_expressions import conclusion_of
from engine.language.ruleset import Lapse, Refuse


def ending(program: Program, what: str) -> tuple[int, ...]:
    """The rules that refuse a conclusion, or let it lapse."""
    key = ("ending", what)
    found: tuple[int, ...] | None = program.told.get(key)
    if found is None:
        rules = (*program.by_effect.get("refuse", ()), *program.by_effect.get("lapse", ()))
        found = tuple(one for one in rules if what in _ends(program, program.rules[one]))
        program.told[key] = found
    return found


def _ends(program: Program, rule: ProgramRule) -> set[str]:
    """The conclusions that a rule refuses or lets lapse: the one it names, else those of its own
    article."""
    effect = rule.rule.effects[0]
    assert isinstance(effect, Refuse | Lapse)
    if effect.what is not None:
        return {effect.what}
    article = (
        other.rule
        for other in program.rules
        if (other.version, other.rule.article) == (rule.version, rule.rule.article)
    )
    return {what for one in article for e in one.effects if (what := conclusion_of(e))}
