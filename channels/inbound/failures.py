"""From a status code and the other side's words to a Failure: who is to blame, and whether the address is any good.

Codes by RFC 3463/5248. Words decide first where they are plain, since many send "5.0.0" or "5.7.1" for anything.
"""

import re

from channels.inbound.values import InboundKind
from channels.protocol import Failure

_I = re.IGNORECASE

_SENDER = re.compile(
    r"sender (?:address|domain|id|e-?mail)?\s?(?:was |is |has been )?(?:rejected|denied|verify failed|blocked"
    r"|not (?:allowed|authori[sz]ed)"
    r"|unknown|invalid)|sender verif|verify failed for .{0,80}sender|from address.{0,40}(?:rejected|invalid"
    r"|not allowed)"
    r"|domain of sender|mail from .{0,80}(?:rejected|denied|not allowed)|bad sender|badmailfrom"
    r"|sending (?:limit|quota)|limit for sending|envelope sender .{0,80}(?:denied|rejected)",
    _I,
)
_FULL = re.compile(
    r"mail ?box (?:is |was |for .{0,80} is )?(?:currently |temporarily |almost )?(?:full|over)|(?:over"
    r"|exceed\w*|beyond|out of)"
    r" (?:the |their |its |his |her |your |allotted |allowed |disk |mail ?box |storage |email "
    r"|user )*(?:quota|storage|space\b)"
    r"|quota (?:has been |was |is )?(?:exceeded|full|violation)|over ?-?quota|overquota|(?:insufficient"
    r"|not enough|no)"
    r" (?:system |disk |mailbox |mail ?drop )?(?:storage|space)|inbox is full|(?:mailbox|maildir|folder"
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
_GREYLIST = re.compile(r"gr[ea]y-?list", _I)
_UNKNOWN = re.compile(
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
_SIZE = re.compile(
    r"(?:message|mail|e-?mail|size|it) (?:is |was |are )?(?:too (?:large|big)|over the max|larger than"
    r"|exceed\w*)|exceed\w* .{0,60}(?:size|length|bytes)"
    r"|(?:fixed )?maxim\w+ (?:incoming )?(?:message )?size|max(?:imum)? message size|size limit|too large"
    r"|sizelimit|サイズ.{0,12}(?:超|制限|大き)|(?:邮件|信件).{0,8}(?:太大|过大)",
    _I,
)
_POLICY = re.compile(
    r"\bspam|\bdt:sp|unsolicited|\bjunk\b|blocked|block-?list|black-?list|\brbl\b|dnsbl|spamhaus|barracuda|spamcop"
    r"|proofpoint|reputation|\bdmarc\b|\bdkim\b|\bspf\b|sender policy"
    r"|polic(?:y|ies)|content (?:rejected|filter|denied|restriction)|content-?filter|message content"
    r"|(?:rejected|refused) (?:due to|because of|for|by) (?:its |the |your )?content"
    r"|\bvirus\b|infected|malware|phish|suspicious|banned|prohibit(?:ed|ion)|forbidden|frequency limit|unauthenticated"
    r"|authenticat(?:ion|ed) (?:is )?(?:required|failed)|not authenticated"
    r"|relay(?:ing)?\b.{0,40}(?:den|not (?:allowed|permitted|supported)|prohibit|error|refus)|(?:unable"
    r"|not (?:allowed|permitted|authori[sz]ed)) to (?:relay|send)|(?:we do not|no|don't) relay"
    r"|access denied|\b5\d\d(?:[ -]5\.\d\.\d)?[ -]denied\b|\baccess to submit|senderscore|not (?:authori[sz]ed"
    r"|permitted|allowed)|NotAuthori[sz]ed|\bptr\b"
    r"|reverse (?:dns|lookup"
    r"|hostname)|does not resolve|must (?:issue|use) .{0,20}tls|tls (?:is )?required|encryption"
    r"|restricted|transaction failed.{0,40}reject|mail (?:was )?rejected|message (?:was )?(?:rejected|refused"
    r"|denied)|rejected by (?:the )?(?:recipient|administrator|user|filter|rule)|refused to (?:accept|talk)"
    r"|not accepting (?:mail|messages) from|closed mailing list|only members|not a member|only (?:accepts?"
    r"|allows?) (?:\S+ ){0,3}from"
    r"|accepts? (?:\S+ ){0,2}only from|attachment"
    r"|\bfiltered\b|protocol violation|helo|ip (?:address )?.{0,40}(?:listed|denied|rejected)|listed (?:at|by|in|on)"
    r"|bulk mail|abus|\bip=\d|ask your (?:postmaster|administrator|provider)"
    r"|迷惑メール|受信(?:を)?拒否|拒否され|ドメイン指定|垃圾|拒收|拒绝|拒絕|被屏蔽|спам|отклонен"
    r"|\bgesperrt|abgelehnt|abgewiesen|rejet[ée]"
    r"|rechazad|rifiutat|rejeitad|geweigerd|odrzucon",
    _I,
)
_NO_HOST = re.compile(
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
_LOOKUP_FAILED = re.compile(r"not found, try again|temporary (?:lookup|dns|name)", _I)
_TRY_AGAIN = re.compile(
    r"try (?:again )?later|temporar|timed? ?-?out|not respond|no response|too (?:long|busy|many)|unreachable"
    r"|connection (?:refused|lost|dropped|reset|died|was closed)|deferred|expired|retry (?:time|limit)"
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
_WORDS: tuple[tuple[re.Pattern[str], Failure, bool], ...] = (  # the third: permanent for the address
    (_SENDER, Failure.POLICY, True),
    (_FULL, Failure.MAILBOX_FULL, False),
    (_LOOKUP_FAILED, Failure.TEMPORARY, False),
    (_GREYLIST, Failure.GREYLIST, False),
    (_UNKNOWN, Failure.BAD_ADDRESS, True),
    (_SIZE, Failure.REJECTED, False),
    (_NO_HOST, Failure.BAD_ADDRESS, True),
    (_POLICY, Failure.POLICY, True),
    (_TRY_AGAIN, Failure.TEMPORARY, False),
)
_STATUS = re.compile(r"(?<![\d.])([245])[.](\d{1,3})[.](\d{1,3})(?![\d.]*\d)")
_CODE = re.compile(r"(?<![\d.\w-])([45][0-7]\d)(?=[\s,;:)\]-]|$)")
_UNSPECIFIC = frozenset({"", "5.0.0", "4.0.0", "5.3.0", "5.5.0", "5.1.0", "5.2.0"})


def status_in(text: str) -> str:
    """The first enhanced status code (RFC 3463) of a failure in `text`, empty when there is none."""
    return next((".".join(found.groups()) for found in _STATUS.finditer(text) if found[1] != "2"), "")


def best_status(declared: str, diagnostic: str) -> str:
    """The more telling of a report's Status field and the code in the words: "5.0.0" says less than "5.1.1"."""
    declared, quoted = status_in(declared), status_in(diagnostic)
    says_more = declared in _UNSPECIFIC or (declared.startswith("4") and quoted.startswith("5"))
    if quoted and (says_more or (quoted.startswith("5.7.") and not declared.startswith("5.1."))):
        return quoted
    return declared or quoted


def judge(status: str, words: str) -> tuple[InboundKind, Failure]:
    """The class and the blame of a delivery that was given up. `status` may be empty; `words` is the diagnostic."""
    words = words[:4000]
    if status in {"", "4.0.0"} and (code := _CODE.search(words)):  # Postfix says 4.0.0 of a refused connection
        status = f"{code[1][0]}.0.0"
    spoken = next(((failure, lasting) for cue, failure, lasting in _WORDS if cue.search(words)), None)
    if status.startswith("4"):
        failure = spoken[0] if spoken and not spoken[1] else Failure.TEMPORARY
        return InboundKind.SOFT_BOUNCE, failure
    if spoken and _words_outweigh(status, spoken[0]):
        return _kind(*spoken), spoken[0]
    by_code = _by_status(status)
    return _kind(*by_code), by_code[0]


def _words_outweigh(status: str, said: Failure) -> bool:
    """Codes that name a cause keep it, except against words that name the mailbox itself."""
    if status in _UNSPECIFIC or status.startswith(("5.5.", "5.3.")):
        return True
    if said is Failure.MAILBOX_FULL:
        return True
    if said is Failure.REJECTED:  # too big, whatever the code
        return status.startswith(("5.1.", "5.7."))
    if said is Failure.BAD_ADDRESS:
        return status.startswith(("5.1.", "5.2.1", "5.7.", "5.4.1", "5.4.4"))
    return said is Failure.POLICY and not status.startswith(
        ("5.1.1", "5.1.2", "5.1.10", "5.2.", "5.4.1", "5.4.3", "5.4.4", "5.4.7")
    )


def _by_status(status: str) -> tuple[Failure, bool]:
    if status.startswith("5.7."):
        return Failure.POLICY, True
    if status in {"5.1.7", "5.1.8"}:
        return Failure.POLICY, True
    if status.startswith("5.1.") or status in {"5.2.0", "5.2.1", "5.4.1", "5.4.4", "5.4.310", "5.5.0"}:
        return Failure.BAD_ADDRESS, True
    if status == "5.2.2":
        return Failure.MAILBOX_FULL, False
    if status.startswith(("5.2.", "5.3.", "5.6.")):
        return Failure.REJECTED, False
    if status.startswith("5.4."):
        return Failure.TEMPORARY, False
    return Failure.REJECTED, True


def _kind(failure: Failure, lasting: bool) -> InboundKind:
    if failure is Failure.POLICY:
        return InboundKind.POLICY_BOUNCE
    return InboundKind.HARD_BOUNCE if lasting else InboundKind.SOFT_BOUNCE
