"""Citations by name and in the words of a decision, on an invented law."""

import pytest

from engine.decision.reviewing.citations import Citation, citation_of
from tests.unit.decision.toll_notes import ferry_law


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ferry/tolls/2001-01-01/3.2", Citation("ferry/tolls", "2001-01-01", "3.2")),
        ("ferry/tolls/3", Citation("ferry/tolls", None, "3")),
        ("ferry/bridges/3", Citation("ferry/bridges", None, "3")),
        ("《渡钱章程》", Citation("ferry/tolls", None, "")),
        ("the toll order", Citation("ferry/tolls", None, "")),
        ("《渡钱章程》第三条第二项", Citation("ferry/tolls", None, "3.2")),
        ("《渡钱章程》第四十一条第一款第（二）项", Citation("ferry/tolls", None, "41.2")),
        ("中华人民共和国渡钱章程（2001年修正）第41条", Citation("ferry/tolls", None, "41")),
        ("《桥梁章程》第三条", None),
        ("第三条", None),
    ],
)
def test_a_citation_names_a_known_text_and_an_article(text: str, found: Citation | None) -> None:
    assert citation_of(text, ferry_law().registry) == found
