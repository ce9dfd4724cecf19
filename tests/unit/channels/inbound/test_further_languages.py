"""Wishes, absences and subjects in the languages beside the large ones, and what only looks like them."""

import pytest

from channels.inbound.keywords import normalise
from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind as Kind
from channels.inbound.wishes import asks_to_be_left_out
from tests.unit.channels.inbound.letters import NOW, OURS, letter

WISHES = """
Neposílejte mi už žádné e-maily
Prosím odhlaste mě z odběru novinek
Už mi neposielajte správy
Kérem, töröljenek a listáról
Ne küldjenek több e-mailt
Vă rog să mă dezabonați
Nu mai vreau să primesc mesaje de la voi
Моля, отпишете ме от бюлетина
Не ми пращайте повече имейли
Ne želim više primati vaše poruke
Molim vas uklonite me s liste
Не желим више да примам ваше поруке
Ne pošiljajte mi več sporočil
Prosim odjavite me od novic
Nebesiųskite man laiškų
Prašau išbraukti mane iš sąrašo
Lūdzu, izņemiet mani no saraksta
Nesūtiet man vairs e-pastus
Palun eemaldage mind nimekirjast
Ärge saatke mulle rohkem kirju
Παρακαλώ διαγράψτε με από τη λίστα
Μην μου στέλνετε άλλα μηνύματα
Відпишіть мене від розсилки
Не надсилайте мені більше листів
No vull rebre més correus
Lütfen beni listeden çıkarın
Bana artık mail göndermeyin
Tolong jangan kirim email lagi
Saya ingin berhenti berlangganan
Đừng gửi email cho tôi nữa
Vui lòng hủy đăng ký
من فضلك الغاء الاشتراك
أرجو حذف بريدي من القائمة
הסירו אותי מהרשימה בבקשה
Annullate la mia iscrizione per favore
Dejen de enviarme ofertas
Non vogliamo ulteriori messaggi
Cancellate i nostri dati
Ya no quiero que me escriban
Sáquenme de la lista por favor
Déjenme en paz
Arrêtez de m'envoyer vos pubs
Je ne veux plus être contactée
Laissez-nous tranquilles
Chega de propaganda
Não me escrevam mais
Me tirem dessa lista
Lassen Sie mich endlich in Ruhe
Оставьте нас в покое
请勿再打扰
以后不要再联系我了
لا تراسلوني بعد الان
مش عايز رسائل منكم
I do not want to hear from you again
Stop messaging us
No more msgs please
Take us off this campaign
""".strip().splitlines()

OTHERS = """
Neposílejte mi fakturu poštou
Pošlete mi prosím nabídku e-mailem
E-mail jsem nedostal
Nem kaptam meg az e-mailt
Kérem, küldjék el az árlistát
Vă rog să îmi trimiteți oferta pe e-mail
Nu am primit mesajul
Моля, изпратете ми оферта
Не получих имейла ви
Pošaljite mi ponudu na mail
Nisam primio vašu poruku
Pošljite mi cenik
Atsiųskite man pasiūlymą
Laiško negavau
Nosūtiet man piedāvājumu uz e-pastu
Saatke mulle pakkumine
Ma ei saanud teie kirja
Στείλτε μου την προσφορά με email
Δεν έλαβα το μήνυμά σας
Надішліть мені прайс
Я не отримав вашого листа
Envieu-me el pressupost per correu
Bana teklifinizi gönderin
Mailinizi almadım
Kirim penawaran ke email saya
Saya tidak menerima email
Hãy gửi báo giá cho tôi
أرسل لي العرض
שלחו לי את ההצעה
לא קיבלתי את המייל
Už mi neposíláte novinky
Nem kapok több levelet
Вече не ми пращате писма
Više mi ne šaljete poruke
Ne pošiljate mi več novic
Man vairs nesūtāt jaunumus
Δεν μου στέλνετε πια ενημερωτικά
Ви більше не надсилаєте новин
Anda tidak mengirim email lagi
Bạn không gửi email cho tôi nữa
Ya no me escriben
Ustedes ya no me mandan mensajes
Deja un mensaje
Vous ne m'écrivez plus
Você não me manda mais mensagens
Não recebo mais mensagens
我会再联系你
We are not contacting you again
I do not want to bother you any more
I never hear from you
Do not leave me alone with this
الغاء الطلب
""".strip().splitlines()

