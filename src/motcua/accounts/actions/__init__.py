"""Changes to accounts: making them, signing in, the second step, tokens, forms held while a screen is locked.

Plain passwords, codes and tokens never enter an action as arguments that are kept: passwords come encoded
(`accepted_password`), recovery codes and tokens as hashes.
"""

from motcua.accounts.actions._common import register_manager_rule
from motcua.accounts.actions.accounts import (
    change_language,
    change_password,
    create_account,
    disable_account,
    disable_idle,
    enable_account,
    rename_account,
    set_password,
)
from motcua.accounts.actions.held import discard_held, forget_old, hold_post
from motcua.accounts.actions.second_step import (
    begin_totp,
    confirm_totp,
    replace_recovery_codes,
    reset_totp,
    use_code,
    use_recovery_code,
)
from motcua.accounts.actions.sign_in import clear_lock, note_failure, sign_in, sign_out, unlock
from motcua.accounts.actions.tokens import create_token, issue_token, revoke_token
from motcua.accounts.passwords import accepted as accepted_password
from motcua.accounts.passwords import encoded as encoded_password

__all__ = [
    "accepted_password", "begin_totp", "change_language", "change_password", "clear_lock", "confirm_totp",
    "create_account", "create_token", "disable_account", "disable_idle", "discard_held", "enable_account",
    "encoded_password", "forget_old", "hold_post", "issue_token", "note_failure", "register_manager_rule",
    "rename_account", "replace_recovery_codes", "reset_totp", "revoke_token", "set_password", "sign_in", "sign_out",
    "unlock", "use_code", "use_recovery_code",
]  # fmt: skip
