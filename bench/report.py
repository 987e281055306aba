"""The figures of one run, as build/bench.json holds them and as a table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.processes import Start
from bench.spans import Spans, percentiles

ENGINES = ("tiaoli", "openfisca", "zen", "python")
PLAIN = "tiaoli not compiled"


def summary(
    spans: Mapping[str, Spans],
    starts: Mapping[str, Start],
    rulesets: Mapping[str, float],
    *,
    couples: int,
) -> dict[str, Any]:
    """All figures: microseconds, seconds, MB, and each peer as a multiple of this engine.
    `rulesets`: what checking and loading all of them takes, in seconds."""
    decision = {name: percentiles(one.decision) for name, one in spans.items()}
    alone = {name: percentiles(one.alone) for name, one in spans.items()}
    whole = {name: percentiles(one.whole) for name, one in spans.items()}
    traced = {engine: decision[engine] for engine in ENGINES}
    cold = {engine: round(starts[engine].seconds, 3) for engine in ENGINES}
    rss = {engine: round(starts[engine].rss_mb, 1) for engine in ENGINES}

    def overhead(name: str) -> float:
        return round(whole[name]["p50"] / whole[f"{name} untraced"]["p50"], 3)

    return {
        "decision_traced_us": traced,
        "trace_overhead": overhead("tiaoli"),
        "cold_start_s": cold["tiaoli"],
        "rss_mb": rss["tiaoli"],
        "trace_overhead_reference": overhead("tiaoli reference"),
        "all_places_to_one": _ratio(decision["tiaoli"]["p50"], decision["tiaoli one place"]["p50"]),
        "not_compiled_us": {
            "decision": decision[PLAIN],
            "alone": alone[PLAIN],
            "whole": whole[PLAIN],
        },
        "decide_alone_us": {engine: alone[engine] for engine in ENGINES},
        "whole_way_us": {engine: whole[engine] for engine in ENGINES},
        "whole_way_us_by_inference": {
            "rete": {"traced": whole["tiaoli"], "untraced": whole["tiaoli untraced"]},
            "reference": {
                "traced": whole["tiaoli reference"],
                "untraced": whole["tiaoli reference untraced"],
            },
        },
        "rulesets_s": {name: round(seconds, 2) for name, seconds in rulesets.items()},
        "cold_start_s_by_engine": cold,
        "rss_mb_by_engine": rss,
        "ratios_to_tiaoli": {
            peer: {
                "traced_p50": _ratio(traced[peer]["p50"], traced["tiaoli"]["p50"]),
                "traced_p99": _ratio(traced[peer]["p99"], traced["tiaoli"]["p99"]),
                "decide_alone_p50": _ratio(alone[peer]["p50"], alone["tiaoli"]["p50"]),
                "whole_way_p50": _ratio(whole[peer]["p50"], whole["tiaoli"]["p50"]),
                "cold_start": _ratio(cold[peer], cold["tiaoli"]),
                "rss": _ratio(rss[peer], rss["tiaoli"]),
            }
            for peer in ENGINES[1:]
        },
        "couples_agreed_to_the_fen": couples,
    }


def _ratio(peer: float, ours: float) -> float:
    return float(f"{peer / ours:.3g}")


def reached(result: Mapping[str, Any]) -> dict[str, bool]:
    """What the project aims at, and whether this run got there."""
    p50 = {engine: result["decision_traced_us"][engine]["p50"] for engine in ENGINES}
    whole = {engine: result["whole_way_us"][engine]["p50"] for engine in ENGINES}
    rulesets = result["rulesets_s"]
    return {
        "带依据的决定 p50 ≤ 1 ms  traced decision, p50 ≤ 1 ms": p50["tiaoli"] <= 1000,
        "快于 OpenFisca  faster than OpenFisca": p50["tiaoli"] < p50["openfisca"],
        "全程快于 OpenFisca  so on the whole way": whole["tiaoli"] < whole["openfisca"],
        "依据的代价 ≤ 30 %  trace overhead ≤ 30 %": result["trace_overhead"] <= 1.3,
        "不因其他地方的规定而变慢（差一成以内）  no slower for all other places, within a tenth": (
            result["all_places_to_one"] <= 1.1
        ),
        "从启动到答复 < 1 s  process start to answer < 1 s": result["cold_start_s"] < 1,
        f"查完全部规定（{rulesets['check']} s）< 5 s  all rulesets checked": rulesets["check"] < 5,
        f"读入全部规定（{rulesets['load']} s）≤ 10 s  all rulesets read": rulesets["load"] <= 10,
        f"再次读入（{rulesets['load_kept']} s）≤ 0.3 s  read again": rulesets["load_kept"] <= 0.3,
    }


def print_report(result: Mapping[str, Any], written_to: Path) -> None:
    """The table, the engine's own variants, and what was reached."""
    console = Console(width=110)
    console.print(_engines(result))
    console.print(_variants(result))
    count = result["couples_agreed_to_the_fen"]
    console.print(
        f"{count} 对夫妻的金额全部一致，分毫不差  all agree to the fen on {count} couples"
    )
    for aim, got_there in reached(result).items():
        console.print(f"{'✓' if got_there else '✗'} {aim}")
    console.print(f"→ {written_to}")


def _engines(result: Mapping[str, Any]) -> Table:
    table = Table(title="同一决定  the same decision, traced (µs; s; MB)")
    columns = (
        "",
        "p50",
        "p99",
        "其中 alone p50",
        "全程 whole p50",
        "p99",
        "冷启动 cold",
        "内存 RSS",
    )
    for column in columns:
        table.add_column(column, justify="right" if column else "left")
    for engine in ENGINES:
        decision, whole = result["decision_traced_us"][engine], result["whole_way_us"][engine]
        ratios = result["ratios_to_tiaoli"].get(engine)

        def cell(figure: float, ratio: str, ratios: Mapping[str, float] | None = ratios) -> str:
            return f"{figure}" if ratios is None else f"{figure} ({ratios[ratio]}×)"

        table.add_row(
            engine,
            cell(decision["p50"], "traced_p50"),
            cell(decision["p99"], "traced_p99"),
            cell(result["decide_alone_us"][engine]["p50"], "decide_alone_p50"),
            cell(whole["p50"], "whole_way_p50"),
            f"{whole['p99']}",
            cell(result["cold_start_s_by_engine"][engine], "cold_start"),
            cell(result["rss_mb_by_engine"][engine], "rss"),
        )
    plain = result["not_compiled_us"]
    figures = (*plain["decision"].values(), plain["alone"]["p50"], *plain["whole"].values())
    table.add_row("tiaoli, 未编译 not compiled", *map(str, figures))
    return table


def _variants(result: Mapping[str, Any]) -> Table:
    table = Table(title="tiaoli, 全程 the whole way (µs)")
    for column in ("推理 inference", "p50", "p99", "无依据 untraced p50", "p99", "比 ratio"):
        table.add_column(column, justify="left" if "inference" in column else "right")
    overheads = {
        "rete": result["trace_overhead"],
        "reference": result["trace_overhead_reference"],
    }
    for inference, spans in result["whole_way_us_by_inference"].items():
        figures = [spans[kind][at] for kind in ("traced", "untraced") for at in ("p50", "p99")]
        table.add_row(inference, *map(str, figures), str(overheads[inference]))
    return table
