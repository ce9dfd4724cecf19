"""How one stands in for an absent person, plainly or by weaker signs, and what only a present person writes."""

import re

_I = re.IGNORECASE

STANDS_IN = re.compile(
    r"is (?:no longer|not any ?more) (?:with|at|part of|working|employed)|un-?monitored (?:mailbox|inbox|address"
    r"|account)"
    r"|(?:address|mailbox|account) (?:is|has been) (?:no longer|not) (?:\w+ )?(?:in use|used|read|checked)"
    r"|mails? (?:sent|addressed) (?:here|to this (?:address|mailbox)) (?:is|are|will) not"
    r"|(?:adresse|mailadresse|postfach) (?:\S+ ){0,4}nicht mehr (?:\S+ ){0,2}(?:gültig|aktiv|genutzt|verwendet|gelesen)"
    r"|(?:adresse|boîte) (?:\S+ ){0,4}n'est plus (?:\S+ ){0,2}(?:utilisée|valide|active|consultée|relevée)"
    r"|(?:dirección|cuenta) (?:\S+ ){0,4}ya no (?:\S+ ){0,2}(?:uso|activa|válida|utiliza)"
    r"|osoite (?:\S+ ){0,4}(?:ei ole enää|on poistunut) "
    r"|adressen (?:\S+ ){0,3}(?:används inte|er ikke længere|brukes ikke)"
    r"|\bist (?:\S+ ){0,6}nicht mehr (?:\S+ ){0,6}(?:tätig|beschäftigt|im (?:unternehmen|haus)|bei uns|in unserem haus)"
    r"|befinde (?:ich )?mich (?:\S+ ){0,8}(?:im \w*urlaub|in (?:elternzeit|mutterschutz)|im (?:mutterschutz"
    r"|krankenstand)"
    r"|auf (?:dienst|geschäfts)reise)"
    r"|(?:mails?|nachrichten?) (?:wird|werden) (?:\S+ ){0,6}(?:nicht|weder) (?:\S+ ){0,2}(?:gelesen|weitergeleitet)"
    r"|ne (?:fait|travaille) plus (?:partie|dans|chez|pour|au sein)|a quitté (?:la société|l'entreprise|nos services)"
    r"|ya no (?:trabaja|labora|forma parte|pertenece)|non (?:lavora|fa) più (?:parte|in|per|presso)"
    r"|(?:já )?não (?:trabalha|faz) mais|is niet (?:meer|langer) (?:werkzaam|in dienst)|är tjänstledig"
    r"|(?:jag|hon|han|\w+) har slutat (?:på|hos|i)\b|(?:arbetar|jobbar) inte längre|er (?:ikke længere"
    r"|ikke lenger) ansat+"
    r"|har sluttet (?:i|hos)|mailen läses inte|ei(?:vät)? (?:ole )?enää (?:\S+ ){0,4}(?:palveluksessa|työskentele)"
    r"|en (?:ole|työskentele) enää (?:\S+ ){0,5}(?:palveluksessa|töissä|meillä)|(?:sähköposti\w*|viestejä\w*) ei lueta"
    r"|poissaoloni aikana|nie pracuje już|już nie pracuje|jestem nieobecn\w+|(?:больше|уже) не работает|уволил(?:ся"
    r"|ась)"
    r"|(?:již|už) (?:\S+ ){0,3}nepracuje|mimo kancelář|已(?:经)?离职|已離職|已不在(?:本|我)公司|退職(?:いたし|しま)"
    r"|퇴사(?:하|했)|hindi na (?:nagtatrabaho|konektado)",
    _I,
)
STANDS_IN_WEAKLY = re.compile(
    r"(?:responses?|repl(?:y|ies)) (?:may|will|might) be (?:delayed|slow)|attending (?:a|an|the) (?:conference|fair"
    r"|training)"
    r"|(?:contact|reach out to|write to) my (?:colleague|assistant|team)|back (?:in|at) the office|return to the office"
    r"|weer (?:aanwezig|bereikbaar|op kantoor)|(?:åter|tillbaka|tilbage|tilbake) (?:på|i) (?:kontoret|jobb)"
    r"|palaan (?:töihin|toimistolle)"
    r"|(?:de|à mon|à notre) retour|di nuovo in ufficio|de vuelta en la oficina|(?:is|are) (?:handling|covering"
    r"|looking after) "
    r"|(?:limited|no|sporadic|intermittent|little) (?:\w+ )?access to (?:my )?(?:e-?mails?|mail|inbox|messages)"
    r"|(?:respond|reply|answer|get back|attend|deal)\b[^.!?]{0,60}\b(?:up)?on my return"
    r"|(?:in|for|of|if)\W(?:\w+\W){0,3}(?:urgent|immediate|emergenc)[^.?]{0,60}(?:contact|call|reach|refer|write"
    r"|e-?mail)"
    r"|(?:e-?mails?|messages?|mail) (?:is|are|will be|will)(?: being)? ?not (?:be )?(?:read|forwarded|monitored"
    r"|checked)"
    r"|wieder (?:im (?:büro|haus)|erreichbar|für sie da|am arbeitsplatz)|in dringenden (?:fällen|angelegenheiten)"
    r"|keinen zugriff auf meine (?:e-?)?mails?|(?:en cas d['’]|pour toute )urgence|pas accès à (?:ma messagerie|mes )"
    r"|à mon retour|(?:para|en caso de) (?:\w+ ){0,2}(?:urgen\w+|emergencia)|a mi regreso|per (?:\w+ )?urgenze"
    r"|al mio rientro|em caso de urgência|no meu (?:retorno|regresso)|(?:voor|bij) (?:dringende|spoed)"
    r"|(?:vid|i) brådskande|(?:ved|i) (?:hastesaker|presserende|akutte)|kiireelli(?:sissä|sessä)"
    r"|w (?:pilnych|nagłych) (?:sprawach|przypadkach)|po powrocie|по срочным вопросам|доступ к почте ограничен"
    r"|по возвращении|s naléhavými|紧急事项|緊急事項|无法及时(?:回复|查看)|(?:返信|ご?連絡)が遅れ|急ぎの(?:場合|方"
    r"|ご用)"
    r"|不在のため|급한 (?:용무|일)|para sa (?:agaran|madalian)\w*|travell?ing (?:this|all|until)",
    _I,
)
WANTS = re.compile(
    r"interest|\b(?:but|still|so|and) (?:yes|sure|please do|do send|send|go ahead|happy to|i(?:'d| would) )"
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
    r"|resend)|call me|rufen sie|anrufen|soita|ring mig|appelez|llám|chiam|interes|заинтерес|позвон",
    _I,
)
TALKS_ABOUT_IT = re.compile(  # somebody tells of an automatic answer of ours
    r"\b(?:i|we) (?:only |just |keep |always )?(?:got|get|getting|received?|had) (?:\w+ ){0,3}auto"
    r"|\b(?:ich|wir) (?:bekam|bekomme|erhielt|erhalte|habe)\w* (?:\S+ ){0,4}automat",
    _I,
)
