"""The simulation: a month of a one-stop centre, lived through the real actions with the simulated time handed in.

It makes people, officers and their days; everything it does to a dossier is an action of the dossiers room, under
the accounts of its cast. Deterministic for (seed, until). Not for tests of rules, and never in an installation that
serves real people: it refuses where `simulation` is off.
"""