ABSENT = """
Momentálně čerpám dovolenou a vrátím se příští týden.
Od pondelka som na služobnej ceste.
Szabadságon vagyok, sürgős ügyben keresse kollégámat.
Sunt în concediu și nu am acces la e-mail.
В отпуск съм и нямам достъп до пощата си.
Trenutno sam na godišnjem odmoru.
Trenutno sem na dopustu.
Тренутно сам на годишњем одмору.
Šiuo metu atostogauju.
Ei saa praegu kirjadele vastata.
I'm currently away and read little.
Pašlaik esmu atvaļinājumā.
Olen praegu puhkusel ja kirju ei loe.
Βρίσκομαι σε άδεια και θα απαντήσω μόλις επιστρέψω.
Я зараз у відпустці.
Estic de vacances i no llegeixo el correu.
Şu anda izindeyim.
Saat ini saya sedang cuti.
Tôi đang nghỉ phép.
أنا حاليا في إجازة
אני בחופשה כרגע
Ég er í fríi og les ekki póst.
ขณะนี้อยู่ระหว่างลาพักร้อน
Este buzón ya no se utiliza.
Denna brevlåda bevakas inte, adressen används inte längre.
Der ursprüngliche Adressat ist weg: questa casella non è più attiva.
本邮箱已停用。
Почтовый ящик больше не обслуживается.
""".strip().splitlines()

PRESENT = """
Minulý týden jsem byl na dovolené, teď to čtu: kolik to stojí?
Byłem na urlopie, proszę o ofertę.
A szabadságom után megnézem, köszönöm.
După concediu vorbim, trimiteți oferta.
Po dopustu vam odgovorim, hvala za ponudbo.
Po godišnjem odmoru ću pogledati.
Pärast puhkust vaatan üle, aitäh!
Після відпустки поговоримо, надішліть ціни.
Tatil sonrası konuşalım, fiyatları gönderin.
Setelah cuti saya lihat, terima kasih.
Μετά τις διακοπές τα λέμε.
""".strip().splitlines()

_OF_MACHINES = """
Automatic reply: x; Automatische Antwort: x; Automatisch antwoord: x; Automatisk svar: x; Automatiskt svar: x
Réponse automatique : x; REPONSE AUTOMATIQUE: x; Respuesta automática: x; Resposta automatica: x
Risposta automatica: x; Răspuns automat: x; Raspuns automat: x; Automaattinen vastaus: x; Automaatvastus: x
Automātiska atbilde: x; Automatinis atsakymas: x; Odpowiedź automatyczna: x; Automatická odpověď: x
Automatikus válasz: x; Automatski odgovor: x; Samodejni odgovor: x; Автоматичен отговор: x; Автоматический ответ: x
Автоматична відповідь: x; Αυτόματη απάντηση: x; ΑΥΤΟΜΑΤΗ ΑΠΑΝΤΗΣΗ: x; Otomatik Yanıt: x; رد تلقائي: x
תשובה אוטומטית: x; स्वचालित उत्तर: x; ตอบกลับอัตโนมัติ: x; Trả lời tự động: x; Balasan Otomatis: x; 自動応答: x
自动答复：x; 自動回覆: x; 자동 회신: x; Sjálfvirkt svar: x; Erantzun automatikoa: x; Resposta automàtica: x
OOF: x; [Auto] x; Yıllık izindeyim; Je suis actuellement en congés
Re: x (Out of Office); Antw: x (Abwesend); Odp: x (Poza biurem)
""".replace("\n", ";").split(";")


def _kind(text: str, subject: str = "Re: New opening hours") -> Kind:
    return classify_mail(letter(text, subject=subject), now=NOW, ours=OURS).kind


@pytest.mark.parametrize("said", WISHES)
def test_a_wish_to_be_left_out_is_one_in_these_languages_too(said: str) -> None:
    assert asks_to_be_left_out(normalise(said))


@pytest.mark.parametrize("said", OTHERS)
def test_who_asks_for_an_offer_or_missed_a_mail_stays(said: str) -> None:
    assert not asks_to_be_left_out(normalise(said))


@pytest.mark.parametrize("said", ABSENT)
def test_who_is_away_now_or_gone_is_read_as_a_stand_in(said: str) -> None:
    assert _kind(said) is Kind.AUTO_REPLY


@pytest.mark.parametrize("said", PRESENT)
def test_who_tells_of_a_leave_before_or_after_is_there(said: str) -> None:
    assert _kind(said) is Kind.HUMAN_REPLY


@pytest.mark.parametrize("subject", [one.strip() for one in _OF_MACHINES if one.strip()])
def test_a_system_puts_its_own_words_at_the_subject(subject: str) -> None:
    assert _kind("Merci.", subject) is Kind.AUTO_REPLY


@pytest.mark.parametrize(
    "subject",
    ["Automatic doors for your café", "Read this", "Automatische Türen"],
)  # fmt: skip
def test_the_same_words_elsewhere_in_a_subject_are_nobodys(subject: str) -> None:
    assert _kind("When can you come?", subject) is Kind.HUMAN_REPLY


@pytest.mark.parametrize(
    "subject", ["Gelesen: x", "Lu : x", "Leído: x", "Přečteno: x", "Olvasva: x", "已读: x", "Not read: x"]
)
def test_a_receipt_is_told_by_its_subject(subject: str) -> None:
    assert _kind("", subject) is Kind.AUTO_REPLY
