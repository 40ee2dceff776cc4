"""The twin of a certificate authority: it speaks what `authority.est` speaks, over the network, and really issues."""
