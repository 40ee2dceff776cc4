"""The connector to a public certificate authority: what it offers (`door`), how it speaks (`est`)."""

from motcua.certificates.authority.door import Answer, Authority, AuthorityProblem, Holder
from motcua.certificates.authority.est import EstAuthority, opened

__all__ = ["Answer", "Authority", "AuthorityProblem", "EstAuthority", "Holder", "opened"]
