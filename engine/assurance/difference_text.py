"""The difference of two laws as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from engine.assurance.difference import RuleChange, Turned, VersionChange
from engine.language.diagnostics import Bilingual, Language

_KINDS: Final = {
    "added": Bilingual("新增", "added"),
    "removed": Bilingual("删去", "removed"),
    "changed": Bilingual("修改", "changed"),
    "renumbered": Bilingual("改序号", "renumbered"),
}


def difference_json(
    changes: Sequence[VersionChange], turned: Sequence[Turned] | None
) -> dict[str, Any]:
    """The form `difference/1`; `scenarios` is null where none was run."""
    return {
        "schema": "difference/1",
        "versions": [_version(one) for one in changes],
        "scenarios": None if turned is None else [_turned(one) for one in turned],
    }


def difference_text(
    changes: Sequence[VersionChange], turned: Sequence[Turned] | None, lang: Language
) -> str:
    """What is said otherwise, and then which scenarios come out otherwise."""
    lines: list[str] = []
    for change in changes:
        lines += [*_heading(change, lang), *_remarks(change, lang)]
        for one in change.rules:
            lines += _rule(one, lang)
    if not changes:
        lines.append(Bilingual("条文没有不同。", "The texts are alike.").of(lang))
    if turned is not None:
        told = Bilingual(
            f"情景：{len(turned)} 个结果改变", f"scenarios: {len(turned)} come out otherwise"
        )
        lines += ["", told.of(lang)]
        for found in turned:
            lines.append(f"  {found.scenario.at}  {found.scenario.name}")
            lines += [f"    {sign} {line}" for sign, line in _turns(found)]
    return "\n".join(lines)


def _turns(turned: Turned) -> Iterator[tuple[str, str]]:
    """What of the two answers is not the same, a line for each part or finding."""
    before, after = _lines(turned.before), _lines(turned.after)
    yield from (("-", line) for line in before if line not in after)
    yield from (("+", line) for line in after if line not in before)


def _lines(content: Mapping[str, Any]) -> list[str]:
    if "findings" in content:
        return [f"{f['point']} {f['subject']}: {f['finding']}" for f in content["findings"]]
    return [
        f"{part['bearer']}: {part['outcome']} {_values(part)}".rstrip() for part in content["parts"]
    ]


def _values(part: Mapping[str, Any]) -> str:
    bands = [f"{band['low'] or ''}…{band['high'] or ''}" for band in part["bands"]]
    return ", ".join(bands or [str(one.get("value")) for one in part["conclusions"]])


def _heading(change: VersionChange, lang: Language) -> Iterator[str]:
    old, new = change.old, change.new
    if old is None or new is None:
        kind = _KINDS["removed" if new is None else "added"].of(lang)
        yield f"{change.instrument}/{old or new}  {kind}"
    elif old == new:
        yield f"{change.instrument}/{old}"
    else:
        yield f"{change.instrument}  {old} → {new}"


def _remarks(change: VersionChange, lang: Language) -> Iterator[str]:
    for sign, remark in change.remarks:
        yield f"  {sign} {remark.of(lang)}"


def _rule(change: RuleChange, lang: Language) -> Iterator[str]:
    was = f"{change.was} → " if change.was else ""
    yield f"  {was}{change.rule}  {_KINDS[change.kind].of(lang)}"
    if change.kind != "renumbered":
        for sign, said in (("-", change.before), ("+", change.after)):
            if said is not None:
                yield f"    {sign} {said.of(lang)}"


def _version(change: VersionChange) -> dict[str, Any]:
    return {
        "instrument": change.instrument,
        "old": change.old,
        "new": change.new,
        "remarks": [{"sign": sign, "text": _both(text)} for sign, text in change.remarks],
        "rules": [
            {
                "article": one.article,
                "rule": one.rule,
                "was": one.was,
                "change": one.kind,
                "before": _both(one.before),
                "after": _both(one.after),
            }
            for one in change.rules
        ],
    }


def _turned(turned: Turned) -> dict[str, Any]:
    scenario = turned.scenario
    return {
        "file": scenario.file,
        "line": scenario.line,
        "name": scenario.name,
        "before": turned.before,
        "after": turned.after,
    }


def _both(text: Bilingual | None) -> Mapping[str, str] | None:
    return None if text is None else {"zh": text.zh, "en": text.en}
