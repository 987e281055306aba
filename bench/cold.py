"""One decision of the first couple by one peer, in a fresh process: `python -m bench.cold zen`."""

from __future__ import annotations

import json
import sys
from importlib import import_module

from bench.couples import generate

MODULES = {
    "openfisca": "bench.openfisca_peer",
    "zen": "bench.zen_peer",
    "python": "bench.by_hand",
}
SEED = 2014


def main() -> None:
    """Prints what each parent owes in fen, as JSON."""
    peer = import_module(MODULES[sys.argv[1]]).contender()
    (couple,) = generate(1, SEED)
    answer = peer.decide(peer.read(peer.plain(couple)))
    peer.tell(answer)
    print(json.dumps(peer.charges(answer)))


if __name__ == "__main__":
    main()
