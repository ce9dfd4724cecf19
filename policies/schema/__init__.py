"""The format of a policy as frozen models, each a value that goes to JSON and back unchanged."""

from policies.schema.conditions import Condition, Operator
from policies.schema.hours import DEFAULT_HOURS, ChannelRule, Window
from policies.schema.policy import Caps, Expectation, Never, OnReply, Policy
from policies.schema.steps import SAME_WORKING_DAY, Contact, NewsSpec, Step, StepPromise, Then, Variant
from policies.schema.triggers import Fading, Lapsed, Trigger, TriggerFilter
from policies.schema.words import PREFERRED, Channel, Holidays, Late, PauseOn, ReEnroll, Spread, StopOn

__all__ = [
    "DEFAULT_HOURS",
    "PREFERRED",
    "SAME_WORKING_DAY",
    "Caps",
    "Channel",
    "ChannelRule",
    "Condition",
    "Contact",
    "Expectation",
    "Fading",
    "Holidays",
    "Lapsed",
    "Late",
    "Never",
    "NewsSpec",
    "OnReply",
    "Operator",
    "PauseOn",
    "Policy",
    "ReEnroll",
    "Spread",
    "Step",
    "StepPromise",
    "StopOn",
    "Then",
    "Trigger",
    "TriggerFilter",
    "Variant",
    "Window",
]
