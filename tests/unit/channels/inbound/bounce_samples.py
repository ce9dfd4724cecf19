"""Bounces, delays and feedback reports in the forms of many mail systems, written for these tests."""
# ruff: noqa: E501 - mails and messages keep their lines

from collections.abc import Iterator

from channels.inbound.values import InboundKind as Kind
from tests.unit.channels.inbound.letters import (
    OUR_ID,
    RETURN_PATH,
    Sample,
    base64_of,
    letter,
    original,
    parts,
    report,
    status_block,
    word,
)

# (status, diagnostic, class)
_STANDARD = (
    ("5.1.1", "smtp; 550 5.1.1 <bob@gone.example>: Recipient address rejected: User unknown in virtual table", Kind.HARD_BOUNCE),
    ("5.1.2", "X-Postfix; unable to look up host gone.example: Name or service not known", Kind.HARD_BOUNCE),
    ("5.1.10", "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient bob@gone.example not found by SMTP address lookup", Kind.HARD_BOUNCE),
    ("5.4.1", "smtp;550 5.4.1 Recipient address rejected: Access denied. [AM7EUR03FT020.example]", Kind.HARD_BOUNCE),
    ("5.4.4", "X-Postfix; Host or domain name not found. Name service error for name=gone.example type=A: Host not found", Kind.HARD_BOUNCE),
    ("5.4.310", "smtp;550 5.4.310 DNS domain gone.example does not exist [Message=InfoDomainNonexistent]", Kind.HARD_BOUNCE),
    ("5.2.1", "smtp; 550-5.2.1 The email account that you tried to reach is inactive", Kind.HARD_BOUNCE),
    ("5.0.0", "smtp; 550 No such user here", Kind.HARD_BOUNCE),
    ("5.0.0", "smtp; 550 unknown user <bob@gone.example>", Kind.HARD_BOUNCE),
    ("5.5.0", "smtp;550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).", Kind.HARD_BOUNCE),
    ("5.3.0", "smtp; 553 5.3.0 <bob@gone.example>... Addressee unknown, relay=[192.0.2.9]", Kind.HARD_BOUNCE),
    ("5.1.6", "smtp; 551 5.1.6 The user has moved, please try <bob@new.example>", Kind.HARD_BOUNCE),
    ("5.0.0", "smtp; 554 delivery error: dd This user doesn't have a gone.example account (bob@gone.example) [0]", Kind.HARD_BOUNCE),
    ("5.2.2", "smtp; 552 5.2.2 The email account that you tried to reach is over quota", Kind.SOFT_BOUNCE),
    ("5.2.2", "smtp;554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException", Kind.SOFT_BOUNCE),
    ("5.0.0", "smtp; 552 Requested mail action aborted: exceeded storage allocation", Kind.SOFT_BOUNCE),
    ("5.3.4", "smtp; 552 5.3.4 Message size exceeds fixed limit", Kind.SOFT_BOUNCE),
    ("5.2.3", "smtp;550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient", Kind.SOFT_BOUNCE),
    ("4.4.7", "smtp;550 4.4.7 QUEUE.Expired; message expired", Kind.SOFT_BOUNCE),
    ("4.4.1", "X-Postfix; connect to mx.gone.example[192.0.2.3]:25: Connection timed out", Kind.SOFT_BOUNCE),
    ("4.2.2", "smtp; 452 4.2.2 Over quota", Kind.SOFT_BOUNCE),
    ("5.4.6", "smtp; 554 5.4.6 Too many hops", Kind.SOFT_BOUNCE),
    ("5.4.7", "smtp; delivery time expired", Kind.SOFT_BOUNCE),
    ("5.7.1", "smtp; 550 5.7.1 Message rejected due to content restrictions", Kind.POLICY_BOUNCE),
    ("5.7.1", "smtp; 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.dnsbl.example", Kind.POLICY_BOUNCE),
    ("5.7.26", "smtp; 550-5.7.26 Unauthenticated email from kahvila.example is not accepted due to domain's DMARC policy", Kind.POLICY_BOUNCE),
    ("5.7.515", "smtp;550 5.7.515 Access denied, sending domain does not meet the required authentication level", Kind.POLICY_BOUNCE),
    ("5.7.133", "smtp;550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", Kind.POLICY_BOUNCE),
    ("5.1.8", "smtp; 553 5.1.8 <hello@kahvila.example>... Domain of sender address does not exist", Kind.POLICY_BOUNCE),
    ("5.0.0", "smtp; 554 Your access to this mail system has been rejected due to the sending MTA's poor reputation", Kind.POLICY_BOUNCE),
    ("5.0.0", "smtp; 550 SC-001 Mail rejected for policy reasons: spam-like characteristics", Kind.POLICY_BOUNCE),
    ("5.7.1", "smtp; 550 5.7.1 <bob@gone.example>... Relaying denied", Kind.POLICY_BOUNCE),
)  # fmt: skip

