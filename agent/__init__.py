"""corroborate: checks the claims of a text against a corpus of reports.

The public facade is ``agent.verifier``; importing this package loads nothing heavy.
"""

__version__ = "0.1.0"
