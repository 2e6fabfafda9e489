import pytest

from agent.errors import SettingsError
from agent.surfaces.engine_choice import choose_engine, server_name

KEY = {"OPENAI_API_KEY": "k"}


def choose(asked, model="", base_url="", **environment):
    return choose_engine(asked, model=model, base_url=base_url, max_in_flight=4, environment=environment)


def test_auto_takes_rules_where_nothing_is_configured_and_says_how_to_change_that():
    choice = choose("auto")
    assert (choice.engine, choice.model) == ("rules", None)
    assert "--model" in choice.said
    assert "OPENAI_API_KEY" in choice.said


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        ({"model": "m"}, KEY),
        ({"model": "m", "base_url": "http://localhost:9/v1"}, {}),
        ({}, KEY | {"CORROBORATE_MODEL": "m"}),
        ({}, {"OPENAI_BASE_URL": "http://localhost:9/v1", "CORROBORATE_MODEL": "m"}),
    ],
)
def test_auto_takes_a_model_where_one_can_be_asked(options, environment):
    choice = choose("auto", **options, **environment)
    assert choice.engine == "llm"
    assert choice.model is not None
    assert choice.model.model == "m"
    assert choice.model.max_in_flight == 4


@pytest.mark.parametrize(("model", "environment"), [("", KEY), ("m", {})])
def test_auto_with_half_a_configuration_takes_rules(model, environment):
    assert choose("auto", model=model, **environment).engine == "rules"


def test_asking_for_a_model_without_one_is_an_error_that_says_what_is_missing():
    with pytest.raises(SettingsError, match="CORROBORATE_MODEL"):
        choose("llm", **KEY)


def test_rules_stay_rules_whatever_is_configured():
    assert choose("rules", model="m", **KEY).model is None


def test_an_option_outranks_the_environment():
    choice = choose(
        "llm", model="mine", base_url="http://a:1/v1", OPENAI_BASE_URL="http://b/v1", CORROBORATE_MODEL="x"
    )
    assert choice.model is not None
    assert (choice.model.model, choice.model.base_url) == ("mine", "http://a:1/v1")


def test_who_gets_the_text_is_said_without_the_credentials():
    choice = choose("llm", model="m", base_url="https://user:secret@host.example:8443/v1")
    assert "host.example:8443" in choice.said
    assert "secret" not in choice.said
    assert "api.openai.com" in choose("llm", model="m", **KEY).said


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://x", "http://", "http://[broken"])
def test_a_base_url_that_is_none_is_refused(url):
    with pytest.raises(SettingsError, match="no address"):
        server_name(url)
