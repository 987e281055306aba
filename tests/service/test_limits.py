"""A case of which next to nothing is known is answered after so much work; others are served."""

from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient

from api.documents import DecisionDocument
from tests.unit.decision.hostile import HOSTILE


def test_it_says_what_was_not_followed_while_others_are_served_and_replays_to_the_same(
    client: TestClient,
) -> None:
    with ThreadPoolExecutor() as pool:
        deciding = pool.submit(client.post, "/v1/decisions", json=HOSTILE["births known"])
        served = [client.get("/healthz").status_code]
        while not deciding.done():
            served.append(client.get("/v1/rulesets").status_code)
    response = deciding.result()

    assert set(served) == {200}
    assert response.status_code == 200
    document = DecisionDocument.model_validate_json(response.content)
    assert document.outcome == "undetermined"
    assert {part.not_followed for part in document.parts} == {True}
    assert all(part.find_first for part in document.parts)
    assert client.get(f"{response.headers['location']}/replay").json()["same"]
