from reports import examples

from agent.domain import Assessed
from agent.surfaces.cli.progress import Watching, steps
from agent.verifier import Progress

SETTLED = Assessed(examples.BRIDGE, examples.BRIDGE_VERDICT)


def test_claims_announced_one_by_one_are_counted_against_the_claims_found():
    shown = []
    watch = Watching(lambda *step: shown.append(step))
    watch(Progress("retrieve", 0, 2))
    watch(Progress("judge", 1, 1, SETTLED))
    watch(Progress("judge", 1, 1, SETTLED))
    assert shown == [("retrieve", 0, 2), ("judge", 1, 2), ("judge", 2, 2)]


def test_a_resumed_run_does_not_invent_a_total():
    shown = []
    Watching(lambda *step: shown.append(step))(Progress("judge", 1, 1, SETTLED))
    assert shown == [("judge", 1, 0)]


def test_nothing_is_shown_without_a_terminal(capsys):
    with steps() as show:
        show("judge", 1, 2)
    assert capsys.readouterr().err == ""
