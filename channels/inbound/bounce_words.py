"""How mail systems say in their own words that something was not delivered, or not yet."""

import re

_I = re.IGNORECASE

SUBJECT_FAILED = re.compile(
    r"undeliver(?:able|ed)|non-?deliver|not ?delivered|\bundelivrable|fail(?:ure|ed)? (?:notice|notification"
    r"|delivery|mail)|(?:mail|message|delivery)\W+(?:\w+ ){0,3}fail(?:ed|ure)"
    r"|deliver(?:y|ing) (?:\w+ ){0,3}(?:fail|error|problem|report|unsuccessful|impossible|notification|status"
    r"|incomplete)|delivery status|returned (?:mail|to sender|message|e-?mail)|return(?:ed"
    r"|ing) (?:message )?to sender"
    r"|mail (?:system )?error|(?:mail|message) (?:could not be|was not|not) (?:delivered|sent)"
    r"|could not (?:be )?(?:deliver|sen[dt])|unable to deliver|can(?:'|no)t (?:be )?deliver|unknown (?:user"
    r"|recipient|address)|user unknown|mailbox full|quota"
    r"|rejected (?:mail|message|by)|(?:mail|message|e-?mail) (?:was )?(?:rejected|refused|returned|blocked)"
    r"|permanent (?:delivery )?(?:failure|error)|processing error|bounced? (?:mail|message)|mail bounce"
    r"|error (?:sending|delivering|in your mail)|invalid recipient"
    r"|unzustellbar|nicht zugestellt|nicht zustellbar|zustellung.{0,20}(?:fehl|nicht)|non (?:remis|distribu"
    r"|d[ée]livr)|[ée]chec (?:de|d')|remise impossible|no (?:se )?(?:ha |pudo "
    r"|puede )?(?:podido )?(?:ser )?(?:entrega|entregad)"
    r"|error (?:de|en la) entrega|devuelto|mancato recapito|non recapitabil|mancata consegna"
    r"|impossibile recapitare|n[aã]o (?:p[oô]de ser )?entregue|falha na entrega"
    r"|n[aã]o foi poss[ií]vel entregar|mensagem devolvida"
    r"|onbestelbaar|niet (?:af)?geleverd|niet bezorgd|olevererbar|obest[äa]llbar|gick inte att leverera"
    r"|kunde inte leverera|toimit(?:us|taminen)\w* ep[äa]onnistui|ei voitu toimittaa|kunne ikke leveres"
    r"|ikke (?:leveret|levert)|kan ikke leveres"
    r"|niedostarcz|nie (?:mo[żz]na|dostarczono)|zwrot (?:wiadomo|poczty)|не (?:удалось )?доставлен"
    r"|не удалось доставить|недостав|ошибка доставки|возврат|nedoru[čc]|nelze doru|teslim edilemedi"
    r"|iletilemedi|k[ée]zbes[ií]thet"
    r"|går inte att leverera|não é possível entregar|не уда[её]тся доставить|сбой доставки"
    r"|配信不能|配信エラー|未配信|配信できません|送信できません|送信(?:エラー|失敗)|届けできません"
    r"|エラー(?:メール|通知)|宛先不明|退信|退件|退回|投递失败|投遞失敗|无法投递|無法傳遞"
    r"|无法送达|未能送达|传递失败|未送达|传送失败|반송|(?:전송|배달|발송|전달) ?실패|배달되지|전달되지|배달할 수"
    r"|nelivrabil|nu (?:s-a|se) p(?:utut|oate) livra|livrare.{0,20}e[sș]uat|недоставимо|не е доставено|neisporučiv"
    r"|nedostavljiv|neuspješna isporuka|kättetoimetamatu|kohaletoimetamatu|nepiegādājam|nepristatyt|tidak (?:dapat )?"
    r"(?:ter)?kirim|không gửi được|không thể gửi|ไม่สามารถส่ง|αδύνατη η παράδοση|δεν (?:ήταν δυνατή η παράδοση"
    r"|παραδόθηκε)|ανεπίδοτ|αποτυχία παράδοσης|לא ניתן למסירה|לא ניתן למסור|غير قابل للتسليم|تعذر (?:ال)?تسليم"
    r"|не доставлено|недоставлен|помилка доставки",
    _I,
)
SUBJECT_DELAYED = re.compile(
    r"delay|still being retried|(?:not|hasn't|has not) (?:yet )?been delivered|warning: (?:message|mail"
    r"|could not send|unable)|delivery (?:temporarily|incomplete|suspended|warning)|mail delivery warning"
    r"|deferred|will (?:be )?retr(?:y|ied)|temporar"
    r"|verz[öo]ger|retard|demora|retras|ritard|atras|vertra(?:ag|g)|f[öo]rsen|viiv[äa]st|forsink"
    r"|op[óo][źz]nion|задерж|отлож|遅延|延迟|延遲|지연",
    _I,
)
BODY_FAILED = re.compile(
    r"delivery of (?:the|this|your) (?:e-?mail|message|mail) (?:was|has been) (?:stopped|blocked|halted|prevented)"
    r"|(?:could|can|did|was|were|has|have|is|be|been)\s?(?:not|n't|no)\s(?:\w+\s){0,2}(?:deliver\w*|reach|sent"
    r"|be sent)|cannot be (?:deliver|reach|sent)|un(?:deliverable|delivered|able to (?:deliver|send))|(?:not"
    r"|never) (?:be )?delivered|delivery (?:\w+ ){0,6}(?:fail|abort|impossible|unsuccessful|error)"
    r"|fail(?:ed|ure) (?:to |in |on |of )?(?:deliver|recipient|address|mail)|failed permanently"
    r"|permanent(?:ly)? (?:fatal |delivery )?(?:error|fail)|return(?:ed|ing) (?:it )?to (?:you"
    r"|(?:the )?sender)|(?:returned|rejected) (?:mail|message)|no longer (?:exists?|valid|active|accepts)"
    r"|(?:message|mail|e-?mail) (?:\S+ ){0,9}(?:was"
    r"|were|has been|is) (?:automatically )?(?:rejected|returned|refused|blocked|bounced|not accepted)"
    r"|(?:following|these) (?:recipient|address|user)\S* (?:\w+ ){0,3}(?:fail|reject|had|could|did|was|were"
    r"|are|has|have|cannot)|(?:recipient|address|user|mailbox|domain|host)\S* (?:\S+ ){0,3}(?:unknown"
    r"|not found|does ?n[o']t exist|is full|rejected|unavailable|disabled)|(?:unknown|no such"
    r"|invalid) (?:user|recipient|address|host|domain|mailbox)"
    r"|(?:is not|isn't|['’]s not) a (?:valid|known) (?:user|address|recipient|mailbox)"
    r"|over ?quota|quota exceeded|mailbox (?:is )?full|\b5\d\d[ -]5\.\d+\.\d+|(?:said|smtp|error|server|<<<"
    r"|response)\W[^\n]{0,80}\b[45][0-5]\d[ -]|transcript of session|status: 5\.|couldn't be delivered"
    r"|wasn't able to deliver|i'm (?:sorry|afraid)|sorry,? (?:i|we|your|unable|couldn't)|\bgiving up\b"
    r"|error description"
    r"|leverans\w* (?:\S+ ){0,6}misslyckades|levering\w* (?:\S+ ){0,8}(?:mislykk|mislykt)\w+|falha na entrega"
    r"|сбой доставки"
    r"|не уда[её]тся доставить|dostarczeni\w+ (?:\S+ ){0,8}nie powiodł|doručení (?:\S+ ){0,8}nezdařil"
    r"|recapito non riuscito"
    r"|error de entrega|bezorging (?:\S+ ){0,8}mislukt|toimitus (?:\S+ ){0,8}epäonnistui"
    r"|kézbesít\w+ (?:\S+ ){0,8}sikertelen"
    r"|nicht (?:zugestellt|ausgeliefert|[üu]bermittelt)|unzustellbar|zustellung .{0,60}(?:fehl|nicht)"
    r"|n'a (?:pas )?pu [êe]tre|n'ont pas|pas (?:[ée]t[ée] )?(?:remis|d[ée]livr|distribu)|[ée]chec"
    r"|no (?:se )?(?:ha |han |pudo |puede |pudieron )(?:podido |sido |ser )?(?:entreg|envi)|no (?:ha"
    r"|fue) entregad|fall[oó] la entrega|rebotad"
    r"|non (?:[èe] stato|sono stati|pu[òo] essere|ha potuto) .{0,40}(?:recapit|consegn)"
    r"|impossibile (?:recapitare|consegnare)|n[aã]o (?:p[oô]de|foi|puderam|pode) .{0,40}(?:entreg|envia)"
    r"|(?:kon|kan|kunnen|konden) niet .{0,40}(?:bezorg|geleverd|afgeleverd|verzonden)|(?:kunde"
    r"|kan) inte (?:levereras|skickas)|ei (?:voitu|pystytty|voida) (?:toimitta|l[äa]hett)|(?:kunne"
    r"|kan) ikke (?:leveres|sendes)"
    r"|nie (?:mo[żz]na|mog[łl]\w+|uda[łl]o|zosta[łl]\w+) .{0,40}(?:dostarcz|wys[łl])|не (?:удалось|может|было"
    r"|могло|будет|был[ао]?) ?(?:быть )?(?:доставл|доставить|отправ)|недоставл|не доставлен"
    r"|отправлен\w+ .{0,40}отклонен"
    r"|(?:配信|送信|配達|配送|送達)(?:することが)?(?:は|が)?(?:でき(?:ません|なかった|ない)|に失敗"
    r"|されません|不能|エラー)|届け(?:られ|ること|でき)|届きません"
    r"|宛先.{0,12}(?:不明|存在|見つか)|拒否され|退信|退回|(?:无法|無法|未能|不能)(?:被)?(?:投递|投遞"
    r"|送达|送達|传递|傳遞|发送|發送|传送|到达)|(?:投递|投遞|发送"
    r"|传送|送达)失败|不存在|(?:배달|전송|발송|전달)(?:하지|되지|할 수)"
    r"|livrare\w* (?:\S+ ){0,6}(?:nu a reușit|a eșuat)|nu a (?:putut fi|fost) (?:livrat|trimis)"
    r"|доставката (?:\S+ ){0,6}(?:неуспешна|не бе)|isporuka (?:\S+ ){0,6}nije uspjela|dostava (?:\S+ ){0,6}ni uspela"
    r"|kohaletoimetamine (?:\S+ ){0,6}nurjus|piegāde (?:\S+ ){0,6}neizdevās|nepavyko pristatyti|gagal (?:ter)?kirim"
    r"|pengiriman (?:\S+ ){0,6}gagal|gửi (?:\S+ ){0,6}không thành công|không thể gửi|ไม่สามารถส่ง|การส่ง.{0,20}ล้มเหลว"
    r"|(?:απέτυχε|δεν ήταν δυνατή) η παράδοση|η παράδοση (?:\S+ ){0,8}απέτυχε|המסירה .{0,30}נכשלה|لم يتم تسليم"
    r"|فشل تسليم|не вдалося доставити|помилка доставки|teslim(?:at)? (?:\S+ ){0,4}başarısız|teslim edilemedi"
    r"|nepodařilo (?:se )?doručit|nie je možné doručiť|doručenie (?:\S+ ){0,6}zlyhalo|nem (?:sikerült|lehet) kézbesít",
    _I,
)
BODY_DELAYED = re.compile(
    r"(?:not|hasn't|has not|have not|could not|couldn't) (?:yet )?been (?:yet )?delivered (?:yet|after|for"
    r"|to all)|not yet (?:been )?deliver|(?:delivery|message|mail)\S* (?:\S+ ){0,8}(?:is |was |has been "
    r"|have been )?(?:delayed|deferred|postponed)|will (?:be )?(?:re-?tr(?:y|ied)|continue|keep|attempt)"
    r"|(?:attempts|try\w*) (?:to deliver .{0,80})?(?:will )?(?:be made |continue)"
    r"|no action is required|do(?:es)? not need to (?:resend|re-?send|take any action|do anything)"
    r"|no need to resend|this is (?:only |just )?a warning|warning (?:message )?only"
    r"|still (?:being )?(?:tr(?:y|ied)|in the queue|attempt)|server will (?:keep|retry|try|continue)"
    r"|transient (?:non-?fatal |failure)|temporarily (?:delayed|deferred)"
    r"|until it is (?:successfully )?\d+ days old"
    r"|weiterhin versuch|verz[öo]gert|erneut versuch|n'a pas encore|encore (?:pas|[ée]t[ée])"
    r"|a[úu]n no (?:se )?ha|todav[ií]a no|non [èe] ancora|ancora in corso|ainda n[aã]o|nog niet|[äa]nnu inte"
    r"|f[öo]rs[öo]ker igen|ei ole viel[äa]|viel[äa] toimitettu|endnu ikke|enn[åa] ikke|jeszcze nie|ponowi"
    r"|пока не (?:было )?доставлен|ещё не|еще не|будут продолж|再送(?!信して)|遅延|まだ配信|再試行|延迟|延遲"
    r"|稍后重试|将继续|지연",
    _I,
)
STILL_TRYING = re.compile(  # said of the message itself, it outweighs any title
    r"attempts? (?:to deliver .{0,60})?(?:will|are going to) (?:be )?continue|(?:we|server) will (?:keep|continue)"
    r" (?:on )?(?:re)?try|will (?:be )?(?:re-?tried|tried again) (?:for|until|later)|weiterhin versucht",
    _I,
)
GIVEN_UP = re.compile(r"giv(?:en|ing) up|permanent|has been returned", _I)
REPORT_ONLY = re.compile(  # titles of any report: they do not say how it ended
    r"delivery (?:status(?: notification)?|report|notification)|mail (?:system )?error", _I
)
SUCCEEDED = re.compile(
    r"(?:has been |was |been )?successfully (?:delivered|relayed)|delivery (?:status notification )?\(?(?:success"
    r"|relay)",
    _I,
)
GAVE_UP = re.compile(
    r"giv(?:e|en|ing) up|has been returned|final(?:ly)? fail|permanent|will not be (?:re-?tried|retr)"
    r"|no further|not be deliver(?:ed|able)(?! yet)|failed permanently|delivery failed|undeliverable"
    r"|attempts? (?:have |has )?(?:now )?(?:expired|been abandoned)|cancel+ed",
    _I,
)
ORIGINAL_BELOW = re.compile(
    r"^[ \t]*(?:[-*=_#>]{2,}[ \t]*)?(?:below this line is|this is a copy of|the (?:header"
    r"|body) of the original|original (?:message|mail|e-?mail)\b|unsent message|original message follows"
    r"|message text follows|returned mail (?:follows)?|your message (?:reads|follows)|included is a copy"
    r"|(?:message|mail) headers? follow|"
    r"a copy of the (?:original )?message|original-?message|start of returned message|undelivered message"
    r"|copy of (?:your|the) message|here is your returned|the first \d+ lines|forwarded message"
    r"|message header|urspr[üu]ngliche nachricht|元のメッセージ|原始邮件|以下.{0,10}メール(?!アドレス)).{0,80}$"
    r"|^(?:received|return-path|dkim-signature|x-mailer|mime-version): ?\S.*$",
    _I | re.MULTILINE,
)  # fmt: skip
