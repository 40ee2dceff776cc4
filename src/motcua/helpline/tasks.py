"""What follows elsewhere: the queue, notices, the outbox of the chat channel, and what is over at night."""

from __future__ import annotations

from django.db import transaction

from motcua.assistant.events import ConversationMoved, TurnSaid
from motcua.assistant.queries import talks
from motcua.assistant.rules.talking import State as Talk
from motcua.foundation.actors import system
from motcua.foundation.acts import Act, new_act
from motcua.foundation.errors import NotFound
from motcua.foundation.events import Delivered, handles
from motcua.foundation.time import now
from motcua.foundation.work import enqueue, task
from motcua.helpline import actions, outbox
from motcua.helpline.zalo import channel
from motcua.notices import actions as notices

AT_ONCE = 200


def _act(delivery: Delivered, name: str) -> Act:
    act_id = f"{name}/{delivery.act_id}"[:100]
    return new_act(system("helpline"), at=delivery.at, purpose="helpline", act_id=act_id)


@handles(ConversationMoved, name="helpline.follow_conversation")
def follow_conversation(event: ConversationMoved, delivery: Delivered) -> None:
    """Who was asked for on the assistant's own form is queued; who needs nobody any more waits no longer."""
    try:
        state = talks.by_id(event.conversation).state
    except NotFound:
        return  # erased meanwhile, and its request with it
    act = _act(delivery, "follow")
    if event.verb == "ask_person":
        actions.queue(act, event.conversation)
    elif state in (Talk.OPEN, Talk.CLOSED):
        actions.withdraw(act, event.conversation)


@handles(TurnSaid, name="helpline.tell_answer", only=lambda event: event.kind == "officer")
def tell_answer(event: TurnSaid, delivery: Delivered) -> None:
    """An officer answered: whoever is signed in finds a notice."""
    try:
        row = talks.by_id(event.conversation)
    except NotFound:
        return
    if row.account_id:
        notices.tell(
            [f"account:{row.account_id}"],
            kind="helpline.answered",
            subject=delivery.subject,
            seq=delivery.seq,
            at=delivery.at,
            params={},
        )


@task("helpline.send", cron="* * * * *", long=True)
def send() -> None:
    """Send what waits in the outbox of the chat channel; nothing where no channel is open."""
    found = channel()
    if found is None:
        return
    moment = now()
    outbox.send_waiting(found, moment)
    due = outbox.next_try()
    if due is not None and due <= now():  # more than one round: go on at once
        with transaction.atomic():
            enqueue("helpline.send", key=f"after {moment:%Y%m%d%H%M%S%f}")


@task("helpline.tidy", cron="41 2 * * *")
def tidy() -> None:
    """Nightly: requests that nobody took for days are over; ids of messages and of guests are forgotten."""
    moment = now()
    act = new_act(system("helpline"), at=moment, purpose="helpline")
    with transaction.atomic():
        outbox.forget(moment)
        if actions.give_up(act, limit=AT_ONCE) >= AT_ONCE:
            enqueue("helpline.tidy", key=f"after {moment:%Y%m%d%H%M%S%f}")
