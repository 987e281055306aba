"""Bad input: each problem has its code, names its place and never repeats what stands there."""

import json

import pytest

from engine.decision.case.reading import CaseError, read_case, read_case_data
from engine.decision.case.wordings import WORDINGS
from tests.real import real_law
from tests.unit.decision.island import BASE, REMOVED, VOCABULARY, changed, codes, problems

IDENTITY_NUMBER = "11010519491231002X"
MOBILE = "13800138000"
ROW = {
    "series": "fish",
    "concept": "fresh",
    "status": "north",
    "level": "county",
    "place": "420281",
    "year": 2013,
    "value": "9800.00",
}
TWO_SHORES = [
    {"from": "1999-01-01", "until": "2006-01-01", "value": "north"},
    {"from": "2005-03-01", "value": "south"},
]
SAME_START = [{"from": "1999", "value": "north"}, {"from": "1999", "value": "south"}]
LONG_OPEN = [
    {"from": "1990-01-01", "until": "2010-01-01", "value": "north"},
    {"from": "1995-01-01", "until": "1999-01-01", "value": "north"},
    {"from": "2005-01-01", "value": "south"},
]
SAME_YEAR = [{"year": 2013, "value": "1.00"}, {"year": 2013, "value": "2.00"}]
A_CLAIM = [{"by": "bo", "value": 3}]


