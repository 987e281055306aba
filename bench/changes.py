"""`python -m bench.changes [STEP]`: what changes cost where each case is asked about once.

Of the cases of features/, in their order, every seventh (or every STEP-th) is asked for the changes
of up to two facts, once, and nothing else, as a service would be that has just started: texts and
programs are met for the first time where a case is the first that leads to them. CPU time, in ms;
run it on a machine that does nothing else.
"""

from __future__ import annotations

import sys
from typing import Final

from bench.explanations import as_served, share, took
from engine.decision.changing.changes import changes

STEP: Final = 7
SHARES: Final = (0.5, 0.9, 0.95, 0.99)


def main() -> None:
    """Measures and prints the shares and the slowest."""
    law, cases = as_served()
    step = int(sys.argv[1]) if len(sys.argv) > 1 else STEP
    chosen = [case for _, case in cases][::step]
    times = [took(changes, case, law) for case in chosen]
    told = "".join(f"  p{one * 100:.0f} {share(times, one):.1f}" for one in SHARES)
    print(f"{len(chosen)} cases, each once:{told}  max {max(times):.1f}")


if __name__ == "__main__":
    main()
