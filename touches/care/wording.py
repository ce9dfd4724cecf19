"""What leads read in notices, by language. Notices to colleagues are in English."""
# ruff: noqa: E501 - sentences stay whole

import re
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

    def greet(self, name: str) -> str:
        """The greeting, with or without a name."""
        return self.greeting.format(name=name) if name else re.sub(r"[,，]? ?\{name\}，?", "", self.greeting)


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
    "fr": Wording(
        greeting="Bonjour {name},",
        interim_subject="Où nous en sommes : {text}",
        interim="nous vous avions promis pour le {by} : {text}",
        interim_next="Ce n'est pas encore fait. {owner} s'en occupe et reviendra vers vous ; si c'est urgent, répondez à ce message.",
        confirm_subject="Ce que nous avons convenu le {day}",
        confirm="merci pour notre échange du {day}.",
        confirm_agreed="Nous avons convenu : {agreed}",
        confirm_promise="Nous ferons d'ici le {by} : {text}",
        confirm_wrong="Si quelque chose ne correspond pas à votre souvenir, répondez à ce message.",
        handover_subject="{owner} s'occupe de vous désormais",
        handover="{owner} s'occupe désormais de vous. Tout ce qui a été dit et convenu jusqu'ici lui a été transmis.",
        handover_reach="Vous pouvez joindre {owner} à l'adresse {address}.",
    ),
    "es": Wording(
        greeting="Hola, {name}:",
        interim_subject="Cómo va: {text}",
        interim="le prometimos para el {by}: {text}",
        interim_next="Todavía no está hecho. {owner} se está ocupando y le responderá; si es urgente, conteste a este mensaje.",
        confirm_subject="Lo que acordamos el {day}",
        confirm="gracias por la conversación del {day}.",
        confirm_agreed="Acordamos: {agreed}",
        confirm_promise="Haremos antes del {by}: {text}",
        confirm_wrong="Si algo no es como lo recuerda, conteste a este mensaje.",
        handover_subject="{owner} le atiende a partir de ahora",
        handover="{owner} le atiende a partir de ahora. Todo lo hablado y acordado hasta hoy se le ha entregado.",
        handover_reach="Puede contactar con {owner} en {address}.",
    ),
    "it": Wording(
        greeting="Buongiorno {name},",
        interim_subject="A che punto siamo: {text}",
        interim="Le avevamo promesso entro il {by}: {text}",
        interim_next="Non è ancora fatto. {owner} se ne sta occupando e La ricontatterà; se è urgente, risponda a questo messaggio.",
        confirm_subject="Che cosa abbiamo concordato il {day}",
        confirm="grazie per il colloquio del {day}.",
        confirm_agreed="Abbiamo concordato: {agreed}",
        confirm_promise="Faremo entro il {by}: {text}",
        confirm_wrong="Se qualcosa non è come lo ricorda, risponda a questo messaggio.",
        handover_subject="D'ora in poi La segue {owner}",
        handover="D'ora in poi La segue {owner}. Quanto detto e concordato finora è stato trasmesso.",
        handover_reach="Può contattare {owner} all'indirizzo {address}.",
    ),
    "nl": Wording(
        greeting="Beste {name},",
        interim_subject="Stand van zaken: {text}",
        interim="wij hebben u uiterlijk {by} beloofd: {text}",
        interim_next="Het is nog niet klaar. {owner} werkt eraan en komt bij u terug; is het dringend, beantwoord dan dit bericht.",
        confirm_subject="Wat wij op {day} hebben afgesproken",
        confirm="dank u voor het gesprek van {day}.",
        confirm_agreed="Wij hebben afgesproken: {agreed}",
        confirm_promise="Wij doen uiterlijk {by}: {text}",
        confirm_wrong="Klopt er iets niet met wat u zich herinnert, beantwoord dan dit bericht.",
        handover_subject="Vanaf nu is {owner} uw contactpersoon",
        handover="Vanaf nu is {owner} uw contactpersoon. Wat tot nu toe is besproken en afgesproken, is overgedragen.",
        handover_reach="U bereikt {owner} via {address}.",
    ),
    "sv": Wording(
        greeting="Hej {name},",
        interim_subject="Hur det går: {text}",
        interim="vi lovade dig senast {by}: {text}",
        interim_next="Det är inte klart än. {owner} arbetar med det och återkommer till dig; svara på det här mejlet om det är bråttom.",
        confirm_subject="Det vi kom överens om {day}",
        confirm="tack för samtalet {day}.",
        confirm_agreed="Vi kom överens om: {agreed}",
        confirm_promise="Vi gör senast {by}: {text}",
        confirm_wrong="Om något inte är som du minns det, svara på det här mejlet.",
        handover_subject="{owner} är din kontaktperson från och med nu",
        handover="{owner} är din kontaktperson från och med nu. Det som hittills har sagts och avtalats har lämnats över.",
        handover_reach="Du når {owner} på {address}.",
    ),
    "ru": Wording(
        greeting="Здравствуйте, {name}!",
        interim_subject="Как обстоят дела: {text}",
        interim="Мы обещали вам до {by}: {text}",
        interim_next="Это ещё не сделано. Этим занимается {owner}; вам ответят. Если дело срочное, ответьте на это письмо.",
        confirm_subject="О чём мы договорились {day}",
        confirm="Спасибо за разговор {day}.",
        confirm_agreed="Мы договорились: {agreed}",
        confirm_promise="Мы сделаем до {by}: {text}",
        confirm_wrong="Если что-то здесь не так, как вы помните, ответьте на это письмо.",
        handover_subject="Теперь ваше контактное лицо: {owner}",
        handover="Теперь ваше контактное лицо: {owner}. Всё, что было сказано и согласовано до сих пор, передано.",
        handover_reach="{owner}: {address}.",
    ),
    "zh": Wording(
        greeting="{name}，您好：",
        interim_subject="进展情况：{text}",
        interim="我们曾答应您在 {by} 之前：{text}",
        interim_next="此事尚未完成。{owner} 正在处理，并会回复您；如果情况紧急，请直接回复本邮件。",
        confirm_subject="我们在 {day} 的约定",
        confirm="感谢您在 {day} 与我们交谈。",
        confirm_agreed="我们约定：{agreed}",
        confirm_promise="我们将在 {by} 之前完成：{text}",
        confirm_wrong="如果这里有任何内容与您记得的不同，请回复本邮件。",
        handover_subject="今后由 {owner} 为您服务",
        handover="今后由 {owner} 为您服务。此前的沟通和约定均已转交。",
        handover_reach="您可以通过 {address} 联系 {owner}。",
    ),
    "fil": Wording(
        greeting="Kumusta {name},",
        interim_subject="Kalagayan sa ngayon: {text}",
        interim="nangako kami sa inyo bago ang {by}: {text}",
        interim_next="Hindi pa ito tapos. Inaasikaso ito ni {owner} at babalikan kayo; kung apurahan, sagutin ang email na ito.",
        confirm_subject="Ang napagkasunduan natin noong {day}",
        confirm="salamat sa pag-uusap natin noong {day}.",
        confirm_agreed="Napagkasunduan natin: {agreed}",
        confirm_promise="Gagawin namin bago ang {by}: {text}",
        confirm_wrong="Kung may hindi tugma sa naaalala ninyo, sagutin ang email na ito.",
        handover_subject="Si {owner} na ang mag-aasikaso sa inyo mula ngayon",
        handover="Si {owner} na ang mag-aasikaso sa inyo. Naipasa na sa kanya ang lahat ng napag-usapan at napagkasunduan.",
        handover_reach="Makokontak ninyo si {owner} sa {address}.",
    ),
}


def wording_for(language: str) -> Wording:
    """The language, its base, else English."""
    folded = language.casefold()
    return _WORDINGS.get(folded) or _WORDINGS.get(folded.partition("-")[0]) or _WORDINGS["en"]
