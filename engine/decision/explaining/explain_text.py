"""Why, or why not, as text.

render_explanation(explain(case, law, "late-fee", why=True).as_json(), "zh", law.vocabulary)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from engine.decision.words.nodes import Node
from engine.decision.words.paths_said import with_words
from engine.decision.words.shortly import line, told_once, under_heading
from engine.decision.words.text import draw
from engine.language.diagnostics import Language
from engine.law.vocabulary import Vocabulary

NEAREST: Final = 3
"""Of more rules than this the nearest are told in full, the others in short."""
_OTHERS: Final = "其余规则，近的在前", "other rules, the nearest first"


def render_explanation(
    content: Mapping[str, Any], lang: Language, words: Vocabulary, *, whole: bool = False
) -> str:
    """An explanation (`explanation/1`) as text, a tree. Of many rules that fail the nearest are
    told with all that stands in their way and the others in a line each, unless the `whole` is
    asked for."""
    rules = content["rules"]
    if content["kind"] == "why-not" and len(rules) > NEAREST and not whole:
        near = [rule for rule in rules if rule["truth"] == "true"][:NEAREST] or rules[:NEAREST]
        others = [_in_short(rule) for rule in rules if not any(rule is one for one in near)]
        rules = [*near, *under_heading(_OTHERS, others, whole=whole)]
    below = [*content["ended_by"], *rules, *content["passed_over"]]
    told = below if whole else told_once(below)
    return with_words(draw({"text": content["text"], "children": told}, lang), words, lang)


def _in_short(rule: Node) -> Node:
    """A rule with the first thing that stands in its way, and how many others do."""
    zh, en = rule["text"]["zh"], rule["text"]["en"]
    failing = [one for one in rule.get("children", ()) if one["kind"] != "choice"]
    first = rule.get("first")
    if rule["truth"] == "true" or first is None:
        return line(zh, en)
    more = len(failing) - 1
    more_zh, more_en = (f"（另有 {more} 项）", f" ({more} more)") if more > 0 else ("", "")
    zh, en = f"{zh}　先是：{first['zh']}{more_zh}", f"{en}  first: {first['en']}{more_en}"
    return line(zh, en)
