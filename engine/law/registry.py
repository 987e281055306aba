"""All instruments and their versions: which law there is, from when to when, and where.

    registry, problems = load_registry(Path("rulesets"), known_at=date(2027, 1, 1))
    registry.candidates("cn/library/lending", date(2005, 3, 1))     # ((version, certain), …)
    registry.for_place(("420281", "420200", "420000", "000000"))    # of these territories

A file stands at `<instrument>/<version>.yaml`; `<version>.r2.yaml` is a correction of it. Law in
force and what was known are two axes: of each version the latest revision recorded by `known_at`
counts, and a version amends the text that the others make with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from engine.language.diagnostics import Diagnostic, nearest
from engine.language.fields import Problems, as_day, as_mapping, as_window, only, text_field, word
from engine.language.node import Mapping as MappingNode
from engine.language.node import Position, Text
from engine.language.read import FIRST_RECORDED, open_source, read_version
from engine.language.ruleset import Governs, Instrument, Version
from engine.law.amendments import Consolidated, amend, enact
from engine.law.places import contains
from engine.law.undisturbed import undisturbed
from engine.law.vocabulary import Vocabulary, load_vocabulary

NOT_LAW = frozenset(
    ("vocabulary", "sources", "statistics", "coverage", "places", "in-time", "seeds")
)
"""Folders of rulesets/ that hold no instruments."""
LOCK = "PUBLISHED.lock"
"""Lines of SHA-256 and path, as `sha256sum` writes them: what was published stays as it is."""

CUT = "flow-collection"

_NAME = re.compile(r"(?P<version>.+?)(?:\.r(?P<revision>[0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read."""

    id: str
    where: str
    kind: str
    read: str
    at: Position


@dataclass(frozen=True, slots=True)
class Registry:
    """Instruments with their consolidated versions, in the order in which they come into force."""

    vocabulary: Vocabulary | None
    instruments: Mapping[str, Instrument]
    by_instrument: Mapping[str, tuple[Version, ...]]
    connecting: Mapping[str, frozenset[str]]
    """The instruments with connecting rules, and which of their versions have any."""
    sources: Mapping[str, Source]

    def versions(self, instrument: str) -> tuple[Version, ...]:
        """The versions of an instrument in order; KeyError if there is no such instrument."""
        return self.by_instrument[instrument]

    def version(self, instrument: str, id: str) -> Version:
        """The version of an instrument with this id; KeyError if there is none."""
        for one in self.by_instrument[instrument]:
            if one.id == id:
                return one
        raise KeyError(id)

    def window_of_end(self, version: Version) -> tuple[date, date] | None:
        """First days, earliest and latest, on which a version is no longer in force.

        Its own end or, where it states none, the start of its successor; None: it is in force.
        """
        if version.ends is not None:
            return version.ends
        after = self.successor(version)
        return None if after is None else after.in_force

    def successor(self, version: Version) -> Version | None:
        """The version that comes next; None if there is none."""
        versions = self.by_instrument[version.instrument.id]
        place = next(i for i, one in enumerate(versions) if one.id == version.id)
        return versions[place + 1] if place + 1 < len(versions) else None

    def candidates(self, instrument: str, day: date) -> tuple[tuple[Version, bool], ...]:
        """The versions that may be in force on a day, each with whether it certainly is.

        Empty where none can be. KeyError if there is no such instrument.
        """
        found: list[tuple[Version, bool]] = []
        versions = self.by_instrument[instrument]
        for place, version in enumerate(versions, 1):
            first, last = version.in_force
            if day < first:
                break  # the versions stand in the order in which they come into force
            end = version.ends
            if end is None and place < len(versions):
                end = versions[place].in_force
            if end is None or day < end[1]:
                found.append((version, last <= day and (end is None or day < end[0])))
        return tuple(found)

    def connecting_days(self) -> list[date]:
        """The first days of the versions with connecting rules, in order: before the first of them
        nothing says which law governs."""
        return sorted(
            self.version(name, id).in_force[0]
            for name, versions in self.connecting.items()
            for id in versions
        )

    def for_place(self, chain: Collection[str]) -> tuple[Instrument, ...]:
        """The instruments whose territory is a place of a chain of codes, by their ids."""
        return tuple(one for one in self.instruments.values() if one.territory in chain)

    def has_law_below(self, place: str) -> bool:
        """Whether a text is of a place that lies in this one."""
        territories = (one.territory for one in self.instruments.values())
        return any(own != place and contains(place, own) for own in territories)


@dataclass(frozen=True, slots=True)
class _File:
    """One file of an instrument: a version or a revision of it."""

    name: str
    instrument: str
    version: str
    revision: int
    recorded: date
    node: MappingNode


