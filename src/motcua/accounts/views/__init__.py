"""Pages of this room: signing in, the second step, one's own account, accounts managed by administrators."""
