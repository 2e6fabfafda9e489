"""What a model costs, and what happens when nobody knows."""

from __future__ import annotations

import pytest

from agent.adapters.prices import Price, price_of
from agent.errors import SettingsError


def table(tmp_path, text):
    path = tmp_path / "prices.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_model_in_the_users_table_has_its_price(tmp_path):
    path = table(tmp_path, '[models."big/one-2"]\nprompt = 2.5\ncompletion = 10\n')
    price = price_of("big/one-2", path)
    assert price == Price(2.5, 10.0)
    assert price.of(1_000_000, 100_000) == pytest.approx(3.5)


def test_a_model_in_no_table_has_no_price(tmp_path):
    assert price_of("unheard-of") is None
    assert price_of("big", table(tmp_path, '[models."big-2"]\nprompt = 1\ncompletion = 1\n')) is None


def test_a_server_of_ones_own_may_cost_nothing(tmp_path):
    path = table(tmp_path, "[models.mine]\nprompt = 0\ncompletion = 0\n")
    assert price_of("mine", path) == Price(0, 0)


@pytest.mark.parametrize(
    "text",
    [
        "[models.m]\nprompt = 1\n",
        "[models.m]\nprompt = -1\ncompletion = 1\n",
        "[models.m]\nprompt = nan\ncompletion = 1\n",
        '[models.m]\nprompt = "1"\ncompletion = 1\n',
        "[models.m]\nprompt = true\ncompletion = 1\n",
        "models = 3\n",
        "[models.m\n",
    ],
)
def test_a_table_that_cannot_be_read_is_named(tmp_path, text):
    with pytest.raises(SettingsError, match=r"prices\.toml"):
        price_of("m", table(tmp_path, text))


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"absent\.toml.*CORROBORATE_PRICES"):
        price_of("m", tmp_path / "absent.toml")
