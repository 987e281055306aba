"""`tiaoli diff OLD NEW`: what two texts say differently, and which scenarios come out otherwise.

tiaoli diff cn/hubei/pfp-regulations/2009-03-01 cn/hubei/pfp-regulations/2014-03-27
tiaoli diff rulesets build/try/rulesets
tiaoli diff rulesets/cn/hubei/pfp-regulations/2009-03-01.yaml my-copy.yaml
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.commands.options import FEATURES, RULESETS, Features, InJson, Lang, Rulesets
from engine.commands.told import fail, json_text, read_law, read_scenarios_of, refuse_rulesets
from engine.language.diagnostics import Bilingual, Language

if TYPE_CHECKING:
    from engine.assurance.difference import VersionChange
    from engine.decision.governing.law import Law
    from engine.language.ruleset import Version

Text = Annotated[
    str,
    typer.Argument(show_default=False, help="文本、文件或者规则文件夹 · version, file or folder"),
]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Two laws, and what they say differently."""

    old: Law
    new: Law
    changes: tuple[VersionChange, ...]


def add_diff(app: typer.Typer) -> None:
    """Adds this command to the command line."""
    app.command(name="diff", help="两个文本有何不同 · What two texts say differently.")(diff)


def diff(
    old: Text,
    new: Text,
    scenarios: Annotated[
        bool, typer.Option(help="哪些情景的结果改变 · also which scenarios change")
    ] = True,
    in_json: InJson = False,
    lang: Lang = "zh",
    rulesets: Rulesets = RULESETS,
    features: Features = FEATURES,
) -> None:
    """Prints the changes article by article; exits 0 whether or not there are any."""
    from engine.assurance.difference import turned_scenarios
    from engine.assurance.difference_text import difference_json, difference_text

    with _sides(old, new, rulesets, lang) as sides:
        turned = None
        if scenarios:
            prepared = read_scenarios_of(features, sides.old, lang)
            turned = list(turned_scenarios(sides.old, sides.new, prepared, sides.changes))
    if in_json:
        print(json_text(difference_json(sides.changes, turned)))
    else:
        print(difference_text(sides.changes, turned, lang))


@contextmanager
def _sides(old: str, new: str, rulesets: Path, lang: Language) -> Iterator[_Sides]:
    """The two laws: of two folders, of one folder in which loose files stand in the place of its
    own, or of one in which one version says what another says."""
    from engine.assurance.difference import in_place_of, law_changes, version_change
    from engine.law.check_path import WORDS, Misplaced, folder_of, staged

    # Two files of one other folder are texts of that folder.
    owned = {folder_of(Path(text)) for text in (old, new)}
    rulesets = (owned.pop() or rulesets) if len(owned) == 1 else rulesets
    law = read_law(rulesets, None, lang)
    one, other = _version(law, old, rulesets), _version(law, new, rulesets)
    if one is not None and other is not None:
        if one.instrument.id != other.instrument.id:
            told = Bilingual("两个文本不属于同一文件", "these are texts of two instruments")
            fail(told, lang)
        change = version_change(one, other, law.vocabulary)
        changes = (change,) if change.rules or change.remarks else ()
        yield _Sides(law, in_place_of(law, one, other), changes)
        return
    with ExitStack() as stack:
        laws = []
        for text in (old, new):
            path = Path(text)
            try:
                if not (path / WORDS).is_dir() and _version(law, text, rulesets) is None:
                    path, _ = stack.enter_context(staged(path.resolve(strict=True), rulesets))
            except Misplaced as error:
                refuse_rulesets(error.diagnostics, lang)
            except OSError:
                told = Bilingual(f"没有这个文本：{text}", f"there is no such text: {text}")
                fail(told, lang)
            laws.append(read_law(path, None, lang) if (path / WORDS).is_dir() else law)
        yield _Sides(laws[0], laws[1], law_changes(laws[0], laws[1]))


def _version(law: Law, text: str, rulesets: Path) -> Version | None:
    """The version that a name or a file of the folder stands for."""
    path = Path(text)
    if path.is_file() and path.resolve().is_relative_to(rulesets.resolve()):
        relative = path.resolve().relative_to(rulesets.resolve())
        text = f"{relative.parent.as_posix()}/{relative.stem.partition('.r')[0]}"
    instrument, _, id = text.strip("/").rpartition("/")
    if instrument not in law.registry.instruments:
        return None
    return next((one for one in law.registry.versions(instrument) if one.id == id), None)
