"""Problems as data: where, what is wrong, what to do, in Chinese and in English.

Every code stands in the catalogue; `problem` fills in its sentences, and no other code exists.

>>> from engine.language.node import Position
>>> found = problem("missing-field", Position("a.yaml", 3, 5, 3, 8), rule="41/base", field="id")
>>> print(render(found, "x:\\n- y:\\n  - when: z\\n", "en"))
a.yaml:3:5: missing-field in 41/base
    - when: z
      ^^^^
  "id" is missing here. Add "id".

`python -m engine.language.diagnostics` prints the page of all codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from unicodedata import category, combining, east_asian_width

from engine.language.catalogue import CATALOGUE as CATALOGUE
from engine.language.catalogue import GROUPS
from engine.language.catalogue.entry import LANGUAGES as LANGUAGES
from engine.language.catalogue.entry import Bilingual as Bilingual
from engine.language.catalogue.entry import CodeInfo as CodeInfo
from engine.language.catalogue.entry import Language as Language
from engine.language.catalogue.entry import Severity as Severity
from engine.language.node import Position

Field = str | int | Bilingual | Position | Sequence[str]
Json = dict[str, "str | int | dict[str, str] | None"]

WIDEST_LINE = 160
"""Columns of a source line that are shown; more is cut off around the place."""

NO_LABELS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. Diagnostics are ordered by file, line, column and code."""

    code: str
    severity: Severity
    at: Position
    rule: str | None
    message: Bilingual
    remedy: Bilingual

    def __lt__(self, other: Diagnostic) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, int, str, str, str, str]:
        place = (self.at.file, self.at.line, self.at.column)
        return (*place, self.code, self.rule or "", self.message.en, self.remedy.en)


def problem(code: str, at: Position, rule: str | None = None, **fields: Field) -> Diagnostic:
    """A diagnostic in the words of the catalogue.

    A field is text or a number; a `Bilingual` is said in the language of the sentence, a `Position`
    as file:line:column, a sequence as a list. Raises KeyError for a code that the catalogue does
    not have, TypeError if the fields are not those of its sentences (`CATALOGUE[code].fields`).
    """
    info = CATALOGUE[code]
    if fields.keys() != info.fields:
        raise TypeError(f"{code} takes the fields {sorted(info.fields)}, not {sorted(fields)}")
    return Diagnostic(
        code, info.severity, at, rule, _fill(info.explanation, fields), _fill(info.remedy, fields)
    )


def nearest(name: str, known: Iterable[str], labels: Mapping[str, str] = NO_LABELS) -> Bilingual:
    """At most three known names like this one, as the field `nearest` of the remedies.

    `labels` explains a name (`loan.days_late`: 逾期天数), and a name may be meant by its label.
    Nothing is like it: nothing is said.

    >>> nearest("loan.day_late", ["loan.days_late"], {"loan.days_late": "逾期天数"}).en
    ' to "loan.days_late" (逾期天数)'
    >>> nearest("逾期天", ["loan.days_late"], {"loan.days_late": "逾期天数"}).en
    ' to "loan.days_late" (逾期天数)'
    """
    meant = {label: one for one, label in labels.items()}
    close = get_close_matches(name, sorted({*known, *meant}), n=3)
    found = list(dict.fromkeys(meant.get(one, one) for one in close))
    if not found:
        return Bilingual("", "")
    zh = [f"“{one}”" + (f"（{labels[one]}）" if one in labels else "") for one in found]
    en = [f'"{one}"' + (f" ({labels[one]})" if one in labels else "") for one in found]
    return Bilingual("为" + "或".join(zh), " to " + " or ".join(en))


