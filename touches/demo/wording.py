"""What people of the demo write back, in their own languages."""

from collections.abc import Mapping

REPLIES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Thanks, this is interesting. Could you call me on Thursday morning?",
        "We are looking at two other offers as well. What would eighty users cost?",
        "Who of your customers is closest to us? I would like to talk to them.",
    ),
    "fi": (
        "Kiitos viestistä. Voisitteko soittaa minulle torstaiaamuna?",
        "Meillä on kaksi muutakin tarjousta. Mitä kahdeksankymmentä käyttäjää maksaisi?",
    ),
    "de": (
        "Danke, das ist interessant. Können Sie mich am Donnerstagvormittag anrufen?",
        "Wir prüfen noch zwei andere Angebote. Was würden achtzig Plätze kosten?",
    ),
    "ru": (
        "Спасибо, это интересно. Позвоните мне, пожалуйста, в четверг утром.",
        "У нас есть ещё два предложения. Сколько стоили бы восемьдесят рабочих мест?",
    ),
    "zh": ("谢谢，很有意思。请您星期四上午给我打电话。", "我们还在比较另外两家的报价。八十个用户要多少钱？"),
    "fil": (
        "Salamat, interesado kami. Puwede ba ninyo akong tawagan sa Huwebes ng umaga?",
        "May dalawa pa kaming alok. Magkano kung walumpu ang gagamit?",
    ),
    "sv": ("Tack, det låter intressant. Kan ni ringa mig på torsdag förmiddag?",),
    "vi": ("Cảm ơn, rất thú vị. Anh chị gọi cho tôi sáng thứ Năm được không?",),
    "el": ("Ευχαριστώ, με ενδιαφέρει. Μπορείτε να με πάρετε την Πέμπτη το πρωί;",),
}
STOPS: Mapping[str, str] = {
    "en": "Please remove me from your list.",
    "fi": "Poistakaa minut postituslistalta.",
    "de": "Bitte nehmen Sie mich aus dem Verteiler.",
    "ru": "Отпишите меня от рассылки.",
    "zh": "请退订。",
    "fil": "Pakitanggal ako sa listahan ninyo.",
    "sv": "Avregistrera mig.",
}
ABSENCES: Mapping[str, tuple[str, str]] = {
    "en": ("Out of office", "I am out of the office until {day} and will answer when I am back."),
    "fi": ("Automaattinen vastaus: poissa", "Olen poissa {day} asti."),
    "de": ("Abwesenheitsnotiz", "Ich bin bis {day} nicht im Büro."),
    "ru": ("Автоответ: отсутствую", "Меня не будет в офисе до {day}."),
    "sv": ("Autosvar", "Jag är inte på kontoret förrän {day}."),
}
COMPLAINTS: Mapping[str, tuple[str, ...]] = {
    "furniture": ("The table top arrived with a scratch.", "Two drawers do not close."),
    "b2b-software": ("The import lost the dates of last year.", "Nobody called back on Tuesday as agreed."),
}
SAID: Mapping[str, tuple[str, ...]] = {
    "reached": (
        "Wants to show it to the colleague who signs.",
        "The budget comes in January; asks for the price on paper.",
        "Knows us from the fair. The spreadsheets are the problem.",
        "Is content, has no question today.",
    ),
    "not-interested": ("Has signed with somebody else for two years.", "Does not need it."),
    "bought": ("Takes the offer as it stands.",),
    "meeting": ("Meets us with two colleagues.",),
}