_DAEMON = "Mail Delivery System <MAILER-DAEMON@mx.customer.example>"
# (name, class, from, subject, body): systems that write no standard report
_WORDS = (
    ("qmail", Kind.HARD_BOUNCE, "MAILER-DAEMON@mx.customer.example", "failure notice",
     "Hi. This is the qmail-send program at mx.customer.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<bob@gone.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n" + original()),
    ("qmail over quota", Kind.SOFT_BOUNCE, "MAILER-DAEMON@mx.customer.example", "failure notice",
     "Hi. This is the qmail-send program.\n\n<bob@gone.example>:\nThe users mailfolder is over the allowed quota (size). (#5.2.2)\n\n--- Below this line is a copy of the message.\n\n" + original()),
    ("qmail refused as spam", Kind.POLICY_BOUNCE, "MAILER-DAEMON@mx.customer.example", "failure notice",
     "Hi. This is the qmail-send program.\n\n<bob@gone.example>:\n192.0.2.4 failed after I sent the message.\nRemote host said: 554 5.7.1 The message was rejected as spam\n\n--- Below this line is a copy of the message.\n\n" + original()),
    ("exim", Kind.HARD_BOUNCE, _DAEMON, "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  bob@gone.example\n    host mx.gone.example [192.0.2.4]\n    SMTP error from remote mail server after RCPT TO:<bob@gone.example>:\n    550 5.1.1 User unknown\n\n------ This is a copy of the message, including all the headers. ------\n\n" + original()),
    ("exim retry timeout", Kind.SOFT_BOUNCE, _DAEMON, "Mail delivery failed: returning message to sender",
     "A message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  bob@gone.example\n    retry timeout exceeded\n\n------ This is a copy of the message's headers. ------\n\n" + original()),
    ("exim unrouteable", Kind.HARD_BOUNCE, _DAEMON, "Mail delivery failed: returning message to sender",
     "A message that you sent could not be delivered.\nThe following address(es) failed:\n\n  bob@gone.example\n    Unrouteable address\n\n" + original()),
    ("old sendmail", Kind.HARD_BOUNCE, "Mail Delivery Subsystem <MAILER-DAEMON@mx.customer.example>", "Returned mail: User unknown",
     "The original message was received at Sun, 22 Nov 2026\n\n   ----- The following addresses had permanent fatal errors -----\n<bob@gone.example>\n\n   ----- Transcript of session follows -----\n... while talking to mx.gone.example.:\n>>> RCPT To:<bob@gone.example>\n<<< 550 <bob@gone.example>... User unknown\n550 <bob@gone.example>... User unknown\n\n   ----- Original message follows -----\n\n" + original()),
    ("domino", Kind.HARD_BOUNCE, "Postmaster@customer.example", "DELIVERY FAILURE: User bob (bob@gone.example) not listed in Domino Directory",
     "Your message\n\n  Subject: New opening hours\n\nwas not delivered to:\n\n  bob@gone.example\n\nbecause:\n\n  User bob (bob@gone.example) not listed in Domino Directory\n"),
    ("exchange 5.5", Kind.HARD_BOUNCE, "System Administrator <postmaster@customer.example>", "Undeliverable: New opening hours",
     "Your message\n\n  To:      bob@gone.example\n  Subject: New opening hours\n  Sent:    Sun, 22 Nov 2026\n\ndid not reach the following recipient(s):\n\nbob@gone.example on Sun, 22 Nov 2026\n    The recipient name is not recognized\n    MSEXCH:IMS:Customer:SITE:HOST 0 (000C05A6) Unknown Recipient\n"),
    ("exchange 2007 without status part", Kind.HARD_BOUNCE, "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@customer.example>", "Undeliverable: New opening hours",
     "Delivery has failed to these recipients or groups:\n\nbob@gone.example\nThe e-mail address you entered couldn't be found. Please check the recipient's e-mail address and try to resend the message.\n\nDiagnostic information for administrators:\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n"),
    ("exchange german", Kind.HARD_BOUNCE, "Microsoft Outlook <postmaster@kunde.example>", "Unzustellbar: Neue Zeiten",
     "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nbob@gone.example\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##\n"),
    ("groupwise", Kind.HARD_BOUNCE, "Mailer-Daemon@customer.example", "Message status - undeliverable",
     "The message that you sent was undeliverable to the following:\n\n  bob (user not found)\n"),
    ("yahoo", Kind.HARD_BOUNCE, "MAILER-DAEMON@yahoo.example", "Failure Notice",
     "Sorry, we were unable to deliver your message to the following address.\n\n<bob@gone.example>:\nRemote host said: 550 5.1.1 <bob@gone.example>: user unknown [RCPT_TO]\n\n--- Below this line is a copy of the message.\n\n" + original()),
    ("yahoo account over quota", Kind.SOFT_BOUNCE, "MAILER-DAEMON@yahoo.example", "Delivery failure",
     "Message from yahoo.example.\nUnable to deliver message to the following address(es).\n\n<bob@gone.example>:\nSorry, your message to bob@gone.example cannot be delivered. This account is over quota.\n\n--- Original message follows.\n\n" + original()),
    ("gmail", Kind.HARD_BOUNCE, "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", "Delivery Status Notification (Failure)",
     "Delivery to the following recipient failed permanently:\n\n     bob@gone.example\n\nTechnical details of permanent failure:\nGoogle tried to deliver your message, but it was rejected by the server.\nThe error that the other server returned was: 550 550 5.1.1 unknown user (state 14).\n\n----- Original message -----\n\n" + original()),
    ("gmail host not found", Kind.HARD_BOUNCE, "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", "Delivery Status Notification (Failure)",
     "Delivery to the following recipient failed permanently:\n\n     bob@gone.example\n\nTechnical details of permanent failure:\nDNS Error: Domain name not found\n\n----- Original message -----\n" + original()),
    ("aol refuses", Kind.POLICY_BOUNCE, "Mail Delivery Subsystem <MAILER-DAEMON@aol.example>", "Mail Delivery Problem",
     "Your mail to the following recipients could not be delivered because they are not accepting mail from hello@kahvila.example:\n\tbob\n"),
    ("1&1", Kind.SOFT_BOUNCE, "Mail Delivery System <mailer-daemon@kundenserver.example>", "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to\none or more of its recipients. The following addresses failed:\n\n<bob@gone.example>\n\nreason: quota exceeded\n\n--- The header of the original message is following. ---\n\n" + original()),
    ("gmx", Kind.HARD_BOUNCE, "GMX Mailer Daemon <mailer-daemon@gmx.example>", "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to\none or more of its recipients. This is a permanent error.\nThe following address failed:\n\n\"bob@gone.example\":\nSMTP error from remote server after RCPT command:\nhost: mx.gone.example\n5.1.1 <bob@gone.example>... User is unknown {mx012}\n\n--- The header of the original message is following. ---\n\n" + original()),
    ("mdaemon", Kind.HARD_BOUNCE, "MDaemon@customer.example", "Permanent Delivery Failure",
     "The attached message had PERMANENT fatal delivery errors!\n\nAfter one or more unsuccessful delivery attempts the attached message has been removed from the queue.\n\n> bob@gone.example: 550 no such mailbox\n\n--- Session Transcript ---\n 550 no such mailbox\n--- End Transcript ---\n"),
    ("imail", Kind.HARD_BOUNCE, "Postmaster <postmaster@mail.customer.example>", "Undeliverable Mail",
     "unknown user: <bob@gone.example>\n\nOriginal message follows.\n\n" + original()),
    ("imail full", Kind.SOFT_BOUNCE, "Postmaster <postmaster@mail.customer.example>", "Undeliverable Mail",
     "user mailbox exceeds allowed size: bob@gone.example\n\nOriginal message follows.\n\n" + original()),
    ("mailenable", Kind.HARD_BOUNCE, "Postmaster <postmaster@mail.customer.example>", "Message Delivery Failure",
     "Message could not be delivered to some recipients.\nThe following recipient(s) could not be reached:\n\nRecipient: [SMTP:bob@gone.example]\nReason: Remote SMTP Server Returned: 550 no mailbox by that name is currently available\n\nMessage headers follow:\n" + original()),
    ("courier", Kind.HARD_BOUNCE, "\"Courier mail server at mx.customer.example\" <postmaster@mx.customer.example>", "NOTICE: mail delivery status.",
     "This is a delivery status notification from mx.customer.example,\nrunning the Courier mail server, version 0.65.\n\nThe original message was received on Sun, 22 Nov 2026\n\n---------------------------------------------------------------------------\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<bob@gone.example>:\n    <<< 550 User unknown.\n"),
    ("opensmtpd", Kind.HARD_BOUNCE, "Mailer Daemon <MAILER-DAEMON@mx.customer.example>", "Delivery status notification: error",
     "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this email.\n\n    An error has occurred while attempting to deliver a message for\n    the following list of recipients:\n\nbob@gone.example: 550 Invalid recipient: <bob@gone.example>\n\n    Below is a copy of the original message:\n\n" + original()),
    ("lsmtp", Kind.SOFT_BOUNCE, "\"LSMTP for Windows NT\" <postmaster@mx.customer.example>", "Undelivered mail",
     "An error was detected while processing the enclosed message.\n\n--> Error description:\n\nError-for:  bob@gone.example\nError-Code: 3\nError-Text: \"554 Message looping (received 6 times)\"\n\nError-End: One error reported.\n"),
    ("interscan", Kind.HARD_BOUNCE, "imss@customer.example", "Mail could not be delivered",
     "****** Message from InterScan Messaging Security Suite ******\n\nSent >>> RCPT TO: <bob@gone.example>\nReceived <<< 550 5.1.1 user unknown\n\nUnable to deliver message to <bob@gone.example>.\n\n************************     End of message     **********************\n"),
    ("symantec", Kind.HARD_BOUNCE, "Symantec_AntiVirus_for_SMTP_Gateways@customer.example", "Delivery failure notification",
     "Your message with Subject: New opening hours\ncould not be delivered to the following recipients:\n\nbob@gone.example\n550 no such user\n"),
    ("zoho", Kind.POLICY_BOUNCE, "mailer-daemon@mail.zoho.example", "Undelivered Mail Returned to Sender",
     "This message was created automatically by mail delivery software.\n A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.\n\nbob@gone.example ERROR_CODE :554, ERROR_CODE :5.7.1 Message rejected by policy\n\nReceived:from mail.kahvila.example\n"),
    ("mail.ru", Kind.HARD_BOUNCE, "Mail Delivery System <Mailer-Daemon@mx.mail.example>", word("Ваше сообщение не доставлено. Mail failed."),
     "Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\nbob@gone.example\ninvalid mailbox. User bob@gone.example not found\n"),
    ("yandex", Kind.HARD_BOUNCE, "mailer-daemon@yandex.example", word("Недоставленное сообщение"),
     "Это письмо отправлено почтовым сервером yandex.\n\nК сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может быть отправлено одному или нескольким адресатам.\n\n<bob@gone.example>: host mx.gone.example[192.0.2.3] said: 550 5.7.1 No such user!\n"),
    ("chinese provider", Kind.HARD_BOUNCE, "PostMaster@mx.qiye.example", word("系统退信"),
     "抱歉，您的邮件被退回来了……\n\n收件人邮箱: bob@gone.example\n退信原因：收件人地址不存在。 host mx.gone.example said: 550 User not found: bob@gone.example\n"),
    ("chinese provider full", Kind.SOFT_BOUNCE, "Postmaster@163.example", word("系统退信/Systems bounce", "gb18030"),
     "抱歉，您的邮件被退回来了……\n\nbob@gone.example\n退信原因：对方邮箱空间已满\n"),
    ("chinese provider spam", Kind.POLICY_BOUNCE, "postmaster@qq.example", word("邮件退信"),
     "很抱歉，您发往 bob@gone.example 的邮件被退回。\n退信原因：您的邮件被对方认为是垃圾邮件而拒绝。550 Mail content denied\n"),
    ("japanese carrier", Kind.HARD_BOUNCE, "Postmaster@mobile.example", "Mail System Error - Returned Mail",
     "次のあて先へのメッセージはエラーのため送信できませんでした。\nThe user(s) account is unknown.\n\n<bob@gone.example>: 550 Unknown user bob@gone.example\n"),
    ("japanese carrier full", Kind.SOFT_BOUNCE, "no-reply@app.carrier.example", "Mail System Error",
     "Your mail sent on: Sun, 22 Nov 2026 11:04:47 +0900\n     Could not be delivered to: <bob@gone.example>\n     As their mailbox is full.\n"),
    ("japanese filter", Kind.HARD_BOUNCE, "MAILER-DAEMON@filter.example", "failure notice",
     "このメールは自動的に生成して送信しています。\n下記の理由によりこのメールは送信できませんでした。\n\nbob@gone.example\n\n-------server message\n550 5.1.1 unknown user <bob@gone.example>\n\n-------original message\n" + original()),
    ("japanese hosting", Kind.HARD_BOUNCE, "\"Mail Administrator\" <postmaster@hosting.example>", word("宛先不明のためメールを配信できませんでした", "iso-2022-jp"),
     "次の宛先にメールを配信できませんでした。\n\n<bob@gone.example>\n宛先のユーザが存在しません。\n"),
    ("french gateway", Kind.HARD_BOUNCE, "postmaster@client.example", "Non remis : Nouveaux horaires",
     "Votre message n'a pas pu être remis au destinataire suivant :\n\nbob@gone.example\n\nCe destinataire est inconnu.\n"),
    ("spanish provider", Kind.HARD_BOUNCE, "MAILER-DAEMON@correo.example", "Error en la entrega del mensaje",
     "No se ha podido entregar su mensaje a:\n\nbob@gone.example\n\nEl usuario no existe en este servidor.\n"),
    ("italian provider", Kind.SOFT_BOUNCE, "Mail Delivery System <MAILER-DAEMON@posta.example>", "Mancato recapito del messaggio",
     "Non è stato possibile recapitare il messaggio a:\nbob@gone.example\nLa casella del destinatario è piena.\n"),
    ("portuguese provider", Kind.HARD_BOUNCE, "postmaster@correio.example", "Falha na entrega",
     "A sua mensagem não pôde ser entregue a:\nbob@gone.example\nUsuário desconhecido.\n"),
    ("finnish operator", Kind.HARD_BOUNCE, "Postmaster <postmaster@operaattori.example>", "Viestin toimitus epäonnistui",
     "Viestiä ei voitu toimittaa vastaanottajalle:\nbob@gone.example\nVastaanottaja on tuntematon.\n"),
    ("swedish operator", Kind.HARD_BOUNCE, "Postmaster <postmaster@operator.example>", "Olevererbart: Nya tider",
     "Ditt meddelande kunde inte levereras till:\nbob@gone.example\nMottagaren finns inte.\n"),
    ("polish provider", Kind.HARD_BOUNCE, "MAILER-DAEMON@poczta.example", "Zwrot wiadomości",
     "Twoja wiadomość nie mogła zostać dostarczona do:\nbob@gone.example\nUżytkownik nie istnieje.\n"),
    ("dutch provider", Kind.HARD_BOUNCE, "postmaster@provider.example", "Onbestelbaar: Nieuwe tijden",
     "Uw bericht kon niet worden afgeleverd bij:\nbob@gone.example\nGebruiker onbekend.\n"),
    ("danish provider", Kind.HARD_BOUNCE, "postmaster@udbyder.example", "Ikke leveret: Nye tider",
     "Din besked kunne ikke leveres til:\nbob@gone.example\nModtageren findes ikke.\n"),
    ("no From at all", Kind.HARD_BOUNCE, "", "Mail Error",
     "Your mail cannot be delivered to the following address(es):\n\n bob@gone.example \"(0), ErrMsg=account not found\"\n"),
    ("unusual sender with failed recipients", Kind.HARD_BOUNCE, "Gateway <gate@customer.example>", "Delivery Failure",
     "Could not deliver message to the following recipient(s):\n\nFailed Recipient: bob@gone.example\nReason: Remote host said: 550 unknown user\n\n   -- The header and top 20 lines of the message follows --\n\nReceived: from mail.kahvila.example\n"),
    ("amazon", Kind.HARD_BOUNCE, "MAILER-DAEMON@amazonses.example", "Delivery Status Notification (Failure)",
     "An error occurred while trying to deliver the mail to the following recipients:\nbob@gone.example\n550 5.1.1 mailbox does not exist\n"),
    ("challenge of a server", Kind.POLICY_BOUNCE, "postmaster@mx.customer.example", "Message rejected",
     "Your message to bob@gone.example was blocked by our spam filter and was not delivered.\n"),
    ("greylisting given up", Kind.SOFT_BOUNCE, "MAILER-DAEMON@mx.customer.example", "Undelivered Mail Returned to Sender",
     "<bob@gone.example>: host mx.gone.example[192.0.2.3] said: 450 4.2.0 Greylisted, try again later\n\nI'm sorry to have to inform you that your message could not be delivered.\n"),
)  # fmt: skip

