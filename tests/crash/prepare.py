"""Makes an installation ready for the crash test and prints, as JSON, the tokens of those who file and receive.

Run as a process of its own: `python -m tests.crash.prepare`.
"""

import json

from motcua.config.cli import set_up_django

CENTRE = "qn-bai-chay-centre"


def main() -> None:
    set_up_django()
    from motcua.accounts import actions as accounts
    from motcua.agencies import actions as positions
    from motcua.agencies import queries as agencies
    from motcua.config.readiness import make_ready
    from motcua.foundation.actors import system
    from motcua.foundation.acts import new_act
    from motcua.foundation.api import SCOPES
    from motcua.foundation.time import now

    def act():
        return new_act(system("tests"), at=now(), purpose="test")

    make_ready()
    told = {}
    for name, kind in (("citizen", "citizen"), ("receptionist", "officer")):
        made = accounts.create_account(
            act(), login_name=f"crash-{name}", display_name="Người Thử", kind=kind, password=""
        )
        if kind == "officer":
            office = agencies.by_code(CENTRE).public_id
            positions.appoint(act(), account=made["account"], agency=office, role="receptionist")
        raw, _kept = accounts.issue_token(act(), account=made["account"], scopes=sorted(SCOPES))
        told[name] = {"token": raw, "caller": f"account:{made['account_id']}"}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
