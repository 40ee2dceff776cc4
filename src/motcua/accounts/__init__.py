"""Accounts: who signs in, how, and with which token.

Holds login names, passwords, second factors, locks, API tokens, and the door through which an identity provider
will bring people in. An account is not a person: who somebody is in law stands in `people`, which office somebody
holds in `agencies`. Not for permissions: what an account may see is decided by holder keys (`foundation.actors`).
"""
