# SPDX-License-Identifier: EUPL-1.2
"""The API of referrals: each as a FHIR R4 Bundle, out and in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final, Literal

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from ninja import Query, Router, Schema, Status
from pydantic import Field

from scharnier.apps.http import ActorRequest, now, request_language, today
from scharnier.apps.referral import services
from scharnier.core.kernel import ReferralId

FHIR: Final = "application/fhir+json"
BUNDLE: Final = {"schema": {"type": "object", "description": "A Bundle of HL7 FHIR R4."}}
CONFLICT: Final = {
    "description": "It is about a resident, and leaves the network in no file.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
OF_EXPORT: Final = {
    "responses": {
        200: {"description": "The Bundle.", "content": {FHIR: BUNDLE}},
        409: CONFLICT,
    }
}
OF_IMPORT: Final = {"requestBody": {"required": True, "content": {FHIR: BUNDLE, "application/json": BUNDLE}}}

router = Router(tags=["referrals"])


class ExportQuery(Schema):
    """What of a referral goes along."""

    with_text: Annotated[
        Literal["yes", "no"],
        Field(description="Whether free words go too; only for who wrote the referral."),
    ] = "no"


class KnownReferral(Schema):
    """A referral of a file that came in before."""

    referral_id: str
    said: str = Field(description="That it is there already, in the language of the request.")
    address: str = Field(description="Of its page.")


class Imported(Schema):
    """What came of a file."""

    referral_ids: list[str] = Field(description="The new drafts, in the order of the file.")
    known: list[KnownReferral] = Field(description="What the same source told of before; nothing was made.")


@router.get(
    "/referrals/{slug:referral_id}/fhir",
    summary="A referral for another system (FHIR R4)",
    openapi_extra=OF_EXPORT,
)
def referral_fhir(request: ActorRequest, referral_id: str, query: Query[ExportQuery]) -> HttpResponse:
    """Return a referral that you may see as a whole as a Bundle, without data about persons."""
    data = services.export_referral(
        ReferralId(referral_id),
        with_text=query.with_text == "yes",
        language=request_language(),
        actor=request.actor,
        on=today(),
        at=now(),
    )
    return HttpResponse(data, content_type=FHIR)


@router.post(
    "/referrals/fhir",
    response={200: Imported, 201: Imported},
    summary="Referrals of another system (FHIR R4) as your own drafts",
    openapi_extra=OF_IMPORT,
)
def import_fhir(request: ActorRequest) -> Status[Imported]:
    """Make a draft of each referral of a Bundle, all or none; nobody is asked before you send it.

    What came in before from the same source is named and not made again; 200 when nothing was new.
    """
    taken = services.import_referrals(request.body, actor=request.actor, on=today(), at=now())
    said = gettext("This referral came in before. You find it on its page.")
    known = [
        KnownReferral(
            referral_id=each,
            said=said,
            address=f"{settings.ADDRESS}{reverse('referral:referral', args=[each])}",
        )
        for each in taken.known
    ]
    status = HTTPStatus.CREATED if taken.made else HTTPStatus.OK
    return Status(status, Imported(referral_ids=list(taken.made), known=known))