@undisturbed()
def load_registry(
    rulesets: Path, known_at: date | None = None, vocabulary: Vocabulary | None = None
) -> tuple[Registry, list[Diagnostic]]:
    """The registry of a folder of rulesets, and every problem of its files.

    Places in the problems name files relative to the folder. `known_at`: only what was recorded by
    that day; None: everything. Without a `vocabulary` that of the folder is loaded; where that has
    an error, no version is read and its problems are returned.
    """
    problems = Problems([])
    sources = read_sources(rulesets, problems)
    if vocabulary is None:
        vocabulary, wrong = load_vocabulary(rulesets / "vocabulary")
        problems.found.extend(wrong)
    if vocabulary is None:
        return Registry(None, {}, {}, {}, sources), sorted(set(problems.found))
    files, unreadable = _files(rulesets, problems)
    _check_lock(rulesets, problems)
    versions: dict[str, list[Version]] = {}
    for text in _consolidate(_known(files, known_at), unreadable, problems):
        version, wrong = read_version(text.node, vocabulary, text.id, text.enacted, sources)
        problems.found.extend(wrong)
        if version is not None:
            versions.setdefault(version.instrument.id, []).append(version)
    ordered = {
        id: tuple(sorted(versions[id], key=lambda one: (one.in_force, one.id)))
        for id in sorted(versions)
    }
    instruments = {id: found[-1].instrument for id, found in ordered.items()}
    registry = Registry(vocabulary, instruments, ordered, _connecting(ordered), sources)
    for id in ordered:
        _check_times(registry, id, problems)
    return registry, _without_echoes(problems)


def _connecting(ordered: Mapping[str, tuple[Version, ...]]) -> dict[str, frozenset[str]]:
    found = {
        id: frozenset(
            version.id
            for version in versions
            if any(isinstance(e, Governs) for rule in version.rules for e in rule.effects)
        )
        for id, versions in ordered.items()
    }
    return {id: versions for id, versions in found.items() if versions}


def _without_echoes(problems: Problems) -> list[Diagnostic]:
    """The problems in order; what a comma cut in two is not reported a second time as nonsense."""
    cut = {(one.at.file, one.at.line) for one in problems.found if one.code == CUT}
    return sorted(
        one
        for one in set(problems.found)
        if one.code == CUT or (one.at.file, one.at.line) not in cut
    )


def read_sources(rulesets: Path, problems: Problems) -> dict[str, Source]:
    """The sources of all files under `sources/`, by id."""
    found: dict[str, Source] = {}
    for path in sorted((rulesets / "sources").rglob("*.yaml")):
        node, wrong = open_source(path.read_bytes(), path.relative_to(rulesets).as_posix())
        problems.found.extend(wrong)
        for entry in node.entries if node is not None else ():
            body = as_mapping(entry.value, problems)
            id = entry.key.value
            if body is None:
                continue
            if id in found:
                problems.add("duplicate-name", entry.key.at, name=id, other=found[id].at)
                continue
            only(body, ("where", "kind", "read", "note"), problems)
            said = [word(body, key, problems) or "" for key in ("where", "kind", "read")]
            found[id] = Source(id, said[0], said[1], said[2], entry.key.at)
    return found


