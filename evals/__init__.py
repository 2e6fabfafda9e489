"""The instrument: decides whether a change, a prompt or a model is better. ``python -m evals --help``."""
