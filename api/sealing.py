"""Answers a case, seals the answer and keeps it: what the addresses do whose
answers are kept."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.metrics import Metrics
from api.store.store import Store, StoredRecord
from engine.decision.case.reading import Case, read_case_data
from engine.decision.governing.law import Law
from engine.decision.record.inputs import Inputs
from engine.decision.record.record import seal
from engine.decision.record.sealing import answer_in
from engine.values.dates import Window


@dataclass(frozen=True, slots=True)
class Office:
    """What a service decides with: the law, what it is made of, where decisions are kept, the key
    that signs them (none: they are not signed), and the counts."""

    law: Law
    inputs: Inputs
    store: Store
    key: Ed25519PrivateKey | None
    metrics: Metrics

    def decide(
        self, case: Case, form: str = "decision/1", window: Window | None = None
    ) -> StoredRecord:
        """Answer a case in a form (`engine.decision.record.sealing`), for the days of a window
        where the form has some, and keep the sealed answer."""
        answer = answer_in(form, case, self.law, window=window)
        if form == "decision/1":
            self.metrics.decision(answer.result["outcome"])
        record = seal(
            case, answer, self.law, self.inputs,
            inference="rete", salt=secrets.token_hex(32), key=self.key, material=answer.material,
        )  # fmt: skip
        return self.store.put_record(record)

    def read(self, content: Mapping[str, Any]) -> Case:
        """A case that is kept, as the law of now reads it; raises CaseError."""
        return read_case_data(content, self.law.vocabulary)
