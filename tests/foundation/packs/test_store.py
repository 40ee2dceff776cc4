"""Packs in the database: drafts, differences, publication, what is in force when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.foundation.actors import Actor, system
from motcua.foundation.acts import new_act
from motcua.foundation.errors import Forbidden, NotFound
from motcua.foundation.journal.verify import verify
from motcua.foundation.models import JournalLine, PackVersion
from motcua.foundation.packs import shelf, store
from motcua.foundation.packs.refusals import DraftChanged, NoDraft, NothingPublished, TooEarly

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_shelf():
    store.forget()
    yield
    store.forget()


def act(at=AT, actor=None):
    return new_act(actor or system("test"), at=at, purpose="test")


def document(kind="values", key="cutoff", layers=("national",), **body):
    return {"kind": kind, "key": key, "body": {"id": key, **body}, "layers": list(layers)}


def publish_one(at=AT, **body):
    store.take_in(act(at), documents=[document(**body)])
    return store.publish(act(at), kind="values", key="cutoff")


@pytest.mark.django_db
def test_what_is_kept_of_the_packs_turns_with_their_dates(monkeypatch):
    """Who keeps something beside `revision` makes it anew when a version comes into force, without a publication."""
    publish_one(hour=15)
    store.take_in(act(), documents=[document(hour=16)])
    store.publish(act(), kind="values", key="cutoff", valid_from=AT + timedelta(days=60))
    said = []
    for moment in (AT, AT + timedelta(days=59), AT + timedelta(days=60), AT + timedelta(days=900)):
        monkeypatch.setattr(shelf, "now", lambda moment=moment: moment)
        said.append((store.current("values", "cutoff").body["hour"], store.revision()))
    assert [hour for hour, _revision in said] == [15, 15, 16, 16]
    assert said[0] == said[1] and said[2] == said[3] and said[1][1] != said[2][1]


@pytest.mark.django_db
class TestTakingIn:
    def test_what_is_new_becomes_a_draft_and_changes_nothing_in_force(self):
        answer = store.take_in(act(), documents=[document(hour=15)])
        assert answer["new"] == ["values/cutoff"]
        assert store.current("values", "cutoff") is None
        assert [d["new"] for d in store.drafts()] == [True]

    def test_the_same_files_again_draft_nothing(self):
        publish_one(hour=15)
        answer = store.take_in(act(), documents=[document(hour=15)])
        assert (answer["unchanged"], answer["new"], answer["changed"]) == (1, [], [])
        assert store.drafts() == []

    def test_a_newer_file_replaces_the_waiting_draft(self):
        store.take_in(act(), documents=[document(hour=15)])
        store.take_in(act(), documents=[document(hour=16)])
        assert PackVersion.objects.filter(state="draft").count() == 1
        assert store.differences("values", "cutoff") == [("id", None, "cutoff"), ("hour", None, 16)]

    def test_a_file_changed_back_takes_its_draft_away(self):
        publish_one(hour=15)
        store.take_in(act(), documents=[document(hour=16)])
        store.take_in(act(), documents=[document(hour=15)])
        assert store.drafts() == []

    def test_a_draft_written_in_the_browser_is_never_overwritten_silently(self):
        store.draft(act(), kind="values", key="cutoff", body={"id": "cutoff", "hour": 17})
        answer = store.take_in(act(), documents=[document(hour=15)])
        assert answer["kept"] == ["values/cutoff"]
        assert ("hour", None, 17) in store.differences("values", "cutoff")
        store.take_in(act(), documents=[document(hour=15)], replace_desk=True)
        assert ("hour", None, 15) in store.differences("values", "cutoff")

    def test_what_no_file_knows_any_more_is_told_and_stays_in_force(self):
        publish_one(hour=15)
        answer = store.take_in(act(), documents=[document(key="other")])
        assert answer["gone"] == ["values/cutoff"]
        assert store.current("values", "cutoff", AT) is not None

    def test_dates_of_yaml_become_text_also_as_keys(self):
        values = {AT.date(): {"value": 1}}
        store.take_in(act(), documents=[{**document(), "body": store.plain_body({"values": values})}])
        store.publish_all(act())
        assert store.current("values", "cutoff", AT).body == {"values": {"2026-11-02": {"value": 1}}}

    def test_only_administrators_change_packs(self):
        officer = Actor(key="account:1", kind="account", account_id=1, roles=frozenset({("processor", 1)}))
        with pytest.raises(Forbidden):
            store.take_in(act(actor=officer), documents=[document(hour=15)])
        with pytest.raises(Forbidden):
            store.publish_all(act(actor=officer))
        assert PackVersion.objects.count() == 0
        head = Actor(key="account:2", kind="account", account_id=2, roles=frozenset({("administrator", 1)}))
        assert store.take_in(act(actor=head), documents=[document(hour=15)])["new"]


@pytest.mark.django_db
class TestPublishing:
    def test_the_first_version_holds_for_all_times_before(self):
        made = publish_one(hour=15)
        assert made["number"] == 1
        assert store.current("values", "cutoff", AT - timedelta(days=9000)).body["hour"] == 15

    def test_a_successor_ends_the_former_version_at_its_own_beginning(self):
        publish_one(hour=15)
        later = AT + timedelta(days=30)
        store.take_in(act(), documents=[document(hour=16)])
        store.publish(act(), kind="values", key="cutoff", valid_from=later)
        assert store.current("values", "cutoff", later - timedelta(seconds=1)).body["hour"] == 15
        assert store.current("values", "cutoff", later).body["hour"] == 16
        assert [v.number for v in store.history("values", "cutoff")] == [2, 1]

    def test_a_version_cannot_begin_before_the_one_in_force(self):
        publish_one(hour=15)
        later = AT + timedelta(days=1)
        publish_one(at=later, hour=16)
        store.take_in(act(later), documents=[document(hour=17)])
        with pytest.raises(TooEarly):
            store.publish(act(later), kind="values", key="cutoff", valid_from=AT)
        assert store.current("values", "cutoff", later).body["hour"] == 16
        assert len(store.drafts()) == 1

    def test_a_draft_that_changed_after_the_look_is_not_published(self):
        store.take_in(act(), documents=[document(hour=15)])
        (seen,) = store.drafts()
        store.take_in(act(), documents=[document(hour=16)])
        with pytest.raises(DraftChanged):
            store.publish(act(), kind="values", key="cutoff", seen_hash=seen["hash"])

    def test_nothing_to_publish_is_a_sentence(self):
        with pytest.raises(NoDraft) as refusal:
            store.publish(act(), kind="values", key="cutoff")
        assert "values/cutoff" in refusal.value.sentence

    def test_every_publication_is_journaled_on_its_document(self):
        publish_one(hour=15)
        line = JournalLine.objects.get(chain="pack:values/cutoff")
        assert line.verb == "pack.published"
        assert line.facts["hash"] == store.current("values", "cutoff", AT).hash
        assert verify().good

    def test_a_published_document_without_its_chain_is_found(self):
        publish_one(hour=15)
        PackVersion.objects.create(kind="values", key="smuggled", hash="0" * 64, body={}, state="published")
        assert "pack:values/smuggled" in [f.chain for f in verify().findings]

    def test_withdrawing_ends_a_document_and_keeps_it_for_the_pinned(self):
        made = publish_one(hour=15)
        store.withdraw(act(AT + timedelta(days=1)), kind="values", key="cutoff")
        assert store.current("values", "cutoff", AT + timedelta(days=2)) is None
        assert store.current("values", "cutoff", AT).pk == made["version"]
        assert store.version(made["version"]).body["hour"] == 15
        with pytest.raises(NothingPublished):
            store.withdraw(act(AT + timedelta(days=2)), kind="values", key="cutoff")

    def test_a_version_that_has_not_begun_is_taken_back_and_the_former_goes_on(self):
        publish_one(hour=15)
        later = AT + timedelta(days=30)
        store.take_in(act(), documents=[document(hour=16)])
        store.publish(act(), kind="values", key="cutoff", valid_from=later)
        store.withdraw(act(), kind="values", key="cutoff")
        assert store.current("values", "cutoff", later + timedelta(days=1)).body["hour"] == 15
        store.take_in(act(), documents=[document(hour=17)])
        assert store.publish(act(AT + timedelta(days=1)), kind="values", key="cutoff")["number"] == 3

    def test_a_withdrawn_document_may_return(self):
        publish_one(hour=15)
        store.withdraw(act(AT + timedelta(days=1)), kind="values", key="cutoff")
        assert publish_one(at=AT + timedelta(days=5), hour=15)["number"] == 2
        assert store.current("values", "cutoff", AT + timedelta(days=3)) is None
        assert store.current("values", "cutoff", AT + timedelta(days=5)).number == 2

    def test_a_follower_sees_what_was_published_within_the_same_transaction(self, monkeypatch):
        told = []
        monkeypatch.setitem(store._followers, "values", [lambda act, versions: told.extend(versions)])
        publish_one(hour=15)
        assert [(v.kind, v.key) for v in told] == [("values", "cutoff")]

    @pytest.mark.slow
    def test_six_hundred_documents_are_published_in_seconds(self):
        import time

        body = {"text": "x" * 20_000}
        documents = [document(key=f"d{i}", **body) for i in range(600)]
        started = time.process_time()  # not the wall clock: the machine may be busy with something else
        store.take_in(act(), documents=documents)
        assert store.publish_all(act())["published"] == 600
        assert time.process_time() - started < 10
        assert len(store.current_all("values", AT)) == 600


@pytest.mark.django_db
class TestReading:
    def test_a_warm_process_asks_the_database_nothing(self):
        made = publish_one(hour=15)
        store.current("values", "cutoff", AT)
        with CaptureQueriesContext(connection) as queries:
            assert store.version(made["version"]).body["hour"] == 15
            assert store.current("values", "cutoff", AT).body["hour"] == 15
        assert len(queries) == 0

    def test_an_unknown_version_is_not_found(self):
        with pytest.raises(NotFound):
            store.version(4711)

    def test_bodies_of_many_are_read_in_one_query(self):
        store.take_in(act(), documents=[document(key=f"d{i}", number=f"only here {i}") for i in range(20)])
        store.publish_all(act())
        store.current("values", "d1", AT)
        with CaptureQueriesContext(connection) as queries:
            assert len({v.body["number"] for v in store.current_all("values", AT)}) == 20
        assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
class TestBetweenProcesses:
    def test_a_publication_elsewhere_is_noticed(self, monkeypatch):
        publish_one(hour=15)
        assert store.current("values", "cutoff", AT).body["hour"] == 15
        kept = shelf._shared
        publish_one(at=AT + timedelta(days=1), hour=16)
        monkeypatch.setattr(shelf, "_shared", kept)  # as another process still holds it
        monkeypatch.setattr(shelf, "FRESH_SECONDS", 0.0)
        assert store.current("values", "cutoff", AT + timedelta(days=2)).body["hour"] == 16

    def test_a_publication_rolled_back_was_never_there(self):
        publish_one(hour=15)
        with pytest.raises(RuntimeError), transaction.atomic():
            store.take_in(act(), documents=[document(hour=16)])
            store.publish(act(), kind="values", key="cutoff", valid_from=AT + timedelta(days=1))
            assert store.current("values", "cutoff", AT + timedelta(days=2)).body["hour"] == 16
            raise RuntimeError
        assert store.current("values", "cutoff", AT + timedelta(days=2)).body["hour"] == 15


def test_items_with_a_key_are_compared_by_it_and_others_by_place():
    before = {"papers": [{"key": "a", "n": 1}, {"key": "b", "n": 1}], "channels": ["post"]}
    papers = [{"key": "new"}, {"key": "a", "n": 2}, {"key": "b", "n": 1}]
    after = {"papers": papers, "channels": ["online", "post"]}
    assert store.compare(before, after) == [
        ("papers.[a].n", 1, 2),
        ("papers.[new]", None, {"key": "new"}),
        ("channels[1]", "post", "online"),
        ("channels[2]", None, "post"),
    ]


class TestAssembling:
    def documents(self, **procedure):
        return [
            document("procedures", "birth", **({"slug": "birth", "declaration": "birth"} | procedure)),
            document("declarations", "birth", ["national", "quang-ninh"], sections=[]),
            document("values", "transfer-cutoff", values={"2018-06-21": {"value": "15:00"}}),
            document("values", "log-retention", values={"2018-06-21": {"value": 12}}),
        ]

    def test_a_procedure_holds_its_declaration_and_the_values_of_the_clock(self):
        found = store.assemble(self.documents())[0]
        assert found["body"]["declaration"] == {"id": "birth", "sections": []}
        assert found["body"]["clock_values"] == {"transfer-cutoff": {"2018-06-21": {"value": "15:00"}}}
        assert found["layers"] == ["national", "quang-ninh"]

    def test_a_procedure_holds_the_values_that_reduce_its_fees(self):
        rule = {"percent": 100, "channel": "online"}
        values = {"2026-01-01": {"value": True, "source": "NQ 77/2025/NQ-HĐND"}}
        waiver = document("values", "council-zero", ["hanoi"], fee_rule=rule, values=values)
        found = store.assemble([*self.documents(), waiver])[0]
        assert found["body"]["fee_rules"] == {"council-zero": {**rule, "values": values}}
        assert "hanoi" in found["layers"]

    def test_a_declaration_that_is_missing_stays_a_name(self):
        body = store.assemble(self.documents(declaration="nowhere"))[0]["body"]
        assert body["declaration"] == "nowhere"