_DELAYS = (
    ("sendmail warning", "Mail Delivery Subsystem <MAILER-DAEMON@mx.customer.example>", "Warning: could not send message for past 4 hours",
     "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- The following addresses had transient non-fatal errors -----\n<bob@gone.example>\n\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n"),
    ("exim warning", _DAEMON, "Warning: message 1abc delayed 24 hours",
     "A message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours on the queue.\n\nThe address to which the message has not yet been delivered is:\n\n  bob@gone.example\n\nNo action is required on your part. Delivery attempts will continue for\nsome time.\n"),
    ("gmail delay", "Mail Delivery Subsystem <mailer-daemon@googlemail.example>", "Delivery Status Notification (Delay)",
     "This is an automatically generated Delivery Status Notification\n\nTHIS IS A WARNING MESSAGE ONLY.\n\nDelivery to the following recipient has been delayed:\n\n     bob@gone.example\n\nMessage will be retried for 2 more day(s)\n"),
    ("exchange advisory", "postmaster@customer.example", "Mail Delivery Warning",
     "This is an advisory-only email. Please do not reply to it.\n\nDelivery of email to this address \"bob@gone.example\" has been postponed due to a full mailbox.\n\nWe will continue to try to deliver your message over the next few days.\n"),
    ("german delay", "Mail Delivery System <MAILER-DAEMON@kunde.example>", "Verzögerung: Neue Zeiten",
     "Die Zustellung Ihrer Nachricht verzögert sich.\n\nbob@gone.example\n\nEs wird weiterhin versucht, sie zuzustellen.\n"),
    ("office delay", "Microsoft Outlook <postmaster@customer.example>", "Delivery delayed: New opening hours",
     "Delivery is delayed to these recipients or groups:\n\nbob@gone.example\n\nThis message hasn't been delivered yet. Delivery will continue to be attempted.\n"),
    ("russian delay", "Mail Delivery System <Mailer-Daemon@mx.mail.example>", word("Задержка доставки"),
     "Ваше сообщение пока не было доставлено:\n\nbob@gone.example\n\nПопытки будут продолжаться.\n"),
)  # fmt: skip

