"""What a run found, for people: one page to open from disk, Markdown, JSON; and the README's tables.

loaded     a run's folder as a value
figures    what is drawn: confusion, reliability, risk and coverage, F1 by label
browse     samples as the page's browser shows them
page       report.html     markdown   report.md     plain   report.json
baseline   a run's results without its texts, to be committed
commands   ``report``, ``tables`` and ``baseline`` on the command line
"""
