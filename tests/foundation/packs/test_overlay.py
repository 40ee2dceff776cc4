"""One document over another."""

from motcua.foundation.packs.overlay import lay_over


def lay(lower, upper):
    told = []
    return lay_over(lower, upper, lambda place, words: told.append((place, words[1]))), told


def test_keys_are_merged_and_the_rest_is_replaced():
    lower = {"time_limit": {"value": 5, "unit": "working_days"}, "channels": ["online", "post"]}
    merged, told = lay(lower, {"overrides": "x", "time_limit": {"value": 3}, "channels": ["online"]})
    assert merged == {"time_limit": {"value": 3, "unit": "working_days"}, "channels": ["online"]}
    assert told == []


def test_null_in_the_upper_document_is_an_answer():
    assert lay({"a": {"b": 1}}, {"a": None})[0] == {"a": None}


def test_papers_are_matched_by_key_dropped_and_added():
    lower = {"required_documents": [{"key": "a", "quantity": 1, "type": "copy"}, {"key": "b"}]}
    upper = {"required_documents": [{"key": "c"}, {"key": "a", "quantity": 2}, {"key": "b", "remove": True}]}
    merged, told = lay(lower, upper)
    assert merged["required_documents"] == [{"key": "a", "quantity": 2, "type": "copy"}, {"key": "c"}]
    assert told == []


def test_what_is_not_there_cannot_be_removed():
    _, told = lay({"fees": [{"key": "a"}]}, {"fees": [{"key": "z", "remove": True}]})
    assert told[0][0] == ("fees", 0)
    assert "“z”" in told[0][1]


def test_the_layer_below_stays_as_it_was():
    lower = {"fees": [{"key": "a", "amount_vnd": 1}]}
    lay(lower, {"fees": [{"key": "a", "amount_vnd": 2}]})
    assert lower == {"fees": [{"key": "a", "amount_vnd": 1}]}
