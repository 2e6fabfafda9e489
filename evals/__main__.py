"""``python -m evals``: see ``evals.cli``."""

from evals.cli import cli

if __name__ == "__main__":
    raise SystemExit(cli.main(prog_name="python -m evals"))
