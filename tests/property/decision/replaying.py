"""Replays stored records in a process of its own, and says how it was set up.

    python -m tests.property.decision.replaying RULESETS RECORD…

Prints one JSON object: the time zone, a hash that depends on the seed, and each record that does
not replay to the same bytes.
"""

import json
import sys
import time
from pathlib import Path

from engine.decision.governing.law import load_law
from engine.decision.record.inputs import inputs_of
from engine.decision.record.record import read_record, verify
from engine.decision.record.replay import replay


def main(rulesets: Path, stored: list[Path]) -> None:
    law, inputs = load_law(rulesets), inputs_of(rulesets)
    differing: dict[str, list[str]] = {}
    for path in stored:
        record = read_record(path.read_bytes())
        verify(record)
        found = replay(record, law, inputs)
        if not found.same:
            differing[path.name] = [one.pointer for one in found.differences]
    print(json.dumps({"zone": time.tzname[0], "hash": hash("a"), "differing": differing}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]])
