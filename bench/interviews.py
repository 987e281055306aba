"""`python -m bench.interviews [SEEDS]`: what a full interview for the Hubei program asks.

For each kind of family (`tests.property.decision.kinds_of_family`) as many families as there are
seeds, in which nothing is known but who belongs to whom, are interviewed until nothing that matters
is left. Beside it stands how many questions a fixed form has: every fact that the program of that
place and day can read, for everybody concerned.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from engine.decision.governing.law import load_law
from tests.property.decision.kinds_of_family import KINDS, SEEDS, questions_of

ROOT: Final = Path(__file__).resolve().parents[1]
ASKED: Final = ("fee", "eligibility")


def main() -> None:
    """Holds the interviews and prints the table."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    law = load_law(ROOT / "rulesets", cache=True)
    print(f"{'':28}{'asked':>7}{'form':>7}{'share':>8}")
    for ask in ASKED:
        whole = [0, 0]
        for kind in KINDS:
            asked, forms = questions_of(kind, ask, law, SEEDS[:most])
            counts = sum(map(len, asked)), sum(forms)
            _row(f"{ask}, {kind}", *counts)
            whole = [whole[0] + counts[0], whole[1] + counts[1]]
        _row(f"{ask}, all", *whole)


def _row(name: str, asked: int, form: int) -> None:
    print(f"{name:28}{asked:7}{form:7}{asked / form:8.0%}", flush=True)


if __name__ == "__main__":
    main()
