"""What was read of a folder of rulesets, kept for the next process.

    def read() -> Read:
        return load_registry(rulesets, known_at)[0], load_figures(rulesets / "statistics")

    registry, statistics = cached(rulesets, known_at, read)     # reads
    registry, statistics = cached(rulesets, known_at, read)     # finds it as it was

An entry is found by a hash of everything that reading depends on, so it is never out of date. Its
versions stay packed, each instrument by itself, until somebody asks for them. An entry that is
missing, damaged or not this user's own is passed over in silence, and so is a folder that cannot be
written.

Entries lie in `$TIAOLI_CACHE`, else in `$XDG_CACHE_HOME/tiaoli`, else in `~/.cache/tiaoli`; with
`TIAOLI_CACHE` empty there are none. Why they are pickles: docs/decisions/0007-cache.md.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from engine.language.ruleset import Version
from engine.law.registry import Registry
from engine.law.statistics import Statistics
from engine.law.undisturbed import undisturbed

Read = tuple[Registry, Statistics]

KEPT = 8
"""So many entries stay, those used last."""

_ENGINE = Path(__file__).resolve().parents[1]
_PREFIX = "law-"
_ALLOWED = frozenset(
    (
        ("builtins", "dict"),
        ("builtins", "frozenset"),
        ("datetime", "date"),
        ("fractions", "Fraction"),
    )
)
"""Classes of others that an entry may hold; of the engine only those that hold data."""


def cached(rulesets: Path, known_at: date | None, read: Callable[[], Read]) -> Read:
    """What `read` returns for a folder as known on a day: kept from an earlier time, or read now.

    Whatever `read` raises is raised, and then nothing is kept.
    """
    entry = _entry(rulesets, known_at)
    with undisturbed():
        found = None if entry is None else _take(entry)
        if found is not None:
            return found
        found = read()
        # What was edited while it was read belongs to no entry.
        if entry is not None and entry == _entry(rulesets, known_at):
            _keep(entry, found)
        return found


# --- where -------------------------------------------------------------------------------------
def _entry(rulesets: Path, known_at: date | None) -> Path | None:
    """The file for rulesets as known on a day; None where nothing can be kept."""
    folder = _folder()
    if folder is None:
        return None
    said = (sys.version, yaml.__version__, "" if known_at is None else known_at.isoformat())
    key = sha256("\0".join(said).encode())
    try:
        for root, pattern in ((_ENGINE, "*.py"), (rulesets, "*")):
            key.update(_digest(root, pattern))
    except OSError:
        return None
    return folder / f"{_PREFIX}{key.hexdigest()[:32]}"


def _folder() -> Path | None:
    chosen = os.environ.get("TIAOLI_CACHE")
    if chosen is not None:
        return Path(chosen) if chosen else None
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):  # the specification has a relative path ignored
        return Path(base) / "tiaoli"
    with suppress(RuntimeError):  # nobody's home
        return Path.home() / ".cache" / "tiaoli"
    return None


def _digest(root: Path, pattern: str) -> bytes:
    """SHA-256 over the names and contents of the files of a folder and those below it."""
    digest = sha256()
    for path in sorted(path for path in root.rglob(pattern) if path.is_file()):
        name = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape")
        digest.update(sha256(name).digest())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.digest()


# --- files -------------------------------------------------------------------------------------
def _take(entry: Path) -> Read | None:
    """What an entry holds; None if there is none, or none to rely on."""
    try:
        with entry.open("rb") as file:
            if not _is_own(os.fstat(file.fileno())):
                return None
            seal, packed = file.read(32), file.read()
        if sha256(packed).digest() != seal:
            return None
        registry, statistics, versions = _unpack(packed)
        os.utime(entry)
    except (OSError, pickle.UnpicklingError):
        return None
    return replace(registry, by_instrument=_Packed(versions, {})), statistics


def _is_own(found: os.stat_result) -> bool:
    """Whether only this user can have written a file."""
    writable = stat.S_IWGRP | stat.S_IWOTH
    return os.name != "posix" or (found.st_uid == os.getuid() and not found.st_mode & writable)


def _keep(entry: Path, found: Read) -> None:
    """Writes an entry in one step, and drops those not used for long."""
    registry, statistics = found
    versions = {id: _pack(texts) for id, texts in registry.by_instrument.items()}
    packed = _pack((replace(registry, by_instrument={}), statistics, versions))
    with suppress(OSError):
        entry.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=entry.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(sha256(packed).digest() + packed)
        os.replace(name, entry)
        entries = [(path.stat().st_mtime_ns, path) for path in entry.parent.glob(f"{_PREFIX}*")]
        for _, path in sorted(entries, reverse=True)[KEPT:]:
            path.unlink()


# --- objects -----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, eq=False)
class _Packed(Mapping[str, tuple[Version, ...]]):
    """The versions of each instrument, unpacked when they are first asked for."""

    packed: Mapping[str, bytes]
    unpacked: dict[str, tuple[Version, ...]]

    def __getitem__(self, instrument: str) -> tuple[Version, ...]:
        found = self.unpacked.get(instrument)
        if found is None:
            with undisturbed():
                found = _unpack(self.packed[instrument])
            # Of two threads that unpack at once both get the versions of the first.
            found = self.unpacked.setdefault(instrument, found)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


class _Packer(pickle.Pickler):
    """Writes objects as calls of their classes."""

    def reducer_override(self, value: object) -> Any:
        if isinstance(value, Enum):
            return type(value), (value.value,)
        if isinstance(value, Fraction):
            return Fraction, value.as_integer_ratio()
        if isinstance(value, MappingProxyType):
            return dict, (dict(value),)
        if is_dataclass(value) and not isinstance(value, type):
            names = _field_names(type(value))
            return type(value), tuple([getattr(value, name) for name in names])
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    """Makes objects of classes that hold data, and calls nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if _may_stand(module, name) else None
        if isinstance(found, type) and (
            (module, name) in _ALLOWED or is_dataclass(found) or issubclass(found, Enum)
        ):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} holds no data")


def _may_stand(module: str, name: str) -> bool:
    return (module, name) in _ALLOWED or module.startswith("engine.")


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)


def _pack(value: object) -> bytes:
    packed = BytesIO()
    _Packer(packed, protocol=5).dump(value)
    return packed.getvalue()


def _unpack(packed: bytes) -> Any:
    return _Unpacker(BytesIO(packed)).load()
