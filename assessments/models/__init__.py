"""What is asked and answered: instruments, assessments, respondents, answers, standings, inventory."""

from assessments.models.answers import Answer, AnswerChange, Consensus, Respondent, Target
from assessments.models.assessment import Assessment, AssessmentEvent, Standing
from assessments.models.instruments import InstrumentVersion, Question
from assessments.models.inventory import DatedFact, Device, InternetLine, InventoryRecord, Service, Site

__all__ = [
    "Answer",
    "AnswerChange",
    "Assessment",
    "AssessmentEvent",
    "Consensus",
    "DatedFact",
    "Device",
    "InstrumentVersion",
    "InternetLine",
    "InventoryRecord",
    "Question",
    "Respondent",
    "Service",
    "Site",
    "Standing",
    "Target",
]