def one(code, pointer, **changes):
    return pytest.param(changes, code, pointer, id=f"{code} {pointer}")


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        one("wrong-schema", "/schema", schema="case/2"),
        one("wrong-schema", "/schema", schema=REMOVED),
        one("missing-field", "", question=REMOVED),
        one("missing-field", "", as_of=REMOVED),
        one("missing-field", "/question", question__about=REMOVED),
        one("missing-field", "/question", question={"about": ["z2"]}),
        one("unknown-question", "/question/ask", question__ask="taxes"),
        one("unknown-entity", "/question/about/1", question__about=["z2", "z9"]),
        one("wrong-entity", "/question/about/0", question__about=["ann"]),
        one("duplicate-item", "/question/about", question__about=["z2", "z2"]),
        one("wrong-type", "/question/about", question__about="z2"),
        one("bad-reference", "/reference", reference="王 小明"),
        one("not-a-day", "/as_of", as_of="2014-07"),
        one("date-not-text", "/as_of", as_of=20140720),
        one("impossible-date", "/as_of", as_of="2014-02-30"),
        one("unknown-field", "/colour", colour="red"),
        one("unknown-field", "/keepers/ann/bron", keepers__ann__bron="1980"),
        one("unknown-field", "/keepers/ann/shore/0/to", keepers__ann__shore__0__to="1980"),
        one("unknown-field", "/keepers/bo/tall/sure", keepers__bo__tall={"value": True, "sure": 1}),
        one("wrong-type", "/visits", visits=[]),
        one("wrong-type", "/keepers/ann", keepers__ann="tall"),
        one("wrong-type", "/keepers/ann/tall", keepers__ann__tall="true"),
        one("wrong-type", "/keepers/ann/tall", keepers__ann__tall=None),
        one("wrong-type", "/keepers/ann/shore", keepers__ann__shore={"from": "1980"}),
        one("wrong-type", "/keepers/bo/offices", keepers__bo__offices="cook"),
        one("wrong-type", "/lizards/z1/keepers", lizards__z1__keepers="ann"),
        one("wrong-type", "/keepers/ann/remark", keepers__ann__remark=5),
        one("wrong-type", "/evidence", evidence=[], keepers__ann__catch=REMOVED),
        one("wrong-type", "/statistics", statistics={}),
        one("wrong-type", "/choices", choices={}),
        one("not-a-year", "/settings/reference_year", settings__reference_year=[2013]),
        one("not-a-year", "/settings/reference_year", settings__reference_year="last year"),
        one("out-of-time", "/settings/reference_year", settings__reference_year=1899),
        one("later-than-as-of", "/settings/reference_year", settings__reference_year=2015),
        one("out-of-range", "/settings/reading", settings__reading=3),
        one("not-a-place-code", "/settings/harbour_of", settings__harbour_of="Daye"),
        one("unknown-field", "/settings/reference_yaer", settings__reference_yaer=2013),
        one("unknown-field", "/settings/about", settings__about=["z2"]),  # a name, and no setting
        one("unknown-field", "/settings", settings={"Year!": 1}),
        one("bad-name", "/keepers/Ann", keepers__Ann={}),
        one("bad-name", "/keepers", keepers__王小明={}),
        one("duplicate-id", "/visits/ann", visits__ann={}),
        one("unknown-code", "/keepers/ann/shore/0/value", keepers__ann__shore__0__value="east"),
        one("unknown-code", "/keepers/ann/blame", keepers__ann__blame="sigh"),
        one("unknown-code", "/lizards/listed", lizards__listed="most"),
        one("unknown-code", "/evidence/e1/kind", evidence__e1__kind="photo"),
        one("unknown-code", "/evidence/e1/issuer", evidence__e1__issuer="pub"),
        one("unknown-code", "/evidence/e1/status", evidence__e1__status="true"),
        one("missing-field", "/evidence/e1", evidence__e1__status=REMOVED),
        one("unknown-state", "/keepers/ann/tall/state", keepers__ann__tall={"state": "maybe"}),
        one(
            "state-with-value",
            "/keepers/ann/tall/value",
            keepers__ann__tall={"state": "unknown", "value": True},
        ),
        one("missing-value", "/keepers/ann/tall", keepers__ann__tall={"evidence": ["e1"]}),
        one("missing-value", "/keepers/ann/tall", keepers__ann__tall={"state": "known"}),
        one("missing-value", "/keepers/ann/shore/0", keepers__ann__shore=[{"from": "1980"}]),
        one("needs-year", "/keepers/ann/catch", keepers__ann__catch="5.00"),
        one("missing-field", "/keepers/ann/catch/0", keepers__ann__catch=[{"value": "5.00"}]),
        one("not-a-year", "/keepers/ann/catch/0/year", keepers__ann__catch__0__year="13"),
        one("later-than-as-of", "/keepers/ann/catch/0/year", keepers__ann__catch__0__year=2015),
        one("out-of-time", "/keepers/ann/catch/0/year", keepers__ann__catch__0__year=1899),
        one("impossible-date", "/lizards/z2/born", lizards__z2__born="2014-02-30"),
        one("not-a-date", "/lizards/z2/born", lizards__z2__born="30 May"),
        one("date-not-text", "/lizards/z2/born", lizards__z2__born=2013),
        one("out-of-time", "/lizards/z2/born", lizards__z2__born="1899-12-31"),
        one("out-of-time", "/lizards/z2/born", lizards__z2__born="0001-01-01"),
        one("out-of-time", "/as_of", as_of="9999-12-31"),
        one("out-of-time", "/as_of", as_of="3000-01-01"),
        one("out-of-time", "/as_of", as_of="0001-01-01"),
        one("later-than-as-of", "/lizards/z2/born", lizards__z2__born="2014-07-21"),
        one("later-than-as-of", "/evidence/e1/date", evidence__e1__date="2014-08"),
        one("later-than-as-of", "/visits/v1/date", visits__v1__date="2015"),
        one("later-than-as-of", "/teams/t1/sworn/0/from", teams__t1__sworn__0__from="2014-09-01"),
        one(
            "until-before-from", "/teams/t1/sworn/0/until", teams__t1__sworn__0__until="2002-09-30"
        ),
        one("not-younger", "/lizards/z1/born", lizards__z1__born="1981-02-11"),
        one("not-younger", "/lizards/z1/born", lizards__z1__born="1979-04-30"),
        one("not-younger", "/lizards/z1/born", lizards__z1__born="1978"),
        one("before-other-day", "/visits/v1/date", visits__v1__date="2013-09-14"),
        one(
            "before-other-day",
            "/keepers/ann/shore/0/from",
            keepers__ann__shore__0__from="1979-04-30",
        ),
        one("before-other-day", "/keepers/ann/shore/0/from", keepers__ann__shore__0__from="1978"),
        one("before-other-day", "/keepers/ann/catch/0/year", keepers__ann__catch__0__year=1978),
        one("before-other-day", "/teams/t1/sworn/0/from", teams__t1__sworn__0__from="1981-02-10"),
        one(
            "does-not-fit",
            "/lizards/z1/bought",
            lizards__z1__bought_on="2014-07-20",  # it is said not to be bought
        ),
        one(
            "does-not-fit",
            "/lizards/z1/lost",
            lizards__z1__lost={"value": False, "evidence": ["e1"]},
            lizards__z1__lost_on="2014-06",
        ),
        one("listed-twice", "/teams/t2/pair", teams__t2={"pair": ["bo", "ann"]}),
        one(
            "does-not-fit",
            "/visits/v1/from",
            visits__v1__by="harbour-guard",
            visits__v1__from="south",
        ),
        one("negative-money", "/lizards/z1/price", lizards__z1__price="-1.00"),
        one("fractional-fen", "/lizards/z1/price", lizards__z1__price="1.005"),
        one("not-an-amount", "/lizards/z1/price", lizards__z1__price="1,000.00"),
        one("not-an-amount", "/lizards/z1/price", lizards__z1__price=["1.00"]),
        one("amount-not-text", "/lizards/z1/price", lizards__z1__price=1.5),
        one("amount-not-text", "/lizards/z1/price", lizards__z1__price=100),
        one("not-a-number", "/teams/t1/boats", teams__t1__boats=1.5),
        one("not-a-number", "/teams/t1/boats", teams__t1__boats="many"),
        one("not-a-number", "/teams/t1/boats", teams__t1__boats=True),
        one("not-a-number", "/teams/t1/boats", teams__t1__boats=10**400),
        one("out-of-range", "/teams/t1/boats", teams__t1__boats=-1),
        one("out-of-range", "/teams/t1/boats", teams__t1__boats="-0.5"),
        one("out-of-range", "/teams/t1/boats", teams__t1__boats="40.5"),
        one("out-of-range", "/teams/t1/crew", teams__t1__crew=0),
        one("out-of-range", "/teams/t1/crew", teams__t1__crew="2.5"),
        one("out-of-range", "/teams/t1/boats/value", teams__t1__boats={"value": -3}),
        one(
            "out-of-range",
            "/teams/t1/boats/claims/0/value",
            teams__t1__boats={"claims": [{"by": "bo", "value": -3}]},
        ),
        one("not-a-period", "/keepers/ann/notice", keepers__ann__notice="P"),
        one("unknown-place", "/visits/v1/place", visits__v1__place="420999"),
        one("country-not-place", "/visits/v1/place", visits__v1__place="000000"),
        one(
            "country-not-place",
            "/keepers/ann/shore/0/place",
            keepers__ann__shore__0__place="000000",
        ),
        one("wrong-count", "/teams/t1/pair", teams__t1__pair=["ann"]),
        one("wrong-count", "/teams/t1/pair", teams__t1__pair=[]),
        one("wrong-count", "/teams/t1/pair", keepers__cy={}, teams__t1__pair=["ann", "bo", "cy"]),
        one("not-a-place-code", "/visits/v1/place", visits__v1__place="Daye"),
        one("not-a-place-code", "/visits/v1/place", visits__v1__place=["420281"]),
        one(
            "not-valid-in-year",
            "/visits/v1/place",
            visits__v1={"place": "420281", "date": "1990-01-01"},
        ),
        one(
            "not-valid-in-year",
            "/keepers/ann/shore/0/place",
            keepers__ann__shore__0__until="1985-01-01",
        ),
        one("two-values", "/keepers/ann/shore/1", keepers__ann__shore=TWO_SHORES),
        one("two-values", "/keepers/ann/shore/1", keepers__ann__shore=SAME_START),
        one("two-values", "/keepers/ann/shore/2", keepers__ann__shore=LONG_OPEN),
        one("two-values", "/keepers/ann/catch/1", keepers__ann__catch=SAME_YEAR),
        one("two-figures", "/statistics/1", statistics=[ROW, ROW | {"value": "1.00"}]),
        one(
            "two-values",
            "/choices/1",
            choices=[{"point": "a", "value": True}, {"point": "a", "value": False}],
        ),
        one("too-many-entries", "/keepers/ann/shore", keepers__ann__shore=[{}] * 101),
        one("unknown-entity", "/lizards/z1/keepers/0", lizards__z1__keepers=["cy"]),
        one("wrong-entity", "/lizards/z1/keepers/0", lizards__z1__keepers=["z2"]),
        one("duplicate-item", "/lizards/z1/keepers", lizards__z1__keepers=["ann", "ann"]),
        one("self-reference", "/keepers/ann/friend", keepers__ann__friend="ann"),
        one(
            "unknown-evidence",
            "/keepers/ann/catch/0/evidence/0",
            keepers__ann__catch__0__evidence=["e9"],
        ),
        one("bad-name", "/keepers/ann/tall/claims/0/by", keepers__ann__tall={
            "claims": [{"by": "王小明", "value": True}]
        }),
        one("wrong-type", "/keepers/ann/tall/claims/0/value", keepers__ann__tall={
            "claims": A_CLAIM
        }),
        one("unknown-code", "/statistics/0/series", statistics=[ROW | {"series": "meat"}]),
        one("unknown-code", "/statistics/0/concept", statistics=[ROW | {"concept": "old"}]),
        one("wrong-level", "/statistics/0/level", statistics=[ROW | {"level": "province"}]),
        one("not-valid-in-year", "/statistics/0/place", statistics=[ROW | {"year": 1985}]),
        one("negative-money", "/statistics/0/value", statistics=[ROW | {"value": "-1"}]),
        one("later-than-as-of", "/statistics/0/year", statistics=[ROW | {"year": 2015}]),
        one("missing-field", "/choices/0", choices=[{"point": "a"}]),
        one("wrong-type", "/choices/0/value", choices=[{"point": "a", "value": ["1"]}]),
        one("excluded-fact", "/keepers/ann/dreams", keepers__ann__dreams=["of flying"]),
        one("excluded-fact", "/dreams", dreams={}),
        one("excluded-fact", "/settings/dreams", settings__dreams="yes"),
        one("excluded-fact", "/keepers/ann/blame", keepers__ann__blame="dreams"),
    ],
)  # fmt: skip
def test_each_kind_of_bad_input_has_its_code_and_its_place(changes, code, pointer):
    found = codes(**changes)
    assert (code, pointer) in found
    assert {one for one, _ in found} == {code}


