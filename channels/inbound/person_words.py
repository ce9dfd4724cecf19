"""What only a person writes who is there: he wants something, answers, or tells of an absence that is over."""

import re

_I = re.IGNORECASE

IS_OVER = re.compile(  # who tells of an absence that is over is there again
    r"\b(?:i was|we were|i(?:'ve|’ve| have) been|(?:back|returned|returning) from|sorry for the|ich war|wir waren"
    r"|j['’]étais"
    r"|estuve|estaba|estive|estava|ero|sono stat\w+|ik was|jag var|jeg var|olin|olimme|był[ae]m|я был\w*"
    r"|был в отпуске)\b",
    _I,
)
WANTS = re.compile(
    r"\b(?:come|drop|stop|swing) (?:by|over|round|around)\b|kommen sie (?:\S+ )?vorbei|\bich frage\b|\bon en (?:parle"
    r"|discute)|(?:talk|speak) (?:then|soon|about it)\b|(?:sprechen|reden) wir\b|\bne parliamo|lo"
    r" hablamos|"
    r"^(?:agreed|exactly|indeed|correct|true|fair enough|good point|makes sense)(?:,|\.|!| [-–—])"
    r"|^(?:yes|no|ja|nein|nee|nei|oui|non|sí|sì|sim|não|joo|kyllä|nie|да|нет)(?:,|\.|!| (?:please|bitte|gern|gerne"
    r"|graag))"
    r"|\b(?:but|mais|aber|pero|ma|mas|maar|men|mutta|ale|но)\W{1,2}(?:\S+ ){0,4}?(?:disponible|available|free|frei"
    r"|libre|libero"
    r"|vrij|ledig|vapaa|disponível|wolny|свобод\w*|funkar|funker|passt|works|fine|okay?|geht|possible)(?: (?:on|am|il"
    r"|le|el|på"
    r"|op|w|во?))? (?:mon|tues|wednes|thurs|fri|satur|sun|tomorrow|next|bra|godt|gut|montag|dienstag|mittwoch"
    r"|donnerstag|freitag"
    r"|morgen|lundi|mardi|mercredi|jeudi|vendredi|demain|lunes|martes|mié|jueves|viernes|mañana|luned|marted|mercoled"
    r"|gioved"
    r"|venerd|segunda|terça|quarta|quinta|sexta|amanhã|maandag|dinsdag|woensdag|donderdag|vrijdag|понед|вторн|сред"
    r"|четв|пятн)"
    r"|\bbel (?:me|mij|ons)\b|\bappelle(?:z)?-moi|\bligue-me|\bsoittele|\bdzwoń|\bproszę dzwonić|\bfalamos\b"
    r"|\bhablamos\b"
    r"|\bbetter (?:on|in|next|then)|\b(?:besser (?:am|im|ab)|lieber (?:am|im|ab|per|nächste)|plutôt|mejor (?:el|en)"
    r"|meglio|liever|hellre|mieluummin"
    r"|lepiej)\b|лучше|\b(?:livrez|appelez|rappelez|envoyez|passez|réservez|commandez)\b|\b(?:suits?|works? (?:for"
    r" (?:me|us)|best)|would suit)\b|passt (?:mir|uns|es)\b|\bme conviene|\bmi va bene"
    r"|\bpassar (?:mig|oss|bra)|\bsopii\b|\bschikt\b|"
    r"подойд[её]т|please (?:deliver|ship|invoice|put)\b|answer is\b|still (?:drink|want|need|love"
    r"|like)\b|bedarf an|zamawiam|^got it\b|^(?:ok(?:ay)?|perfect|great|super|klasse|perfekt|parfait|perfecto"
    r"|perfetto)[,.! ]"
    r"|(?:nehmen|löschen|streichen|entfernen) sie (?:bitte )?(?:frau|herrn|ihn)\b|(?:remove|delete|take) (?:mrs?\b|ms\b"
    r"|her\b|him\b|them\b)|\b(?:will|['’]ll) (?:order|buy|try (?:it|some|the)|decide|come by|drop by|call you)\b"
    r"|\bmen (?:hör(?:s| av mig)|ringer|ring|svarar|återkommer)|\baber (?:ich )?(?:melde|rufe|komme|nehme)|созвонимся"
    r"|созвон"
    r"|давайте|договоримся|позвоню|\bmais (?:je|appelez|rappelez)|\bmutta (?:soit|palaan|tul)|\bale (?:proszę"
    r"|zadzwo|tak)"
    r"|(?<!\bnot )(?<!\bno )(?<!\bkein )(?<!\bkeine )interest|\blet(?:'|’)?s\b|\bso please\b(?! (?:bear"
    r"|be patient"
    r"|allow|expect))|\bbefore (?:that|then"
    r"|i leave)\b"
    r"|\bi(?: am|'m|’m) (?:your|the|his|her|their) (?:new|successor|replacement)|\bi (?:have |'ve |’ve )?t(?:aken"
    r"|ook) over"
    r"|\b(?:vi|jag) vill (?:ha|gärna|köpa|boka)|\b(?:vi|jeg) vil (?:gerne|gjerne)|haluamme|haluaisimme|\bring gärna"
    r"|\bwir (?:hätten gern|brauchen|nehmen|bestellen)|nous (?:voulons|voudrions|prenons|commandons)|queremos"
    r"|vorremmo"
    r"|vogliamo|\bchcemy|хотим|\bwij? willen"
    r"|\bdanach (?:gern|passt|melde)|\b(?:but|still|so|and) (?:yes|sure|please do|do send|send|go ahead|happy to"
    r"|i(?:'d| would) )"
    r"|\b(?:send|e-?mail|forward|show|book) (?:(?:it|that|the \w+|this) )?(?:over|along|to me|to us|me"
    r"|us(?! an? (?:e-?mail|message)))\b"
    r"|\b(?:schicken|senden|reservieren) (?:sie )?(?:mir|uns|es|das)\b|\bschick(?:t)? (?:mir|uns)\b"
    r"|\baber (?:ja|gerne?|schicken|trotzdem)\b|(?:envoyez|adressez|réservez)-(?:moi|nous)|mais (?:oui|envoyez)"
    r"|(?:envíe|mánde|envía|manda|resérve)(?:me|nos|melo)\b|pero (?:sí|envíe)|(?:inviate|mandate)(?:mi|ci)\b"
    r"|\bma (?:sì|inviate)|(?:envie|mande)-(?:me|nos)\b|\bstuur (?:het|mij|me|maar)\b|\bmaar (?:ja|stuur)\b"
    r"|\bskicka (?:gärna|över|det|mig)\b|\bmen (?:ja|gärna|gjerne|gerne|skicka|send)\b"
    r"|\blähetä(?:tkö|ttekö)?\b (?:\w+ )?(?:tarjou|minulle|meille|se )|\bmutta (?:kyllä|kiinnost|lähet)|\bkiinnost"
    r"|\b(?:wyślij|przyślij|proszę (?:mi|nam) )|(?:пришлите|вышлите|отправьте) (?:мне|нам)|\bно да\b|发给我|发过来|"
    r"\b(?:we|i)(?:'d| would)? (?:want|like|need)\b(?! to (?:inform|let))|please (?:send|come|bring"
    r"|resend)|call me|rufen sie (?:mich|uns)|anrufen|soita(?:kaa|tko)?\b|ring mig|llám(?:e"
    r"|a)(?:me|nos)|chiama(?:te)?(?:mi|ci)|ja tack"
    r"|podem? (?:mandar|enviar)|报个?价|interes(?!t|se\b)|(?:habe|grosses"
    r"|großes) interesse|заинтерес|позвон",
    _I,
)
AWAITS = re.compile(  # he waits for an answer of ours, or asks for what we offer: no stand-in does
    r"\b(?:dans l['’]|en )attente de (?:votre|ta|vos)|\bje souhaite(?:rais)? (?:une? |votre |recevoir )"
    r"|\b(?:ich |wir )?freue?n? (?:mich|uns) auf ihre (?:antwort|rückmeldung)|\bquedo a la espera|\bin attesa di (?:un "
    r")?(?:suo|vostro|tuo)|\baguardo (?:a |o )?(?:sua|seu|vossa|retorno|resposta)|\bik (?:zie|hoor) (?:\S+ )?(?:uw|je) "
    r"(?:reactie|antwoord)|\bser fram (?:e|ti)mot (?:ditt|ert) svar|\bser frem til (?:dit|deres|ditt) svar"
    r"|\bodotan vastaust|\bczekam na (?:odpowied|propozycj|ofert)|жду (?:вашего |ваш )?(?:ответ|предложен)"
    r"|\b(?:we|i)(?:['’]re|['’]m| are| am) (?:very |really |quite |still )?interested in (?:your|this|the|a)\b"
    r"|\bplease send (?:us |me )?(?:the |your |a |an )?(?:pric|quot|offer|catalog|proposal|rates?\b)"
    r"|(?:пришлите|вышлите|отправьте|скиньте) (?:\S+ ){0,2}(?:кп\b|цен|прайс|предложени|расч[её]т)",
    _I,
)
DELIVERS = re.compile(  # he sends something along, names a price, or announces what he will do at once
    r"^(?:\S+ ){0,4}(?:ecco|allego|anbei|adjunto|attached is|bifogar|bifogat|vedlagt|vedhæftet|w załączeniu|прилагаю)\b"
    r"|\b(?:in allegato|im anhang|ci-joint|en pièce jointe|во вложении)\b"
    r"|(?:[$€£]\s?\d|\b\d[\d.,]*\s?(?:[$€£₽]|(?:eur(?:os?)?|usd|gbp|kr|zł|руб\w*)\b))(?!\s?(?:/|pro|per|por|par"
    r"|a) ?min)"
    r"|\b(?:te|le|os|les) (?:escribo|llamo|aviso|digo) (?:luego|pronto|mañana|después|en cuanto)",
    _I,
)
TALKS_ABOUT_IT = re.compile(  # somebody tells of automatic answers: of ours, of other people's, of his own not meant
    r"\b(?:auto-?(?:matic|mated)?[ -]?(?:replies|responses|answers|responders)"
    r"|out[ -]of[ -](?:the[ -])?office (?:replies|responses|messages|notes|mails))\b"
    r"|\bauto-?(?:matic|mated)?[ -]?(?:reply|response|answer) (?:is|was|seems?|looks?) (?:\w+ ){0,2}(?:unnecessary"
    r"|unhelpful|unprofessional|useless|pointless|meaningless|annoying|wrong|broken|odd|weird|strange|funny|rude)\b"
    r"|(?:\b(?:to|should)|\d\)) auto[ -]?reply with (?:an?|the|some)\b"
    r"|\b(?:have|has|had|needs?|wants?|adds?|set up|configure|provides?|implement) (?:an? |the )?"
    r"(?:auto-?(?:matic|mated)?[ -]?(?:reply|response|answer|responder)|out[ -]of[ -]office|vacation responder)\b"
    r"|\b(?:muss|soll|sollte|braucht|brauchen) (?:\S+ ){0,4}(?:automatische antwort|abwesenheitsnotiz|autoresponder)\b"
    r"|^\W*(?:he|she|they|it|the (?:mail|reply|answer)) (?:just )?(?:said|says|wrote|writes|told|tells|reads)\b"
    r"|\b(?:out[ -]of[ -](?:the[ -])?office|ooo|vacation|leave|absence|auto-?[ ]?reply|auto-?[ ]?response)"
    r" (?:response |reply |notice |message )?(?:settings?|notifications?|editor|forms?|features?|functions?|pages?"
    r"|screens?"
    r"|templates?|assistant|dialog|bugs?)\b"
    r"|\b(?:when|if|whenever) (?:an?|any|the|some) (?:\w+ ){1,2}(?:has|sets|turns|uses)\b[^.!?]{0,30}\bout[ -]of"
    r"|\b(?:i|we) (?:only |just |keep |always )?(?:got|get|getting|received?|had) (?:\w+ ){0,3}auto"
    r"|\b(?:ich|wir) (?:bekam|bekomme|erhielt|erhalte|habe)\w* (?:\S+ ){0,4}automat"
    r"|(?:auto-?(?:matic|mated)? ?-?(?:reply|response|answer)|out[ -]of[ -]office)\b[^.!?]{0,30}"
    r"\b(?:you (?:got|received)|earlier|yesterday|was (?:still )?(?:on|active)|is (?:off|old|outdated))"
    r"|\b(?:forg[oe]t\w*|meant) to (?:switch|turn|take)\b[^.!?]{0,40}\boff\b|\bignore (?:my|the) (?:auto|out)"
    r"|\bvergessen\b[^.!?]{0,40}\b(?:auszuschalten|abzuschalten|rauszunehmen)\b"
    r"|(?:abwesenheitsnotiz|automatische antwort) (?:war|ist) noch|oublié de (?:désactiver|enlever)"
    r"|olvid\w+ (?:quitar|desactivar)|glömt? (?:att )?stänga av|unohd\w+ (?:ottaa|laittaa|kytkeä) pois",
    _I,
)