_FEEDBACK = (
    "Feedback-Type: abuse\nUser-Agent: SomeGenerator/1.0\nVersion: 1\n"
    f"Original-Mail-From: <{RETURN_PATH}>\nOriginal-Rcpt-To: <bob@gone.example>\n"
)


def samples() -> Iterator[Sample]:
    """Every report about mail, in a class each."""
    for number, (status, diagnostic, kind) in enumerate(_STANDARD):
        block = status_block(status=status, more=f"Diagnostic-Code: {diagnostic}\nRemote-MTA: dns; mx.gone.example\n")
        yield Sample(f"dsn {number} {status}", kind, report(block))
    for name, kind, sender, subject, body in _WORDS:
        yield Sample(name, kind, letter(body, from_=sender, to=RETURN_PATH, subject=subject, return_path="<>"))
        if sender:
            yield Sample(f"{name}, no return path", kind, letter(body, from_=sender, to=RETURN_PATH, subject=subject))
    for name, sender, subject, body in _DELAYS:
        yield Sample(name, Kind.DELAY, letter(body, from_=sender, to=RETURN_PATH, subject=subject))
    yield from _odd_reports()
    yield from _feedback()


def _odd_reports() -> Iterator[Sample]:
    delayed = status_block(action="delayed", status="4.4.1", more="Will-Retry-Until: Thu, 26 Nov 2026 10:00:00 +0200\n")
    yield Sample("dsn delayed", Kind.DELAY, report(delayed, subject="Delayed Mail (still being retried)"))
    yield Sample("dsn delivered", Kind.AUTO_REPLY, report(status_block(action="delivered", status="2.0.0")))
    yield Sample("dsn relayed", Kind.AUTO_REPLY, report(status_block(action="relayed", status="2.0.0")))
    yield Sample("dsn expanded", Kind.AUTO_REPLY, report(status_block(action="expanded", status="2.0.0")))
    two = (status_block(status="5.1.1"), status_block(recipient="eve@gone.example", action="delayed", status="4.0.0"))
    yield Sample("dsn of two recipients", Kind.HARD_BOUNCE, report(*two))
    yield Sample("shouting content type", Kind.HARD_BOUNCE, report(
        status_block(), kind='MULTIPART/REPORT; REPORT-TYPE="DELIVERY-STATUS"'))  # fmt: skip
    yield Sample("report in multipart/mixed", Kind.HARD_BOUNCE, report(status_block(), kind="multipart/mixed"))
    yield Sample("action with a comment", Kind.HARD_BOUNCE, report(status_block(action="failed (user gone)")))
    yield Sample("action error", Kind.HARD_BOUNCE, report(status_block(action="error", status="5.1.1")))
    yield Sample("folded diagnostic", Kind.SOFT_BOUNCE, report(status_block(
        status="5.0.0", more="Diagnostic-Code: smtp; 552 sorry,\n that mailbox\n is over quota\n")))  # fmt: skip
    yield Sample("status in base64", Kind.HARD_BOUNCE, parts(
        ("text/plain", "Delivery has failed."),
        ("message/delivery-status\nContent-Transfer-Encoding: base64", base64_of("Reporting-MTA: dns; x\n\n" + status_block())),
        kind="multipart/report; report-type=delivery-status", from_="postmaster@customer.example", subject="Undeliverable"))  # fmt: skip
    yield Sample("fields in plain text", Kind.HARD_BOUNCE, letter(
        "This is a report.\n\nReporting-MTA: dns; mx.customer.example\n\n" + status_block() + "\n" + original(),
        from_="Mail Delivery Subsystem <robot@customer.example>", subject="Returned mail"))  # fmt: skip
    yield Sample("headers only given back", Kind.HARD_BOUNCE, parts(
        ("text/plain", "Not delivered."), ("message/delivery-status", "Reporting-MTA: dns; x\n\n" + status_block()),
        ("text/rfc822-headers", original()), kind="multipart/report; report-type=delivery-status",
        from_="MAILER-DAEMON@customer.example", subject="Undelivered"))  # fmt: skip
    yield Sample("without the original", Kind.HARD_BOUNCE, parts(
        ("text/plain", "Not delivered."), ("message/delivery-status", "Reporting-MTA: dns; x\n\n" + status_block()),
        kind="multipart/report; report-type=delivery-status", from_="MAILER-DAEMON@customer.example", subject="Undelivered"))  # fmt: skip
    yield Sample("x-failed-recipients", Kind.HARD_BOUNCE, letter(
        "Something went wrong.", from_="robot@customer.example", x_failed_recipients="bob@gone.example",
        subject="About your mail"))  # fmt: skip
    yield Sample("rejecting disposition", Kind.SOFT_BOUNCE, parts(
        ("text/plain", "Your message to <bob@gone.example> was automatically rejected:\nQuota exceeded"),
        ("message/disposition-notification", "Final-Recipient: rfc822; bob@gone.example\nDisposition: automatic-action/MDN-sent-automatically; deleted"),
        kind="multipart/report; report-type=disposition-notification", from_="Mail Delivery Subsystem <postmaster@customer.example>",
        subject="Automatically rejected mail", auto_submitted="auto-replied (rejected)"))  # fmt: skip
    yield Sample("html bounce", Kind.HARD_BOUNCE, letter(
        "<html><body><p>Your message to <b>bob@gone.example</b> couldn't be delivered.</p><p>550 5.1.1 user unknown</p></body></html>",
        content_type="text/html; charset=utf-8", from_="MAILER-DAEMON@yahoo.example", subject="Failure Notice"))  # fmt: skip


