"""Eleven articles, two voices: agreement inside one origin, text or party counts once."""

from dataclasses import replace

import pytest
from checks_builders import claim, evidence

from agent.checks import same_speaker, voices
from agent.checks.origins import party_of
from agent.domain import ClaimKind, Evidence, Stance

CLAIM = claim("The bridge fell.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelenskyy", "Zelensky"),
        ("President Volodymyr Zelenskiy", "Zelenskyy, to Reuters"),
        ("Ukrainian President Zelensky", "Volodymyr Zelenskyy, in an interview with AP"),
        ("Associated Press", "AP"),
        ("Russia's Defense Ministry", "Russian Ministry of Defence"),
        ("UK Ministry of Defence, intelligence update", "British Ministry of Defence"),
        ("Ukraine's General Staff", "General Staff of the Armed Forces of Ukraine"),
        ("National Intelligence Service (South Korea), via lawmakers", "NIS"),
        ("Pentagon (Maj. Gen. Ann Example)", "Pentagon"),
        ("José Pérez", "Jose Perez"),
        ("J. Perez", "José Pérez"),
        ("Reuters, citing the Pentagon", "Pentagon"),
    ],
)
def test_names_one_speaker(one: str, other: str) -> None:
    assert same_speaker(one, other)
    assert same_speaker(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian Defence Ministry", "Ukrainian Defence Ministry"),
        ("Joint Chiefs of Staff (South Korea)", "General Staff of the Armed Forces of Ukraine"),
        ("US and Ukrainian officials", "Ukrainian officials"),
        ("Ministry of Defence", "Ministry of Finance"),
        ("North Korea", "South Korea"),
        ("The New York Times", "The Times"),
        ("John Smith", "Adam Smith"),
        ("Vladimir Putin", "Volodymyr Zelenskyy"),
        ("", ""),
    ],
)
def test_names_two_speakers(one: str, other: str) -> None:
    assert not same_speaker(one, other)


@pytest.mark.parametrize(
    ("a", "b", "because"),
    [
        ({"origin_group": "g1"}, {"origin_group": "g1"}, "the same statement"),
        ({"origin": "Ann Brown, to AFP"}, {"origin": "Brown"}, "the same origin"),
        ({"family": "f1"}, {"family": "f1"}, "near-copies of one text"),
        ({"source": "s1"}, {"source": "s1"}, "the same source"),
        ({"party": "Ruritania (official)"}, {"party": "Ruritania (army)"}, "one party"),
    ],
)
def test_one_voice_and_why(a: dict[str, str], b: dict[str, str], because: str) -> None:
    (voice,) = voices([evidence("e1", **a), evidence("e2", **b)], CLAIM)
    assert voice.evidence == ("e1", "e2")
    assert because in voice.because


def test_voices_join_through_a_third() -> None:
    chain = [
        evidence("e1", origin="Ann Brown"),
        evidence("e2", party="Ruritania"),
        evidence("e3", origin="Brown", party="Ruritania"),
    ]
    (voice,) = voices(chain, CLAIM)
    assert voice.because == ("the same origin", "one party")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({}, {}),
        ({"party": "independent analyst"}, {"party": "independent analyst"}),
        ({"party": "Ruritania and Sylvania"}, {"party": "Ruritania"}),
        ({"origin": "Reuters"}, {"origin": "AFP"}),
    ],
)
def test_two_voices(a: dict[str, str], b: dict[str, str]) -> None:
    found = voices([evidence("e1", **a), evidence("e2", **b)], CLAIM)
    assert [voice.because for voice in found] == [(), ()]


def test_support_and_refutation_are_never_one_voice_and_neutral_has_none() -> None:
    said = [
        evidence("e1", origin="X Y"),
        evidence("e2", Stance.REFUTES, origin="X Y"),
        evidence("e3", Stance.NEUTRAL),
    ]
    assert [voice.stance for voice in voices(said, CLAIM)] == [Stance.SUPPORTS, Stance.REFUTES]


@pytest.mark.parametrize(
    ("stated", "party"),
    [
        ("Ruritania (official)", "Ruritania (official)"),
        ("Sylvania", ""),
        ("Ruritania; Sylvania", ""),
        ("", ""),
        ("Ruritania and Sylvania", ""),
    ],
)
def test_a_sources_party_is_a_speakers_only_where_it_is_plausibly_theirs(stated: str, party: str) -> None:
    item = evidence("e1", origin="Army of Ruritania; Court of Sylvania", party=stated)
    assert party_of(replace(item, origin="Army of Ruritania")) == party


def test_a_states_office_heard_through_another_is_of_its_state() -> None:
    relayed = replace(evidence("e1", origin="The Post", party="Post"), origin="Kyiv (Ukrainian authorities)")
    analyst = replace(relayed, origin="a Ukrainian analyst")
    assert (party_of(relayed), party_of(analyst)) == ("ukraine", "")
    (voice,) = voices([relayed, evidence("e2", origin="Ann Brown", party="Ukraine (official)")], CLAIM)
    assert voice.because == ("one party",)


def test_a_speaker_heard_for_and_against_is_divided_and_a_party_is_not() -> None:
    same = [evidence("e1", origin="X Y"), evidence("e2", Stance.REFUTES, origin="X Y")]
    assert [voice.divided for voice in voices(same, CLAIM)] == [True, True]
    party = [
        evidence("e1", origin="Ann Brown", party="Ruritania"),
        evidence("e2", Stance.REFUTES, origin="Bob Green", party="Ruritania"),
    ]
    assert [voice.divided for voice in voices(party, CLAIM)] == [False, False]


def test_sources_that_name_nobody_are_one_unknown_voice() -> None:
    (voice,) = voices([evidence("e1", outlet=""), evidence("e2", outlet="")], CLAIM)
    assert voice.because == ("no stated origin",)


def claimants(said: list[Evidence], kind: ClaimKind, *chain: str) -> list[bool]:
    return [voice.claimant for voice in voices(said, claim("The bridge fell.", kind, chain))]


def test_the_claims_first_speaker_and_their_party_are_claimants() -> None:
    said = [
        evidence("e1", Stance.NEUTRAL, origin="Ann Brown", party="Ruritania"),
        evidence("e2", origin="Bob Green", party="Ruritania"),
        evidence("e3", origin="AFP"),
    ]
    assert claimants(said, ClaimKind.CONTENT, "Daily Post", "Brown") == [True, False]


def test_the_outlet_is_the_claimant_where_it_alone_asserts() -> None:
    said = [evidence("e1", outlet="Daily Post"), evidence("e2", outlet="Evening Star")]
    assert claimants(said, ClaimKind.CONTENT, "Daily Post (headline)") == [True, False]
    assert claimants(said, ClaimKind.CONTENT, "Daily Post", "Ann Brown") == [False, False]


def test_whoever_was_there_can_tell_that_it_was_said() -> None:
    assert claimants([evidence("e1", origin="Ann Brown")], ClaimKind.STATEMENT, "Ann Brown") == [False]
