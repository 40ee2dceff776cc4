"""What the tests lean on: a throw-away PostgreSQL, counting, a browser, a served site."""
