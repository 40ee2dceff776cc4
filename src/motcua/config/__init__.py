"""The switchboard: settings, addresses, the command line. It knows every room; no room knows it.

Not for rules, pages or tables. Rooms read settings through `django.conf.settings` (our own settings
object is `settings.MOTCUA`).
"""
