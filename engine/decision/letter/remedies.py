"""What can be done against a decision: its periods and bodies, asked of the law like anything else.

    remedies = remedies_of(case, law, decision)
    remedies["decision"]["parts"], remedies["assumed"]

The vocabulary says which question tells (`contested`). Where the case records the decision already,
it is asked about that one. Otherwise one made on the day of the case is put into it, with what the
vocabulary says of it; `assumed` names each fact that was put there, and the letter says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.decision.case.canonical import canonical_case
from engine.decision.case.model import Case
from engine.decision.case.problems import CaseError
from engine.decision.case.reading import read_case_data
from engine.decision.deciding.decide import decide
from engine.decision.deciding.outcome import Decision
from engine.decision.governing.law import Law
from engine.decision.letter.results import is_absent
from engine.decision.words.paths_said import SUPPOSED
from engine.inference.program import Inference
from engine.law.places import COUNTRY
from engine.law.vocabulary_questions import Contested

Json = dict[str, Any]
BURDENS: Final = frozenset({"charge", "sanction"})
"""Effects of conclusions that somebody has to bear."""


def remedies_of(
    case: Case, law: Law, decision: Decision, *, inference: Inference = "rete"
) -> Json | None:
    """What can be done against the decision of a case, as a decision (`decision/1`, without trace);
    None where the vocabulary does not say what to ask."""
    contested = law.vocabulary.questions[case.question.ask].contested
    if contested is None:
        return None
    section = law.vocabulary.kinds[contested.kind].section
    assert section is not None
    plain: Json = dict(canonical_case(case, law.vocabulary))
    listed: Json = dict(plain.get(section, {}))
    given = _given(case, law, decision, contested, inference)
    id = _recorded(listed, given)
    assumed: list[str] = []
    if id is None:
        id = SUPPOSED
        listed[id] = given
        assumed = [f"{section}.{id}.{name}" for name in given]
    plain |= {section: listed, "question": {"ask": contested.ask, "about": [id]}, "choices": []}
    plain.pop("reference", None)
    try:
        supposed = read_case_data(plain, law.vocabulary)
    except CaseError:  # what is put in does not fit this case: nothing can be told
        return None
    found = decide(supposed, law, inference=inference, traced=False).as_json()
    if assumed and _burdens_nobody(law, decision):
        found["parts"] = []
    elif contested.tells:
        found["parts"] = [one for one in found["parts"] if one.get("object") in contested.tells]
    day = case.as_of.isoformat()
    values = {name: value for name, value in given.items() if isinstance(value, str)}
    return {"decision": found, "assumed": assumed, "day": day, "given": values}


def _burdens_nobody(law: Law, decision: Decision) -> bool:
    """Whether all that was asked about is a burden, and nobody has one: nothing is to be contested,
    nor to be paid in time."""
    parts, known = decision.content["parts"], law.vocabulary.conclusions
    objects = {part.get("object") for part in parts}
    if not parts or any(one not in known or known[one].effect not in BURDENS for one in objects):
        return False
    return all(part["outcome"] == "refused" or is_absent(part) for part in parts)


def _given(
    case: Case, law: Law, decision: Decision, contested: Contested, inference: Inference
) -> Json:
    """What the vocabulary says of the decision: each fact with its value."""
    given: Json = {}
    for name, word in contested.facts.items():
        conclusion, stop, aspect = word.partition(".")
        if word == "date":
            given[name] = case.as_of.isoformat()
        elif word == "about":
            many = law.vocabulary.names[f"{contested.kind}.{name}"].type.base == "list"
            about = list(case.question.about)
            if many or len(about) == 1:
                given[name] = about if many else about[0]
        elif stop or word == "place":
            value = _concluded(case, law, conclusion, aspect, inference) if stop else _law(decision)
            if value is not None:
                given[name] = value
        else:
            given[name] = word
    return given


def _law(decision: Decision) -> str | None:
    """The one place by whose law it was decided."""
    places = {version["place"] for version in decision.content["versions"]} - {COUNTRY}
    return str(places.pop()) if len(places) == 1 else None


def _concluded(
    case: Case, law: Law, conclusion: str, aspect: str, inference: Inference
) -> str | None:
    """An aspect of another conclusion about the same, where the law settles it."""
    kinds = {case.by_id[name].kind for name in case.question.about if name in case.by_id}
    for name, question in law.vocabulary.questions.items():
        sought = {what for _, what in question.seeks}
        if sought == {conclusion} and kinds and kinds <= set(question.about):
            plain: Json = dict(canonical_case(case, law.vocabulary))
            plain |= {"question": {"ask": name, "about": list(case.question.about)}, "choices": []}
            asked = read_case_data(plain, law.vocabulary)
            found = decide(asked, law, inference=inference, traced=False).as_json()
            values = {one.get("details", {}).get(aspect) for one in found["conclusions"]}
            if found["outcome"] == "determined" and len(values) == 1:
                value: object = values.pop()
                return None if value is None else str(value)
    return None


def _recorded(listed: Mapping[str, Any], given: Mapping[str, Any]) -> str | None:
    """The decision that the case records already: of the same kind and about the same."""
    same = {name: value for name, value in given.items() if not _is_of_a_day(value)}
    for id, facts in sorted(listed.items()):
        if same and isinstance(facts, dict) and all(facts.get(n) == v for n, v in same.items()):
            return id
    return None


def _is_of_a_day(value: object) -> bool:
    return isinstance(value, str) and value[:4].isdigit()
