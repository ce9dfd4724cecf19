"""What mail systems put before or behind the subject they answer, in the languages that people set them to: Exchange
and Outlook (their language packs), GroupWise, Notes, Gmail. Compared without case and marks, which many lose on the
way."""

import re
import unicodedata

_AUTOMATIC_REPLY = """
automatic reply; automated reply; auto reply; auto-reply; autoreply; automatic response; automated response
auto response; auto-response; automatic answer; automated answer; auto answer; automatische antwort
outomatiese antwoord; automatisch antwoord; automatisk svar; automatiskt svar; sjálfvirkt svar; réponse automatique
respuesta automática; resposta automática; resposta automàtica; risposta automatica; erantzun automatikoa
răspuns automat; përgjigje automatike; ymateb awtomatig; freagra uathoibríoch; automaattinen vastaus
automaatne vastus; automaatvastus; automātiska atbilde; automātiskā atbilde; automatinis atsakymas
odpowiedź automatyczna; automatyczna odpowiedź; automatická odpověď; automatická odpoveď; automatikus válasz
automatski odgovor; samodejni odgovor; avtomatski odgovor; аутоматски одговор; автоматски одговор; автоматичен отговор
автоматический ответ; автоответ; автоматична відповідь; автовідповідь; автоматты жауап; αυτόματη απάντηση
otomatik yanıt; otomatik cevap; avtomatik cavab; ავტომატური პასუხი; ավտոմատ պատասխան; رد تلقائي; الرد التلقائي
پاسخ خودکار; خودکار جواب; תשובה אוטומטית; מענה אוטומטי; स्वचालित उत्तर; स्वतः उत्तर; স্বয়ংক্রিয় উত্তর
தானியங்கு பதில்; ตอบกลับอัตโนมัติ; การตอบกลับอัตโนมัติ; trả lời tự động; thư trả lời tự động; balasan otomatis
jawaban otomatis; balasan automatik; awtomatikong tugon; awtomatikong sagot; 自動応答; 自動返信; 自動回覆; 自动答复
自动回复; 자동 회신; 자동 응답
"""
_AWAY = """
oof; ooo; out of office; out of the office; away from the office; nicht im büro; nicht im hause; außer haus; abwesend
buiten kantoor; niet op kantoor; afwezig; absent du bureau; hors du bureau; fuera de la oficina; fuori ufficio
fuori sede; fora do escritório; ausente do escritório; fora de l'oficina; ikke på kontoret; ikke til stede
ej på kontoret; inte på kontoret; poissa; ei toimistolla; poza biurem; mimo kancelář; mimo kanceláre; nem vagyok bent
házon kívül; nu sunt la birou; izvan ureda; van kancelarije; odsoten z dela; kontorist väljas; ne biure
ārpus biroja; вне офиса; нет на работе; поза офісом; извън офиса; εκτός γραφείου; ofis dışında; خارج المكتب
מחוץ למשרד; 不在; 外出中; 不在办公室; 不在辦公室; 부재 중; 부재중; vắng mặt; tidak di kantor
"""
_READ = """
read; not read; gelesen; ungelesen; nicht gelesen; gelezen; ongelezen; lu; non lu; leído; no leído; lida; não lida; lido
letto; non letto; llegit; læst; ikke læst; lest; ulest; läst; oläst; luettu; lukematta; przeczytano; nie przeczytano
přečteno; nepřečteno; prečítané; olvasva; elolvasva; citit; pročitano; prebrano; loetud; izlasīts; perskaityta
прочитано; прочтено; не прочитано; прочетено; διαβάστηκε; okundu; 開封済み; 已读; 已讀; 읽음; đã đọc; dibaca
"""
_DELIVERED = """
delivered; zugestellt; bezorgd; afgeleverd; remis; entregado; entregue; consegnato; lliurat; leveret; levert
levererat; levererad; levererades; toimitettu; dostarczono; doručeno; doručené; kézbesítve; livrat; isporučeno
dostavljeno; kohale toimetatud; piegādāts; pristatyta; доставлено; доставен; παραδόθηκε; teslim edildi; 配信済み
已送达; 已传递; 已傳遞; 배달됨; đã gửi; terkirim
"""