def hash_files(rulesets: Path) -> dict[str, str]:
    """SHA-256 of each file of the rulesets, by its path relative to the folder."""
    paths = [path for path in sorted(rulesets.rglob("*")) if path.is_file() and path.name != LOCK]
    return {
        path.relative_to(rulesets).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


def read_lock(rulesets: Path) -> dict[str, str]:
    """What was published: SHA-256 by path; nothing where there is no lock."""
    lock = rulesets / LOCK
    found: dict[str, str] = {}
    for line in lock.read_text(encoding="utf-8").splitlines() if lock.is_file() else ():
        expected, _, name = line.strip().partition(" ")
        name = name.strip().removeprefix("*")
        if name:
            found[name] = expected
    return found


def _check_lock(rulesets: Path, problems: Problems) -> None:
    """Reports what was published and is not there any more as it was."""
    for name, expected in read_lock(rulesets).items():
        path = rulesets / name
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != expected:
            problems.add("published-edited", Position(name, 1, 1, 1, 1), version=name)


# --- files -------------------------------------------------------------------------------------
def _files(rulesets: Path, problems: Problems) -> tuple[list[_File], frozenset[tuple[str, str]]]:
    """The files, and the instrument and version of those that cannot be read."""
    found: list[_File] = []
    unreadable: set[tuple[str, str]] = set()
    for path in sorted(rulesets.rglob("*.yaml")):
        relative = path.relative_to(rulesets)
        if len(relative.parts) < 2 or relative.parts[0] in NOT_LAW:
            continue
        node, wrong = open_source(path.read_bytes(), relative.as_posix())
        problems.found.extend(wrong)
        if node is not None:
            found.append(_file(relative, node, problems))
        else:
            unreadable.add((relative.parent.as_posix(), _named(relative)["version"]))
    return found, frozenset(unreadable)


def _named(path: Path) -> re.Match[str]:
    """The version and the revision that the name of a file says."""
    name = _NAME.fullmatch(path.stem)
    assert name is not None
    return name


def _file(path: Path, node: MappingNode, problems: Problems) -> _File:
    instrument = path.parent.as_posix()
    name = _named(path)
    said = node.get("instrument")
    id = said.get("id") if isinstance(said, MappingNode) else None
    if isinstance(id, Text) and id.value != instrument:
        problems.add("wrong-file-name", id.at, content=id.value, name=path.as_posix())
    head = node.get("version")
    recorded = head.get("recorded") if isinstance(head, MappingNode) else None
    start = head.get("in-force") if isinstance(head, MappingNode) else None
    # A text may be named by the year or the month alone.
    dated = start is not None and as_window(start, "in-force", Problems([])) is not None
    if dated and isinstance(start, Text) and not start.value.startswith(name["version"]):
        problems.add("wrong-file-name", start.at, content=start.value, name=path.as_posix())
    # What is wrong with the day is reported when the version is read.
    day = None if recorded is None else as_day(recorded, "recorded", Problems([]))
    return _File(
        name=path.as_posix(),
        instrument=instrument,
        version=name["version"],
        revision=int(name["revision"] or 1),
        recorded=day or FIRST_RECORDED,
        node=node,
    )


def _known(files: list[_File], known_at: date | None) -> dict[tuple[str, str], _File]:
    """Of each version of each instrument the latest revision that was known."""
    found: dict[tuple[str, str], _File] = {}
    for file in sorted(files, key=lambda one: (one.recorded, one.revision)):
        if known_at is None or file.recorded <= known_at:
            found[file.instrument, file.version] = file
    return {key: found[key] for key in sorted(found)}


# --- consolidation -----------------------------------------------------------------------------
def _consolidate(
    files: Mapping[tuple[str, str], _File],
    unreadable: frozenset[tuple[str, str]],
    problems: Problems,
) -> list[Consolidated]:
    """Every text that is known, in full; without those that amend one that cannot be read."""
    done: dict[tuple[str, str], Consolidated | None] = dict.fromkeys(unreadable - files.keys())
    for key in files:
        _complete(key, files, done, (), problems)
    return [text for key in files if (text := done[key]) is not None]


def _complete(
    key: tuple[str, str],
    files: Mapping[tuple[str, str], _File],
    done: dict[tuple[str, str], Consolidated | None],
    above: tuple[str, ...],
    problems: Problems,
) -> Consolidated | None:
    """The text of one version; of one that amends, from the text that it amends."""
    if key in done:
        return done[key]
    instrument, version = key
    file = files[key]
    amends = file.node.get("amends")
    if amends is None:
        done[key] = enact(file.node, version)
        return done[key]
    done[key] = None
    target = text_field(file.node, "amends", problems)
    if target is None:
        return None
    path = (*above, version)
    if target.value in path:
        circle = " → ".join((*path[path.index(target.value) :], target.value))
        problems.add("cycle", target.at, path=circle)
        return None
    if (instrument, target.value) not in files and (instrument, target.value) not in done:
        known = [id for owner, id in files if owner == instrument]
        close = nearest(target.value, known)
        problems.add(
            "unknown-version",
            target.at,
            instrument=instrument,
            version=target.value,
            nearest=close,
        )
        return None
    before = _complete((instrument, target.value), files, done, path, problems)
    if before is None:
        return None
    text, wrong = amend(before, file.node, version)
    problems.found.extend(wrong)
    done[key] = text
    return text


# --- time --------------------------------------------------------------------------------------
def _check_times(registry: Registry, instrument: str, problems: Problems) -> None:
    """Reports two versions in force at once, and times between versions without any."""
    for version in registry.versions(instrument):
        after = registry.successor(version)
        if after is None:
            continue
        start, end = after.in_force, registry.window_of_end(version)
        same_day = version.in_force == start and start[0] == start[1]
        if end is not None and (end[0] > start[1] or same_day):
            problems.add(
                "version-overlap",
                after.at,
                day=start[0].isoformat(),
                first=version.id,
                second=after.id,
            )
        elif end is not None and end[1] < start[0]:
            last = start[0] - timedelta(days=1)
            problems.add("version-hole", after.at, start=end[1].isoformat(), end=last.isoformat())
