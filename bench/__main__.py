"""`python -m bench`: all engines decide the same couples; a table, and build/bench.json.

`make bench` runs it in `build/compiled` (`bench.compile`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from time import perf_counter
from typing import Any

from bench.cold import MODULES, SEED
from bench.contender import Contender
from bench.couples import Couple, as_case, generate
from bench.plain import measured
from bench.processes import ROOT, TIAOLI, Start, command, start

COUPLES = 1000
STARTS = 5
CHECKS = 2
ENGINES = ("tiaoli", *MODULES)


def main() -> None:
    """Process starts first, while no engine is loaded here; then agreement; then the spans."""
    couples = generate(COUPLES, SEED)
    starts = _starts(couples[0])
    check = start([TIAOLI, "check"], CHECKS).seconds
    plain = measured(COUPLES)

    from bench.report import PLAIN, print_report, summary
    from bench.spans import measure

    agree_when_cold(starts)
    contenders = _contenders()
    agree(contenders, couples)
    spans = {**measure(contenders, couples), PLAIN: plain}
    rulesets = {"check": check, **_loading()}
    result = summary(spans, starts, rulesets, couples=len(couples))
    target = ROOT / "build" / "bench.json"
    target.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    print_report(result, target.relative_to(ROOT))


def _starts(couple: Couple) -> dict[str, Start]:
    case = ROOT / "build" / "bench-case.json"
    case.parent.mkdir(exist_ok=True)
    case.write_text(json.dumps(as_case(couple)), encoding="utf-8")
    return {engine: start(command(engine, case), STARTS) for engine in ENGINES}


def agree_when_cold(starts: Mapping[str, Start]) -> None:
    """Raises AssertionError unless every process came to the same amounts."""
    from bench.tiaoli_engine import charges_of

    told = {engine: json.loads(one.output) for engine, one in starts.items()}
    charges = {**told, "tiaoli": charges_of(told["tiaoli"])}
    assert all(one == charges["python"] for one in charges.values()), charges


def _loading() -> dict[str, float]:
    """Seconds to read all rulesets: from their texts, and from what was kept of them."""
    from bench.tiaoli_engine import RULESETS
    from engine.decision.governing.law import load_law

    load_law(RULESETS, cache=True)
    began = perf_counter()
    load_law(RULESETS, cache=True)
    kept = perf_counter()
    load_law(RULESETS)
    return {"load": perf_counter() - kept, "load_kept": kept - began}


def _contenders() -> dict[str, Contender]:
    from bench import by_hand, openfisca_peer, tiaoli_engine, zen_peer
    from engine.decision.governing.law import load_law

    law = load_law(tiaoli_engine.RULESETS)
    alone = tiaoli_engine.law_of_one_place(law, frozenset({"000000", "420000"}))
    return {
        "tiaoli": tiaoli_engine.contender(law),
        "tiaoli untraced": tiaoli_engine.contender(law, traced=False),
        "tiaoli reference": tiaoli_engine.contender(law, inference="reference"),
        "tiaoli reference untraced": tiaoli_engine.contender(
            law, inference="reference", traced=False
        ),
        "tiaoli one place": tiaoli_engine.contender(alone),
        "openfisca": openfisca_peer.contender(),
        "zen": zen_peer.contender(),
        "python": by_hand.contender(),
    }


def agree(contenders: Mapping[str, Contender], couples: Sequence[Couple]) -> None:
    """Raises AssertionError at the first couple for whom an engine differs by a fen."""
    for couple in couples:
        charges: dict[str, Any] = {}
        for name, contender in contenders.items():
            answer = contender.decide(contender.read(contender.plain(couple)))
            charges[name] = contender.charges(answer)
        assert all(one == charges["python"] for one in charges.values()), (couple, charges)


if __name__ == "__main__":
    main()