_ARRIVED = """
ontvangstbevestiging; bevestiging ontvangen; bevestiging van ontvangst; eingangsbestätigung; empfangsbestätigung
eingangsbestaetigung; accusé de réception; confirmation de réception; acuse de recibo; confirmación de recepción
confirmación de lectura; conferma di ricezione; conferma di lettura; ricevuta di ritorno; avviso di ricevimento
confirmação de recebimento; confirmação de receção; confirmação de leitura; mottagningsbekräftelse; läskvitto
bekräftelse på mottagande; lesekvittering; læsekvittering; bekræftelse på modtagelse; bekreftelse på mottak
vastaanottovahvistus; vahvistus vastaanotosta; lukukuittaus; potwierdzenie otrzymania; potwierdzenie odbioru
potwierdzenie przyjęcia; potwierdzenie przeczytania; potvrzení o přijetí; potvrzení o doručení; potvrzení o přečtení
potvrdenie o prijatí; confirmare de primire; потвърждение за получаване; подтверждение получения
уведомление о прочтении
подтверждение о получении; підтвердження отримання; ваше обращение принято; alındı onayı; okundu bilgisi
受付完了; 受け付けました; 접수 완료; leesbevestiging; extended absence response; auto-generated email response
"""
_ARRIVED_IN_ENGLISH = (
    r"(?:your |the |we (?:have )?)?(?:support )?(?:e ?-?mail|message|request|inquiry|enquiry|ticket|case|application"
    r"|submission)(?: [#\w-]*\d[\w-]*)? (?:has been |was |is )?(?:received|created|opened|registered"
    r"|logged)\b(?! (?:by|at|in)\b)"
)
_UNMARKED = str.maketrans("ıłøđ", "ilod")  # letters that no mark can be taken from


def plain(text: str) -> str:
    """Lower case, without the marks above and below letters."""
    parted = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parted if unicodedata.category(letter) != "Mn").translate(_UNMARKED)


def _any_of(table: str) -> str:
    named = {plain(one.strip()) for one in re.split(r"[;\n]", table) if one.strip()}
    return "(?:" + "|".join(re.escape(one) for one in sorted(named, key=len, reverse=True)) + ")"


_PREFIXED = re.compile(rf"[\W_]{{0,3}}(?:{_any_of(_AUTOMATIC_REPLY)}[\W_]{{0,2}}(?:[:：]|$)|{_any_of(_AWAY)}\s?[:：])")
_BRACKETED = re.compile(rf"^\W{{0,2}}\[auto(?:reply)?\]|\({_any_of(_AWAY + _AUTOMATIC_REPLY)}\)\s*$")
_RECEIPT = re.compile(rf"(?:{_any_of(_READ)}|{_any_of(_DELIVERED)})\s?[:：]")
_ARRIVAL = re.compile(rf"[\W_]{{0,3}}(?:{_any_of(_ARRIVED)}|{_ARRIVED_IN_ENGLISH})")


def answers_by_itself(subject: str) -> bool:
    """A mail system titled this: "Automatic reply: …", "Out of office: …", or "… (Out of office)"."""
    said = plain(subject[:500])
    return bool(_PREFIXED.match(said) or _BRACKETED.search(said))


def tells_of_a_receipt(subject: str) -> bool:
    """ "Read: …", "Not read: …", "Delivered: …": a program's word on where the mail got to."""
    return _RECEIPT.match(plain(subject[:500]).lstrip()) is not None


def confirms_arrival(subject: str) -> bool:
    """ "Ticket received", "Acknowledgement of receipt": the whole mail says no more than that ours came."""
    return not subject.rstrip().endswith("?") and _ARRIVAL.match(plain(subject[:500])) is not None
