# SPDX-License-Identifier: EUPL-1.2
"""Pages behind a link, for who has no account: what is asked, and one form for each thing to say.

A page is opened by who holds the secret in its address, and by nothing else: no cookie counts, so that a
form needs no token against forgery. The address is told to nobody that a link leads on to, and kept nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import client_address, now, posted, request_language, today
from scharnier.apps.people.forms import CardForm
from scharnier.apps.referral import by_link, forms, link_pages, links, services
from scharnier.core.kernel import Conflict, Invalid, NotFound
from scharnier.core.referral import Helped, LinkPurpose, Reason, Reply, Standing, Step

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

View = Callable[..., HttpResponse]
PREFETCHING = ("Sec-Purpose", "Purpose", "X-Moz")  # headers of a browser that looks ahead
CLOSED: Mapping[Standing, _StrPromise] = {
    Standing.DONE: _("You answered this already. Thank you, there is nothing left to do."),
    Standing.EXPIRED: _("This link has run out. You can have a new one sent to the same address."),
    Standing.REVOKED: _("Whoever asked took this link back. There is nothing left to do."),
    Standing.CALLED_OFF: _("Whoever asked called it off. There is nothing left to do."),
    Standing.HAS_ACCOUNT: _("You have an account now. Log in to answer."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkStep:
    """One thing that can be said by a link."""

    purposes: frozenset[LinkPurpose]
    step: Step | None  # None: a remark, or whether it helped
    title: _StrPromise
    button: _StrPromise
    done: _StrPromise
    form: Callable[[HttpRequest, link_pages.LinkPage], CardForm] | None
    said: Callable[[CardForm], by_link.Said]


def _decline_form(request: HttpRequest, page: link_pages.LinkPage) -> CardForm:
    return forms.LinkDeclineForm(posted(request), rather=page.rather)


def _pause_form(request: HttpRequest, _page: link_pages.LinkPage) -> CardForm:
    return forms.PauseForm(posted(request), initial=forms.usual_pause(on=today()))


def _plain(form: type[CardForm]) -> Callable[[HttpRequest, link_pages.LinkPage], CardForm]:
    return lambda request, _page: form(posted(request))


def _declined(form: CardForm) -> by_link.Said:
    rather = form.rather_party if isinstance(form, forms.LinkDeclineForm) else None
    said = form.cleaned_data
    decline = services.Decline(reason=Reason(said["reason"]), words=said["words"], rather=rather)
    return by_link.Said(decline=decline)


ANSWER, FINISH = frozenset({LinkPurpose.ANSWER}), frozenset({LinkPurpose.FINISH})
STEPS: Mapping[str, LinkStep] = {
    "accept": LinkStep(
        purposes=ANSWER,
        step=Step.ACCEPT,
        title=_("Take this on"),
        button=_("Yes, I take this on"),
        done=_("Thank you. You get a mail with a link to say later how it ended."),
        form=None,
        said=lambda _form: by_link.Said(),
    ),
    "decline": LinkStep(
        purposes=ANSWER,
        step=Step.DECLINE,
        title=_("Decline"),
        button=_("Decline"),
        done=_("Thank you for answering. Whoever asked can look further now."),
        form=_decline_form,
        said=_declined,
    ),
    "complete": LinkStep(
        purposes=FINISH,
        step=Step.COMPLETE,
        title=_("It is done"),
        button=_("It is done"),
        done=_("Thank you. Whoever asked you hears it."),
        form=_plain(forms.CompleteForm),
        said=lambda form: by_link.Said(words=form.cleaned_data["result"], hours=_hours(form)),
    ),
    "pause": LinkStep(
        purposes=FINISH,
        step=Step.PAUSE,
        title=_("Let it wait"),
        button=_("Let it wait"),
        done=_("Noted. On that day you get a mail with a new link."),
        form=_pause_form,
        said=lambda form: by_link.Said(words=form.cleaned_data["words"], until=form.cleaned_data["until"]),
    ),
    "fail": LinkStep(
        purposes=FINISH,
        step=Step.FAIL,
        title=_("It did not work out"),
        button=_("It did not work out"),
        done=_("Thank you for saying so. Now somebody else can be asked."),
        form=_plain(forms.CauseForm),
        said=lambda form: by_link.Said(words=form.cleaned_data["cause"]),
    ),
    "remark": LinkStep(
        purposes=ANSWER | FINISH,
        step=None,
        title=_("Ask or say something"),
        button=_("Send"),
        done=_("Sent. When there is an answer you get a mail."),
        form=_plain(forms.RemarkForm),
        said=lambda form: by_link.Said(words=form.cleaned_data["words"]),
    ),
    "outcome": LinkStep(
        purposes=frozenset({LinkPurpose.OUTCOME}),
        step=None,
        title=_("Did it help?"),
        button=_("Send"),
        done=_("Thank you. Others are helped better by it."),
        form=_plain(forms.OutcomeForm),
        said=lambda form: by_link.Said(words=form.cleaned_data["words"]),
    ),
    "introduce": LinkStep(
        purposes=frozenset({LinkPurpose.INTRODUCE}),
        step=None,
        title=_("Will you introduce them?"),
        button=_("Answer"),
        done=_("Thank you. We tell who comes next."),
        form=_plain(forms.ReplyForm),
        said=lambda _form: by_link.Said(),
    ),
}
REPLIED: Mapping[Reply, _StrPromise] = {
    Reply.YES: _("Thank you. We tell who comes next."),
    Reply.LATER: _("That is fine. This link keeps working until you answer, for two weeks at most."),
    Reply.NO: _("That is fine. Nobody hears a “no” from us."),
}
FORM_AT_ONCE = {LinkPurpose.OUTCOME: "outcome", LinkPurpose.INTRODUCE: "introduce"}  # nothing else to choose


def _hours(form: CardForm) -> float | None:
    hours = form.cleaned_data["hours"]
    return None if hours is None else float(hours)


def discreet(view: View) -> View:
    """Let a page be seen by who has its address, and told to nobody."""

    @wraps(view)
    def answer(request: HttpRequest, *, token: str, **parts: Any) -> HttpResponse:
        links.count_request(token, address=client_address(request), at=now())
        response = view(request, token=token, **parts)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return login_not_required(csrf_exempt(never_cache(answer)))


@discreet
@require_http_methods(["GET", "HEAD"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked, or why the link opens nothing any more; nothing changes by looking."""
    page = link_pages.read_link(token, at=now(), is_opened=not _looks_ahead(request))
    if page.is_open and page.purpose in FORM_AT_ONCE:
        found = STEPS[FORM_AT_ONCE[page.purpose]]
        form = found.form(request, page) if found.form else None
        return _show_form(request, token, page, found, form=form)
    return _show(request, token, page)


