# SPDX-License-Identifier: EUPL-1.2
"""Forms of shared situations: short, one for each act, and plain without JavaScript."""

from scharnier.apps.situations.forms._begin import BeginSituationForm, BeginTogetherForm
from scharnier.apps.situations.forms._closing import MEASURED, EvaluationForm, LastingForm, ScoreForm
from scharnier.apps.situations.forms._coalition import InviteForm
from scharnier.apps.situations.forms._excluded import ExcludeForm
from scharnier.apps.situations.forms._figures import FigureForm, IndicatorForm
from scharnier.apps.situations.forms._found import LayAsideForm
from scharnier.apps.situations.forms._meetings import AppointmentForm, MinutesForm
from scharnier.apps.situations.forms._plan import BeginForm, PlanForm, TemplateForm
from scharnier.apps.situations.forms._rooms import RoomForm, StandingForm
from scharnier.apps.situations.forms._steps import AnswerForm, LeadForm, LeaveForm, step_form
from scharnier.apps.situations.forms._work import (
    LATER,
    ActionForm,
    AgreementForm,
    EndForm,
    GiveForm,
    JudgeForm,
)

__all__ = [
    "LATER",
    "MEASURED",
    "ActionForm",
    "AgreementForm",
    "AnswerForm",
    "AppointmentForm",
    "BeginForm",
    "BeginSituationForm",
    "BeginTogetherForm",
    "EndForm",
    "EvaluationForm",
    "ExcludeForm",
    "FigureForm",
    "GiveForm",
    "IndicatorForm",
    "InviteForm",
    "JudgeForm",
    "LastingForm",
    "LayAsideForm",
    "LeadForm",
    "LeaveForm",
    "MinutesForm",
    "PlanForm",
    "RoomForm",
    "ScoreForm",
    "StandingForm",
    "TemplateForm",
    "step_form",
]
