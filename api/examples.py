"""The cases of `examples/` as JSON, for the document of the service.

>>> list(load_examples(EXAMPLES))[0]
'w01'
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import yaml

_FOLDER: Final = Path(__file__).resolve().parents[1] / "examples"

EXAMPLES: Final[Sequence[Path]] = (_FOLDER / "w01.yaml", _FOLDER / "daye-2014.yaml")
"""The first is determined; the second is not, and says what is missing."""

REVIEWS: Final[Sequence[Path]] = (_FOLDER / "review-daye-2014.yaml",)
"""Past decisions to be reviewed."""

ASSESSMENTS: Final[Sequence[Path]] = (_FOLDER / "townships-2010.yaml",)
"""Units assessed at once."""

Case = dict[str, object]


def load_examples(paths: Sequence[Path]) -> dict[str, Case]:
    """The cases by the names of their files, in that order, with every date a text."""
    return {path.stem: _as_json(path) for path in paths}


def _as_json(path: Path) -> Case:
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    case: Case = json.loads(json.dumps(plain, default=date.isoformat))
    return case
