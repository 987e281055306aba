"""Coverage and mutation as text, in Chinese and in English.

print(coverage_text(coverage(law, scenarios), "zh"))
print(mutation_text(mutate(law, scenarios), "en"))
"""

from __future__ import annotations

from engine.assurance import coverage, mutation
from engine.assurance.coverage import Coverage, Decisive
from engine.assurance.mutation import Mutation, Trial
from engine.language.diagnostics import Bilingual, Language


def coverage_text(found: Coverage, lang: Language) -> str:
    """A line for each instrument, below it the rules that decide nothing, and the sum."""
    lines: list[str] = []
    for instrument, rules in found.by_instrument():
        undecided = [one for one in rules if one.decides is None]
        share = f"{len(rules) - len(undecided)}/{len(rules)}"
        lines.append(f"{share:>7}  {instrument}  {found.titles[instrument].of(lang)}")
        lines += [f"         - {_undecided(one, lang)}" for one in undecided]
    provisions, undecided_in_all = len(found.rules), len(found.undecided)
    total = Bilingual(
        f"{provisions} 条规定，{provisions - undecided_in_all} 条由情景检验",
        f"{provisions} provisions, {provisions - undecided_in_all} of them decide a scenario",
    )
    return "\n".join([*lines, total.of(lang) + _bound(undecided_in_all, coverage.TRIES, lang)])


def _undecided(one: Decisive, lang: Language) -> str:
    """A rule that decides nothing, with those that say the same if that is why."""
    told = f"{one.rule.name}  ({one.rule.at})"
    if not one.beside:
        return told
    same = Bilingual("、", ", ").of(lang).join(rule.name for rule in one.beside)
    return f"{told}  {Bilingual(f'与 {same} 相同', f'says the same as {same}').of(lang)}"


def mutation_text(found: Mutation, lang: Language) -> str:
    """A line for each slip, those that nothing notices first, and the sum."""
    lines = [_line(trial, lang) for trial in (*found.survivors, *found.killed)]
    slips, survived = len(found.trials), len(found.survivors)
    total = Bilingual(
        f"改错 {slips} 处，{survived} 处未被发现",
        f"{slips} slips, {survived} of them unnoticed",
    )
    return "\n".join([*lines, total.of(lang) + _bound(survived, mutation.TRIES, lang)])


def _bound(not_found: int, tries: int, lang: Language) -> str:
    """That what was not found may lie in a scenario farther away."""
    told = Bilingual(f"（每项最多试 {tries} 个情景）", f" (trying {tries} scenarios each at most)")
    return told.of(lang) if not_found else ""


def _line(trial: Trial, lang: Language) -> str:
    if trial.killed_by is None:
        how = Bilingual("未发现", "SURVIVED")
    else:
        at = trial.killed_by.at
        how = Bilingual(f"已发现 {at}", f"killed {at}")
    place = f"{trial.rule.at.file}:{trial.rule.at.line}"
    return f"{place}: {trial.rule.name}: {trial.told.of(lang)}: {how.of(lang)}"
