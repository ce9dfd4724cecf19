"""The words of which requests to be left out consist, in many languages: normalised (upper case, no marks), by what
they do in the sentence. A word that stands nowhere here means that the sentence says something else, too."""

import re

from channels.inbound.keywords import normalise

_KINDS = {
    # asks to be left out by itself
    "unsubscribe": r"UNSU(?:B?SCRI|BCRI|BSRI|BSCI)B\w*|UNSUB"
    r"|OPTOUT|ABMELD\w*|ABZUMELDEN|ABBESTELL\w*|ABZUBESTELLEN|AUSTRAG\w*|AUSZUTRAGEN"
    r"|DESABONN\w*|DESINSCRI\w*|DESUSCRI\w*|DESCADASTR\w*|DISISCRI\w*|UITSCHRIJ\w*|UITGESCHREVEN|AFMELD\w*|AFGEMELD"
    r"|AVREGISTRER\w*|AVPRENUMERER\w*|AVANMAL\w*|FRAMELD\w*|AVMELD\w*|WYPIS\w*|WYREJESTROW\w*|ОТПИШИТЕ|ОТПИСАТЬ\w*"
    r"|ОТПИСК\w*|ВІДПИШІТЬ|ODHLAS\w*|ODHLAST\w*|LEIRATKOZ\w*|DEZABON\w*",
    # takes something away: a request with "me" or a list
    "remove": r"SAIR|SALIR"
    r"|REMOV\w*|DELET\w*|ERASE|STRIKE|STREICH\w*|LOSCH\w*|ENTFERN\w*|RETIR\w*|ENLEV\w*|SUPPRIM\w*|RADI(?:ER"
    r"|EZ)"
    r"|BORR\w*|ELIMIN\w*|QUIT(?:AR|E|EN|AD)\w*|SACAR\w*|SAQUE\w*|CANCELL\w*|ANNULL\w*|RIMUOV\w*|TOGLI\w*|EXCLU\w*"
    r"|VERWIJDER\w*"
    r"|GESCHRAPT|SCHRAP\w*|STRYK\w*|FJERN\w*|SLET\w*|POIST\w*|USUN\w*|WYKRESL\w*|УДАЛИТ\w*|УБЕРИТ\w*|ИСКЛЮЧИТ\w*"
    r"|ВЫЧЕРКН\w*|(?:PAKI ?)?TANGGAL\w*|(?:PAKI)?ALIS\w*|TORLO\w*|VYRAD\w*|VYMAZ\w*",
    "self": r"ME|US|MICH|UNS|MIR|MOI|NOUS|MI|CI|NOS|MINUT|MINUA|MEIDAT|MEITA|MINULLE|MEILLE|MIG|OSS|OS|MEG|MNIE|MI|NAS"
    r"|NAM|МЕНЯ|НАС|МНЕ|НАМ|AKO(?:NG)?|AKIN|KAMI(?:NG)?|MIM|AMIN|MIJ|ONS|MYSELF|OURSELVES|EMPLOYEES|STAFF|TEAM"
    r"|\w{4,}(?:MI"
    r"|ARME|ERME|ARNOS"
    r"|IRME|ATEMI|ATECI)",
    "mine": r"MY|OUR|MEINE[NMRS]?|MEIN|UNSERE[NMRS]?|MON|MA|NOTRE|NUESTR[AO]S?|MIO|MIA|NOSTR[AO]|MEU|MINHA|NOSS[AO]"
    r"|MIJN|ONZE|MIN|MITT|VAR|VART|MINE|OSOITTEENI|OSOITTEEMME|SAHKOPOSTIOSOITTEENI|\w*TIETO(?:NI|MME)|MOJ\w*|NASZ\w*"
    r"|МОЙ|НАШ|KO",
    "address": r"ADDRESS|ADRESSE|EMAILADDRESS|ADRESS\w*|MAILADRESS\w*|EMAILADRESS\w*|DIRECCION|INDIRIZZO|ENDERECO"
    r"|ADRES\w*"
    r"|DETAILS|EMAILADRES|OSOITTEENI|OSOITTEEMME|SAHKOPOSTIOSOITTEENI|\w*TIETO(?:NI|MME)|DATEN|DATA|DONNEES|GEGEVENS"
    r"|UPPGIFTER|OPLYSNINGER|DANE|DANYCH"
    r"|ДАННЫ\w|АДРЕС\w*|NAME|NAMEN|NUMBER",
    "list": r"SEQUENCES?|CAMPAIGNS?|NIEUWSBRI\w*|NYHETSBREV\w*|UUTISKIRJE\w*|(?!JONO|VIERAS|WAIT|WARTE"
    r"|GAST)\w*LIST\w*|DATABASE|RECORDS"
    r"|DATENBANK"
    r"|\w*VERTEILER\w*|DISTRIBUTION|SUBSCRIPTIONS?|NEWSLETTER\w*"
    r"|BASE|DIFFUSION|LISTADO|BANCO|РАССЫЛ\w*|СПИСК\w*|BESTAND(?:EN)?|\w*REKISTERI\w*|FICHIERS?|L?ISCRIZION\w*"
    r"|ELENC[OH]I?|RUBRICA"
    r"|KARTEI|DATENBESTAND|ADRESSBUCH|REGISTER|REGISTRET|REGISTRY"
    r"|БАЗ[ЫУЕ]|ADRESSENBESTAND"
    r"|LISTALTA\w*|LISTALTANNE|DISTRIBUCION|DISTRIBUZIONE|DIFUSION|DATOS|DADOS|DATI"
    r"|LISTAHAN|PRENUMERATION\w*|TILAUS"
    r"|MAILINGOW\w*",
    "mail": r"MSGS?|ADS|STUFF|PUBS?|SMS\w*|TEXTS?|TEKSTIVIEST\w*|BESKED\w*|MELDING\w*|MEDDELANDEN?|СМС\w*|E?MAILS?"
    r"|MAILINGS?|EMAILED"
    r"|MESSAGES?|NEWSLETTERS?|UPDATES?|INBOX|PROMOS?|PITCH(?:ES)?|SOLICITATIONS?|COMMUNICATIONS?|ADVERT\w*|OFFERS?"
    r"|PROMOTION\w*"
    r"|MARKETING\w*|SPAM"
    r"|NACHRICHTEN?|WERBUNG|WERBE\w*|INFORMATIONEN|COURRIELS?|PUBLICITES?|MESSAGERIE|CORREOS?|MENSAJES?|PUBLICIDAD"
    r"|ELECTRONICOS?|COMUNICA\w*|MESSAGGI\w*|PUBBLICITA|POSTA|MENSAGE\w*|BERICHT\w*|RECLAME|MEJL|MAIL(?:IT|EJA|ER|EN)"
    r"|UTSKICKEN|UTSENDELSER?"
    r"|UTSKICK|REKLAM\w*|BREV|VIESTEJA|VIESTEJANNE|MAINO\w*|POSTIA|SAHKOPOST\w*|UUTISKIRJE\w*|VIEST\w*|NIEUWSBRI\w*"
    r"|NYHETSBREV\w*|WIADOMOSCI|MAILI|OFERT\w*"
    r"|ПИС(?:ЕМ|ЬМА)|РАССЫЛ\w*|РЕКЛАМ\w*|СООБЩЕНИ\w*|ANYTHING|NOTHING|NICHTS|RIEN|NADA|NIENTE|NIETS|INGENTING|MITAAN",
    "not": r"NOT|DONT|NO|NEVER|NICHT|KEINE?[NMR]?|NE|NUNCA|NON|NAO|NIET|GEEN|INTE|INGA|INGET|IKKE|INGEN|EN|EI|EMME"
    r"|ALKAA|ALA|NIE|НЕ|HUWAG|WAG|HINDI|AYAW|AYOKO|NE",
    "stop": r"DESIST|STOP|STOPP(?:A|EN|T|ING|EZ|ARE)?|QUIT|CEASE|ARRET\w*|CESS\w*"
    r"|PAR(?:E|EM|AR)|DEJEN?|DEJAR|SMETT\w*|LOPETT\w*|LOPETA|SLUTA|SLUT"
    r"|UNTERLASS\w*|DISCONTINU\w*|REFRAIN|PRZESTA\w*|ПЕРЕСТАНЬТЕ|ПРЕКРАТИТЕ|ХВАТИТ|(?:I|TU?M?I)?TIGIL\w*",
    "send": r"MESSAG(?:E|ING)|PESTERING|BUGGING|SPAMM(?:ER|EN|EZ)|MEJLA|MAILA|TEXT(?:ING)?|SMSA|SEND\w*"
    r"|EMAIL(?:ING)?|MAIL(?:ING|EN)?|WRIT\w*|CONTACT\w*|BOTHER\w*|SPAMMING"
    r"|SCHICK\w*|ZU(?:SEND"
    r"|SCHICK)\w*"
    r"|SCHREIB\w*|KONTAKT\w*|[MN]?ENVOY\w*|ENVOIS?|[MN]?ECRI\w*|M?ADRESSE[RZ]|SOLLICIT\w*|ENVI(?:AR|E|EN|EIS|AD)\w*"
    r"|MAND(?:AR|E|EN|EIS|ATE)\w*"
    r"|ESCRIB(?:A[NS]?|AIS|IR\w*|IENDO\w*)|INVIA\w*|SCRIV\w*|CONTATT\w*|STUREN|STUUR\w*|ZENDEN|TOE(?:STUREN|ZENDEN)"
    r"|SKICKA\w*|LAHET\w*|OTTAKO"
    r"|YHTEYTTA|PISZ\w*|PISAC|WYSYLA\w*|PRZYSYLA\w*|ПРИСЫЛА\w*|ОТПРАВЛЯ\w*|ПИШИТЕ|ПИСАТЬ|ШЛИТЕ|БЕСПОКО\w*"
    r"|(?:MAG ?)?PADALA\w*"
    r"|PADALHAN",
    # the same, of which "me" alone is enough: "do not contact me"
    "contact": r"MESSAG(?:E|ING)|PESTER(?:ING)?|BUGGING|BUG|SPAMM(?:ER|EN|EZ)|DERANGE[RZ]|MEJLA|MAILA|TEXT(?:ING)?"
    r"|SMSA|EMAIL(?:ING)?|WRIT\w*|CONTACT\w*|BOTHER\w*|SPAM(?:MING)?|SCHREIB\w*"
    r"|KONTAKT\w*"
    r"|M?ECRI\w*|ESCRIB(?:A[NS]?|AIS|IR\w*|IENDO\w*)"
    r"|SCRIV\w*"
    r"|CONTATT\w*|SOLLICIT\w*|MAILEN|OTTAKO|YHTEYTTA|PISZ\w*|PISAC|ПИШИТЕ|ПИСАТЬ|БЕСПОКО\w*",
    "want": r"VORREI|VORREMMO"
    r"|WANT|WISH|DESIRE|MOCHTEN?|WILL|WOLLEN|WUNSCH\w*|SOUHAIT\w*|VEUX|VOULONS|DESIR\w*|DESE[OAE]\w*"
    r"|QUIER\w*"
    r"|QUEREMOS|VOGLI\w*|DESIDER\w*|QUERO|DESEJ\w*|WIL|WILLEN|WENS\w*|VILL|ONSKAR|ONSKER|VIL|HALUA\w*|CHCE\w*|ZYCZ\w*"
    r"|ХОЧ\w*|ХОТИМ|ЖЕЛАЮ|GUSTO|AYAW|AYOKO|WOULD|INTERESTED",
    "receive": r"RECEIV\w*|GET|GETTING|BE|SENT|ERHALT\w*|BEKOMM\w*|EMPFANG\w*|RECEVOIR|RECOIVE|RECIB\w*|RICEV\w*"
    r"|RECEB\w*|ONTVANG\w*|KRIJG\w*|FA|FAR|HA|MOTTA|MODTAGE|MOTTAGA|SAADA|VASTAANOT\w*|OTRZYMYWA\w*|DOSTAWA\w*|ПОЛУЧАТЬ"
    r"|MAKATANGGAP|TUMANGGAP",
    "more": r"ANYMORE|ANY|LONGER|FURTHER|AGAIN|IGJEN|MEHR|WEITERE[NMR]?|PLUS|DAVANTAGE|MAS|PIU|MAIS|MEER|LANGER"
    r"|VERDER|FLER"
    r"|LANGRE|FLERE|LENGER|LAENGERE|MER|ENAA|ENEMPAA|WIECEJ|JUZ|DALSZYCH|БОЛЬШЕ|NA|PA",
    # says nothing by itself
    "filler": r"PLZ|ABOUT|OK|OKAY|ANNOYING|UNWANTED|UNSOLICITED|ENDLESS|TAHAN|OSOITTEESEEN|SUY[OA]S?|TUY[OA]S?|PARTE"
    r"|SIL|PLAIT|HEB|HEBBEN|IL|MIND|EMPRESA|SOCIETE|AZIENDA|BEDRIJF|FORETAG|REQUEST(?:ING)?"
    r"|LIKE|KONNTEN?|KONNEN|WURDEN?|KUNT|KUNNEN|ZOU|KAN|DERE|KUNNE|PODRIAN?|PUEDEN?|POTETE|POTREST\w*|POD(?:EM"
    r"|ERIA\w*)"
    r"|VOINETTEKO|VOITTEKO|MOZECIE|CZY|МОЖЕТЕ|KAYONG|NAIDEN|NAMA|NOITA|VEUILLEZ|POUVEZ|CHIEDO|CHIEDIAMO|PRIERE|U|I|WE"
    r"|PLEASE|PLS|KINDLY"
    r"|BITTE|HIERMIT|GERN|MERCI|DE|POR|FAVOR|PER|FAVORE|CORTESIA|ALSTUBLIEFT|AUB|SVP|GRAAG"
    r"|SNALLA|VANLIGEN|VENNLIGST|VENLIGST|OLKAA|OLKAAPA|HYVA|PROSZE|PROSIMY|ПОЖАЛУИСТА|ПРОШУ|ПРОСИМ|PAKI|PO|NYO"
    r"|NINYO|MO"
    r"|IMMEDIATELY|NOW|ASAP|JUST|SIMPLY|TODAY|AT|ONCE|SOFORT|UMGEHEND|AB|JETZT|TO|CAN|COULD|YOU|ID|WE|D|LL|FROM|OFF|OF"
    r"|ON|THE|THIS|THESE|THOSE|THAT|ALL|YOUR|YOURS|HERE|IN|FUTURE|INTO|EVER|AND|SO|SUCH|KIND|MAILING|DISTRIBUTION|FOR"
    # what a language has few of: articles, prepositions, pronouns of the first and second person, courtesy
    r"|AN|AS|BEEN|AM|HAVE|THERE|COMPLETELY|ENTIRELY|PERMANENTLY|AWAY|SOON|POSSIBLE|EFFECTIVE|GOING|FORWARD|WISHES"
    r"|UM|AUF|ALS|ZUM|ZUR|DAUERHAFT|KOMPLETT|UNVERZUGLICH|SCHNELLSTMOGLICH|HABE|HABEN|BIN|WERDEN?|WORDEN|SEIN|SIND|ES"
    r"|EUER\w?|JEDE[MNRS]?|DAFUR|HERZLICHEN?|LIEBE[NRS]?"
    r"|AUX|AU|SUR|POUR|PAR|TOUT|IMMEDIATEMENT|DEFINITIVEMENT|RAPIDEMENT|SOBRE|PARA|CON|YA|INMEDIATO|INMEDIATAMENTE"
    r"|DEFINITIVAMENTE|ATENTAMENTE|BUEN[OA]S|DIAS|TARDES|NEL|NELLA|DEGLI|DELLE|SUL|AD|AI|ALLE|SUBITO|IMMEDIATAMENTE"
    r"|GENTILMENTE|CORTESEMENTE|DAS|DOS|AO|COM|GENTILEZA|IMEDIATAMENTE|BOM|DIA|AAN|BIJ|MET|DIRECT|METEEN|ONMIDDELLIJK"
    r"|VRIENDELIJKE?|UR|MED|OMEDELBART|GENAST|SNARAST|VARA|VANLIG|GODA|NU|UD|STRAKS|HURTIGST|MULIGT?|GERNE|GJERNE|VAER"
    r"|VENN?LIG|SNILL|HETI|VALITTOMASTI|YSTAVALLISESTI|OLE|SOBIE|TAKICH|TAKIE|OD|PRZEZ|NATYCHMIAST|UPRZEJMIE|DZIEN"
    r"|DOBRY"
    r"|БЫ|УЖЕ|ВСЕ|ВСЕХ|ПО|ДО|НА|ЭТО|НЕМЕДЛЕННО|ПОЛНОСТЬЮ|УВАЖЕНИЕМ|ДОБРЫИ|ДЕНЬ|ЗДРАВСТВУИТЕ|PONG|NAMAN|MULA|ITONG?|NANG"
    r"|LAHAT|IHNEN|EUCH|NOCH|DIESE[MNRS]?|SOLCHE[NRS]?|JEGLICHE[NRS]?|SAMTLICHE[NRS]?|ENDLICH|EINFACH|DOCH|MAL|BEI"
    r"|SEHR|GEEHRTE\w*|DAMEN|HERREN|WITH|BY|IT|FIRMA|COMPANY|SIR|MADAM|VOCES?|ISSO|ESSES?|ESSAS?|NIYO|DITO|AVEC"
    r"|DESORMAIS"
    r"|DORENAVANT|VON|AUS|VOM|DER|DEM|DEN|DES|DIE|DAS|IHRE[MNRS]?|IHR|EURE[MNRS]?|SIE|ICH|WIR|ZU|IN|ZUKUNFT|KUNFTIG"
    r"|UND|ALLE[NR]?"
    r"|JE|LA|LE|LES|L|DU|VOS|VOTRE|VOUS|CES|CETTE|TOUTE?S?|PART|FUTUR|ET|BIEN|VOULOIR|POURRIEZ|QUE|AUCUNE?"
    r"|DEL|EL|LOS|LAS|SU|SUS|VUESTR[AO]S?|SE|ME|UN|UNA|ESTA|ESTOS?|ESTES?|TODOS?|TODAS?|Y|USTEDES|RUEGO|SOLICITO|LE"
    r"|LES|AL"
    r"|VI|VOSTR[AEO]|VOSTRI|SUO|SUA|DAL|DALLA|DALLE|DELLA|DEI|DI|DA|PREGO|GRADIREI|DESIDERO|ESSERE|QUESTA|QUESTE"
    r"|QUESTI|E"
    r"|ALTRE|ALTRI|GLI|I|LO|GRAZIE"
    r"|O|OS|A|AS|SUAS?|SEUS?|DESTA|VOSS[AO]S?|IK|WIJ|WE|HET|UW|JULLIE|DEZE|VAN|OP|EN|TE|WORDEN|GELIEVE|DIE|ALLE"
    r"|VOOR|VIA|ALVAST|WILT|UIT|DIT|DAT|JAG|FRAN|TILL|SKA|SKAL|DETTE|DENNA|ER|ERA|ERT|DEN|DET|HAR|AV|DESSA|JEG|FRA"
    r"|JERES|DERES|DISSE|FREMOVER|AT|OG|OCH"
    r"|MINA|ME|TEILTA|TALTA|NAITA|TEIDAN|SAAKO|VOISITTEKO|KIITOS|ETTA"
    r"|O|Z|ZE|MI|ADRES|LISTY|BAZY|PANSTWA|WASZ\w*|TYCH|SIE|JA|NIE|MNIE|JESTEM|I"
    r"|Я|МЫ|ИЗ|ОТ|С|ВАШ\w*|ЭТУ|ЭТОИ|ЭТИ|ЭТИХ|МОИ|И|СВОЕИ|СВОИХ"
    r"|SA|ANG|NG|INYONG|INYO|KAYO|NA|AKING|MGA"
    r"|THANKS|THANK|THX|DANKE|VIELEN|DANK|GRACIAS|OBRIGAD[OA]|BEDANKT|TACK|TAK|TAKK|DZIEKUJE|СПАСИБО|SALAMAT|REGARDS"
    r"|BEST|KIND|MFG|GRUSSE|GRUSS|FREUNDLICHEN|MIT|CORDIALEMENT|SALUDOS|SALUTI|ATENCIOSAMENTE|GROETEN|HALSNINGAR"
    r"|POZDRAWIAM"
    r"|TERVEISIN|HI|HELLO|HEY|HALLO|BONJOUR|HOLA|BUONGIORNO|CIAO|OLA|HEI|HEJ|DAG|ALREADY|REALLY",
}
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple((kind, re.compile(words)) for kind, words in _KINDS.items())
SPEAKS_OF_YOU = frozenset({
    "YOU", "SIE", "IHR", "VOUS", "USTED", "USTEDES", "VOI", "LEI", "JULLIE", "NI", "DU", "TE", "WY", "ВЫ", "DERE",
    "KAYO",
})  # fmt: skip

