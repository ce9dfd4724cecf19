"""What leads read in notices, by language. Notices to colleagues are in English."""
# ruff: noqa: E501 - sentences stay whole

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sentences with `{name}` places; a value is put in as it is."""

    greeting: str
    interim_subject: str
    interim: str
    interim_next: str
    confirm_subject: str
    confirm: str
    confirm_agreed: str
    confirm_promise: str
    confirm_wrong: str
    handover_subject: str
    handover: str
    handover_reach: str


_WORDINGS: Mapping[str, Wording] = {
    "en": Wording(
        greeting="Hello {name},",
        interim_subject="Where we are: {text}",
        interim="we promised you by {by}: {text}",
        interim_next="It is not done yet. {owner} is working on it and will come back to you; answer this mail if it is urgent.",
        confirm_subject="What we agreed on {day}",
        confirm="thank you for the conversation on {day}.",
        confirm_agreed="We agreed: {agreed}",
        confirm_promise="We will do by {by}: {text}",
        confirm_wrong="If anything here is not as you remember it, answer this mail.",
        handover_subject="{owner} looks after you from now on",
        handover="{owner} now looks after you. What was said and agreed so far has been handed over.",
        handover_reach="You reach {owner} at {address}.",
    ),
    "fi": Wording(
        greeting="Hei {name},",
        interim_subject="Missä mennään: {text}",
        interim="lupasimme sinulle viimeistään {by}: {text}",
        interim_next="Asia ei ole vielä valmis. {owner} hoitaa sitä ja palaa sinulle; vastaa tähän viestiin, jos asialla on kiire.",
        confirm_subject="Mitä sovimme {day}",
        confirm="kiitos keskustelusta {day}.",
        confirm_agreed="Sovimme: {agreed}",
        confirm_promise="Teemme viimeistään {by}: {text}",
        confirm_wrong="Jos jokin tässä ei ole niin kuin muistat, vastaa tähän viestiin.",
        handover_subject="{owner} on uusi yhteyshenkilösi",
        handover="{owner} on tästä lähtien yhteyshenkilösi. Tähän asti puhuttu ja sovittu on siirretty eteenpäin.",
        handover_reach="{owner}: {address}.",
    ),
    "de": Wording(
        greeting="Guten Tag {name},",
        interim_subject="Zwischenstand: {text}",
        interim="wir haben Ihnen bis {by} versprochen: {text}",
        interim_next="Es ist noch nicht erledigt. {owner} arbeitet daran und meldet sich bei Ihnen; wenn es eilt, antworten Sie auf diese Mail.",
        confirm_subject="Unsere Vereinbarung vom {day}",
        confirm="vielen Dank für das Gespräch am {day}.",
        confirm_agreed="Wir haben vereinbart: {agreed}",
        confirm_promise="Wir erledigen bis {by}: {text}",
        confirm_wrong="Wenn etwas nicht so ist, wie Sie es in Erinnerung haben, antworten Sie auf diese Mail.",
        handover_subject="Ab jetzt betreut Sie {owner}",
        handover="Ab jetzt betreut Sie {owner}. Was bisher besprochen und vereinbart wurde, ist übergeben.",
        handover_reach="Sie erreichen {owner} unter {address}.",
    ),
}


def wording_for(language: str) -> Wording:
    """The language, its base, else English."""
    folded = language.casefold()
    return _WORDINGS.get(folded) or _WORDINGS.get(folded.partition("-")[0]) or _WORDINGS["en"]
