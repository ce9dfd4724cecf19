"""How absence notes, acknowledgements and challenges speak, in many languages: patterns, no decisions."""

import re

_I = re.IGNORECASE

SUBJECT = re.compile(
    r"^\W*(?:auto(?:matic|matisk|mated|matische|matisches|matyczna|maattinen|mática|matica"
    r"|matique)?[ -]?(?:re(?:ply|sponse|sponder)|answer|antwort|svar|antwoord|odpowied[źz]|vastaus|respuesta"
    r"|risposta|resposta)\b"
    r"|automatisk svar|automatiskt svar|automaattinen (?:vastaus|poissaoloviesti)|automatische (?:antwort"
    r"|abwesenheit)|réponse automatique|respuesta automática|risposta automatica|resposta automática"
    r"|automatisch (?:antwoord|bericht)|autosvar|autoreply|auto:|aut\. ?antw|odpowiedź automatyczna"
    r"|autoodpowied|автоматический ответ|автоответ"
    r"|自动(?:回复|答复)|自動(?:回覆|返信|応答|回復)|awtomatikong (?:tugon|sagot)|자동 ?(?:회신|응답)|automatická odpov"
    r"|otomatik yan[ıi]t|automatikus v[áa]lasz"
    r"|out[ -]of[ -](?:the[ -])?office|away from (?:the )?(?:my )?(?:office|mail|desk)|vacation (?:reply"
    r"|message|notice|response)|on vacation|on (?:annual |parental |maternity |paternity |sick )?leave\b"
    r"|i(?:'m| am) (?:away|out|on (?:holiday|vacation|leave))|ooo\b|ooto\b|absence(?: notice| note)?\b(?! of)"
    r"|holiday notice|office closed|thank(?:s| you) for (?:contacting|your (?:message|e-?mail|inquiry|enquiry"
    r"|request))\b"
    r"|abwesen(?:d|heit)|außer haus|ich bin (?:im urlaub|nicht im (?:büro|haus))|urlaub(?:sabwesenheit"
    r"|smeldung)?\b|poissa(?:olo)?|lomalla|frånvaro|semester(?:svar|meddelande)|frånvarande|ej på plats"
    r"|absent (?:du bureau|jusqu)|absence (?:du bureau|bureau)|en congés?|message d'absence"
    r"|fuera de (?:la )?oficina|ausencia|ausente|de vacaciones|fuori (?:sede|ufficio)|assenza|assente"
    r"|in ferie|fora d[oe] escrit[óo]rio|ausência|de férias|afwezig|niet op kantoor|met vakantie|fraværende?"
    r"|frav[æa]r|ikke (?:på|til stede)|ferie(?:besked|svar|melding)|nieobecno|poza biurem|urlop"
    r"|(?:меня )?нет на месте|в отпуске|отсутств|отпуск|不在(?:通知|のお知らせ|にして)?|休暇|外出中?"
    r"|休假|外出|wala sa opisina"
    r"|naka-?bakasyon|naka-?leave|부재|absent\(e\)|betriebs(?:ferien|urlaub|ruhe)|fermeture annuelle"
    r"|[\w.'’ /-]{3,80} (?:is out of the office|ist außer haus|est absente?)\b"
    r"|αυτόματη απάντηση|εκτός γραφείου|απουσ|automaatvastus|automaatne vastus|puhkusel|automatinis atsakymas"
    r"|automātiskā atbilde|r[ăa]spuns automat|concediu|автоматичен отговор|автоматична відповідь|відпустка"
    r"|automatski odgovor|samodejni odgovor|automatick[áa] odpove[ďd]|mimo kancel|dovolen|sjálfvirkt svar"
    r"|resposta automàtica|رد تلقائي|الرد التلقائي|תשובה אוטומטית|מענה אוטומטי|ตอบกลับอัตโนมัติ|trả lời tự động"
    r"|balasan otomatis|jawaban otomatis|szabadságon|házon kívül|izindeyim|ofis d[ıi]ş[ıi]nda)",
    _I,
)
TAGGED_SUBJECT = re.compile(
    r"\(?\b(?:out of (?:the )?office|auto(?:matic)?[ -]?reply|auto[ -]?response|autoreply"
    r"|automatische antwort|automatisk svar|réponse automatique|respuesta automática|abwesenheitsnotiz|自动回复"
    r"|自動返信|自動回覆|автоответ)\b\)?|不在(?:通知|連絡)|の不在",
    _I,
)
OPENING = re.compile(
    r"\b(?:i am|i'm|i’m|i will be|i'll be|we are|i am currently|she is|he is) (?:currently |now |presently "
    r"|temporarily )?(?:be )?(?:out of (?:the |my )?office|out of town|away (?:from|on|until|till)"
    r"|on (?:annual |parental |maternity |paternity |sick |extended |a )?(?:leave|vacation|holidays?)"
    r"|travel+ing (?:until|and|with)|unavailable (?:until|from)|not in the office|on (?:a )?sabbatical|on pto\b"
    r"|out until|ooo\b)"
    r"|(?:this is an|you have received an?) auto(?:matic(?:ally)?|mated)?[ -]?(?:generated )?(?:reply"
    r"|response|answer|message)|auto(?:matic|mated) (?:reply|response)|automatically generated (?:reply"
    r"|response|e-?mail|message)|out of (?:the )?office (?:until|from|on|with|starting|and|reply|message)"
    r"|our offices? (?:is|are|will be) closed|(?:mailbox|inbox|address|account) is (?:not|no longer"
    r"|un) ?monitored|no longer (?:work|employed|with the company)|has left the company|i have left (?!(?:my|it|an?"
    r"|you|your|some|them|him|her|this|that|\d+|the (?!company|firm|organi))\b)\w"
    r"|(?:uffici|sede|azienda) (?:\S+ ){0,4}chius[aieo]|(?:société|bureaux?|établissement"
    r"|entreprise) (?:\S+ ){0,2}(?:ferm[ée]e?s?)\b"
    r"|oficinas? (?:\S+ ){0,3}cerrad[ao]s?|büros? (?:\S+ ){0,6}geschlossen|kontoret (?:\S+ ){0,2}(?:stängt|lukket)"
    r"|toimisto\w* (?:\S+ ){0,2}suljettu|gesloten (?:van|tot|wegens)"
    r"|wird nicht (?:überwacht|gelesen|mehr gelesen)"
    r"|(?:ich bin|wir sind|bin ich) (?:\S+ ){0,12}(?:nicht (?:im (?:büro|hause?)|erreichbar|am arbeitsplatz)"
    r"|abwesend|außer haus|im urlaub|in elternzeit|verreist)|automatisch (?:erstellte|generierte|erzeugte)"
    r"|automatische antwort|abwesenheitsnotiz"
    r"|(?:je suis|je serai|nous sommes) (?:\S+ ){0,6}(?:absente?|en congés?|en déplacement|en vacances"
    r"|hors du bureau|indisponible)|réponse automatique|message automatique|actuellement (?:absente?"
    r"|en congés?|en vacances|en déplacement)"
    r"|(?:estoy|estaré|me encuentro|estamos) (?:\S+ ){0,6}(?:fuera de (?:la )?oficina|de vacaciones|ausente"
    r"|de baja|de viaje|de permiso)|respuesta automática|mensaje automático"
    r"|(?:sono|sarò|siamo) (?:\S+ ){0,6}(?:fuori (?:ufficio|sede)|assente|in ferie|in vacanza|in congedo)"
    r"|risposta automatica|messaggio automatico"
    r"|(?:estou|estarei|encontro-me|estamos) (?:\S+ ){0,6}(?:fora d[oe] escrit[óo]rio|de férias|ausente"
    r"|em férias|de licença)|resposta automática|mensagem automática"
    r"|(?:ik ben|wij zijn|ben ik) (?:\S+ ){0,8}(?:niet (?:op kantoor|aanwezig|bereikbaar)|afwezig"
    r"|met (?:vakantie|verlof)|op vakantie|met zwangerschapsverlof)|automatisch (?:antwoord|bericht)"
    r"|(?:jag är|är jag|jag har|vi är) (?:\S+ ){0,6}(?:ledig|på semester|semester|inte på (?:kontoret|plats)"
    r"|frånvarande|föräldraledig|tjänstledig|bortrest|sjukskriven)|automatiskt? svar|autosvar"
    r"|(?:jeg er|er jeg|jeg har|vi er) (?:\S+ ){0,6}(?:ikke (?:på|til stede)|på ferie|ferie|bortrejst"
    r"|fraværende|permisjon|på barsel|ute av kontoret)|automatisk svar|autosvar"
    r"|(?:olen|olemme|olen tällä hetkellä) (?:\S+ ){0,6}(?:poissa|\w*lomalla|\w*vapaalla|matkoilla|vuosilomalla"
    r"|vanhempainvapaalla|opintovapaalla|sairauslomalla|tavoittamattomissa)|automaattinen (?:vastaus|viesti"
    r"|poissaoloviesti)|poissaoloviesti|en ole (?:paikalla|tavoitettavissa|töissä)"
    r"|(?:jestem|będę|przebywam|obecnie) (?:\S+ ){0,6}(?:na urlopie|poza biurem|nieobecn\w+|na zwolnieniu"
    r"|nieosiągaln\w+)|nie ma mnie w (?:biurze|pracy)|automatyczna odpowiedź|odpowiedź automatyczna"
    r"|wiadomość (?:została )?wygenerowan\w+ automatycznie"
    r"|(?:я|меня|сейчас|в данный момент) (?:\S+ ){0,6}(?:в отпуске|не в офисе|нет (?:на месте|в офисе"
    r"|на рабочем)|отсутству\w+|в командировке|на больничном)|меня не будет|нахожусь в (?:отпуске|командировке)"
    r"|автоматический ответ|автоответ"
    r"|(?:我|本人)?(?:目前|现在|現在|正在|将|將)?(?:不在办公室|不在辦公室|休假|出差中|(?:正|目前)?在出差|正在休假|外出"
    r"|度假)|自动回复|自動回覆|这是(?:一封)?自动|此(?:邮件|郵件)(?:为|為"
    r"|是)?(?:系统)?自(?:动|動)"
    r"|(?:休暇(?:中|を(?:いただ|取))|不在(?:に|と|の|で|にして)|外出(?:して|中)|出張(?:中|して|のため)"
    r"|お休み(?:を|を頂|して)|席を外して|育児休業)|自動(?:返信|応答|送信)"
    r"|naka-?leave|nakabakasyon|naka-?bakasyon|(?:jsem|budu) (?:\S+ ){0,6}(?:na dovolen\w+|mimo kancel\w+|nepřítom\w+)"
    r"|(?:som|budem) (?:\S+ ){0,6}(?:na dovolenke|mimo kancel\w+)|szabadságon (?:vagyok|leszek)|izindeyim|izinde olac"
    r"|ofis(?:te)? (?:dışınday|değil)|olen (?:\S+ ){0,4}puhkusel|απουσιάζω|εκτός γραφείου|у відпустці"
    r"|відсутн\w+ (?:в|на)"
    r"|sunt (?:\S+ ){0,4}(?:în concediu|plecat)|na (?:godišnjem odmoru|dopustu|bolovanju)|휴가 ?중|출장 ?중"
    r"|في إجازة|خارج المكتب"
    r"|בחופשה|מחוץ למשרד|đang nghỉ phép|sedang cuti|atostogauju|atvaļinājum"
    r"|(?:ako ay|kasalukuyan(?: akong)?|wala ako|nasa) (?:\S+ ){0,5}(?:wala sa (?:opisina|tanggapan)"
    r"|sa opisina|bakasyon|naka-?leave|nakabakasyon|on leave)|awtomatikong (?:tugon|sagot|mensahe)|부재중",
    _I,
)
CHALLENGE = re.compile(
    r"(?:please )?(?:confirm|verify) (?:that )?(?:your (?:e-?mail|message|delivery)"
    r"|you (?:are|sent))|sender (?:verification|confirmation)|confirm(?:ation)? (?:request|required"
    r"|of your (?:message|mail))|spam ?arrest|box ?trapper|challenge[/-]response|tmda\b|mailinblack"
    r"|waiting for (?:your )?(?:confirmation|approval|authentication)|"
    r"your (?:message|e-?mail) (?:is|has been) (?:being )?(?:held|quarantined|awaiting)"
    r"|awaits (?:moderator )?approval|not (?:on|in) (?:my|our|the|their) (?:approved|white|allowed"
    r"|safe)[ -]?(?:list|senders)|authentification requise|bestätigen sie .{0,60}(?:mail|absender)"
    r"|confirmez votre (?:message|adresse|e-?mail)|wait-?listed|guest list|(?:list of )?approved senders"
    r"|are (?:a )?human\b",
    _I,
)
CHALLENGE_ACT = re.compile(
    r"https?://|reply to this|click|klick|cliqu|verif|visit|authenti|captcha|moderator|use the link|respond to", _I
)
CONFIRMED = re.compile(
    r"(?:type your )?reply above this line|we got your (?:request|message)"
    r"|(?:ticket|case|request|incident) \S{0,30} ?(?:has been|was) (?:created|opened|logged)"
    r"|your (?:\S+ ){0,3}(?:request|message|e-?mail|inquiry|enquiry|ticket|case|question|submission"
    r"|query) (?:\S+ ){0,4}(?:has been|was) (?:successfully )?(?:received|created|registered|opened|logged"
    r"|assigned|forwarded to)|a (?:new )?(?:support )?(?:ticket|case|request) (?:has been|was) (?:created"
    r"|opened|logged)|we (?:have |'ve )?received your (?:support )?(?:request|ticket|inquiry|enquiry"
    r"|submission|application|case|query)\b"
    r"|please do not reply to this (?:message|e-?mail|mail)|do not (?:reply|respond) to this (?:automated"
    r"|automatic|message|e-?mail)|this (?:is an|message is an?|e-?mail is an?) (?:automat|auto-?)\w*"
    r"|confirm(?:s|ation)? (?:the )?(?:of )?receipt|acknowledg\w+ (?:of )?(?:the )?receipt"
    r"|(?:ihre|deine) (?:anfrage|nachricht|e-?mail|mail|mitteilung) (?:\S+ ){0,6}(?:eingegangen|eingetroffen"
    r"|weitergeleitet|registriert|angelegt)|eingangsbestätigung|votre (?:demande|message|e-?mail"
    r"|courriel) a (?:bien )?été (?:\S+ )?(?:reçue?|enregistrée?|pris)|accusé de réception|su (?:solicitud"
    r"|consulta|mensaje) ha sido (?:recibid|registrad)|acuse de recibo|la (?:sua|tua) (?:richiesta"
    r"|segnalazione) è stata"
    r"|(?:sua|seu) (?:solicitação|mensagem|pedido) foi (?:recebid|registrad)|confirmação de recebimento"
    r"|ontvangstbevestiging|(?:ditt|din) (?:ärende|henvendelse|henvendelsen) (?:har|er) "
    r"|viestin?(?:ne|si)? on vastaanotettu|vi har (?:modtaget|mottatt|tagit emot) (?:din|ditt|dit) (?:henvendelse"
    r"|mail|ärende)|(?:twoje|państwa) zgłoszenie (?:\S+ ){0,3}(?:przyjęt|zarejestrowan)"
    r"|potwierdzenie (?:przyjęcia|otrzymania)|ваш[еа]? (?:обращение|заявка|запрос) (?:\S+ ){0,4}(?:принят"
    r"|получен|зарегистрирован)"
    r"|(?:邮件|郵件|来信|來信|请求|申请|咨询).{0,8}(?:已收到|已经收到|已受理|已提交)"
    r"|お問い?合わ?せ.{0,20}(?:受け付け|受付|承り)|受付(?:完了|いたしました|ました)",
    _I,
)
THANKED = re.compile(
    r"thank(?:s| you) for (?:contacting|your (?:message|e-?mail|inquiry|enquiry|request|interest)"
    r"|getting in touch|reaching out|writing)|(?:we|our (?:team|support))(?:'ve| have"
    r"|’ve)? (?:successfully )?received (?:your|the) |(?:vielen )?dank für ihre (?:anfrage|nachricht|e-?mail"
    r"|mail)|haben ihre (?:nachricht|anfrage|e-?mail|mail) erhalten|nous avons bien reçu votre|merci (?:pour"
    r"|de) votre (?:message|demande|e-?mail)|hemos recibido (?:su|tu) |gracias por (?:su|tu|contactar"
    r"|escribir)"
    r"|abbiamo ricevuto (?:la (?:sua|tua)|il (?:suo|tuo)) |grazie per (?:averci|il suo|la sua)"
    r"|recebemos (?:a |o )?(?:sua|seu) |obrigado por (?:entrar|sua|seu|nos)|(?:uw|je) (?:bericht|e-?mail"
    r"|vraag|aanvraag|verzoek) (?:\S+ ){0,4}ontvangen|bedankt voor (?:uw|je) |(?:vi har|har) (?:mottagit"
    r"|tagit emot|modtaget|mottatt) |tack för (?:ditt|din|ert) |tak for din |takk for (?:din|at) "
    r"|olemme vastaanottaneet |kiitos (?:yhteydenoto|viesti)"
    r"|otrzymaliśmy |dziękujemy za (?:kontakt|wiadomość|przesłanie)|мы получили ваш|спасибо за (?:обращение"
    r"|ваше|письмо)|我们已(?:经)?收到|我們已(?:經)?收到|感谢(?:您|你)的(?:来信|邮件|咨询)"
    r"|お問い?合わ?せ.{0,20}ありがとう|natanggap na(?:min)? "
    r"|salamat sa (?:iyong|pag)",
    _I,
)
PROMISED = re.compile(
    r"(?:as soon as (?:possible|we can)|within (?:the next )?\S{1,12}(?: \(?\d+\)?)? (?:business "
    r"|working )?(?:hours?|days?)|shortly|one of our|a member of our|our (?:support )?team will)|so (?:bald"
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
    r"^(?:support|help(?:desk)?|info|service|contact|hello|office|sales|team|care|customer[\w.-]*"
    r"|kunden[\w.-]*|asiakaspalvelu|suporte|soporte|servicio|assistenza|kundeservice|kundtjänst"
    r"|klantenservice|biuro|kontakt|postmaster|webmaster|tuki|ticket\w*|jira|zendesk)@",
    _I,
)
ANSWER = re.compile(r"\W*(?:re|aw|sv|vs|antw|fwd?|wg)\s*:", _I)
SAYS_AUTOMATIC = re.compile(r"\bauto(?!\w*mob)\w*|awtoma|автомат|автоотв|自[动動]", _I)
WANTS = re.compile(
    r"interest|\b(?:we|i)(?:'d| would)? (?:want|like|need)\b(?! to (?:inform|let))|please (?:send|come|bring"
    r"|resend)|call me|rufen sie|anrufen|soita|ring mig|appelez|llám|chiam|interes|заинтерес|позвон",
    _I,
)
TICKET = re.compile(
    r"[\[(#](?:ticket|case|request|incident|sr|inc|id|ref|anfrage|vorgang|tapaus|ärende|sag|demande"
    r"|zgłoszenie|тикет|заявка)?\W{0,3}#?\W{0,2}[A-Z]{0,6}[-_]?\d{3,}|(?:ticket|case|request|anfrage|vorgang"
    r"|ärende|tapaus|zgłoszenie|заявка|обращение|工单)\W{0,4}(?:nr\.?|no\.?|number|id)?\W{0,3}#?\d{3,}"
    r"|^(?:request|ticket) received",
    _I,
)

STANDS_IN = re.compile(
    r"is (?:no longer|not any ?more) (?:with|at|part of|working|employed)|un-?monitored (?:mailbox|inbox|address"
    r"|account)"
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
TALKS_ABOUT_IT = re.compile(  # somebody tells of an automatic answer of ours
    r"\b(?:i|we) (?:only |just |keep |always )?(?:got|get|getting|received?|had) (?:\w+ ){0,3}auto"
    r"|\b(?:ich|wir) (?:bekam|bekomme|erhielt|erhalte|habe)\w* (?:\S+ ){0,4}automat",
    _I,
)
NUMBERED = re.compile(r"(?:ticket|case|reference|request) (?:number|id|no\.?)(?: is)?\W{0,3}\w*\d", _I)
