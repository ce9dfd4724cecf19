"""What the other side says when it refuses, by cause, in many languages: patterns, no decisions."""

import re

_I = re.IGNORECASE

SENDER = re.compile(
    r"sender(?:'s)? (?:\w+ ){0,3}(?:rejected|denied|refused|blocked|unknown|invalid|empty|verify failed"
    r"|(?:is |was )?not (?:allowed|authori[sz]ed|accepted|pre-?approved|permitted)|not pre-?approved|is (?:a )?spam)"
    r"|sender verif|verify failed for .{0,80}sender|(?:unroutable|invalid|null|empty|bogus|forged|unknown|spoofed)"
    r"(?: \w+)? sender"
    r"|from address.{0,40}(?:rejected|invalid|not allowed)|\bfrom: domain|domain of sender|valid sender"
    r"|mail from .{0,80}(?:rejected|denied|not allowed|not owned)|(?:bad|bogus) (?:sender|mail from)|badmailfrom"
    r"|sending (?:limit|quota)|limit for sending|envelope sender .{0,80}(?:denied|rejected)|(?:[ée]metteur"
    r"|exp[ée]diteur|absender|remitente|mittente|remetente)\W+(?:\w+ ){0,3}(?:invalid|bloqu|refus|abgelehnt|gesperrt"
    r"|unbekannt|rechaz|rifiut|rejeit)"
    r"|\bbatv\b|back-?scatter|\[bouncedeny\]|unsigned dsn|no third-party dsns|returned mail not accepted"
    r"|relay quota|policy restriction",
    _I,
)
FULL = re.compile(
    r"mail ?box (?:is |was |for .{0,80} is )?(?:currently |temporarily |almost )?(?:full|over)|(?:over"
    r"|exceed\w*|beyond|out of)"
    r" (?:the |their |its |his |her |your |allotted |allowed |disk |mail ?box |storage |email "
    r"|user )*(?:quota|storage|space\b)"
    r"|quota (?:has been |was |is |usage |limit )?(?:exceeded|full|violation|reached)|over ?-?quota|overquota"
    r"|(?:insufficient"
    r"|not enough|not have enough|no)"
    r" (?:system |disk |mailbox |mail ?drop )?(?:storage|space)|exceed\w* (?:\w+ ){0,2}(?:allowed )?(?:storage"
    r"|receiving limits?)|overdrawn .{0,30}quota|space has been used up|too much mail data|inbox is full|(?:mailbox"
    r"|maildir|folder"
    r"|storage).{0,40}(?:size )?limit"
    r"|full mail ?box|MapiExceptionShutoffQuotaExceeded|STOREDRV.{0,60}quota|disk full|mailbox exceeded"
    r"|user is overquota"
    r"|account .{0,40}over ?quota|(?:mail ?)?(?:folder|box|drop) is full|space not enough|(?:reached"
    r"|at) (?:its |the )?(?:disk|mail\w*|storage) (?:quota|limit)"
    r"|(?:postfach|mailbox|speicher).{0,40}(?:voll|überfüllt)|bo[iî]te .{0,40}pleine|buz[oó]n .{0,30}lleno"
    r"|casella .{0,40}piena"
    r"|caixa .{0,40}(?:cheia|lotada)|postilaatikko .{0,20}täynnä|brevlåda.{0,30}full|postvak .{0,20}vol"
    r"|skrzynk\w+ .{0,40}(?:pełna|przepełn)"
    r"|ящик .{0,20}переполнен|メールボックス.{0,20}(?:一杯|いっぱい|満杯|容量)|容量.{0,12}(?:超"
    r"|オーバー)|(?:邮箱|郵箱|信箱|空间"
    r"|空間).{0,12}(?:已?满|已?滿|不足)",
    _I,
)
GREYLIST = re.compile(r"gr[ea]y-?list", _I)
UNKNOWN = re.compile(
    r"not have (?:an?|any) (?:\w+ ){0,2}delivery (?:point|address)|"
    r"(?:user|recipient|mailbox|account|addressee|address|login|alias|local[- ]part|e-?mail)(?:'s"
    r"|\(s\))? (?:\S{1,80} ){0,2}"
    r"(?:unknown|not (?:found|known|exist|valid|listed|local|here|registered|recogni[sz]ed|in (?:directory|service)))"
    r"|unknown (?:or illegal |or invalid |virtual |local )?(?:user|recipient|mailbox|account|address|alias"
    r"|local[- ]part|e-?mail|login)"
    r"|no (?:such|mail ?box|valid|local) (?:\w+ )?(?:user|mailbox|recipient|person|address|account|alias|here"
    r"|id|found|named?)|no account|no mail ?box"
    r"|(?:does ?n[o']t|doesn’t|do not|did not) (?:exist|have an? (?:account|mailbox|\S+ account))|nonexist|non-exist"
    r"|(?:invalid|bad|illegal|incorrect|wrong) (?:recipient|mailbox|user|final delivery userid"
    r"|(?:destination )?(?:e-?mail )?address)\b"
    r"|badrcptto|not (?:a )?(?:valid|known|active|existing|local) (?:user|mailbox|recipient|address|account|email)"
    r"|is (?:not|no longer) (?:a )?(?:valid|active|known|in use|listed|available|employed|with us|associated)"
    r"|no longer (?:valid|exists?|works?|in use|available|accepts|active)"
    r"|(?:account|mailbox|user|e-?mail|address)\W+(?:\S{1,80}\W+)?(?:is |has been |was |have been "
    r"|currently )*(?:disabled|suspended|inactive|deactivated|closed"
    r"|expired|terminated|deleted|discontinued|unavailable|locked|blocked for inactivity|abandoned)"
    r"|did not (?:exactly )?match|could not find a gateway|check (?:the |this )?(?:recipient|address) and"
    r"|user missing home|inactive (?:user|recipient|account|mailbox)"
    r"|mailbox (?:name )?(?:not allowed|currently unavailable|unavailable|invalid)|RecipNotFound"
    r"|RecipientNotFound|(?:recipients?|addresses) (?:were|was) (?:not found|unknown|undeliverable)"
    r"|cannot (?:be found|find (?:the )?(?:user|recipient|mailbox))|could ?n[o']t be found|wasn'?t found at"
    r"|not listed in .{0,40}(?:directory|address book)"
    r"|match(?:es)? (?:more than one|to nameserver)|(?:has|have) moved|left the (?:company|organi[sz]ation)"
    r"|can't accept user|unrouteable (?:address|mail)|no route to local"
    r"|(?:empf[aä]nger|benutzer|adresse|postfach|nutzer).{0,60}(?:unbekannt|existiert nicht|nicht (?:gefunden"
    r"|bekannt|vorhanden|existent)|ung[uü]ltig)"
    r"|(?:destinataire|adresse|utilisateur).{0,60}(?:inconnue?|n'existe pas|invalide|introuvable|non recens)"
    r"|(?:usuario|destinatario|direcci[oó]n|buz[oó]n|cuenta).{0,60}(?:desconocid|no existe|no encontrad|inv[aá]lid)"
    r"|(?:utente|destinatario|indirizzo|casella).{0,60}(?:sconosciut|inesistente|non (?:esiste|trovat|valid))"
    r"|(?:usu[aá]rio|destinat[aá]rio|endere[cç]o|conta).{0,60}(?:desconhecid|n[aã]o (?:existe|encontrad)"
    r"|inv[aá]lid|inexistente)"
    r"|(?:gebruiker|adres|ontvanger).{0,40}(?:onbekend|bestaat niet|niet gevonden|ongeldig)|(?:mottagare"
    r"|användare|adress)\w*.{0,40}(?:okänd|finns inte|hittades inte)"
    r"|(?:vastaanottaja|käyttäjä|osoite)\w*.{0,40}(?:tuntematon|ei (?:ole|löydy|löytynyt))|(?:modtager|bruger"
    r"|adresse|mottaker)\w*.{0,40}(?:ukendt|ukjent|findes ikke|finnes ikke)"
    r"|(?:użytkownik|adresat|odbiorc|adres)\w*.{0,40}(?:nieznan|nie istnieje|nie znalez)|(?:пользовател"
    r"|адресат|получател|адрес|ящик)\w*.{0,40}(?:не (?:существует|найден)|неизвест|недоступ|заблокирован)"
    r"|(?:нет|не существует) (?:такого )?(?:пользовател|адрес|ящик)|неизвестн\w+ (?:пользовател|адрес|получател)"
    r"|(?:宛先|宛て先|ユーザ|アドレス|受信者|メールアドレス).{0,20}(?:不明|存在し|見つか|ありません|誤"
    r"|正しくな|間違)|存在しない(?:ユーザ|アドレス)"
    r"|(?:收件人|用户|用戶|邮箱|郵箱|地址|帐号|帳號).{0,16}(?:不存在|未知|无效|無效|错误|錯誤|禁用"
    r"|找不到)|(?:不存在|没有|查无).{0,6}(?:收件人|用户|邮箱|此人)"
    r"|사용자.{0,12}(?:없|존재하지)",
    _I,
)
SIZE = re.compile(
    r"(?:message|mail|e-?mail|length|size|it|file) (?:is |was |are )?(?:too (?:large|big)|over the max|larger than"
    r"|exceed\w*)|exceed\w* .{0,60}(?:size|length|bytes)"
    r"|(?:fixed )?maxim\w+ (?:incoming )?(?:message )?size|max(?:imum)? message size|size limit|too large"
    r"|sizelimit|サイズ.{0,12}(?:超|制限|大き)|(?:邮件|信件).{0,8}(?:太大|过大)",
    _I,
)
POLICY = re.compile(
    r"\bspam|\bdt:sp|unsolicited|\bjunk\b|blocked|block[- ]?list|black[- ]?list|deny[- ]?list|\brbl\b|dnsbl"
    r"|spamhaus|barracuda|spamcop"
    r"|proofpoint|reputation|\bdmarc\b|\bdkim\b|\bspf\b|sender policy"
    r"|polic(?:y|ies)|content (?:rejected|filter|denied|restriction)|content-?filter|message content"
    r"|(?:rejected|refused) (?:due to|because of|for|by) (?:its |the |your )?content"
    r"|\bvirus\b|infected|malware|phish|suspicious|banned|prohibit(?:ed|ion)|forbidden|frequency limit|unauthenticated"
    r"|authenticat(?:ion|ed) (?:is )?(?:required|failed|failure|turned on|credentials)|(?:requires?|without)"
    r" (?:smtp )?authenticat|(?:don't|did not|do not|must) authenticat|not authenticated|(?:invalid|missing|wrong)"
    r" credentials|credentials invalid|verification fail(?:ure|ed)|allowed rcpt"
    r"|relay(?:ing)?\b.{0,40}(?:den|not (?:allowed|permitted|supported)|prohibit|error|refus)|(?:unable"
    r"|not (?:allowed|permitted|authori[sz]ed)) to (?:relay|send)|(?:we do not|no|don't) relay"
    r"|access denied|\b5\d\d(?:[ -]5\.\d\.\d)?[ -]denied\b|\baccess to submit|senderscore|not (?:authori[sz]ed"
    r"|permitted|allowed)|NotAuthori[sz]ed|\bptr\b"
    r"|reverse (?:dns|lookup"
    r"|hostname)|does not resolve|cannot (?:resolve|find) your|from your (?:ip\b|host|isp\b|server|mail server)"
    r"|(?:of|from) your isp\b|your remote ?host"
    r"|be mail exchanger|(?:client|relay) host\b|unresolvable|confirm this mail server|from (?:this )?mail server"
    r"|client ip|dynamic ips?\b|open proxy"
    r"|forward dns|insecure mail relay|mass mail|bulk (?:e-?mail|mail|advert)|\bbulk\.|non-member|members?-only"
    r"|not subscribed|captcha|go away|reject, id=|only accepting (?:\w+ )?from|is protected by|rule imposed"
    r"|organi[sz]ational settings|low priority|rfc ?\d{3,4}|multiple addresses|(?:headers?|messages? (?:without"
    r"|missing)"
    r"|fields?)\b.{0,60}not accepted|missing a valid|address required|empty e-?mail address"
    r"|detected that this message is|will not accept delivery|must (?:issue|use) .{0,20}tls|tls (?:is )?required"
    r"|encryption"
    r"|restricted|transaction failed.{0,40}reject|mail (?:was )?rejected|message (?:was )?(?:rejected|refused"
    r"|denied)|rejected by (?:the )?(?:recipient|administrator|user|filter|rule)|refused to (?:accept|talk)"
    r"|not accepting (?:mail|messages) from|closed mailing list|only members|not a member|only (?:accepts?"
    r"|allows?) (?:\S+ ){0,3}from"
    r"|accepts? (?:\S+ ){0,2}only from|attachment"
    r"|\bfiltered\b|protocol violation|\bhelo\b|\behlo\b|ip (?:address )?.{0,40}(?:listed|denied|rejected)"
    r"|listed (?:at|by|in|on)"
    r"|bulk mail|abus|\bip=\d|ask your (?:postmaster|administrator|provider)"
    r"|迷惑メール|受信(?:を)?拒否|拒否され|ドメイン指定|垃圾|拒收|拒绝|拒絕|被屏蔽|спам|отклонен"
    r"|\bgesperrt|abgelehnt|abgewiesen|rejet[ée]"
    r"|rechazad|rifiutat|rejeitad|geweigerd|odrzucon",
    _I,
)
NO_HOST = re.compile(
    r"(?:host|domain|site|server)(?: name)?s? (?:is |was |or domain name |\S{1,80} )?(?:unknown|not (?:found"
    r"|exist)|does ?n[o']t exist|invalid)|unknown (?:mail )?(?:host|domain|server)"
    r"|no such (?:host|domain)|nxdomain|non-?existent (?:host|domain)|name or service not known"
    r"|unrouteable mail domain|unroutable|(?:could ?n[o']t|cannot|unable to) (?:find|resolve|locate) (?:any "
    r"|a |the )?(?:host|domain|mx|mail|dns|route)"
    r"|malformed (?:or unexpected )?name ?server reply|no mx|no (?:mail )?servers? appears?|all relevant mx records"
    r"|illegal host|bad (?:destination )?(?:host"
    r"|domain|system)"
    r"|remote domain does|null ?mx|does not accept mail|domain .{0,80}(?:not found|nicht gefunden|n'existe"
    r"|no existe|不存在)",
    _I,
)
LOOKUP_FAILED = re.compile(r"not found, try again|temporary (?:lookup|dns|name)", _I)
TRY_AGAIN = re.compile(
    r"try (?:again )?later|temporar|timed? ?-?out|not respond|no response|too (?:long|busy|many)|unreachable"
    r"|connection (?:was |has been )?(?:refused|lost|dropped|reset|died|closed|limit)|per-domain connection"
    r"|numerous attempts|queue period|\bslower\b|at a rate that|trop de connexions|\b(?:system|server|local|internal"
    r"|write"
    r"|config\w*) (?:\w+ )?(?:error|configuration error)|error in processing|misconfigured|interrupted system call"
    r"|output file|could not load|error reading|upstream error|deferred|expired|retry (?:time|limit)"
    r"|maximum (?:\w+ )?(?:retries|attempts)|command died|died with (?:status|signal)|(?:try|attempt) to resend"
    r"|encountered an error"
    r"|has been (?:in the )?queued? (?:too|for)|for (?:the last |more than |over )?\d+ (?:days|hours)"
    r"|within \d+ days|\d+ days? (?:or|have)|server (?:is )?(?:down|busy|unavailable|not available)"
    r"|service (?:is |currently |temporarily ){0,2}(?:not |un)available|have been failing for|system (?:error|problem)"
    r"|lookup failure|name service error|dns (?:error|failure|timeout)|no route to host|network|resources"
    r"|\d+ attempts|hop count|too many hops|(?:mail |routing )?loop|could not (?:connect"
    r"|be reached)|unable to (?:connect"
    r"|contact)|can(?:'|no)t connect"
    r"|not (?:been )?collected|rate limit|throttl|n['’]a pas répondu|antwortet nicht|nicht geantwortet"
    r"|no (?:ha )?respond|non (?:ha )?rispo|não respond|svarar inte"
    r"|ei vastaa|не отвечает|\d+ (?:jours|tagen?|días|giorni|dias|dagen|dagar|päivä)"
    r"|一時的|しばらく|タイムアウト|暂时|超时|稍后"
    r"|vorübergehend|temporair|temporal"
    r"|tijdelijk|временн",
    _I,
)
