"""The assistant: it finds the procedure that somebody means, asks what the law distinguishes, and answers from the
published documents alone. Every sentence carries the field it comes from.

Not here: the portal's pages (`portal`), people who answer (`helpline`), the check of a filled form (`precheck`).
"""
