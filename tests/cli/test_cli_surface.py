import json
import os
import subprocess
import sys
import time

import click
import pytest
from click.testing import CliRunner

from agent.errors import BudgetSpent, CorpusMissing, Unreadable
from agent.surfaces.cli import cli
from agent.surfaces.cli.failing import Interrupted, exit_code_of
from agent.surfaces.cli.group import LazyGroup

HEAVY = (
    "openai",
    "langgraph",
    "chromadb",
    "numpy",
    "pydantic",
    "rich",
    "tantivy",
    "onnxruntime",
    "trafilatura",
)


def python(code, *args):
    return subprocess.run(
        [sys.executable, "-c", code, *args], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    "args", [["--help"], ["verify", "--help"], ["corpus", "--help"], ["ingest", "--help"]]
)
def test_help_loads_no_heavy_library(args):
    code = (
        "import sys\n"
        "from agent.surfaces.cli import cli\n"
        "try:\n    cli.main(sys.argv[1:], prog_name='corroborate')\n"
        "except SystemExit: pass\n"
        f"print('HEAVY', sorted(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = python(code, *args)
    assert done.stdout.splitlines()[-1] == "HEAVY []", done.stdout + done.stderr


def test_help_answers_at_once():
    started = time.perf_counter()
    done = python("from agent.surfaces.cli import main; main()", "--help")
    assert done.returncode == 0
    assert time.perf_counter() - started < 2.0  # about 0.2 s; the rest is for a busy machine


def test_every_command_is_listed_and_has_its_help():
    listed = CliRunner().invoke(cli, ["--help"]).output
    for name in cli.list_commands(click.Context(cli)):
        assert f"\n  {name} " in listed
        assert CliRunner().invoke(cli, [name, "--help"]).exit_code == 0


@pytest.mark.parametrize(
    "args",
    [["verfy"], ["verify"], ["verify", "x", "--as-of", "yesterday"], ["verify", "x", "--engine", "guess"]],
)
def test_bad_usage_is_one_line_and_exit_code_2(args):
    result = CliRunner().invoke(cli, args)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert result.stderr.count("\n") == 1
    assert "--help" in result.stderr


@pytest.mark.parametrize("args", [[], ["corpus"], ["explain"], ["eval"]])
def test_a_group_alone_shows_its_help_as_it_is(args):
    result = CliRunner().invoke(cli, args)
    assert result.exit_code == 2
    assert result.stderr.startswith("Usage: ")
    assert "\n\nCommands:\n" in result.stderr
    assert "see corroborate" not in result.stderr


def failing_group(error):
    group = LazyGroup(name="corroborate", commands_at={})

    @group.command()
    def fail():
        raise error

    group._commands_at = {"fail": ""}
    group.get_command = lambda ctx, name: group.commands[name]
    return group


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (CorpusMissing("no corpus in here; make one with corroborate ingest"), 2, "error: no corpus in here"),
        (Unreadable("a.txt", "is empty"), 2, "error: a.txt: is empty"),
        (BudgetSpent("the limit of 3 calls is reached"), 3, "error: the limit of 3 calls"),
        (ValueError("oops"), 70, "error: this is a bug in corroborate (ValueError: oops)"),
        (KeyboardInterrupt(), 130, "stopped: interrupted"),
        (Interrupted("--resume goes on"), 130, "stopped: --resume goes on"),
        (MemoryError(), 2, "error: not enough memory"),
    ],
)
def test_each_way_to_fail_is_one_line_and_its_own_code(error, code, says):
    result = CliRunner().invoke(failing_group(error), ["fail"])
    assert result.exit_code == code
    assert result.stderr.strip("\n").startswith(says)
    assert result.stderr.strip("\n").count("\n") == 0


def test_an_error_cannot_steer_the_terminal(capsys):
    assert exit_code_of(Unreadable("\x1b[2J", "bad\nname"), debug=False) == 2
    assert capsys.readouterr().err == "error: ␛[2J: bad name\n"


@pytest.mark.parametrize(("args", "env"), [(["fail", "--debug"], {}), (["fail"], {"CORROBORATE_DEBUG": "1"})])
def test_the_traceback_is_kept_for_those_who_ask(args, env):
    group = failing_group(ValueError("oops"))
    assert "Traceback" in CliRunner().invoke(group, args, env=env).stderr
    assert "Traceback" not in CliRunner().invoke(group, ["fail"], env={"CORROBORATE_DEBUG": "0"}).stderr


def test_a_closed_pipe_is_quiet():
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-c", "from agent.surfaces.cli import main; main()", "schema"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


def test_the_schema_is_printed_as_json():
    result = CliRunner().invoke(cli, ["schema"])
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")
