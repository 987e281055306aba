"""What can be wrong with a record, told in Chinese and English, with the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from engine.language.diagnostics import Bilingual


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """One problem. `where`: a JSON pointer, or `byte 12` where there is no JSON to point into."""

    code: str
    where: str
    message: Bilingual

    def as_json(self) -> dict[str, Any]:
        """The problem as plain data."""
        message = {"zh": self.message.zh, "en": self.message.en}
        return {"code": self.code, "where": self.where, "message": message}


class RecordError(ValueError):
    """A record that is refused, with every reason that can be told."""

    def __init__(self, problems: tuple[RecordProblem, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{one.where}: {one.code}" for one in problems))


MESSAGES: Final[dict[str, Bilingual]] = {
    "too-large": Bilingual("记录太大", "the record is too large"),
    "not-json": Bilingual("从这个字节起不是 JSON", "from this byte on it is not JSON"),
    "not-canonical": Bilingual(
        "从这个字节起与规范形式（RFC 8785）不同：记录被改动或重新排版过",
        "from this byte on it differs from the canonical form (RFC 8785): it was changed or "
        "formatted anew",
    ),
    "not-a-record": Bilingual("这不是封存的记录", "this is no sealed record"),
    "unknown-schema": Bilingual(
        "不认识的记录格式，可能由更新的程序写成；本程序读 record/1",
        "an unknown form of record, perhaps of a newer program; this one reads record/1",
    ),
    "malformed": Bilingual("与 record/1 的格式不符", "not in the form record/1"),
    "changed": Bilingual(
        "内容与封存时的摘要不符：封存后被改动",
        "the content does not match its sealed digest: it was changed afterwards",
    ),
    "digest-changed": Bilingual("封存的摘要本身被改动", "the sealed digest itself was changed"),
    "salt-missing": Bilingual(
        "没有这个值的盐，无法核对", "its salt is missing: it cannot be checked"
    ),
    "not-withheld": Bilingual(
        "标为已隐去，却有内容或者不存在", "said to be withheld, but it is there or has no place"
    ),
    "root-changed": Bilingual("总摘要与各部分的摘要不符", "the root does not match the digests"),
    "signature": Bilingual(
        "签名不成立：签名、公钥或总摘要被改动",
        "the signature does not hold: it, its key or the root was changed",
    ),
    "unsigned": Bilingual("记录没有签名", "the record is not signed"),
    "another-key": Bilingual("由另一把钥匙签名", "signed with another key"),
    "newer-engine": Bilingual(
        "由更新的引擎作出，请先更新再重放",
        "made by a newer engine: update this one before replaying",
    ),
    "withheld": Bilingual(
        "有事实已隐去：可以核对，不能重放",
        "facts are withheld: it can be verified but not replayed",
    ),
    "no-material": Bilingual(
        "记录中没有文书所需的材料：它封存时没有记下",
        "the record lacks what letters tell: it was sealed without it",
    ),
    "unknown-answer": Bilingual(
        "不认识的答案形式，可能由更新的程序作出",
        "an unknown form of answer, perhaps of a newer program",
    ),
    "no-such-fact": Bilingual("案件中没有这个事实", "the case has no such fact"),
}


def problem(code: str, where: str) -> RecordProblem:
    """A problem at a place."""
    return RecordProblem(code, where, MESSAGES[code])


def refusal(code: str, where: str) -> RecordError:
    """An error of one problem."""
    return RecordError((problem(code, where),))