_CHINESE = (
    "请 請 麻烦 麻煩 烦请 你们 你們 您 你 我们 我們 我 给 給 向 今后 以后 今後 以後 不要 别 別 勿 停止 "
    "再 发送 發送 发 發 寄 推送 电子邮件 電子郵件 邮件 郵件 信 广告 廣告 短信 信息 消息 此类 這類 这类 "
    "这些 這些 那些 "
    "任何 的 了 谢谢 謝謝 把 从 從 将 將 名单 名單 列表 邮寄 中 里 裡 删除 刪除 移除 移出 去掉 取消 订阅 "
    "訂閱 退订 退訂 不想 不希望 不愿意 收到 接收 继续 繼續 想 要 希望 以上 帮 幫 一下 吧 这个 此 本 邮箱 "
    "郵箱 地址 联系 聯繫 打扰 打擾 骚扰 騷擾 不需要 能不能 可以 微信 种 種 拒收 好吗 啊 啦 了吧"
)
_JAPANESE = (
    "このような こうした 控え お控え "
    "今後 以後 以降 もう これ以上 の は を が に へ から で も と 配信 メールマガジン メルマガ メール "
    "案内 ご案内 お知らせ ダイレクト 広告 送信 送付 不要 停止 中止 解除 解約 退会 登録 購読 希望 して し "
    "ください 下さい お願い 願います 致します いたします します です ます ご お 御 やめて 止めて "
    "送らないで 送らない 送って こないで リスト 名簿 削除 外して 以上 よろしく 宜しく ので だ ない "
    "手続き 申し上げ"
)
_KOREAN = (
    "더 이상 스팸 이메일 메일 광고 수신 연락 하지 제게 저에게 우리에게 다시는 거부 구독 취소 해지 보내지 마세요 말아 "
    "주세요 주십시오 그만 중지 "
    "중단 해 을 를 은 는 이 제 저를 목록에서 목록 삭제 원하지 않습니다 부탁드립니다 합니다"
)
_FRAGMENTS = sorted((normalise(one) for one in f"{_CHINESE} {_JAPANESE} {_KOREAN}".split()), key=len)
UNSPACED = re.compile("(?:" + "|".join(map(re.escape, reversed(_FRAGMENTS))) + ")+")
_JA = {
    name: normalise(name)
    for name in ("控え", "やめ", "止め", "送らない", "メルマガ", "メール", "リスト", "外し", "お知らせ")
}
UNSPACED_CORE = re.compile(
    "退订|退訂|取消订阅|取消訂閱|(?:不要|别|別|勿|停止).{0,6}(?:发|發|寄|推送)|(?:不想|不希望|不愿意).{0,6}(?:收到|接收)"
    "|拒收|(?:不要|别|別|勿|停止|不想).{0,4}(?:联系|聯繫|打扰|打擾|骚扰|騷擾)(?!他|她)"
    "|(?:删除|刪除|移除|移出|去掉).{0,8}(?:名单|名單|列表)|(?:名单|名單|列表).{0,4}(?:删除|刪除|移除|移出|去掉)"
    f"|(?:配信|送信|送付|{_JA['メール']}|{_JA['メルマガ']}|案内|{_JA['お知らせ']}).{{0,8}}"
    f"(?:不要|停止|中止|解除|{_JA['やめ']}|{_JA['止め']}|{_JA['送らない']}|{_JA['控え']})"
    f"|(?:登録|購読).{{0,4}}(?:解除|削除|停止|中止)|退会|(?:{_JA['リスト']}|名簿).{{0,6}}(?:削除|{_JA['外し']})"
    "|수신거부|구독(?:을)?(?:취소|해지)|(?:메일|광고).{0,6}(?:그만|중지|중단|보내지|원하지)|목록에서삭제|(?:더이상|다시는).{0,12}연락하지(?:마|말)"
)