@discreet
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """Show the form of one thing to say, or say it."""
    page = link_pages.read_link(token, at=now())
    found = STEPS.get(step)
    if found is None or page.purpose not in found.purposes:
        raise Http404
    if not page.is_open:
        return _show(request, token, page)
    form = found.form(request, page) if found.form else None
    if request.method != "POST":
        return (
            redirect("referral_link:link", token)
            if form is None
            else _show_form(request, token, page, found, form=form)
        )
    if form is None or form.is_valid():
        answer = _say(request, token, found, form=form)
        if answer is not None:
            return answer
    return _show_form(request, token, page, found, form=form)


@discreet
@require_http_methods(["POST"])
def renew(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a new link in the place of one that ran out, to the same address."""
    if by_link.renew(token, on=today(), at=now()):
        said = _("A new link is on its way to the address that had this one.")
    else:
        said = _("There is no address any more to send a link to. Ask whoever asked you.")
    return render(request, "referral/link_done.html", {"said": said, "token": ""})


def _say(request: HttpRequest, token: str, found: LinkStep, *, form: CardForm | None) -> HttpResponse | None:
    """Do what was said; None when the form has to be shown again with what is wrong."""
    try:
        _act(token, found, form)
    except Conflict:  # somebody was first: what stands now is shown
        return _show(request, token, link_pages.read_link(token, at=now()))
    except (Invalid, NotFound) as error:
        if form is None:
            raise
        form.add_refusal(error, language=request_language())
        return None
    reply = _reply_of(found, form)
    is_going_on = reply is Reply.LATER or found is STEPS["remark"]
    context = {"said": REPLIED[reply] if reply else found.done, "token": token if is_going_on else ""}
    return render(request, "referral/link_done.html", context)


def _reply_of(found: LinkStep, form: CardForm | None) -> Reply | None:
    """Return what is said to introducing; None for everything else that a link is for."""
    return Reply(form.cleaned_data["reply"]) if form and found is STEPS["introduce"] else None


def _act(token: str, found: LinkStep, form: CardForm | None) -> None:
    reply = _reply_of(found, form)
    if reply is not None:
        by_link.reply_to_introduction(token, reply, on=today(), at=now())
        return
    said = by_link.Said() if form is None else found.said(form)
    if found.step is not None:
        by_link.take_step(token, found.step, said, on=today(), at=now())
    elif form is not None and LinkPurpose.OUTCOME in found.purposes:
        helped = Helped(form.cleaned_data["helped"])
        by_link.tell_outcome(token, helped, said.words, on=today(), at=now())
    else:
        by_link.remark(token, said.words, on=today(), at=now())


def _show(request: HttpRequest, token: str, page: link_pages.LinkPage) -> HttpResponse:
    if page.is_open:
        return render(request, "referral/link.html", {"page": page, "token": token})
    context = {"page": page, "token": token, "said": CLOSED[page.standing]}
    return render(request, "referral/link_closed.html", context, status=HTTPStatus.GONE)


def _show_form(
    request: HttpRequest,
    token: str,
    page: link_pages.LinkPage,
    found: LinkStep,
    *,
    form: CardForm | None,
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    name = next(name for name, each in STEPS.items() if each is found)
    context = {"page": page, "token": token, "step": found, "name": name, "form": form}
    return render(request, "referral/link_step.html", context, status=status)


def _looks_ahead(request: HttpRequest) -> bool:
    """Tell whether nobody reads the answer: a HEAD, or a browser that fetches before anybody clicks."""
    said = " ".join(request.headers.get(name, "") for name in PREFETCHING).lower()
    return request.method == "HEAD" or "prefetch" in said or "prerender" in said
