"""Notices: telling people what happened. An inbox of notices for accounts, and an outbox of messages to phones.

A notice holds ids and a kind; its words are made when it is shown, in the reader's language. A message to a phone
holds its text sealed until it is sent. Not here: who must be told of what (the rooms decide in their `tasks.py`).
"""
