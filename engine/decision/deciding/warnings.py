"""Warnings of a result: what a reader must know before relying on it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from engine.decision.case.model import Case, Found, State
from engine.decision.deciding.confidence import rests_on_a_list, unread_of
from engine.decision.deciding.figures_told import figure_warnings
from engine.decision.deciding.followed import followed_in
from engine.decision.deciding.open_points import ChoiceError, open_points, value_at
from engine.decision.deciding.unproved import Proofs, proofs_asked, unproved
from engine.decision.words.written import article_in
from engine.decision.worlds.horizon import Change
from engine.decision.worlds.world import World
from engine.inference.program import Program, ProgramRule
from engine.language.diagnostics import LANGUAGES
from engine.language.ruleset import Unread
from engine.values.calendar import known_years

if TYPE_CHECKING:
    from engine.decision.deciding.decide import Evaluation
from engine.decision.deciding.part import Part
from engine.decision.worlds.rounded import POINT


def _warning(code: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"code": code, "text": {"zh": zh, "en": en}, **more}


def _unread(unread: Unread, rule: ProgramRule) -> dict[str, Any]:
    day = unread.day.isoformat()
    zh, en = (article_in(rule.rule.article, lang) for lang in LANGUAGES)
    return _warning(
        "unread-amendment",
        f"{day} 的一次修改未读到，可能涉及{zh}：结论至多为“较可能”",
        f"an amendment of {day} was not read and may touch {en}: at most probable",
        rule=rule.rule.name,
    )


def warnings_of(
    evaluation: Evaluation,
    parts: list[Part],
    told: list[dict[str, Any]],
    worlds: list[World],
    change: Change,
) -> list[dict[str, Any]]:
    """The warnings of a result, each once; the rules that it concerns are gathered."""
    found: dict[str, dict[str, Any]] = {}
    for warning in (
        *_of_rules(parts),
        *(warning for world in dict.fromkeys(worlds) for warning in _of_world(world)),
        *_of_followed(evaluation, worlds),
        *(_warning(*one) for one in figure_warnings(evaluation, worlds, told)),
        *_of_case(evaluation),
        *_of_choices(evaluation.case, parts),
        *_of_rounding(parts),
    ):
        rule = warning.pop("rule", None)
        same = found.setdefault(warning["text"]["zh"], warning)
        if rule and rule not in same.setdefault("rules", []):
            same["rules"].append(rule)
    untold = any(part.get("law_not_told") and part["missing"] for part in told)
    if untold:
        found["law-not-told"] = _warning(
            "law-not-told",
            "适用哪里、哪一日的规定还不能确定：补上所缺事实以后，可能还要其他事实",
            "which law governs cannot be told yet: once the missing facts are there, more may be "
            "needed",
        )
    if untold or any(part.get("not_minimal") for part in told):
        found["missing-not-minimal"] = _warning(
            "missing-not-minimal",
            "未知情况太多，所列缺失事实不一定是最少的",
            "too much is unknown: the missing facts listed may not be the fewest",
        )
    if any(part.get("not_followed") for part in told):
        found["not-followed"] = _not_followed(told, parts)
    if not change.followed:
        found["change-not-followed"] = _warning(
            "change-not-followed",
            "此后哪一日起答案改变，没有推算完：没有日期不表示不再改变",
            "the day from which the answer changes was not followed to the end: that none is given "
            "does not mean that it does not change",
        )
    return list(found.values())


def _not_followed(told: list[dict[str, Any]], parts: list[Part]) -> dict[str, Any]:
    """That there was more to follow than is followed for one answer, and what would shorten it:
    facts, or, where all are known, fewer things at once of which each leaves choices of its own."""
    facts = list(dict.fromkeys(fact for one in told for fact in one.get("find_first", ())))
    zh = "可能的情形太多，没有全部推算；没有推算的不作任何认定，所以待定"
    en = "more is possible than was followed; what was not followed settles nothing: undetermined"
    of = [] if facts else _chosen_for(parts)
    if facts:
        zh = f"{zh}。先查明：{'、'.join(facts)}"
        en = f"{en}. Find out first: {', '.join(facts)}"
    elif len(of) > 1:
        named = "、".join(of), ", ".join(of)
        zh = f"{zh}。事实都已知道，情形来自对 {named[0]} 各自的选择：可以分开询问，合起来怎样另看"
        en = f"{en}. No fact is lacking: {named[1]} each leave choices; ask about fewer at once"
    return _warning("not-followed", zh, en, facts=facts)


def _chosen_for(parts: list[Part]) -> list[str]:
    """For what, beside the bearer, there were choices in parts that were cut short."""
    of = {
        point.name.rpartition("@")[2]
        for part in parts
        if part.explored.cut
        for point in part.explored.points.values()
        if point.is_choice
    }
    return sorted(of - {part.bearer for part in parts})


def _of_rules(parts: list[Part]) -> Iterator[dict[str, Any]]:
    """That rules which decided are uncertain, or lists in which nothing was found."""
    seen: set[tuple[World, int]] = set()
    for world, rules in (pair for part in parts for pair in part.deciding):
        for index in rules:
            rule = world.setting.program.rules[index]
            uncertain = rule.unread or rule.rule.confidence == "probable"
            if not uncertain or (world, index) in seen:
                continue
            seen.add((world, index))
            for unread in unread_of(world, rule):
                yield _unread(unread, rule)
            if rule.rule.confidence == "probable":
                local, gist = rule.rule.local, rule.rule.gist
                zh, en = (f"（{gist.zh}）", f" ({gist.en})") if gist else ("", "")
                yield _warning(
                    "probable-rule",
                    f"{local}{zh}只是较可能的读法",
                    f"{local}{en} is only a probable reading",
                    rule=rule.rule.name,
                )
    for part in parts:
        for world in part.worlds:
            if rests_on_a_list(part, world):
                for index in world.setting.program.by_effect.get("permit", ()):
                    rule = world.setting.program.rules[index]
                    for unread in unread_of(world, rule):
                        yield _unread(unread, rule)


def _of_followed(evaluation: Evaluation, worlds: list[World]) -> Iterator[dict[str, Any]]:
    """That a field which the case does not state was taken from others."""
    followed = followed_in(worlds, evaluation.law.vocabulary, evaluation.case.as_of)
    for path, said in followed.items():
        yield _warning("followed", said.zh, said.en, fact=path)


def _of_world(world: World) -> Iterator[dict[str, Any]]:
    """That a figure is uncertain, or that a period still runs."""
    for figure in world.figures.values():
        path = figure.key.path
        if figure.illustrative:
            yield _warning(
                "illustrative-figure",
                f"{path} 是示例数字，不能据以作出决定",
                f"{path} is an illustrative figure: no decision may rest on it",
            )
        elif figure.brought and figure.confidence != "confirmed":
            yield _warning(
                "unverified-figure",
                f"{path} 没有经核实的证明",
                f"{path} has no verified paper behind it",
            )
    for last in sorted(world.running):
        yield _warning(
            "running-period",
            f"期限尚在进行，最后一日为 {last.isoformat()}",
            f"a period is still running; its last day is {last.isoformat()}",
        )
    for year in sorted(world.without_calendar):
        years = known_years()
        yield _warning(
            "no-calendar",
            f"{year}年的节假日没有历法可查（所知为{years[0]}年至{years[-1]}年），期限的末日没有顺延",
            f"the holidays of {year} are not known (known: {years[0]} to {years[-1]}); the last "
            "day of the period was not moved",
        )


def _of_choices(case: Case, parts: list[Part]) -> Iterator[dict[str, Any]]:
    """What is wrong with the choices that a case records: they stand beside the bands anyway."""
    known = open_points(parts) if case.choices else {}
    for made in case.choices:
        point = known.get(made.point)
        if point is None:
            yield _warning(
                "choice-not-open",
                f"{made.point}：本案在这里没有选择的余地，所记录的选择不起作用",
                f"{made.point}: nothing is open to choice here, and the choice has no effect",
            )
            continue
        try:
            for value in made.value if isinstance(made.value, tuple) else (made.value,):
                value_at(point, value)
        except ChoiceError as error:
            yield _warning(f"choice-{error.code}", error.message.zh, error.message.en)
        if not (made.reasons or "").strip():
            yield _warning(
                "choice-no-reasons",
                f"{made.point}：没有写明选择的理由",
                f"{made.point}: the choice states no reasons",
            )


def _of_rounding(parts: list[Part]) -> Iterator[dict[str, Any]]:
    """That a fraction of a fen was rounded both ways, for want of a rule."""
    points = (
        choice.point
        for part in parts
        for options in part.options
        for _, band in options.bands
        for choice in band.choices
    )
    for point in dict.fromkeys(one for one in points if POINT in one):
        yield _warning(
            "rounding-not-said",
            f"{point}：数额不足一分的部分如何取整没有规定，舍去、进位两种都列出",
            f"{point}: nothing says how a fraction of a fen is rounded; both down and up are told",
        )


def _proofs_of(program: Program) -> Proofs:
    """What a program wants proved for a benefit; worked out once."""
    found: Proofs | None = program.told.get("proofs")
    if found is None:
        found = program.told["proofs"] = proofs_asked(rule for _, rule in program.written)
    return found


def _of_case(evaluation: Evaluation) -> Iterator[dict[str, Any]]:
    """What the caseworker filled in or found, what could not be established, who is not there."""
    worlds = [one for one in evaluation.worlds.values() if isinstance(one, World)]
    programs = {id(one.setting.program): one.setting.program for one in worlds}
    proofs = [_proofs_of(program) for program in programs.values()]
    for path in dict.fromkeys(path for one in proofs for path in unproved(evaluation.case, one)):
        yield _warning(
            "unproved-fact",
            f"{path} 没有经核实的证明：以其为条件的待遇没有计入",
            f"{path} has no verified paper: benefits that ask for one are not told",
        )
    asked = evaluation.case.question.about
    if asked and not evaluation.base.about:
        yield _warning(
            "not-in-the-case",
            f"案件中没有所问的 {'、'.join(asked)}：补上，或者改正 question.about",
            f"{', '.join(asked)} is asked about and not in the case: add it, or correct "
            "question.about",
        )
    for name, value in sorted(evaluation.case.settings.items()):
        info = evaluation.law.vocabulary.names.get(name)
        zh, en = (name, name) if info is None else (info.zh, info.en)
        if programs and all(name in program.definers for program in programs.values()):
            yield _warning(
                "setting-not-open",
                f"条文已有规定，经办人填写的不起作用：{zh} {value}",
                f"the text settles it, and what the caseworker filled in has no effect: {en} "
                f"{value}",
            )
            continue
        yield _warning(
            "setting",
            f"条文未写明，由经办人填写：{zh} {value}",
            f"the text leaves it open; filled in by the caseworker: {en} {value}",
        )
    closing = _closing(evaluation)
    for _, record in sorted(evaluation.case.by_id.items()):
        told = [
            (key, fact)
            for key, fact in record.facts.items()
            if type(fact) is Found and (fact.state is State.UNESTABLISHED or key in closing)
        ]
        for key, fact in sorted(told, key=_first):
            if key in closing and fact.value == closing[key]:
                yield _warning(
                    "closed-by-finding",
                    f"{record.id}：经办人认定没有主张或者查明任何理由，未逐项审查",
                    f"{record.id}: found by the caseworker that no ground was claimed or found; "
                    "the grounds were not examined one by one",
                    fact=fact.path,
                )
            if fact.state is State.UNESTABLISHED:
                yield _warning(
                    "unestablished",
                    f"{fact.path} 未能查明：以其为条件的规定不适用",
                    f"{fact.path} is not established: norms that rest on it are not applied",
                )


def _closing(evaluation: Evaluation) -> dict[str, object]:
    """The facts that close a conclusion, each with the value that does."""
    told = evaluation.base.program.told
    found: dict[str, object] | None = told.get("closing")
    if found is None:
        facts = evaluation.law.vocabulary.facts.items()
        found = told["closing"] = {key: f.closes.value for key, f in facts if f.closes}
    return found


def _first(pair: tuple[str, Found]) -> str:
    return pair[0]