@pytest.mark.parametrize(
    "changes",
    [
        {"keepers__ann__shore__0__from": "1979-05-01"},  # born in that month: it may be the day
        {"keepers__ann__shore__0__from": "1979"},
        {"keepers__ann__catch__0__year": 1979},
        {"teams__t1__sworn__0__from": "1981-02-11"},
        {"lizards__z1__bought": True, "lizards__z1__bought_on": "2014-07-20"},
        {"lizards__z1__bought": REMOVED, "lizards__z1__bought_on": "2014-07-20"},
        {"lizards__z1__lost": True, "lizards__z1__lost_on": "2014-06"},
        # Not surely lost by the day of the decision.
        {"lizards__z1__lost": False, "lizards__z1__lost_on": "2014-07"},
    ],
)
def test_what_can_be_is_no_contradiction(changes):
    assert codes(**changes) == []


def test_what_a_day_rules_out_is_told_with_what_is_left():
    [problem] = problems(lizards__z1__bought_on="2014-07-20")
    assert "购入日" in problem.message.zh and "day of purchase" in problem.message.en
    assert problem.expected.en == "true"


def test_every_problem_speaks_both_languages_and_says_what_is_expected():
    for message, expected in WORDINGS.values():
        assert message.zh and message.en and expected.zh and expected.en