def as_json(diagnostic: Diagnostic) -> Json:
    """The form in which `tiaoli check --json` lists it; `message` and `remedy` by language."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "file": diagnostic.at.file,
        "line": diagnostic.at.line,
        "column": diagnostic.at.column,
        "rule": diagnostic.rule,
        "message": {"zh": diagnostic.message.zh, "en": diagnostic.message.en},
        "remedy": {"zh": diagnostic.remedy.zh, "en": diagnostic.remedy.en},
    }


def render(diagnostic: Diagnostic, source_text: str, lang: Language) -> str:
    """The diagnostic for a terminal: place, code and rule; the line with carets; cause and remedy.

    The caret stands under the text also behind Chinese characters, which are two columns wide. A
    line that `source_text` does not have is not shown.
    """
    lines = [_heading(diagnostic, lang)]
    source_lines = source_text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if diagnostic.at.line <= len(source_lines):
        lines += _excerpt(source_lines[diagnostic.at.line - 1], diagnostic.at)
    gap = "" if lang == "zh" else " "
    advice = diagnostic.message.of(lang) + gap + diagnostic.remedy.of(lang)
    return "\n".join(lines + ["  " + line for line in advice.split("\n")])


def page() -> str:
    """The page of all codes, in Markdown."""
    parts = [
        "# 诊断代码 · Diagnostics",
        "",
        "由目录生成，勿手改 · Generated from the catalogue, not edited by hand: "
        "`python -m engine.language.diagnostics > docs/diagnostics.md`",
    ]
    for title, codes in GROUPS:
        parts += ["", f"## {title.zh} · {title.en}", ""]
        parts += ["| code | severity | 中文 | English |", "|---|---|---|---|"]
        for code, info in codes.items():
            zh, en = _cell(info, "zh"), _cell(info, "en")
            parts.append(f'| <a id="{code}"></a>`{code}` | {info.severity} | {zh} | {en} |')
    return "\n".join(parts) + "\n"


def _fill(template: Bilingual, fields: Mapping[str, Field]) -> Bilingual:
    return Bilingual(
        template.zh.format_map({name: _say(field, "zh") for name, field in fields.items()}),
        template.en.format_map({name: _say(field, "en") for name, field in fields.items()}),
    )


def _say(field: Field, lang: Language) -> str:
    if isinstance(field, Bilingual):
        return field.of(lang)
    if isinstance(field, str | int | Position):
        return str(field)
    return ("、" if lang == "zh" else ", ").join(field)


def _heading(diagnostic: Diagnostic, lang: Language) -> str:
    text = f"{diagnostic.at}: {diagnostic.code}"
    if diagnostic.severity is not Severity.ERROR:
        word = {"warning": Bilingual("警告", "warning"), "note": Bilingual("提示", "note")}
        text += f" ({word[diagnostic.severity].of(lang)})"
    if diagnostic.rule is not None:
        text += (" 规则 " if lang == "zh" else " in ") + diagnostic.rule
    return text


def _excerpt(line: str, at: Position) -> list[str]:
    """The line and the carets under the place, which goes on to the end of the line if it must."""
    start = min(at.column - 1, len(line))
    stop = at.end_column if at.end_line == at.line else len(line.rstrip())
    shown = [_visible(character) for character in line]
    first = max(0, start - WIDEST_LINE // 2) if len(shown) > WIDEST_LINE else 0
    last = first + WIDEST_LINE
    before = sum(map(_width, shown[first:start]))
    marked = sum(map(_width, shown[start : min(stop, last)]))
    return [
        "  " + "".join(shown[first:last]).rstrip(),
        "  " + " " * before + "^" * max(1, marked),
    ]


def _visible(character: str) -> str:
    """The character, or one in its place that cannot act on the terminal."""
    if character == "\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if category(character).startswith("C") else character


def _width(character: str) -> int:
    """Columns of a terminal (Unicode Standard Annex 11; the ambiguous ones count as one)."""
    if combining(character) or category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _cell(info: CodeInfo, lang: Language) -> str:
    gap = "" if lang == "zh" else " "
    text = f"**{info.title.of(lang)}**<br>{info.explanation.of(lang)}{gap}{info.remedy.of(lang)}"
    return text.replace("{", "‹").replace("}", "›").replace("\n", " ").replace("|", "\\|")


if __name__ == "__main__":
    print(page(), end="")
