"""The rules of the project as sentences: each language only, and nothing said twice over."""

import re
from functools import cache
from pathlib import Path

from engine.language.diagnostics import Language
from engine.language.render import render_rule
from engine.law.registry import load_registry

RULESETS = Path(__file__).parents[2] / "rulesets"
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
TWICE = {
    "zh": re.compile(r"([\u4e00-\u9fff]{2,})\1"),
    "en": re.compile(r"\b(?:of|for) (?:the|this|that) ([a-z]+) of (?:the|that) \1\b"),
}
"""The same characters again; `of this birth of the birth`."""


@cache
def sentences(lang: Language) -> dict[str, str]:
    """Every rule of every version in words, by its name."""
    registry, _ = load_registry(RULESETS)
    vocabulary = registry.vocabulary
    assert vocabulary is not None
    return {
        f"{version.id}:{rule.name}": render_rule(rule, vocabulary, lang)
        for instrument in registry.instruments
        for version in registry.versions(instrument)
        for rule in version.rules
    }


def test_an_english_sentence_has_no_chinese_in_it() -> None:
    assert len(sentences("en")) > 300
    assert {name: said for name, said in sentences("en").items() if CHINESE.search(said)} == {}


def test_no_sentence_says_the_same_twice_over() -> None:
    for lang in ("zh", "en"):
        found = {name: TWICE[lang].search(said) for name, said in sentences(lang).items()}
        assert {name: hit[0] for name, hit in found.items() if hit is not None} == {}
