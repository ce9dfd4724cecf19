"""Absences in further languages, and boxes and people that are gone for good: one pattern a language. All tell of now
or of what comes ("I am on leave"); who tells of a leave that is over, is there again."""

import re

_I = re.IGNORECASE

_ABSENT = {
    "ar": r"(?:أنا|انا|حاليا|حالياً|سأكون|ساكون|أكون) (?:\S+ ){0,3}(?:خارج (?:ال)?مكتب|في (?:إجازة|اجازة|سفر|مهمة))"
    r"|لست (?:\S+ )?في المكتب|غير متواجد",
    "bg": r"в отпуск(?:ата)? съм|(?:съм|ще бъда|намирам се|в момента) (?!бил)(?:\S+ ){0,4}(?:в (?:\S+ )?отпуск|извън "
    r"офиса|в командировка|в "
    r"болнични)|отсъствам|няма ме в офиса",
    "ca": r"(?:soc|sóc|estic|estaré) (?:\S+ ){0,4}(?:fora de l['’]oficina|de vacances|de baixa|absent)",
    "cs and sk": r"(?:jsem|budu|som|budem|momentálně|aktuálně|momentálne) (?!(?:\S+ )?(?:byl|bol))(?:\S+ ){0,4}(?:na "
    r"(?:\S+ )?(?:dovolen"
    r"|služební|služobn|nemocensk|mateřsk|matersk)\w+|mimo (?:kancel|pracov)\w+|nep[řr]ítom\w+|čerpám)|čerpám "
    r"(?:řádnou )?dovolenou|(?:nejsem|nebudu|nie som|nebudem) (?:\S+ ){0,3}(?:v (?:kancel|práci)|na pracov|přítom"
    r"|prítom|k (?:dispozici|zastižení)|zastižit)\w*",
    "el": r"(?:είμαι|βρίσκομαι|θα είμαι|θα βρίσκομαι) (?:\S+ ){0,4}(?:σε άδεια|εκτός γραφείου|σε διακοπές|εκτός έδρας)"
    r"|απουσιάζω|θα (?:λείπω|απουσιάσω)|θα απουσιάζω",
    "et": r"ei saa (?:\S+ ){0,3}(?:e-)?(?:kirja|meili)\w* (?:lugeda|vastata)|(?:olen|viibin) "
    r"(?!olnud)(?:\S+ ){0,5}(?:puhkusel|kontorist|lähetuses|haiguslehel|eemal)|ei (?:viibi"
    r"|ole) kontoris",
    "fa": r"در مرخصی هستم|خارج از (?:دفتر|محل کار)",
    "he": r"(?:אני|אהיה|הנני) (?:\S+ ){0,3}(?:מחוץ למשרד|בחופש(?:ה|ת)?|במילואים|בחו[\"״]?ל)|לא (?:נמצא|אהיה|אמצא)\w* "
    r"(?:\S+ )?במשרד",
    "hi": r"(?:कार्यालय|ऑफिस) से बाहर|छुट्टी पर",
    "hu": r"szabadságon (?:vagyok|leszek|tartózkodom)|szabadságomat töltöm|(?:irodán|házon) kívül (?:vagyok|leszek"
    r"|tartózkodom)|nem (?:vagyok|leszek|tartózkodom) (?:\S+ ){0,2}(?:az irodában|bent|elérhető)|táppénzen vagyok",
    "id and ms": r"(?:saya|kami) (?:\S+ ){0,3}(?:cuti|bercuti|tidak (?:berada )?di (?:kantor|pejabat)|di luar "
    r"(?:kantor|pejabat)|dinas luar)",
    "is": r"(?:ég er|ég verð|er ég) (?:\S+ ){0,4}(?:í (?:\S+ )?fríi|í (?:\S+ )?leyfi|ekki við|í orlofi)",
    "lt": r"\b(?:esu|būsiu|šiuo metu) (?!buv)(?:\S+ ){0,4}(?:atostog\w+|komandiruot\w+|ne biure|išvyk\w+)"
    r"|atostogauju|manęs "
    r"nėra|(?:nesu|nebūsiu) (?:\S+ ){0,2}(?:biure|darbe)",
    "lv": r"(?:esmu|būšu|atrodos|pašlaik) (?!bij)(?:\S+ ){0,4}(?:atvaļinājum\w+|komandējum\w+|prombūtn\w+|ārpus "
    r"biroja|prom)"
    r"|neesmu (?:\S+ )?(?:birojā|darbā)",
    "ro": r"(?:sunt|voi fi|mă aflu|ma aflu) (?:\S+ ){0,4}(?:[îi]n (?:\S+ )?(?:concediu|deplasare|vacanț|vacant)|plecat"
    r"|indisponibil)|nu (?:sunt|voi fi) (?:\S+ )?(?:la birou|[îi]n birou|disponibil)",
    "southern slavic": r"(?:sam|bit ću|biću|nalazim se|trenutno|bom|trenutno sem|sem) (?!(?:\S+ )?(?:bil"
    r"|bio))(?:\S+ ){0,4}(?:na (?:\S+ "
    r")?(?:godišnjem|odmoru|bolovanju|službenom|porodiljn\w+|dopustu|bolniški|službeni|porodniški)|izvan (?:ureda"
    r"|kancelarije|pisarne)|van kancelarije|odsut\w+|odsot\w+)|na godišnjem sam|nisam (?:\S+ )?(?:u uredu|u "
    r"kancelariji|dostup\w+)|nisem (?:\S+ )?(?:v pisarni|doseglj\w+)|(?:сам|налазим се|тренутно) "
    r"(?!(?:\S+ )?би)(?:\S+ ){0,4}(?:на "
    r"(?:\S+ )?одмору|на службеном|одсут\w+|ван канцеларије)",
    "th": r"ไม่อยู่ที่(?:ทำงาน|สำนักงาน|ออฟฟิศ)|(?:อยู่ระหว่าง|กำลัง)?ลา(?:พักร้อน|หยุด|ป่วย|กิจ|คลอด)",
    "tr": r"ofisimden uzaktayım|(?:izindeyim|izinliyim|tatildeyim|raporluyum|seyahatteyim|yurt ?dışındayım|izinde "
    r"olacağım)|ofis(?:te"
    r"|imden|im)? (?:dışınday|değil|uzakta)\w*|ofiste (?:değilim|olmayacağım|bulunmuyorum)",
    "uk": r"(?:\bя|зараз|наразі|буду|перебуваю|знаходжус[ья]) (?:\S+ ){0,4}(?:(?:у|в|на) (?:\S+ )?(?:відпустц"
    r"|відряджен|лікарнян|декрет)\w+|відсутн\w+|поза офісом|не в офісі)|мене немає (?:в офісі|на місці)",
    "vi": r"(?:tôi|em|mình) (?:\S+ ){0,4}(?:nghỉ phép|vắng mặt|đi công tác|không có mặt)",
}
_GONE = {
    "bots": r"\b(?:i['’]?m|i am|this is) (?:an?|your|the) (?:\w+ ){0,2}(?:chat ?bot|virtual assistant|digital "
    r"assistant)\b|"
    r"ich bin (?:ein|der|die|ihre?) (?:\w+ ){0,2}(?:chatbot|virtuelle\w* assistent\w*)|je suis (?:un|votre) "
    r"(?:chatbot|assistant virtuel)|"
    r"soy (?:un|tu|su) (?:chatbot|asistente virtual)|jestem (?:\w+ )?(?:botem|(?:wirtualnym|cyfrowym) asystentem)"
    r"|\bя (?:чат-?)?бот\b|"
    r"sono (?:un|il|la) (?:chatbot|assistente virtuale)|olen (?:chatbotti|virtuaaliavustaja)",
    "bg": r"(?:адрес|поща|кутия)\w*(?: \S+){0,4} (?:вече не|не се) (?:се )?(?:използва|проверява|обслужва|поддържа)"
    r"|вече не работ(?:я|и) (?:в|във|за|при)",
    "cs and sk": r"(?:adresa|schránka|e-?mail)(?: \S+){0,3} (?:již|už) (?:není|nie je|se ne|sa ne|neexist|nefunguj)\w*"
    r"|(?:již|už) (?:\S+ ){0,2}nepracuj\w+",
    "da and nb": r"(?:adressen|postkassen|indbakken|innboksen|kontoen) (?:\S+ ){0,4}(?:bruges|benyttes|brukes"
    r"|overvåkes|læses|leses|er) ikke (?:længere|lenger)",
    "el": r"(?:διεύθυνση|λογαριασμός|θυρίδα)(?: \S+){0,4} δεν (?:είναι|χρησιμοποιείται|ελέγχεται|λειτουργεί) (?:πλέον"
    r"|πια)|δεν εργάζ\w+ (?:πλέον|πια)",
    "en": r"\A\W*out of (?:the )?office\s?[:.—–-]|\bi(?: am|['’]m) currently away\b|\A\W*on (?:sabbatical|leave|pto"
    r"|vacation)[,.]|(?:team|desk|department|support|customer services?) (?:is |are )?currently (?:unavailable"
    r"|closed|offline"
    r"|away)",
    "es": r"(?:dirección|cuenta|correo|buzón)(?: \S+){0,3} ya no (?:se (?:utiliza|usa|revisa)|está activ\w+|existe"
    r"|funciona|es válid\w+)|\bya no trabaj[ao] (?:en|para|con|aquí)",
    "fi": r"(?:osoite|sähköposti\w*|postilaatikko|tili)(?: \S+){0,3} (?:ei ole enää|ei enää|on (?:poistettu|suljettu))"
    r"|\ben (?:enää työskentele|työskentele enää|ole enää töissä)",
    "hu": r"(?:cím|postafiók|fiók)(?: \S+){0,3} már nem (?:használ|él|aktív|működ|létez|elérhet)\w*|már nem (?:\S+ "
    r"){0,2}dolgoz\w+",
    "it": r"(?:indirizzo|casella|e-?mail|account)(?: \S+){0,4} non è più (?:attiv|valid|in uso|utilizz|presidiat"
    r"|monitorat|in funzione|operativ)\w*|\bnon lavor[ao] più (?:per|in|con|presso|qui)",
    "ja": r"(?:アドレス|メールボックス)[^。]{0,16}(?:使用して(?:おりません|いません)|廃止|停止|無効)|退職(?:いたしま"
    r"|しま)した",
    "nl": r"\bwerkt? (?:\S+ ){0,3}niet (?:meer|langer) (?:bij|voor|hier)",
    "pt": r"(?:endereço|caixa|e-?mail|conta)(?: \S+){0,4} (?:não (?:é|está|se encontra) mais|já não (?:é|está)|deixou "
    r"de (?:ser|estar)) (?:utilizad|ativ|em uso|em funcionamento|monitorad|válid|disponí)\w*|(?:não trabalh[ao] mais"
    r"|já não trabalh[ao]) (?:na|no|em|para|com|aqui)",
    "ro": r"(?:adresa|căsuța|contul)(?: \S+){0,4} nu mai (?:este|e|funcțion|se folos|exist)\w*|nu mai lucr(?:ez|ează)",
    "ru": r"(?:ящик|адрес|почт|e-?mail|аккаунт)\w*(?: \S+){0,6} (?:(?:больше|уже|более) не (?:использу|обслужива"
    r"|действу|работа|функциониру|проверя|актуал|актив)\w*|прекратил\w* (?:свою )?работу|(?:отключ|закрыт"
    r"|удал)[её]?н\w*)|(?:сообща|информиру|уведомля|извеща)\w+ [^.!?]{0,80}(?:о смене|об "
    r"изменении)[^.!?]{0,40}(?:адрес|почт)|(?:обновил|сменил|изменил)\w* (?:сво[йюи] |основно\w+ |электронн\w+ "
    r"|почтов\w+ ){1,4}(?:адрес|почт|ящик)|(?:больше|уже) не работа(?:ет|ю) (?:в|у|с) |\bуволил(?:ся|ась)\b",
    "southern slavic": r"(?:adresa|naslov|pošta|nabiralnik)(?: \S+){0,3} (?:više nije|se više ne|nije više|ni več|se "
    r"ne uporablja več)|više ne radim?\b|ne delam več|ni več zaposlen\w*",
    "sv": r"(?:adressen|brevlådan|kontot|inkorgen) (?:\S+ ){0,4}(?:används|bevakas|läses|finns|gäller) inte|inte "
    r"längre (?:i bruk|aktiv|giltig)|(?:arbetar|jobbar|är) inte (?:längre )?(?:kvar|anställd)",
    "tr": r"(?:adres|posta|hesap)\w*(?: \S+){0,3} artık (?:kullanılm|aktif değil|geçerli değil|takip edilm)\w*|artık "
    r"(?:\S+ ){0,3}çalışm[ıi]yor\w*",
    "uk": r"(?:скринька|адреса|пошта)(?: \S+){0,4} (?:більше|вже) не (?:використову|обслугову|ді|працю|актив)\w*"
    r"|більше не працю(?:є|ю) ",
    "zh": r"(?:邮箱|信箱|郵箱|地址)[^。]{0,8}(?:已停用|不再使用|已经停用|已注销|已废弃)|(?:本人|我"
    r"|该员工)已(?:经)?(?:从.{0,12})?离职",
}
FURTHER = re.compile("|".join([*_ABSENT.values(), *_GONE.values()]), _I)
ALLOWS_TIME = re.compile(  # "please allow up to two days for a reply": a desk's word, nobody asks it of a friend
    r"\ballow (?:us )?(?:up to |at least )?(?:\d+|one|two|three|a few)(?:[-–]\d+)?[ -]?(?:h|hrs?|hours|(?:business "
    r"|working )?"
    r"days?)\b[^.!?]{0,30}\b(?:reply|response|answer|respond|get back)|bearbeitungszeit (?:beträgt|von)|antwortzeit"
    r" (?:beträgt|von)|délai de (?:réponse|traitement) (?:est|moyen)|tiempo de respuesta es|tempo di risposta è",
    _I,
)
WITHIN = re.compile(  # a time in which one answers: only beside a ticket's number
    r"\b(?:repl\w+|respon\w+|answer\w*|follow[ -]?up|get back)\b[^.!?]{0,30}\b(?:within|in under) (?:\d+|one|two|three)"
    r"|innerhalb von (?:\d+|ein)|(?:sous|dans les) \d+ ?(?:h|jours)|en un plazo de|entro \d+ (?:ore|giorni)|binnen \d+"
    r"|inom \d+|inden ?for \d+|w ciągu \d+|в течение (?:\d+|одного|двух)|\d+ ?個?(?:小时|个工作日|営業日)(?:内|以内)",
    _I,
)
