"""What holds for every diagnostic that is shown."""

from hypothesis import given
from hypothesis import strategies as st

from engine.language.diagnostics import problem, render
from engine.language.node import Position

lines = st.text(max_size=300)
columns = st.integers(1, 400)


@given(lines, columns, columns, st.sampled_from(["zh", "en"]))
def test_carets_are_never_missing_and_nothing_acts_on_the_terminal(
    line: str, start: int, end: int, lang: str
) -> None:
    at = Position("f", 1, min(start, end), 1, max(start, end))
    told = render(problem("alias", at), line, "zh" if lang == "zh" else "en")
    assert "^" in told
    assert not any(sign < " " or "\x7f" <= sign < "\xa0" for sign in told.replace("\n", ""))
    assert len(told.split("\n")[1]) <= 162
