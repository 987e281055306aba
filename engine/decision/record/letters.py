"""Letters of a sealed decision: they follow from the record alone, without rulesets.

notice_of_record(read_record(data), reader="lawyer", lang="en")
"""

from __future__ import annotations

from typing import Final

from engine.decision.letter.notice import Notice, written
from engine.decision.letter.saying import Reader
from engine.decision.record.problems import refusal
from engine.decision.record.record import Record
from engine.language.diagnostics import Language

STRUCTURE: Final = ("outcome", "effect", "aspect")
"""Without these nobody can say what a letter is about."""


def notice_of_record(
    record: Record, *, reader: Reader = "party", lang: Language = "zh", row: str | None = None
) -> Notice:
    """The letter; what a copy withholds is marked as such. `row`: of one unit of an assessment.

    Raises RecordError if the record was sealed without the material of letters, or withholds what
    the answer is; NoSuchRow.
    """
    if "material" not in record.content:
        raise refusal("no-material", "/material")
    for pointer in sorted(record.withheld):
        steps = pointer.split("/")
        if steps[1] == "result" and "trace" not in steps and steps[-1] in STRUCTURE:
            raise refusal("withheld", pointer)
    result, material = record.content["result"], record.content["material"]
    return written(result, material, reader=reader, lang=lang, row=row)
