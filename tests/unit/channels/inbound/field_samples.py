"""Mails as the field sends them: signatures, gateways, old systems, and people who talk about all of these."""
# ruff: noqa: E501 - mails keep their lines

from collections.abc import Iterator

from channels.inbound.values import InboundKind as Kind
from tests.unit.channels.inbound.letters import OUR_ID, Sample, letter, original, parts, report, status_block, word

_KINDS = {
    "human": Kind.HUMAN_REPLY, "unsub": Kind.UNSUBSCRIBE, "auto": Kind.AUTO_REPLY, "hard": Kind.HARD_BOUNCE,
    "soft": Kind.SOFT_BOUNCE, "policy": Kind.POLICY_BOUNCE, "delay": Kind.DELAY, "fb": Kind.COMPLAINT_FEEDBACK,
}  # fmt: skip
T = {"in_reply_to": f"<{OUR_ID}>"}
Q = "\n\nOn Sat, 21 Nov 2026 at 10:00, Aino <hello@kahvila.example> wrote:\n> We are open until 22.\n> Unsubscribe: https://x\n> STOP"
OUT = "\n\n________________________________\nFrom: Aino <hello@kahvila.example>\nSent: Saturday\nTo: Ann\nSubject: New hours\n\nWe are open\nUnsubscribe\nSTOP\n"
D = "MAILER-DAEMON@x.example"
GIVEN_BACK = original()
_CASES = [
    (
        "human",
        letter(
            "Hi Aino,\n\nI am traveling with my family this week, but Tuesday in December works. Can you send a calendar invite?"
            + Q,
            **T,
        ),
    ),
    (
        "human",
        letter(
            "Thanks for your email. We will discuss it with our board as soon as possible and come back to you." + Q,
            **T,
        ),
    ),
    ("human", letter("We have received your offer. The reference number is missing, please resend." + Q, **T)),
    ("human", letter("Not now, we are on vacation until August. Call me then!" + OUT, **T)),
    ("human", letter("Sent from my iPhone", **T)),
    ("human", letter(">>> STOP <<< is what the sign says. When do you come?", **T)),
    ("human", letter("I do not want to unsubscribe!", **T)),
    ("human", letter("Ich möchte mich nicht abmelden.", **T)),
    ("human", letter("Bitte stoppen Sie die Lieferung bis Montag.", **T)),
    ("human", letter("Please remove me from the meeting on Tuesday, Bob will come instead." + Q, **T)),
    ("human", letter("Cancel", **T)),
    ("human", letter("", **T)),
    ("human", letter(Q, **T)),
    ("human", letter(OUT, **T)),
    (
        "human",
        letter("Wir können Ihre E-Mail nicht zustellen? Nein, alles gut! Ich habe Ihr Angebot erhalten." + Q, **T),
    ),
    (
        "human",
        letter(
            "Our IT says: 'mailbox is full'. Please resend the PDF to ann2@customer.example" + Q,
            subject="Mailbox full",
            **T,
        ),
    ),
    ("human", letter("Auto parts: we need 30 sets. Quote please.", subject="Auto parts request")),
    ("human", letter("Hello, see you at the office.", subject="Absence of Bob: who signs?")),
    (
        "human",
        letter("Please see my report about delivery failures in your warehouse.", subject="Report: delivery failures"),
    ),
    (
        "human",
        letter(
            "<html><body><p>Great, thanks!</p><div id=divRplyFwdMsg><p>From: Aino</p></div><p>Unsubscribe STOP</p></body></html>",
            content_type="text/html",
            **T,
        ),
    ),
    (
        "unsub",
        letter(
            "<html><body><p>Unsubscribe</p><hr><p><b>From:</b> Aino<br><b>Sent:</b> x<br><b>Subject:</b> y</p><p>text</p></body></html>",
            content_type="text/html",
            **T,
        ),
    ),
    ("unsub", letter("STOP" + OUT, **T)),
    ("unsub", letter("stop\n\nAnn Customer\nCEO, Customer Ltd\n+358 40 123\n" + Q, **T)),
    ("unsub", letter("Please take me off your mailing list.\n\nBest regards,\nAnn" + Q, **T)),
    ("unsub", letter("unsubscribe\n\n-- \nAnn\nCEO" + Q, **T)),
    ("unsub", letter("Unsubscribe\n\nSent from my iPhone" + Q, **T)),
    ("unsub", letter("Hej,\n\nAvregistrera mig tack\n\nMvh\nAnna" + Q, **T)),
    (
        "unsub",
        letter("Guten Tag,\n\nbitte nehmen Sie mich aus dem Verteiler.\n\nMit freundlichen Grüßen\nAnn" + Q, **T),
    ),
    ("unsub", letter("Please don't email me anymore.", **T)),
    ("unsub", letter("Please stop emailing me", **T)),
    ("unsub", letter("I would like to unsubscribe.", **T)),
    ("unsub", letter("I want to unsubscribe from this mailing list", **T)),
    ("unsub", letter("Merci de me désabonner de votre liste.", **T)),
    (
        "auto",
        letter(
            "Hei,\n\nolen vuosilomalla 20.11.-5.12.2026. Kiireelliset asiat: vaihde@x.example\n\nTerveisin Anni", **T
        ),
    ),
    (
        "auto",
        letter(
            "Dear sender,\n\nThank you for your e-mail. I am out of the office from 20 Nov to 5 Dec with no access to email.",
            **T,
        ),
    ),
    ("auto", letter("I'm OOO until Monday", subject="Re: x", **T)),
    (
        "auto",
        letter("Hello,\nplease note that I no longer work for Customer Ltd. Please contact bob@customer.example.", **T),
    ),
    ("auto", letter("Ann Customer has left the company. Please direct your mail to info@customer.example.", **T)),
    (
        "auto",
        letter("Our office is closed for the holidays from December 20 to January 4.", subject="Office closed", **T),
    ),
    (
        "auto",
        letter(
            "Der Mitarbeiter ist nicht mehr für unser Unternehmen tätig. Ihre E-Mail wird nicht weitergeleitet.", **T
        ),
    ),
    ("auto", letter("Tack för ditt mejl! Jag är föräldraledig till 1 mars.", **T)),
    ("auto", letter("Kiitos viestistäsi! Olen äitiyslomalla ja palaan töihin 1.3.2027.", **T)),
    (
        "auto",
        letter(
            "Hallo, vielen Dank für Ihre Nachricht. Ich bin bis einschließlich 5.12. im Urlaub. Ihre Mail wird nicht weitergeleitet.",
            **T,
        ),
    ),
    ("auto", letter("Gracias por tu correo. Me encuentro de vacaciones hasta el 5 de diciembre.", **T)),
    ("auto", letter("您好，您的邮件我已收到，我会尽快回复您。", subject="自动回复:hours", **T)),
    (
        "auto",
        letter(
            "お問い合わせいただきありがとうございます。担当者より改めてご連絡いたします。",
            subject=word("お問い合わせありがとうございます"),
            from_="info@x.example",
        ),
    ),
    ("auto", letter("This mailbox is not monitored.", **T)),
    ("auto", letter("Diese E-Mail-Adresse wird nicht gelesen. Dies ist eine automatisch generierte E-Mail.", **T)),
    (
        "auto",
        letter(
            "You have been subscribed!",
            subject="Confirm your subscription",
            from_="newsletter@x.example",
            list_unsubscribe="<x>",
        ),
    ),
    ("auto", letter("Your password", subject="Out Of Office AutoReply: hours")),
    ("auto", letter("x", subject=word("Automaattinen poissaoloviesti: tarjous"))),
    ("auto", letter("x", subject=word("Frånvaromeddelande: tider"))),
    ("auto", letter("x", subject="Fravær: tider")),
    ("auto", letter("x", subject=word("Réponse automatique : horaires"))),
    ("auto", letter("x", subject=word("Respuesta automática: x"))),
    ("auto", letter("x", subject=word("Odpowiedź automatyczna: x"))),
    ("auto", letter("x", subject="Auto-Reply: x")),
    ("auto", letter("x", subject="Autoreply: x")),
    ("auto", letter("x", subject="AUTO: Ann is out of the office (returning 12/05/2026)")),
    ("auto", letter("x", subject="Ann Customer is out of the office.")),
    ("auto", letter("x", subject="Away from my mail")),
    ("auto", letter("x", subject="[Auto-Reply] hours")),
    ("auto", letter("x", subject="Vacation reply")),
    ("auto", letter("x", subject="Thank you for contacting us", from_="hello@x.example")),
    (
        "hard",
        letter(
            "Mailbox unknown or not accepting mail.\n\nbob@gone.example",
            from_="postmaster@gone.example",
            subject="Mail delivery failed",
        ),
    ),
    (
        "hard",
        letter(
            '<bob@gone.example>: unknown user: "bob"',
            from_="MAILER-DAEMON@gone.example (Mail Delivery System)",
            subject="Undelivered Mail Returned to Sender",
        ),
    ),
    (
        "hard",
        letter(
            "Ihre Nachricht konnte nicht zugestellt werden.\nbob@gone.example: Empfänger unbekannt",
            from_="postmaster@gone.example",
            subject="Zustellung fehlgeschlagen",
        ),
    ),
    (
        "hard",
        letter(
            "The following message to <bob@gone.example> was undeliverable.\nThe reason for the problem:\n5.1.0 - Unknown address error 550-'5.1.1 user unknown'",
            from_="Mail Delivery System <MAILER-DAEMON@ironport.example>",
            subject="Delivery Notification",
        ),
    ),
    (
        "policy",
        letter(
            "The following message to <bob@gone.example> was undeliverable.\nThe reason for the problem:\n5.3.0 - Other mail system problem 554-'Message refused, DNSBL'",
            from_="Mail Delivery System <MAILER-DAEMON@ironport.example>",
            subject="Delivery Notification",
        ),
    ),
    (
        "soft",
        letter(
            "The following message to <bob@gone.example> was undeliverable.\nThe reason for the problem:\n5.4.7 - Delivery expired (message too old) 'timeout'",
            from_="Mail Delivery System <MAILER-DAEMON@ironport.example>",
            subject="Delivery Notification",
        ),
    ),
    (
        "hard",
        letter(
            "Hi. The MTA program at mx was unable to deliver your message to the following addresses. This is a permanent error.\n\n<bob@gone.example>:\nSorry, no valid recipient",
            from_="MAILER-DAEMON@x",
            subject="DELIVERY FAILURE",
        ),
    ),
    (
        "hard",
        letter(
            "Sorry we were unable to deliver your message\n\nTo: bob@gone.example\n\nThe account does not exist",
            from_="Facebook <mailer-daemon@mx-out.facebook.example>",
            subject="Sorry, your message could not be delivered",
        ),
    ),
    (
        "hard",
        letter(
            "Unfortunately, your mail was not delivered to the following address:\n\nbob@gone.example\n\nThe mailbox is unavailable.",
            from_="postmaster@sendgrid.example",
            subject="Undelivered Mail",
        ),
    ),
    (
        "soft",
        letter(
            "Your message was not delivered within 0 days and 1 hours.\nRemote host is not responding.\n\n<bob@ezweb.example>",
            from_="<Postmaster@ezweb.example>",
            subject="Mail System Error - Returned Mail",
        ),
    ),
    (
        "soft",
        letter("Message delivery has timed out.\nbob@gone.example", from_="postmaster@x", subject="Delivery Failure"),
    ),
    (
        "auto",
        letter(
            "Your message has been successfully delivered to bob@customer.example",
            from_="postmaster@x.example",
            subject="Delivered: New opening hours",
        ),
    ),
    (
        "auto",
        letter(
            "Dear user, your own mailbox is almost full, 95% used.",
            from_="postmaster@kahvila.example",
            subject="Mailbox almost full",
            to="hello@kahvila.example",
            auto_submitted="auto-generated",
        ),
    ),
    (
        "auto",
        letter(
            "A message from you contained a virus and was cleaned, the rest was delivered.",
            from_="postmaster@x.example",
            subject="Virus found",
            auto_submitted="auto-generated",
        ),
    ),
    (
        "auto",
        letter(
            "This is an aggregate report",
            from_="noreply-dmarc@x.example",
            subject="Report domain: kahvila.example Submitter: x.example",
        ),
    ),
    (
        "auto",
        letter(
            "Cron output: disk 80%",
            from_="Cron Daemon <root@x.example>",
            subject="Cron <root@x> backup",
            auto_submitted="auto-generated",
        ),
    ),
    (
        "human",
        letter(
            "Hello, I administer this mail server. Could you tell me your sending IP? We want to allow it.",
            from_="Paula <postmaster@customer.example>",
            **T,
        ),
    ),
    (
        "hard",
        letter(
            "We had trouble delivering your message. Full details follow:\n\nSubject: 'hours'\nDate: 'x'\n\n1 error(s):\n\nSMTP Server <mx.gone.example> rejected recipient <bob@gone.example>\n  (Error following RCPT command). It responded as follows: [550 5.1.1 User unknown]",
            from_="mailer-daemon@x.example",
            subject="There was an error sending your mail",
        ),
    ),
    (
        "hard",
        letter(
            "Error: No valid recipients\n     RCPT TO: bob@gone.example\n550 - Requested action not taken: no such user here\n"
            + GIVEN_BACK,
            from_="post_master@mobile.example",
            subject="Undeliverable Message",
        ),
    ),
    (
        "hard",
        letter(
            "------- Failure Reasons  --------\n\nUser not listed in public Name & Address Book\nbob@gone.example\n\n------- Returned Message --------\n"
            + GIVEN_BACK,
            from_="Notes Gateway <notes@x.example>",
            subject="Undeliverable message",
        ),
    ),
    (
        "hard",
        letter(
            "Your message could not be sent.\nA transcript of the attempts to send the message follows.\nThe number of attempts made: 1\nAddressed To: bob@gone.example\n\nThu 29 Apr\nFailed to send to identified host,\nbob@gone.example: [192.0.2.1], 550 bob@gone.example... No such user\n--- Message non-deliverable.",
            from_="Mail Administrator <gateway@x.example>",
            subject="Message could not be delivered",
        ),
    ),
    (
        "hard",
        letter(
            "Your message:\n   From:    hello@kahvila.example\n   Subject: hours\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected:\n    bob@gone.example\n\nAdditional Information",
            from_=D,
            subject='Undeliverable Mail: "hours"',
        ),
    ),
    (
        "hard",
        parts(
            (
                "text/plain",
                "This report relates to a message you sent with the following header fields:\n\n  Message-id: <x@y>\n  Subject: hours\n\nYour message cannot be delivered to the following recipients:\n\n  Recipient address: bob@gone.example\n  Reason: Remote SMTP server has rejected address\n  Diagnostic code: smtp;550 5.1.1 unknown user",
            ),
            ("message/rfc822", GIVEN_BACK),
            from_="Internet Mail Delivery <postmaster@x.example>",
            subject="Delivery Notification: Delivery has failed",
        ),
    ),
    (
        "hard",
        letter(
            "  ----- The following addresses had permanent fatal errors -----\n\n>>> bob@gone.example\n\n  -----SMTP Command\n>>> RCPT TO:\n\n  ----- Transcript of session follows -----\n550 sorry - no mailbox here by that name",
            from_='"MAILER-DAEMON" <MAILER-DAEMON@x.example>',
            subject=word("FAILURE NOTICE :"),
        ),
    ),
    (
        "soft",
        letter(
            "   ----- The following addresses had delivery problems -----\nbob@gone.example\n\n   ----- Non-delivered information -----\nThe number of messages in recipient's mailbox exceeded the local limit.\n",
            from_="postmaster@x.example",
            subject="Returned mail:",
        ),
    ),
    (
        "hard",
        letter(
            "--- The following addresses had delivery problems ---\n\n<bob@gone.example>   (User unknown bob@gone.example)\n\n--------------Original message",
            from_="postmaster@x.example",
            subject="Delivery Status Notification",
        ),
    ),
    (
        "hard",
        letter(
            "Unable to deliver message to: <bob@gone.example>\nDelivery failed for the following reason:\nServer mx22.gone.example[192.0.2.2] failed with: 550 <bob@gone.example> No such user here\n\nThis has been a permanent failure.  No further delivery attempts will be made.",
            from_="Postmaster <postmaster@x.example>",
            subject="Message delivery has failed",
        ),
    ),
    (
        "hard",
        letter(
            "Hi. This is the James mail server at x.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up.\n\nMessage details:\n  Sent date: x\n  RCPT TO: bob@gone.example\n\nError message below:\n550 - Requested action not taken: no such user here",
            from_=D,
            subject="[BOUNCE]",
        ),
    ),
    (
        "policy",
        report(
            status_block(
                status="5.0.0",
                more="Diagnostic-Code: smtp; 550 permanent failure for one or more recipients (bob@gone.example:blocked)\n",
            ),
            subject="**Message you sent blocked by our bulk email filter**",
        ),
    ),
    (
        "hard",
        letter(
            "The original message was received at Thu, 29 Apr\nReceived: from x\n\n   ----- The following addresses had permanent fatal errors -----\nbob@gone.example\nUser Unknown",
            from_='"Mail Deliver System" <mailer-daemon@x.example>',
            subject="Returned Mail: User unknown",
        ),
    ),
    (
        "hard",
        letter(
            "   ----- Transcript of session follows -----\n... while talking to smtp.gone.example:\n>>> RCPT To:<bob@gone.example>\n<<< 550 5.1.1 <bob@gone.example>... User Unknown\n550 <bob@gone.example>... User unknown\n\n   ----- Unsent message follows -----\n"
            + GIVEN_BACK,
            from_="MAILER-DAEMON (Mail Delivery Subsystem)",
            subject="Returned mail: User unknown",
        ),
    ),
    (
        "hard",
        letter(
            "Message not delivered to the following:\n\n bob@gone.example    No such user\n\nError Detail\n",
            from_="Postmaster Robot <robot@x.example>",
            subject="Message Undeliverable",
            auto_submitted="auto-replied",
        ),
    ),
    (
        "soft",
        report(
            status_block(
                status="4.0.0", more="Diagnostic-Code: smtp; 450 4.1.1 unverified address: connection timed out\n"
            )
        ),
    ),
    (
        "hard",
        report(
            status_block(
                status="5.0.350",
                more="Diagnostic-Code: smtp;550 5.0.350 Remote server returned an error -> 550 5.1.1 recipient unknown\n",
            )
        ),
    ),
    (
        "soft",
        report(
            status_block(
                status="5.4.300", more="Diagnostic-Code: smtp;550 5.4.300 Message expired -> 451 server busy\n"
            )
        ),
    ),
    (
        "policy",
        report(
            status_block(
                status="5.7.708",
                more="Diagnostic-Code: smtp;550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.\n",
            )
        ),
    ),
    (
        "hard",
        report(
            status_block(
                status="5.1.351",
                more="Diagnostic-Code: smtp;550 5.1.351 Remote server returned unknown recipient or mailbox unavailable\n",
            )
        ),
    ),
    (
        "soft",
        report(
            status_block(
                status="5.3.4",
                more="Diagnostic-Code: smtp; 552-5.3.4 Your message exceeded Google's message size limits.\n",
            )
        ),
    ),
    (
        "policy",
        report(
            status_block(
                status="5.2.1",
                more="Diagnostic-Code: smtp; 550-5.7.0 This message was blocked because its content presents a potential security issue.\n",
            )
        ),
    ),
    (
        "policy",
        report(
            status_block(
                status="5.0.0",
                more="Diagnostic-Code: smtp; 554 5.7.1 <hello@kahvila.example>: Sender address rejected: Access denied\n",
            )
        ),
    ),
    (
        "policy",
        report(
            status_block(
                status="5.0.0",
                more="Diagnostic-Code: smtp; 550 5.1.0 <hello@kahvila.example> sender rejected : invalid sender domain\n",
            )
        ),
    ),
    (
        "hard",
        report(
            status_block(
                status="5.0.0",
                more="Diagnostic-Code: smtp; 550 5.2.1 <bob@gone.example>... Mailbox disabled for this recipient\n",
            )
        ),
    ),
    ("hard", report(status_block(status="5.0.0", more="Diagnostic-Code: smtp; 550 Unknown user bob@gone.example\n"))),
    (
        "policy",
        report(
            status_block(
                status="5.0.0",
                more="Diagnostic-Code: smtp; 553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)\n",
            )
        ),
    ),
    (
        "hard",
        report(
            status_block(
                status="5.4.4", more="Diagnostic-Code: X-Postfix; mail for gone.example loops back to myself\n"
            )
        ),
    ),
    (
        "policy",
        report(
            status_block(
                status="5.7.1",
                more="Diagnostic-Code: smtp; 550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).\n",
            )
        ),
    ),
    (
        "policy",
        report(
            status_block(
                status="5.7.9", more="Diagnostic-Code: smtp; 554 5.7.9 Message not accepted for policy reasons.\n"
            )
        ),
    ),
    (
        "soft",
        report(
            status_block(
                status="4.7.0",
                more="Diagnostic-Code: smtp; 421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints\n",
            )
        ),
    ),
    (
        "soft",
        report(status_block(status="5.2.0", more="Diagnostic-Code: smtp; 550 5.2.0 STOREDRV.Deliver; mailbox full\n")),
    ),
    (
        "soft",
        report(
            status_block(
                status="5.2.122",
                more="Diagnostic-Code: smtp; 554 5.2.122 The recipient has exceeded their limit for receiving messages\n",
            )
        ),
    ),
    (
        "delay",
        report(status_block(action="delayed", status="4.2.2", more="Diagnostic-Code: smtp; 452 4.2.2 over quota\n")),
    ),
    (
        "delay",
        letter(
            "Delivery is delayed.\n\nbob@gone.example\nI will keep trying for 2 more days",
            from_="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            subject="Delivery Status Notification (Delay)",
        ),
    ),
    (
        "delay",
        letter(
            "This is the mail system at host x.\n\n####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 0 hour(s).\nIt will be retried until it is 5 day(s) old.\n\n<bob@gone.example>: connect to mx: Connection timed out",
            from_="MAILER-DAEMON@x.example (Mail Delivery System)",
            subject="Delayed Mail (still being retried)",
        ),
    ),
    (
        "delay",
        letter(
            "** Delivery incomplete **\n\nThere was a temporary problem delivering your message to bob@gone.example. Gmail will retry for 47 more hours. You'll be notified if the delivery fails permanently.",
            from_="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            subject="Delivery Status Notification (Delay)",
        ),
    ),
    (
        "hard",
        letter(
            "** Address not found **\n\nYour message wasn't delivered to bob@gone.example because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n550 5.1.1 no such user",
            from_="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            subject="Delivery Status Notification (Failure)",
        ),
    ),
    (
        "policy",
        letter(
            "** Message blocked **\n\nYour message to bob@gone.example has been blocked. See technical details below for more information.\n\nThe response was:\n550 5.7.1 spam",
            from_="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            subject="Delivery Status Notification (Failure)",
        ),
    ),
    (
        "hard",
        letter(
            "Your message to bob@gone.example couldn't be delivered.\n\nbob wasn't found at gone.example.\n\nhello  Office 365  bob\nAction Required    Recipient\nUnknown To address",
            from_="Microsoft Outlook <postmaster@kahvila.onmicrosoft.example>",
            subject="Undeliverable: hours",
            x_ms_exchange_message_is_ndr="",
        ),
    ),
    (
        "fb",
        parts(
            ("text/plain", "This is an authentication failure report for an email message received from IP 192.0.2.1"),
            ("message/feedback-report", "Feedback-Type: auth-failure\nVersion: 1\nUser-Agent: OpenDMARC"),
            ("text/rfc822-headers", GIVEN_BACK),
            kind="multipart/report; report-type=feedback-report",
            from_="noreply@x.example",
            subject="FW: hours",
        ),
    ),
    (
        "auto",
        letter(
            "You hello@kahvila.example are not member of the list",
            from_="ml-admin@x.example",
            subject="You are not member",
            precedence="bulk",
        ),
    ),
    (
        "auto",
        letter(
            "Dear Sir, this notification confirms that your mail was delivered to bob@customer.example.",
            from_="Mail Delivery Subsystem <MAILER-DAEMON@x.example>",
            subject="Return receipt",
        ),
    ),
    (
        "human",
        letter(
            "Hello,\nour mail server rejected your newsletter yesterday as spam, I fixed it. Please send it again.\nPaul",
            from_="Paul <paul@customer.example>",
            subject="rejected mail",
        ),
    ),
    (
        "human",
        letter(
            "Dear Aino, the package you sent could not be delivered since nobody was in. Can you send it again?",
            from_="Paul <paul@customer.example>",
            subject="Undeliverable package",
        ),
    ),
    (
        "human",
        letter(
            "The mail you sent could not be opened. PDF please.",
            from_="Paul <paul@customer.example>",
            subject="Your mail",
        ),
    ),
    (
        "human",
        letter(
            "Hello, returned mail: we got 3 letters back from the post. New address: Street 1.",
            from_="Paul <paul@customer.example>",
            subject="Returned mail from the post office",
        ),
    ),
    (
        "human",
        letter(
            "Fyi\n\n> Final-Recipient: rfc822; bob@gone.example\n> Action: failed\n> Status: 5.1.1",
            from_="Paul <paul@customer.example>",
            subject="What is this?",
        ),
    ),
    (
        "human",
        letter(
            "Final-Recipient: rfc822; bob@gone.example\nAction: failed\nStatus: 5.1.1\nCould you explain what this means?",
            from_="Paul <paul@customer.example>",
            subject="Question",
        ),
    ),
    (
        "human",
        parts(
            ("text/plain", "See attached"),
            ('application/pdf\nContent-Disposition: attachment; filename="bounce.pdf"', "x"),
            from_="Paul <paul@customer.example>",
            subject="Offer",
        ),
    ),
    (
        "human",
        letter(
            "This looks like spam report from Monday, interesting numbers!",
            from_="Report <reports@customer.example>",
            subject="Spam report",
        ),
    ),
    ("auto", letter("x", from_="Amazon <auto-confirm@x.example>", subject="Your order")),
    # humans that must remain human
    ("human", letter("Hello, thanks. Let's talk when you are back.", subject="Re: Out of office hours?", **T)),
    ("human", letter("Thank you for contacting me. I'd love a demo, how about Monday at 9?", **T)),
    (
        "human",
        letter(
            "Vielen Dank für Ihre Nachricht. Wir sind interessiert, bitte rufen Sie mich so bald wie möglich an.\n\nMfG Ann",
            **T,
        ),
    ),
    ("human", letter("Kiitos viestistä! Soitatko huomenna?", **T)),
    ("human", letter("I'm out of town on Monday, can we do Tuesday?", **T)),
    ("human", letter("We are closed on Monday. Come on Tuesday!", **T)),
    ("human", letter("Please confirm your address so that we can send the contract: https://docs.example/1", **T)),
    ("human", letter("Received, thanks!", **T)),
    ("human", letter("Your request has been received by our board and approved! When can you start?", **T)),
    ("human", letter("Accepted! Send the contract.", subject="Accepted: your offer")),
    ("human", letter("Ich bin im Büro.", subject="Urlaub in Finnland: Angebot?")),
    ("human", letter("Do you deliver to offices?", subject="Delivery problem with order 12")),
    (
        "human",
        letter(
            "Hi, I got this, please fix:\n\n-----Original Message-----\nFrom: Mail Delivery Subsystem <MAILER-DAEMON@x>\nSent: x\nTo: Ann\nSubject: Undeliverable\n\n550 5.1.1 user unknown",
            subject="FW: Undeliverable: hours",
            **T,
        ),
    ),
    ("human", letter("Hei, peruutetaan tapaaminen.", subject="Re: Tapaaminen")),
    ("human", letter("Basta così, grazie, va benissimo martedì!", **T)),
    ("human", letter("STOP the presses! We want to buy 40 chairs today.", **T)),
    ("human", letter("Stop by on Tuesday", **T)),
    ("human", letter("Remove the third chair from the offer please", **T)),
    (
        "human",
        letter(
            "Please stop sending me the PDF by post, email is fine. And call me about the chairs tomorrow at ten, we have a budget now and want to sign.",
            **T,
        ),
    ),
    ("human", letter("Please unsubscribe me from the newsletter but keep sending the price list", **T)),
    ("human", letter("If I unsubscribe, do I still get the invoices?", **T)),
    ("human", letter("Opt out of option B, take option A.", **T)),
    ("human", letter("No more emails please until Monday, I am in meetings", **T)),
    ("human", letter("END", **T)),
    ("human", letter("No", **T)),
    ("human", letter("Alto", **T)),
    ("human", letter("Hello", subject="Stop worrying about printers")),
    ("human", letter("Hello", subject="Unsubscribe rates of your newsletter?")),
    (
        "human",
        parts(
            ("text/plain", "Here is our order."),
            ("message/rfc822", "From: x@y.z\nSubject: Undeliverable\n\nUser unknown 550"),
            subject="Order",
        ),
    ),
    (
        "human",
        letter(
            "Guten Tag, Ihre Nachricht ist bei uns angekommen, ich melde mich morgen telefonisch.\n\n> We are open",
            **T,
        ),
    ),
    # machine
    (
        "auto",
        letter(
            "Automatische Empfangsbestätigung: Ihre Nachricht ist eingegangen.",
            subject=word("Empfangsbestätigung"),
            **T,
        ),
    ),
    ("auto", letter("Ich bin dann mal weg. Zurück am 5.12.", subject="Abwesend", **T)),
    ("auto", letter("Bonjour, actuellement en congés, je vous répondrai à mon retour le 7 décembre.", **T)),
    ("auto", letter("Buenos días: me encuentro fuera de la oficina. Volveré el 7 de diciembre.", **T)),
    ("auto", letter("Salve, sono in ferie. Tornerò il 7 dicembre.", **T)),
    ("auto", letter("Hej! Tack för ditt mejl. Jag är inte på kontoret förrän 7 december.", **T)),
    ("auto", letter("Hei! Takk for din e-post. Jeg har ferie til 7. desember.", **T)),
    ("auto", letter("Witam, przebywam na urlopie. Wracam 7 grudnia.", **T)),
    ("auto", letter("Добрый день! Меня не будет в офисе до 7 декабря.", **T)),
    ("auto", letter("お世話になっております。株式会社Xの田中です。12月1日から12月7日まで出張しております。", **T)),
    ("auto", letter("你好，我正在休假，12月7日回来。", **T)),
    ("auto", letter("I am on parental leave and will return in March.", **T)),
    (
        "auto",
        letter("Thank you for your email. I'm away from my desk and will respond as soon as I return on Monday.", **T),
    ),
    (
        "auto",
        letter("Thanks for your message! I am currently travelling and will reply when I'm back on December 7.", **T),
    ),
    ("auto", letter("Hi, I'm on PTO this week. For urgent matters contact bob.", **T)),
    ("auto", letter("Please note my email address has changed to ann@new.example. This is an automated message.", **T)),
    ("auto", letter("As of 1 November I have left Customer Ltd.", subject="Re: hours", **T)),
    ("auto", letter("Dieses Postfach wird nicht überwacht.", **T)),
    (
        "auto",
        letter(
            "Your message to Ann has been received. We aim to respond within 2 business days.\n\nSupport Team",
            from_="Customer Support <support@customer.example>",
            **T,
        ),
    ),
    (
        "auto",
        letter(
            "A new case has been created for you. Case number: 00012345",
            from_="Salesforce <case@customer.example>",
            **T,
        ),
    ),
    # bounces
    ("hard", letter("User unknown", from_="<>", subject="Returned mail")),
    (
        "hard",
        letter(
            "Hello hello@kahvila.example,\n\nWe're writing to let you know that the group you tried to contact (bob) may not exist, or you may not have permission to post messages to the group.",
            from_="Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            subject="Delivery Status Notification (Failure)",
        ),
    ),
    (
        "soft",
        letter(
            "The recipient's mailbox is full and can't accept messages now.\nbob@gone.example",
            from_="postmaster@outlook.example",
            subject="Undeliverable: hours",
        ),
    ),
    (
        "soft",
        letter(
            "Ihre E-Mail an bob@gone.example konnte nicht zugestellt werden, da das Postfach voll ist.",
            from_="postmaster@web.example",
            subject="Nicht zustellbar",
        ),
    ),
    (
        "hard",
        letter(
            "您发送的邮件无法投递到 bob@gone.example\n该用户不存在",
            from_="postmaster@sina.example",
            subject=word("邮件投递失败"),
        ),
    ),
    (
        "hard",
        letter(
            "次のアドレスにメールを送信できませんでした。\nbob@gone.example\nメールアドレスが見つかりませんでした。",
            from_="mailer-daemon@jp.example",
            subject=word("メールを送信できませんでした"),
        ),
    ),
]


def samples() -> Iterator[Sample]:
    for number, (kind, raw) in enumerate(_CASES):
        yield Sample(f"{kind} {number}", _KINDS[kind], raw)
        yield Sample(
            f"{kind} {number}, from a mailbox file",
            _KINDS[kind],
            b"From someone@x.example Sun Nov 22 10:00:00 2026\n" + raw,
        )
