"""Decides a case, seals the decision and keeps it: what `POST /v1/decisions` does."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from api.metrics import Metrics
from api.store.store import Store, StoredRecord
from engine.decision.case import Case, read_case_data
from engine.decision.decide import Law
from engine.decision.inputs import Inputs
from engine.decision.letter.material import decide_for_letter
from engine.decision.record import seal


@dataclass(frozen=True, slots=True)
class Office:
    """What a service decides with: the law, what it is made of, where decisions are kept, the key
    that signs them (none: they are not signed), and the counts."""

    law: Law
    inputs: Inputs
    store: Store
    key: Ed25519PrivateKey | None
    metrics: Metrics

    def decide(self, case: Case) -> StoredRecord:
        """Decide a case, and keep the sealed decision."""
        decision, material = decide_for_letter(case, self.law)
        self.metrics.decision(decision.outcome)
        record = seal(
            case, decision, self.law, self.inputs,
            inference="rete", salt=secrets.token_hex(32), key=self.key, material=material,
        )  # fmt: skip
        return self.store.put_record(record)

    def read(self, content: Mapping[str, Any]) -> Case:
        """A case that is kept, as the law of now reads it; raises CaseError."""
        return read_case_data(content, self.law.vocabulary)
