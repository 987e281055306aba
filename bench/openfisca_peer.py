"""The decision as a small country package of OpenFisca-Core, with its tracer on.

Amounts are whole fen in integer variables, since OpenFisca's floats hold 24 bits. The multiple is a
dated parameter, as OpenFisca means it; the county's averages come with the case.
"""

from __future__ import annotations

from typing import Any

from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import YEAR
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.contender import Charges, Contender
from bench.couples import Couple

PERSON = build_entity(key="person", plural="persons", label="A parent", is_person=True)
COUPLE = build_entity(
    key="couple", plural="couples", label="The parents", roles=[{"key": "parent", "max": 2}]
)


class Register(Enum):
    urban = "urban"
    rural = "rural"


class Ground(Enum):
    none = "none"
    found = "found"


class register(Variable):
    value_type = Enum
    possible_values = Register
    default_value = Register.urban
    entity = PERSON
    definition_period = YEAR


class income(Variable):
    value_type = int
    entity = PERSON
    definition_period = YEAR


class income_verified(Variable):
    value_type = bool
    entity = PERSON
    definition_period = YEAR


class urban_average(Variable):
    value_type = int
    entity = COUPLE
    definition_period = YEAR


class rural_average(Variable):
    value_type = int
    entity = COUPLE
    definition_period = YEAR


class earlier_children(Variable):
    value_type = int
    entity = COUPLE
    definition_period = YEAR


class approved(Variable):
    value_type = bool
    entity = COUPLE
    definition_period = YEAR


class ground(Variable):
    value_type = Enum
    possible_values = Ground
    default_value = Ground.none
    entity = COUPLE
    definition_period = YEAR


class extra_children(Variable):
    value_type = int
    entity = COUPLE
    definition_period = YEAR

    def formula(couple, period):  # type: ignore[no-untyped-def]
        earlier = couple("earlier_children", period) >= 1
        no_ground = couple("ground", period) == Ground.none
        return earlier * ~couple("approved", period) * no_ground


class average(Variable):
    value_type = int
    entity = PERSON
    definition_period = YEAR

    def formula(person, period):  # type: ignore[no-untyped-def]
        urban = person("register", period) == Register.urban
        of_urban = person.couple("urban_average", period)
        of_rural = person.couple("rural_average", period)
        return urban * of_urban + ~urban * of_rural


class fee_base(Variable):
    value_type = int
    entity = PERSON
    definition_period = YEAR

    def formula(person, period):  # type: ignore[no-untyped-def]
        of_average, actual = person("average", period), person("income", period)
        higher = person("income_verified", period) * (actual > of_average)
        return higher * actual + ~higher * of_average


class standard(Variable):
    value_type = int
    entity = PERSON
    definition_period = YEAR

    def formula(person, period, parameters):  # type: ignore[no-untyped-def]
        return parameters(period).multiple * person("fee_base", period)


class fee(Variable):
    value_type = int
    entity = PERSON
    definition_period = YEAR

    def formula(person, period):  # type: ignore[no-untyped-def]
        return person("standard", period) * person.couple("extra_children", period)


VARIABLES = (
    register,
    income,
    income_verified,
    urban_average,
    rural_average,
    earlier_children,
    approved,
    ground,
    extra_children,
    average,
    fee_base,
    standard,
    fee,
)

_PERIOD = "2010"


def plain(couple: Couple) -> dict[str, Any]:
    """The situation in the form of OpenFisca's web API."""
    return {
        "persons": {
            parent.id: {
                "register": {_PERIOD: parent.register},
                "income": {_PERIOD: parent.income},
                "income_verified": {_PERIOD: parent.verified},
            }
            for parent in couple.parents
        },
        "couples": {
            "c1": {
                "parent": [parent.id for parent in couple.parents],
                "urban_average": {_PERIOD: couple.urban_average},
                "rural_average": {_PERIOD: couple.rural_average},
                "earlier_children": {_PERIOD: 1},
                "approved": {_PERIOD: False},
                "ground": {_PERIOD: "none"},
            }
        },
    }


def contender() -> Contender:
    """The country package, loaded."""
    system = TaxBenefitSystem([PERSON, COUPLE])
    system.add_variables(*VARIABLES)
    system.parameters = ParameterNode(
        "", data={"multiple": {"values": {"2009-03-01": {"value": 3}}}}
    )

    def read(situation: dict[str, Any]) -> Simulation:
        simulation = SimulationBuilder().build_from_entities(system, situation)
        simulation.trace = True
        return simulation

    def decide(simulation: Simulation) -> tuple[Simulation, Any]:
        return simulation, simulation.calculate("fee", _PERIOD)

    def tell(answer: tuple[Simulation, Any]) -> dict[str, Any]:
        simulation, amounts = answer
        trace = simulation.tracer.get_serialized_flat_trace()
        return {"charges": amounts.tolist(), "trace": trace}

    def charges(answer: tuple[Simulation, Any]) -> Charges:
        simulation, amounts = answer
        return dict(zip(simulation.persons.ids, amounts.tolist(), strict=True))

    return Contender(plain=plain, read=read, decide=decide, tell=tell, charges=charges)
