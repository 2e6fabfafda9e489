"""``python -m evals bench``: how fast, and how it grows. Figures of one machine, for comparing in one run."""
