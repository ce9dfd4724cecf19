"""Sentences that ask to be left out, and sentences that only sound like it."""

import pytest

from channels.inbound.keywords import normalise
from channels.inbound.wishes import adds_nothing, asks_to_be_left_out

WISHES = """
Unsubscribe me from this list immediately
Would you mind taking us off your list
Arretez de m'envoyer des mails s'il vous plait
Hören Sie auf mir Mails zu schicken
Wir verzichten auf weitere Mails
Vorrei essere cancellato dalla vostra lista
Basta mail per favore
Jeg ønsker ikke flere e-poster fra dere
Quero sair da lista
Please stop sending me emails
No more emails please
Please do not contact us again
I do not wish to receive further emails from you
I want to be removed from your mailing list
Could you please take my name off this list
I want you to stop emailing me
I would not like to receive these mails
Bitte senden Sie mir keine weiteren E-Mails mehr
Ich möchte keine Werbung mehr erhalten
Könnten Sie mich bitte aus Ihrem Verteiler austragen
Nehmen Sie mich bitte aus Ihrem Verteiler
Bitte aus dem Verteiler nehmen
Por favor, quiero darme de baja de su lista
No deseo recibir más correos de ustedes
Vi prego di cancellarmi dalla vostra mailing list
Non desidero più ricevere le vostre mail
Graag geen mails meer sturen
Kunt u mij uitschrijven van de nieuwsbrief
Vänligen avregistrera mig från era utskick
Jag vill inte ha fler mejl
Proszę o wypisanie mnie z listy mailingowej
Nie chcę otrzymywać tych wiadomości
Отпишите меня, пожалуйста, от рассылки
Больше не присылайте мне эту рассылку
Je ne souhaite plus recevoir vos emails
Ne m'envoyez plus de mails
Não quero mais receber seus e-mails
Poistakaa minut listaltanne
Älkää lähettäkö enää viestejä
Pakitanggal po ako sa listahan ninyo
请不要再给我发邮件了
今後の配信は不要です
配信停止をお願いします
수신 거부 부탁드립니다
""".strip().splitlines()

OTHERS = """
Please don't stop sending these
Basta una mail per ordinare
Ich verzichte auf die Milch
Stellen Sie die Lieferung im Hof ein
Would you mind taking us off the Friday route
I do not want to stop receiving your mails
I do not get your mails any more
I stopped receiving your mails
Ich bekomme keine Mails mehr von Ihnen
You do not send me mails any more
Sie senden mir keine Mails mehr
Do not remove me from the list
Please remove me from the waiting list
Please unsubscribe Bob
Bob wants you to stop sending him emails
Stop the delivery
Please stop by at five
How do I unsubscribe
I clicked unsubscribe by mistake
We want more emails
I would like to receive your newsletter
Subscribe me to your list
Write to me again
Remove the croissants from our order
Take me off the guest list for Friday
Please do not send invoices by mail
Please do not call me
Not my email address
I do not like spam
I have not received the mail
I never get emails
我们没有收到邮件
Je n'ai pas reçu votre email
En ole saanut viestiä
Please remove the spam
Kein Interesse
Bitte nehmen Sie mich auf die Liste
Wir nehmen die Liste
Bitte zwei Stühle von der Liste nehmen und liefern
Nie otrzymuję waszych wiadomości
停止營業
メールありがとうございます
""".strip().splitlines()


@pytest.mark.parametrize("said", WISHES)
def test_a_wish_to_be_left_out_is_one_in_any_language(said: str) -> None:
    assert asks_to_be_left_out(normalise(said))


@pytest.mark.parametrize("said", OTHERS)
def test_what_says_anything_else_is_left_to_a_person(said: str) -> None:
    assert not asks_to_be_left_out(normalise(said))


@pytest.mark.parametrize("said", ["Thank you", "Not interested", "Kein Interesse", "Vielen Dank", "お願いします", ""])
def test_courtesy_adds_nothing(said: str) -> None:
    assert adds_nothing(normalise(said))


@pytest.mark.parametrize("said", ["Call me tomorrow", "The price is too high", "明日電話してください"])
def test_everything_else_adds_something(said: str) -> None:
    assert not adds_nothing(normalise(said))
