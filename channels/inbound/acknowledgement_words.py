"""How ticket systems and contact boxes confirm that a mail arrived, and how filters ask for a proof."""

import re

_I = re.IGNORECASE

CHALLENGE = re.compile(
    r"(?:please )?(?:confirm|verify) (?:that )?(?:your (?:e-?mail|message|delivery)"
    r"|you (?:are|sent))|requires? (?:that )?you (?:to )?(?:verify|confirm)|sender (?:verification|confirmation)"
    r"|confirm(?:ation)? (?:request|required"
    r"|of your (?:message|mail))|spam ?arrest|box ?trapper|challenge[/-]response|tmda\b|mailinblack"
    r"|waiting for (?:your )?(?:confirmation|approval|authentication)|"
    r"your (?:message|e-?mail) (?:is|has been) (?:being )?(?:held|quarantined|awaiting)"
    r"|awaits (?:moderator )?approval|not (?:on|in) (?:my|our|the|their) (?:approved|white|allowed"
    r"|safe)[ -]?(?:list|senders)|authentification requise|bestätigen sie .{0,60}(?:mail|absender)"
    r"|confirmez votre (?:message|adresse|e-?mail)|wait-?listed|guest list|(?:list of )?approved senders"
    r"|are (?:a )?human\b|protected (?:against|from|by) (?:\w+ )?(?:ro)?bots?\b|before i can (?:see|read|receive"
    r"|get) your"
    r"|(?:ask|require|invite)s? (?:all |new |unknown |first-time )*senders to (?:confirm|verify)"
    r"|\[?confirm delivery\]?|(?:leave|keep|without (?:changing|altering)) the subject",
    _I,
)
CHALLENGE_ACT = re.compile(
    r"https?://|reply to this|click|klick|cliqu|verif|visit|authenti|captcha|moderator|use the link|respond to", _I
)
CONFIRMED = re.compile(
    r"confirmons (?:la )?(?:bonne )?réception|am primit (?:mesajul|solicitarea|e-?mailul) "
    r"|nous accusons (?:bonne )?réception|(?:correo|petición) ha sido (?:recibid|registrad)|abbiamo preso in carico"
    r"|in goede orde ontvangen"
    r"|(?:sua|tua) (?:mensagem|solicitação) (?:será|vai ser) (?:respondid|tratad)|potwierdzamy (?:otrzymanie"
    r"|przyjęcie|wpłynięcie)|your (?:message|e-?mail|request) (?:has been|was) (?:delivered|passed"
    r"|sent) (?:on )?to (?:our|the)\b"
    r"|votre demande (?:\S+ ){0,4}a (?:bien )?été (?:reçue|enregistrée|prise"
    r"|transmise)"
    r"|viesti(?:si|nne) on (?:saapunut|saatu|tullut|välitetty)|vi har (?:mottatt|mottagit) (?:ditt|din"
    r"|er) (?:mejl|mail"
    r"|meddelande|melding|henvendelse)|(?:sua|tua|vossa) (?:mensagem|solicitação) (?:chegou|foi recebida)"
    r"|(?:twoj[ae]|państwa"
    r"|pan[ai]|pani) (?:wiadomość|zgłoszenie|e-?mail) (?:dotarł\w* do nas|został\w* (?:przyjęt|zarejestrowan"
    r"|przekazan))|отвечать на (?:него"
    r"|это письмо) не (?:нужно|надо)"
    r"|votre (?:courriel|message|e-?mail|demande|courrier) (?:nous )?(?:est|a) (?:bien )?(?:parvenue?|arrivée?)"
    r"|potvrzen[ií] (?:\S+ )?přijetí|potvrzujeme (?:\S+ )?(?:přijetí|doručení)|(?:váš|vaše) (?:\S+ )?(?:požadavek"
    r"|zpráva"
    r"|e-?mail) (?:byl|jsme)|(?:megkeresését|levelét|üzenetét|bejelentését) (?:\S+ )?(?:megkaptuk|rögzítettük)"
    r"|(?:mesajınız|talebiniz|e-?postanız) (?:\S+ ){0,3}(?:alınmıştır|ulaşmıştır|alındı|ulaştı)"
    r"|(?:mesajul|solicitarea|e-?mailul) (?:dumneavoastră|dvs\.?|tău) a fost (?:primit|înregistrat)"
    r"|(?:la |il )?(?:vostr[ao]|su[ao]|tu[ao]) (?:comunicazione|e-?mail|messaggio|richiesta|domanda) è (?:stat[ao] )?"
    r"(?:ricevut|pres|arrivat|pervenut|inoltrat)|ваше (?:письмо|сообщение|обращение) (?:\S+ ){0,3}(?:получено|принято"
    r"|зарегистрировано|доставлено)|письмо получено|来信已收到|邮件已收到"
    r"|(?:registrad|protocolad|protocollat|enregistr|registrer|zarejestrowan|geregistreerd|erfass)\w* (?:sob"
    r"|con|com"
    r"|bajo|sous"
    r"|med|pod|onder|unter) (?:\S+ ){0,2}\S{0,6}\d{3,}|"
    r"your (?:e-?mail|message|enquiry|inquiry|request) (?:has )?reached (?:us|our|the)\b"
    r"|in (?:the )?order (?:of arrival|(?:in which )?\w+ \w+ received)"
    r"|logged (?:your|it|this) (?:\S+ )?as|\w+(?:nne|si) on (?:vastaanotettu|kirjattu|rekisteröity)"
    r"|(?:type your )?reply above this line|we got your (?:request|message)"
    r"|(?:ticket|case|request|incident) \S{0,30} ?(?:has been|was) (?:created|opened|logged|generated|raised)"
    r"|your (?:\S+ ){0,3}(?:request|message|e-?mail|inquiry|enquiry|ticket|case|question|submission"
    r"|query) (?:\S+ ){0,4}(?:has been|was) (?:successfully )?(?:received|created|registered|opened|logged"
    r"|assigned|forwarded to)|an? (?:new )?(?:support )?(?:ticket|case|request|incident)(?: for \w+)? (?:has been"
    r"|was) (?:created"
    r"|opened|logged)|we (?:have |'ve )?received your (?:support )?(?:request|ticket|inquiry|enquiry"
    r"|submission|application|case|query)\b"
    r"|please do not reply to this (?:message|e-?mail|mail)|do not (?:reply|respond) to this (?:automated"
    r"|automatic|message|e-?mail)|this (?:is an|message is an?|e-?mail is an?) (?:automat|auto-?)\w*"
    r"|(?<!please )(?<!kindly )(?<!you )(?<!to )confirm(?:s|ation)? (?:the )?(?:of )?receipt"
    r"|acknowledg\w+ (?:of )?(?:the )?receipt"
    r"|(?<!habe )(?<!haben )(?:ihre?|deine?) (?:anfrage|nachricht|e-?mail|mail|mitteilung|anliegen|unterlagen"
    r"|bewerbung|schreiben|antrag"
    r"|meldung|beschwerde|reklamation|buchung|reservierung|bestellung) (?:\S+ ){0,8}(?:eingegangen|eingetroffen|erfasst"
    r"|weitergeleitet|registriert|angelegt)|(?:eingangs|empfangs)bestätigung"
    r"|antworten sie (?:bitte )?nicht auf diese|auf diese (?:e-?mail|nachricht) (?:bitte )?nicht (?:zu )?antworten"
    r"|ne pas répondre à ce|ne répondez pas à ce|no responda a este|non rispond(?:ere|ete|a) a(?:lla|l)? (?:quest"
    r"|present)"
    r"|não responda a est"
    r"|svara inte på detta|älä vastaa tähän|(?:svar|besvar) ikke (?:på )?denne|niet (?:te )?(?:antwoorden"
    r"|reageren) op dit"
    r"|nie odpowiadać na|не отвечайте на это|请勿(?:直接)?回复|返信(?:し|なさら)?ないで"
    r"|votre (?:demande|message|e-?mail"
    r"|courriel) a (?:bien )?été (?:\S+ )?(?:reçue?|enregistrée?|pris)|accusé de réception|su (?:solicitud"
    r"|consulta|mensaje) ha sido (?:recibid|registrad)|acuse de recibo|la (?:sua|tua) (?:richiesta"
    r"|segnalazione) è stata"
    r"|(?:sua|seu) (?:solicitação|mensagem|pedido) foi (?:recebid|registrad)|confirmação de recebimento"
    r"|ontvangstbevestiging|(?:ditt|din) (?:ärende|henvendelse|henvendelsen) (?:har|er) "
    r"|viestin?(?:ne|si)? on vastaanotettu|vi har (?:modtaget|mottatt|mottagit|tagit emot) (?:din|ditt"
    r"|dit) (?:henvendelse"
    r"|mail|ärende|meddelande|mejl|melding|besked)|(?:twoje|państwa) zgłoszenie (?:\S+ ){0,3}(?:przyjęt|zarejestrowan)"
    r"|potwierdzenie (?:przyjęcia|otrzymania)|ваш[еа]? (?:обращение|заявка|запрос) (?:\S+ ){0,4}(?:принят"
    r"|получен|зарегистрирован)"
    r"|(?:邮件|郵件|来信|來信|请求|申请|咨询).{0,8}(?:已收到|已经收到|已受理|已提交)|已(?:经|經)?收到了?(?:您|你"
    r"|贵司)(?:的|发)"
    r"|(?:邮件|郵件|来信|來信|文件|阅读|查看|收到)[^。！!]{0,24}(?:尽快|儘快|第一时间|稍后)[^。！!]{0,10}(?:回复"
    r"|答复|回覆)"
    r"|お問い?合わ?せ.{0,20}(?:受け付け|受付|承り)|受付(?:完了|いたしました|ました)",
    _I,
)
THANKED = re.compile(
    r"we(?:['’]ve| have)? got your (?:e-?mail|message|request|note)|vi har fått (?:ditt|din|er) |danke für ihre? "
    r"|agradecemos (?:o|a) (?:seu|sua) "
    r"|문의(?:해 주셔서|를 주셔서|가 접수)|문의.{0,12}감사|we (?:really |greatly |do )?appreciate your (?:interest"
    r"|message|patience|e-?mail|application|enquiry)|danke für"
    r" (?:deine|eure) (?:mail|nachricht|anfrage)|"
    r"got your (?:note|message|e-?mail|mail)|tack för att (?:du|ni) (?:kontakt|hör|skriv)|(?:la |vi )?ringraziamo per"
    r"|kiitos (?:sähköposti|yhteydenot)|takk? for (?:at du|din|deres) |gracias por (?:ponerse|su|tu)"
    r"|thank(?:s| you) for (?:contacting|choosing|visiting|calling|your (?:message|e-?mail|inquiry|enquiry|request"
    r"|interest)"
    r"|getting in touch|reaching out|writing)|(?:we|our (?:team|support))(?:'ve| have"
    r"|’ve)? (?:successfully )?received (?:your|the) |(?:vielen )?dank für ihre? (?:anfrage|nachricht|e-?mail"
    r"|mail|interesse|bewerbung|schreiben|kontaktaufnahme|zuschrift|einsendung)|haben ihre (?:nachricht|anfrage"
    r"|e-?mail|mail) erhalten"
    r"|nous avons bien reçu votre|merci (?:pour"
    r"|de) votre (?:message|demande|e-?mail)|hemos recibido (?:su|tu) |gracias por (?:su|tu|contactar"
    r"|escribir)"
    r"|abbiamo ricevuto (?:la (?:sua|tua)|il (?:suo|tuo)) |grazie per (?:averci|il suo|la sua)"
    r"|recebemos (?:a |o )?(?:sua|seu) |obrigado por (?:entrar|sua|seu|nos)|(?:uw|je) (?:bericht|e-?mail|melding"
    r"|sollicitatie|klacht|reservering|vraag|aanvraag|verzoek) (?:\S+ ){0,4}ontvangen|bedankt voor (?:uw|je) "
    r"|(?:vi har|har) (?:mottagit"
    r"|tagit emot|modtaget|mottatt) |tack för (?:ditt|din|ert) |tak for din |takk for (?:din|at) "
    r"|olemme vastaanottaneet |kiitos (?:yhteydenoto|viesti)"
    r"|otrzymaliśmy |dziękujemy za (?:kontakt|wiadomość|przesłanie)|мы получили ваш|спасибо за (?:обращение"
    r"|ваше|письмо)|我们已(?:经)?收到|我們已(?:經)?收到|(?:感谢|谢谢)(?:您|你)(?:发来)?的(?:来信|邮件|咨询)"
    r"|お問い?合わ?せ.{0,20}ありがとう|natanggap na(?:min)? "
    r"|salamat sa (?:iyong|pag)",
    _I,
)
PROMISED = re.compile(
    r"работаем над|рассмотрим|обработаем|연락 ?드리겠|답변 ?드리겠|kümmern uns|so schnell (?:es geht|wir können)"
    r"|horário de atendimento|horario de atención"
    r"|orari(?:o)? di apertura|ufficio è aperto"
    r"|expect a reply|come back to you as soon|ta några dagar|articles that (?:might|may) help|zostanie rozpatrzon"
    r"|\bwe (?:usually "
    r"|normally |typically |generally |always )*(?:reply|respond|answer|read all)\b|wir (?:antworten"
    r"|beantworten|lesen)\b|nous (?:répondons|traitons)|sera (?:traitée?|prise? en charge)|\brespondemos\b"
    r"|\brispondiamo\b"
    r"|(?:we|wij) (?:lezen|beantwoorden)|reageren (?:meestal|doorgaans|normaal|gewoonlijk|binnen)|vi svara[rd]?\b"
    r"|pyrimme vastaamaan|vastaaminen (?:voi )?kest|odpowiadamy|odpov[íi]dáme|odpovíme|válaszol(?:unk|ni fogunk)"
    r"|(?:size )?dönüş yap|yanıt(?:la|lıyoruz)|vom (?:răspunde|reveni)|(?:verrà|verranno|sarà|saranno) (?:evas|gestit"
    r"|trattat|pres)[aeio]|werkdag\b|nie udzielamy|skontaktujemy|联系您|与您联系|耐心等待|営業日"
    r"|(?:aufgrund|wegen) (?:\S+ ){0,4}(?:vielzahl|anzahl|nachfrage|aufkommens)|bearbeitung (?:\S+ ){0,8}dauern"
    r"|(?:due to|because of) (?:the |a )?(?:\w+ )?(?:volume|number|demand|amount)|en raison (?:d'un|du) (?:grand|fort)"
    r"|debido (?:al|a la) (?:gran|alto|elevad)|(?:can(?:'|no)t|unable to) (?:answer|reply to|respond to) (?:every"
    r"|each|all)"
    r"|nicht (?:jede|alle) (?:\S+ ){0,2}beantworten|"
    r"(?:replies|responses?|answers?) (?:can|may|might|will) take|(?:office|inbox|mailbox|desk) is (?:only )?(?:staffed"
    r"|manned|open|monitored|checked)|we (?:aim|try|endeavou?r) to (?:reply|respond|answer|get back)"
    r"|wir (?:melden uns|antworten ihnen|kümmern uns|bearbeiten)|(?:we|wij) (?:reageren|antwoorden"
    r"|nemen (?:\S+ ){0,3}contact)"
    r"|(?:le|te|os|les) (?:responderemos|contestaremos|contactaremos|atenderemos)|(?:le|la|ti|vi) (?:risponderemo"
    r"|ricontatteremo|contatteremo)|(?:responderemos|retornaremos|entraremos em contato)|nous vous (?:répondrons"
    r"|recontacterons|contacterons|reviendrons)|vi (?:svarer|besvarer|vender tilbage|tar kontakt)"
    r"|vastaamme (?:\S+ ){0,5}(?:kuluessa|sisällä|pian)|(?:odpowiemy|skontaktujemy się)|мы (?:ответим|свяжемся)"
    r"|(?:as soon as (?:possible|we can)|within (?:the next )?\S{1,12}(?: \(?\d+\)?)? (?:business "
    r"|working )?(?:hours?|days?)|shortly|one of our|a member of our|our (?:support )?team will"
    r"|up to \S{1,8} (?:\w+ )?(?:days|hours)|(?:high|large) (?:volume|number) of|(?:typical|usual|average) (?:reply"
    r"|response) time)|so (?:bald"
    r"|schnell) wie möglich|schnellstmöglich|umgehend|in kürze|innerhalb von|dans les (?:plus brefs"
    r"|meilleurs) délais|sous \d+|lo antes posible|a la (?:mayor )?brevedad|en breve|en un plazo"
    r"|il prima possibile|al più presto|entro \d+"
    r"|(?:during|in|within) (?:our )?(?:business|office|opening|working) hours|next (?:business|working) day"
    r"|o mais (?:breve|rápido)|assim que possível|em até|em breve|zo (?:snel|spoedig) mogelijk"
    r"|binnen \S{1,6} (?:werk)?dagen|så (?:snart|fort) (?:som|vi)|inom \S{1,6} |inden for|hurtigst muligt"
    r"|snarest|mahdollisimman pian|palaamme (?:asiaan|sinulle|teille)|\d arkipäiv|jak najszybciej|wkrótce"
    r"|w ciągu|ближайшее время|в течение|尽快|儘快|工作日|追って|改めて|営業日|sa lalong madaling",
    _I,
)
ROLE = re.compile(
    r"^(?:support|help(?:desk)?|info|reservations?|bookings?|reception|jobs|hr|careers|accounts|orders|kommun"
    r"|poststelle|service|contact|hello|office|sales|team|care|customer[\w.-]*"
    r"|kunden[\w.-]*|asiakaspalvelu|suporte|soporte|servicio|assistenza|kundeservice|kundtjänst"
    r"|klantenservice|biuro|kontakt|postmaster|webmaster|tuki|ticket\w*|jira|zendesk)@",
    _I,
)
TICKET = re.compile(
    r"[\[(#](?:ticket|case|request|incident|sr|inc|id|ref|anfrage|vorgang|tapaus|ärende|sag|demande"
    r"|zgłoszenie|тикет|заявка)?\W{0,3}#?\W{0,2}[A-Z]{0,6}[-_]?\d{3,}|(?:ticket|case|request|incident|anfrage|vorgang"
    r"|ärende|tapaus|zgłoszenie|заявка|обращение|工单)\W{0,4}(?:nr\.?|no\.?|number|id)?\W{0,3}#?[A-Z]{0,4}\d{3,}"
    r"|^(?:request|ticket) received",
    _I,
)
NUMBERED = re.compile(
    r"(?:ärende|sags|saks|tapaus|viite|zaak|vorgangs|ticket|referens|referenz)numme?r\w*(?: (?:är|er|on|is|ist"
    r"|lautet))?"
    r"\W{1,3}\w{0,4}-?\d{3,}|"
    r"(?:fått nummer|tunnuksella|numerolla|nummer(?: [A-Z])?|con el número|sous le numéro|pod numerem|под номером"
    r"|com o número|con il numero) \W{0,3}\w{0,4}-?\d{3,}|(?:ticket|case|reference|request) (?:number|id"
    r"|no\.?)(?: is)?\W{0,3}\w*\d",
    _I,
)
MYSELF = re.compile(  # one person speaks of himself; letters as written, since "i" means other things elsewhere
    r"\bI(?:['’](?:ll|m|ve|d)\b| (?:will|am|have|shall|can|would|need|just|think|hope)\b)|\b[Ii]ch\b"
    r"|\bJe\b(?! )|\b[Jj]e (?:suis|serai|vous|ne|n['’]|vais|reviens|peux|pense|prends|me|m['’]|le|la|les|souhaite)"
    r"|\b[Jj]['’]"
    r"|\b[Mm]inä\b|\b(?:[Jj]ag|[Jj]eg|[Ii]k) |\bЯ\b|\bя\b|私"
)
PROMISED_BY_DESK = re.compile(r"\bwe(?:'ll|’ll| will) (?:get back|be in touch|reply|respond|answer|review|contact)", _I)
