"""The record of each function: that it says what the fixtures, the port and the C# class say."""

from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sigmoid_parity import resources
from sigmoid_parity.functions import FUNCTIONS, Function
from sigmoid_parity.port import functions as port

by_record = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@by_record
def test_the_record_is_the_head_of_the_fixtures(function: Function) -> None:
    """Name, argument and expression stand there, letter for letter."""
    text = (resources.fixtures_dir() / f"{function.name}.yaml").read_text(encoding="utf-8")
    head = yaml.safe_load(text.partition("\ncases:")[0])
    assert (head["function"], head["argument"], head["formula"]) == (
        function.name,
        function.argument,
        function.expression,
    )


@by_record
@given(value=st.floats())
def test_the_public_function_has_the_record_s_bits(function: Function, value: float) -> None:
    """The public function spells the record's scalar function out; both are the same."""
    result, expected = getattr(port, function.name)(value), function.scalar(value)
    assert result == expected or (math.isnan(result) and math.isnan(expected))
    assert math.copysign(1.0, result) == math.copysign(1.0, expected) or math.isnan(expected)


@pytest.mark.parametrize("name", ["activation", "d_activation"])
@given(value=st.floats(min_value=-700.0))
def test_the_expression_is_what_is_computed(name: str, value: float) -> None:
    """The documented formula, read as Python, gives the scalar's bits."""
    function = FUNCTIONS[name]
    argument = function.argument.partition(":")[0]
    assert function.scalar(value) == eval(function.expression, {"exp": math.exp}, {argument: value})  # noqa: S307 - our own text
