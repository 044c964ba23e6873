"""A run over many machines, on a Ray cluster.

The driver (driver) finds the files and starts a worker process (worker) on every core of the cluster. A worker is an
ordinary run (pipeline) whose files come from the ledger, a few at a time, as it needs them. The ledger (ledger) knows
what is still to be done, who has what, and what became of it; files of a worker that dies go to others. What must not be
written by several machines at once, the memory and the records of the output folder, is kept by one process on the
driver's machine (keepers).

Workers ask for work, and are not sent parts: the decoder of each is never left without sentences between two parts, and
what has to be done again after a death are the files that were not finished, not the whole part.
"""