def test_all_problems_come_at_once_in_the_order_of_the_text():
    text = json.dumps(
        changed(lizards__z1__born="2014-02-30", keepers__ann__bron="1980", lizards__z2__price=5),
        indent=1,
    )
    with pytest.raises(CaseError) as caught:
        read_case(text, VOCABULARY)
    assert [one.code for one in caught.value.problems] == [
        "unknown-field",
        "impossible-date",
        "amount-not-text",
    ]
    lines = text.splitlines()
    for problem, word in zip(caught.value.problems, ("bron", "2014-02-30", "5"), strict=True):
        assert problem.line is not None and problem.column is not None
        assert word in lines[problem.line - 1][problem.column - 1 :]


def test_an_unknown_field_names_the_nearest():
    [problem] = problems(keepers__ann__bron="1980")
    assert '"born"' in problem.message.en and "“born”" in problem.message.zh
    assert "shore" in problem.expected.en


def test_where_there_is_no_field_at_all_the_problem_says_so():
    case = {
        "schema": "case/1",
        "as_of": "2012-06-01",
        "question": {"ask": "penalty", "about": ["x"]},
        "clinics": {"x": {"name": "a"}},
    }
    with pytest.raises(CaseError) as caught:
        read_case_data(case, real_law().vocabulary)
    (problem,) = (one for one in caught.value.problems if one.pointer == "/clinics/x/name")
    assert problem.expected.zh.endswith("（没有，写 {}）")
    assert problem.expected.en.endswith("(there is none: write {})")


def test_an_unknown_code_names_those_allowed():
    [problem] = problems(keepers__ann__shore__0__value="east")
    assert problem.expected.en == "north, south"


def test_an_excluded_fact_is_refused_with_its_reason_and_exceptions():
    [problem] = problems(keepers__ann__dreams="of flying")
    assert "Dreams are not recorded." in problem.message.en
    assert "dreams told in public" in problem.expected.en


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("yes", "text"), (1, "number"), (1.5, "number"), (None, "null"), ([], "list"),
        ({"value": {}}, "mapping"),
    ],
)  # fmt: skip
def test_a_problem_names_the_kind_of_the_value(value, kind):
    assert problems(keepers__bo__tall=value)[0].kind == kind


