"""stub"""
def held_by(account_id, at):
    return frozenset(), frozenset(), None
def public_ids():
    from motcua.agencies.models import Agency
    return Agency.objects.values_list("public_id", flat=True).iterator()
