"""Assisted filing over the API: a helper files for somebody who consents; her access ends at submission."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from ninja import Status
from pydantic import Field

from motcua.dossiers import actions, queries
from motcua.dossiers.api.shapes import Code, MoveOut, Slug
from motcua.dossiers.api.shared import READ, WRITE, router
from motcua.foundation.api import In, Out, PublicId, Text, act_of, answers, read_answers
from motcua.foundation.doors import actor_of
from motcua.foundation.limits import demand

HELP = "help"


class Help(In):
    procedure: Slug
    person_name: Text(120, 1) = Field(description="Whom the helper files for.")
    personal_number: Text(20) = Field("", description="Hers, if she has one: who consents is known by it.")
    phone: Text(20) = ""
    agency: Code | None = None


class PhoneIn(In):
    phone: Text(20) = Field("", description="Used for somebody who is not known with a phone of her own.")


class CodeIn(In):
    code: Text(20, 1) = Field(description="The six digits as the person read them out.")


class SlipIn(In):
    file: PublicId = Field(description="The signed slip, photographed and handed in at /files.")


class HelpedOut(Out):
    """A filing one has helped with. After submission only its reference and state are told."""

    dossier: str | None
    reference: str
    procedure: str
    state: str
    consented: bool
    ended_at: datetime | None


class HelpedList(Out):
    items: list[HelpedOut]


@router.post(
    "/assisted", auth=WRITE, response=answers(MoveOut, 201), summary="Start filing for somebody else"
)
def start_helping(request: HttpRequest, body: Help) -> Status:
    """For helpers and receptionists. It can be filed once the person has consented."""
    done = actions.start_helping(
        act_of(request, HELP),
        procedure=body.procedure,
        person_name=body.person_name,
        personal_number=body.personal_number,
        phone=body.phone,
        agency=body.agency,
    )
    return Status(201, done)


@router.get(
    "/assisted", auth=READ, response=read_answers(HelpedList), summary="The filings one has helped with"
)
def helped(request: HttpRequest) -> dict:
    rows = queries.helped_by(actor_of(request).account_id)
    return {
        "items": [
            {
                "dossier": row.dossier.public_id if row.ended_at is None else None,
                "reference": row.dossier.reference,
                "procedure": row.dossier.procedure.slug,
                "state": row.dossier.business_state,
                "consented": row.consented_at is not None,
                "ended_at": row.ended_at,
            }
            for row in rows
        ]
    }


@router.post(
    "/{id:dossier}/consent/ask",
    auth=WRITE,
    response=answers(MoveOut),
    summary="Send the person a consent code",
)
def ask_consent(request: HttpRequest, dossier: PublicId, body: PhoneIn) -> dict:
    """`sent_to` known: the phone that is known of her got it, whatever phone was given."""
    demand(f"code:{dossier}", per_minute=settings.MOTCUA.rate_code_per_minute)
    return actions.ask_consent(act_of(request, HELP), dossier=dossier, phone=body.phone)


@router.post(
    "/{id:dossier}/consent/confirm",
    auth=WRITE,
    response=answers(MoveOut),
    summary="Hand in the code she read out",
)
def confirm_consent(request: HttpRequest, dossier: PublicId, body: CodeIn) -> dict:
    """`consented` false: the code was wrong, and the try is counted."""
    return actions.confirm_consent(act_of(request, HELP), dossier=dossier, code=body.code)


@router.post(
    "/{id:dossier}/consent/slip",
    auth=WRITE,
    response=answers(MoveOut),
    summary="Hand in the signed consent slip",
)
def hand_in_slip(request: HttpRequest, dossier: PublicId, body: SlipIn) -> dict:
    return actions.hand_in_slip(act_of(request, HELP), dossier=dossier, file=body.file)