def _feedback() -> Iterator[Sample]:
    for kind in ("abuse", "fraud", "other", "virus", "opt-out", "auth-failure"):
        fields = _FEEDBACK.replace("abuse", kind)
        yield Sample(f"arf {kind}", Kind.COMPLAINT_FEEDBACK, parts(
            ("text/plain", "This is an email abuse report."), ("message/feedback-report", fields), ("message/rfc822", original()),
            kind="multipart/report; report-type=feedback-report", from_="feedback@isp.example", subject="FW: New opening hours"))  # fmt: skip
    yield Sample("arf not-spam", Kind.AUTO_REPLY, parts(
        ("text/plain", "Not spam."), ("message/feedback-report", _FEEDBACK.replace("abuse", "not-spam")), ("message/rfc822", original()),
        kind="multipart/report; report-type=feedback-report", from_="feedback@isp.example", subject="FW: hours"))  # fmt: skip
    yield Sample("arf shouting", Kind.COMPLAINT_FEEDBACK, parts(
        ("text/plain", "Report."), ("Message/Feedback-Report", _FEEDBACK), ("text/rfc822-headers", original()),
        kind='Multipart/Report; Report-Type="FEEDBACK-REPORT"', from_="abuse@isp.example", subject="Abuse"))  # fmt: skip
    yield Sample("microsoft jmrp", Kind.COMPLAINT_FEEDBACK, parts(
        ("message/rfc822", "X-HmXmrOriginalRecipient: bob@gone.example\n" + original()),
        from_="staff@hotmail.example", subject="complaint about message from 192.0.2.1"))  # fmt: skip
    yield Sample("amazon complaint", Kind.COMPLAINT_FEEDBACK, parts(
        ("text/plain", "This is an email abuse report for an email message."), ("message/rfc822", original()),
        from_="complaints@email-abuse.amazonses.example", subject="complaint about message from 192.0.2.1"))  # fmt: skip
    yield Sample("plain abuse report", Kind.COMPLAINT_FEEDBACK, parts(
        ("text/plain", "One of our users reported this message as spam."), ("message/rfc822", original()),
        from_="abuse@isp.example", subject=f"Abuse report: {OUR_ID}"))  # fmt: skip
    yield Sample("fields without parts", Kind.COMPLAINT_FEEDBACK, letter(
        f"This is a spam complaint.\n\n{_FEEDBACK}\n{original()}", from_="fbl@isp.example", subject="Feedback report"))  # fmt: skip
