"""This engine as it stands in the tree, not compiled: `python -m bench.plain`, in its own process.

Both cannot be in one process; so this one decides the same couples before the engines take turns.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict

from bench.cold import SEED
from bench.couples import generate
from bench.processes import ROOT
from bench.spans import Spans, measure


def measured(couples: int) -> Spans:
    """The spans of a process of its own, started in the tree itself."""
    command = [sys.executable, "-m", "bench.plain", str(couples)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return Spans(**json.loads(done.stdout))


def main() -> None:
    """Prints the nanoseconds of every couple as JSON."""
    from bench import tiaoli_engine
    from engine.decision.governing.law import load_law

    couples = generate(int(sys.argv[1]), SEED)
    contender = tiaoli_engine.contender(load_law(tiaoli_engine.RULESETS))
    for couple in couples:
        contender.decide(contender.read(contender.plain(couple)))
    print(json.dumps(asdict(measure({"tiaoli": contender}, couples)["tiaoli"])))


if __name__ == "__main__":
    main()
