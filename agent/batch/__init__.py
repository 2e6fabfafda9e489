"""Many documents in one run: bounded, resumable, priced before it begins.

    plan       what there is to do: the inputs by digest, identical texts once
    record     what makes two runs the same run
    folder     where a run is kept: claims.jsonl, documents.jsonl, reports/, run.json
    run        several documents at a time, each a run of ``agent.verifier`` of its own
    summary    what became of all of them
    estimate   calls, tokens and money, before anything is spent

Surface-free: the command line is ``agent.surfaces.cli.batch``.
"""