def test_something_missing_has_the_kind_nothing():
    assert problems(question=REMOVED)[0].kind == "nothing"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"reference": MOBILE}, "/reference"),
        ({"keepers__ann__remark": f"call {MOBILE}"}, "/keepers/ann/remark"),
        ({"keepers__ann__remark": f"身份证{IDENTITY_NUMBER}"}, "/keepers/ann/remark"),
        ({"choices": [{"point": "a", "value": True, "reasons": MOBILE}]}, "/choices/0/reasons"),
        ({f"keepers__{IDENTITY_NUMBER}": {}}, "/keepers"),
        ({f"keepers__x{MOBILE}y": {}}, "/keepers"),
        ({"reference": "138-0013-8000"}, "/reference"),
        ({"keepers__ann__remark": "call 138 0013 8000"}, "/keepers/ann/remark"),
        ({"reference": "110105-19491231-002X"}, "/reference"),
        ({MOBILE: {"a": 1}}, ""),
        ({"settings__reference_year": int(MOBILE)}, "/settings/reference_year"),
        ({"lizards__z1__price": IDENTITY_NUMBER[:-1] + "X"}, "/lizards/z1/price"),
    ],
)
def test_a_personal_identifier_is_refused_anywhere_and_never_repeated(changes, pointer):
    text = json.dumps(changed(**changes), ensure_ascii=False)
    with pytest.raises(CaseError) as caught:
        read_case(text, VOCABULARY)
    found = [one for one in caught.value.problems if one.code == "personal-identifier"]
    assert [one.pointer for one in found] == [pointer]
    shown = repr(caught.value.problems) + str(caught.value)
    assert IDENTITY_NUMBER not in shown
    assert f"'{MOBILE}" not in shown and f"/{MOBILE}" not in shown


def test_an_amount_with_the_digits_of_a_mobile_number_is_an_amount():
    assert codes(lizards__z1__price=MOBILE) == []


def test_no_problem_repeats_a_value_or_a_key_that_is_not_a_name():
    secret = "王小明住在海边"
    found = problems(
        keepers__ann__remark=[secret],
        keepers__ann__born=secret,
        keepers__ann__shore=secret,
        lizards__z1__price=secret,
        lizards__z1__keepers=[secret],
        visits__v1__place=secret,
        reference=secret,
        question__ask=secret,
        evidence__e1__kind=secret,
        settings={secret: 1},
        keepers__bo={secret: secret},
    )
    assert len(found) >= 11
    assert secret not in repr(found)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: " + "x" * 10 * 1024 * 1024, "too-large"),
        ('{"a": ' + "[" * 5000 + "]" * 5000 + "}", "too-deep"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "alias"),
        ("schema: case/1\nschema: case/1\n", "duplicate-key"),
        ("a: [", "not-yaml"),
        ('{"a": }', "not-json"),
        ("a: !!python/object x", "tag"),
        (b"\xff\xfe\x00", "not-utf8"),
        ("", "wrong-type"),
        ("- a", "wrong-type"),
    ],
)
def test_a_text_that_is_no_bounded_document_is_refused_with_its_place(text, code):
    with pytest.raises(CaseError) as caught:
        read_case(text, VOCABULARY)
    assert [one.code for one in caught.value.problems] == [code]
    assert caught.value.problems[0].line is not None


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("plain", "code"),
    [
        ({**BASE, "x": nested(2000)}, "too-deep"),
        ({**BASE, "x": ["y"] * 200_000}, "too-many-nodes"),
        ({**BASE, "x": "a\u202eb"}, "bad-text"),
        ({**BASE, "x": "a" * 20_000}, "bad-text"),
        ({**BASE, 5: "a"}, "key-not-text"),
        ([BASE], "wrong-type"),
        (None, "wrong-type"),
    ],
)
def test_parsed_data_is_held_to_the_same_bounds(plain, code):
    with pytest.raises(CaseError) as caught:
        read_case_data(plain, VOCABULARY)
    assert [one.code for one in caught.value.problems] == [code]


def test_at_most_a_hundred_problems_are_listed():
    assert len(problems(lizards={f"z{n}": {"colour": 1} for n in range(300)})) == 100


def test_the_text_of_the_error_is_codes_only():
    with pytest.raises(CaseError) as caught:
        read_case_data(changed(keepers__ann__bron="1980", keepers__ann__born="1"), VOCABULARY)
    assert str(caught.value) == "not-a-date, unknown-field"
