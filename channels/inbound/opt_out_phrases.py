"""Turns of phrase in requests to be left out, each put in the words that `opt_out_vocabulary` knows, or taken away
where it changes nothing. Normalised (upper case, no marks)."""

import re

_ENDS_LETTER = (  # "cancel the newsletter"; of an order or a box nobody speaks here
    r"\b(?:CANCEL|END|KUNDIG\w*|RESILI\w*|ANNUL\w*|CANCELAR|CANCELLARE|OPZEG\w*|PERU\w*|AVSLUTA|SAGA UPP|OPSIGE"
    r"|SI OPP|REZYGNUJE Z|ZREZYGNOWAC Z)"
    r"(?: (?:MY|THE|YOUR|THIS|DEN|IHREN|DIESEN|MEIN|LA|VOTRE|EL|SU|DE|MITT|NYHETS)){0,3}"
    r" (?:E ?MAIL )?(?:NEWSLETTER\w*|NYHETSBREV\w*|NYHEDSBREV\w*|UUTISKIRJE\w*|NIEUWSBRIE\w*|BOLETIN\w*)"
    r"(?: SUBSCRIPTION| ABO)?\b"
)
_LETTER_ENDED = r"\b(?:NEWSLETTER\w*|NIEUWSBRIE\w*) (?:ABO )?(?:KUNDIGEN|OPZEGGEN|STOPPEN|STOPZETTEN|BEENDEN)\b"
_NOT_IN_CZECH = (  # "neposílejte", not "neposíláte": that tells
    r"\bNE(?:POSIL|PIS|ZASIL|KONTAKTUJ)(?!\w*[AE]TE\b)\w*(?: (?:MI|NAM|ME|NAS|UZ|JIZ|ZADNE|DALSI|E|E?MAILY|ZPRAVY"
    r"|NA))*\b"
)
_REFUSALS = (  # "do not write to us any more" in one word with its ending, and what goes with it
    _NOT_IN_CZECH,
    r"\bNE KULDJ\w*(?: (?:NEKEM|NEKUNK|TOBB|E|E?MAILT|LEVELET|UZENETET|REKLAMOT))*\b",
    r"\b(?:BANA |BIZE |ARTIK |LUTFEN )*(?:E POSTA|E?MAIL|MESAJ|REKLAM) (?:GONDERMEYIN|ATMAYIN|YOLLAMAYIN)\w*",
    r"\b(?:BENI |BIZI )?(?:E POSTA |MAIL )?LISTE(?:NIZDEN|DEN) (?:CIKAR|SIL)\w*|\bABONELIKTEN CIK\w*",
    r"\bNU (?:IMI |MI |NE )?MAI (?:TRIMITE|SCRIE|CONTACTA)\w*(?: (?:MI|NE|E?MAILURI|MESAJE|NIMIC))*\b",
)
_NEVER_ASKED = (  # a reason that changes nothing
    r"\b(?:(?:I|WE) (?:HAVE )?(?:DID NOT|DIDNT|NEVER) (?:OPT(?:ED)? IN|SIGN(?:ED)? UP|SUBSCRIBED?|REGISTER(?:ED)?"
    r"|ASK(?:ED)?"
    r"|REQUEST(?:ED)?|AGREED?)|(?:ICH|WIR) (?:HABEN? )?(?:MICH |UNS |SIE )?(?:NIE|NICHT|NIEMALS) (?:ANGEMELDET"
    r"|EINGETRAGEN"
    r"|ZUGESTIMMT|BESTELLT|DARUM GEBETEN)|JE NE ME SUIS (?:JAMAIS|PAS) INSCRITE?|NUNCA ME (?:HE )?(?:SUSCRI|REGISTR"
    r"|APUNT)\w+"
    r"|NON MI SONO MAI (?:ISCRITT|REGISTRAT)[OA]|NUNCA ME (?:INSCREVI|CADASTREI)|IK HEB ME (?:NOOIT|NIET) (?:AANGEMELD"
    r"|INGESCHREVEN)|JAG HAR ALDRIG (?:ANMALT MIG|BETT OM)|EN OLE (?:KOSKAAN )?(?:TILANNUT|LIITTYNYT))\b"
    r"(?: (?!BUT|UNLESS|STILL)\w+){0,8}$"
)
_ASKED_BEFORE = (
    r"\b(?:I|WE|IVE|WEVE|I HAVE|WE HAVE) (?:ALREADY )?(?:ASKED|TOLD|REQUESTED)(?: YOU)?"
    r"(?: (?:ONCE|TWICE|\w+ TIMES|ALREADY|BEFORE|REPEATEDLY|SEVERAL|MANY))* TO\b"
    r"|\bICH HABE (?:SIE )?(?:(?:BEREITS|SCHON|\w*MAL|MEHRFACH) )+(?:DARUM )?GEBETEN\b"
)
_ALL_YOU_HOLD = (
    r"\b(?:DELETE|ERASE|REMOVE) (?:(?:ALL|ANY|THE|OF|MY|PERSONAL) )*(?:DATA|INFORMATION|DETAILS|RECORDS) (?:THAT )?YOU"
    r" (?:\w+ )?(?:HOLD|HAVE|STORE|KEEP) (?:ON|ABOUT|OF) (?:ME|US)\b"
    r"(?: (?:UNDER|PER|PURSUANT TO|ACCORDING TO)(?: (?:THE|GDPR|CCPA|EU|UK|ARTICLE|ART|\d+))+)?"
)
_IN_PEACE = (  # "leave me alone", said to one who writes
    r"\bLEAVE (?:ME|US) (?:ALONE|IN PEACE)\b|\bLASS\w*(?: SIE)? (?:MICH|UNS) (?:\w+ ){0,2}IN (?:RUHE|FRIEDEN)\b"
    r"|\b(?:LAISSE|FOUTE)Z? (?:MOI|NOUS) (?:TRANQUILLES?|EN PAIX|LA PAIX)\b|\bDEJ(?:A|E|EN|AD)(?:ME|NOS) EN PAZ\b"
    r"|\b(?:ME DEIX(?:A|E|EM)|DEIX(?:A|E|EM) ME) EM PAZ\b|\bLASCIA(?:TE)?(?:MI|CI) (?:IN PACE|STARE)\b"
    r"|\bLAAT (?:ME|MIJ|ONS) (?:\w+ )?MET RUST\b|\bLAMNA (?:MIG|OSS) I ?FRED\b|\bLAD (?:MIG|OS) VAERE\b"
    r"|\bLA (?:MEG|OSS) VAERE\b|\bJATTAKAA (?:MINUT|MEIDAT) RAUHAAN\b|\b(?:DAJCIE|DAC) (?:MI|NAM) (?:\w+ )?SPOKOJ\b"
    r"|\bОСТАВЬТЕ (?:МЕНЯ|НАС) В ПОКОЕ\b"
)
_SPAM = (  # reasons that change nothing: as a clause of their own
    r"^(?:AND )?(?:(?:THIS|IT|THAT) IS|THATS|ITS|THIS IS JUST|DAS IST|(?:CEST|C EST)(?: DU)?|ESTO ES|ES|ISSO E|E|DET AR"
    r"|DET ER|DIT IS|QUESTO E|TAMA ON|TO JEST|ЭТО) (?:PURE |JUST |UN |REINER |PURO )?SPAM(?:MIA)?$|^ЭТО СПАМ$"
)
_NOT_FOR_US = (
    r"\b(?:THIS |IT )?(?:IS )?NOT FOR (?:US|ME)\b$|\bCE NEST PAS POUR (?:NOUS|MOI)\b$|\bNICHTS FUR (?:UNS|MICH)\b$"
    r"|\bNO ES PARA (?:NOSOTROS|MI)\b$|\bNON FA PER (?:NOI|ME)\b$|\bNAO E PARA (?:NOS|MIM)\b$"
)
_SO_MANY = (
    r"^(?:THIS IS |THATS )?(?:(?:THE|YOUR|MY) )?(?:SECOND|THIRD|FOURTH|FIFTH|\d+(?:ND|RD|TH)) (?:E ?MAIL|MAIL"
    r"|MESSAGE|ONE)"
    r"(?: (?:FROM YOU|TODAY|THIS (?:WEEK|MONTH|YEAR)|IN A (?:WEEK|MONTH)))*$"
)
_NO = (
    r"^(?:NO|NON|NEIN|NEE|NAO|NEJ|NEI|EI|NIE|НЕТ)(?: (?:DANKE|THANKS|THANK YOU|MERCI|GRAZIE|GRACIAS|BEDANKT|TACK|TAKK?"
    r"|KIITOS|OBRIGAD[OA]|DZIEKUJE|СПАСИБО))?$"
)
PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(  # parted verbs and pairs of words as one word
    (re.compile(pattern), one)
    for pattern, one in (
        (r"\bE MAIL", "EMAIL"), (r"\b(?:E?MAIL|MAILING) GROUP\b", "LIST"), (r"\b(?:AS WELL|TOO)$", ""),
        (r"\b(?:CAN|COULD|WOULD|WILL) (?:SOME|ANY)(?:ONE|BODY)\b", "PLEASE"),
        (r"\bEVERY (?:SINGLE |OTHER )?(?:DAY|WEEK|HOUR|MINUTE|SECOND)\b", ""),
        (r"\bOPT(?:ED|ING)? (?:ME |US )?OUT\b", "OPTOUT"),
        (r"\b(?:TAK(?:E|ING)|LEAVE|KEEP)((?: \w+){1,5}) OFF\b", r"REMOVE\1"), (r"\bTAKE OFF\b", "REMOVE"),
        (r"\b(?:MELDEN?|MELDET) (?:SIE )?(MICH|UNS)((?: \w+){0,6}) AB\b", r"ABMELDEN \1\2"),
        (r"\b(?:TRAGEN?|TRAGT) (?:SIE )?(MICH|UNS)((?: \w+){0,6}) AUS\b", r"ABMELDEN \1\2"),
        (r"\b(?:NEHMEN|NEHMT|NIMM) (?:SIE )?(MICH|UNS)((?: \w+){0,6}) (?:HERAUS|RAUS|AUS|VON)\b", r"LOSCHEN \1\2"),
        (r"\b(?:AUS|VON) ((?:\w+ ){0,3}\w*(?:VERTEILER|LISTE)\w*) (?:\w+ )?(?:HERAUS|RAUS|ZU)?NEHMEN\b", r"LOSCHEN \1"),
        (r"\bSCHRIJF(?:T)? (?:U )?(MIJ|ME|ONS)((?: \w+){0,6}) UIT\b", r"UITSCHRIJVEN \1\2"),
        (r"\bMELD(?:T|E)? (?:U )?(MIJ|ME|ONS|MEG|MIG|OS)((?: \w+){0,6}) (?:AF|AV|FRA)\b", r"AFMELDEN \1\2"),
        (r"\bHAAL(?:T)? (?:U )?(MIJ|ME|ONS)\b", r"VERWIJDER \1"), (r"\bTA(R)? BORT\b", "STRYK"),
        (r"\bOTTAKAA (MINUT|MEIDAT) POIS\b", r"POISTAKAA \1"),
        (r"\bTA((?: \w+){1,2}) BORT\b", r"STRYK\1"),
        (r"\b(?:DAR|DARSE|DARME|DARNOS|DENME|DEME|DAME|DEN|DADME)(?: ME| NOS)? DE BAJA\b", "ABMELDEN ME"),
        (r"\b(?:CAUSAR |SOLICITO |PIDO |QUIERO )(?:LA |MI )?BAJA\b", "ABMELDEN ME"),
        (r"\b(?:(?:I AM|IM|WE ARE|I HAVE) )?(?:NOT INTERESTED|NO INTEREST)\b(?: IN (?:IT|THIS|THESE))?", ""),
        (r"\b(?:JE NE SUIS|NOUS NE SOMMES) PAS INTERESSEE?S?\b", ""),
        (r"\b(?:(?:WIR HABEN|ICH HABE) )?KEIN INTERESSE\b|\bPAS INTERESSEE?S?\b|\bNO (?:ME|NOS) INTERESA\b", ""),
        (r"\bNON (?:MI|CI) INTERESSA\b|\bSEM INTERESSE\b|\bGEEN (?:INTERESSE|BELANGSTELLING)\b", ""),
        (r"\b(?:INTE|IKKE) INT(?:E)?RESSER\w+|\bEI KIINNOSTA\b|\bНЕ ИНТЕРЕСНО\b|\bBRAK ZAINTERESOWANIA\b", ""),
        (r"\bNO MORE\b", "NO ANY"), (r"\bANY MORE\b", "ANYMORE"), (r"\b(?:DO|DID|DOES) NOT\b", "NOT"),
        (r"\bN (?=ENVOY|ECRI)", "NE "), (r"\bM (?=ENVOY|ECRI|ADRESS)", "ME "), (r"\bJ AI\b", "JE"),
        (r"\bSMS A (?=MIG|OSS)", "SMSA "), (r"\bD (?=EMAIL|MAIL|ENVO|ETRE)", "DE "),
        (r"\bE POST(?:ER|EN|E|A|T)?\b", "EMAIL"),
        (r"\bSEHEN SIE (?:BITTE )?VON((?: \w+){1,5}) AB\b", r"STOP\1"),
        (r"\bSTELL(?:EN|T) (?:SIE |IHR )?((?:\w+ ){1,7})EIN\b", r"STOP \1"),
        (r"\bVERZICHTEN?\b(?: (?:ICH|WIR|GERNE|DANKEND))* AUF\b", "NOT"),
        (_NEVER_ASKED, ""), (_ASKED_BEFORE, "PLEASE"), (_ALL_YOU_HOLD, "UNSUBSCRIBE"),
        (_IN_PEACE, "UNSUBSCRIBE"), (r"\bEN OLE KIINNOSTUN\w+", ""), (_SPAM, ""), (_NOT_FOR_US, ""), (_SO_MANY, ""),
        (_NO, ""), (r"^IN THE MEANTIME\b|^YOU KEEP \w+ING(?: (?:ME|US))?$", ""),
        (r"^(?:ICH|WIR) (?:WILL|WOLLEN|MOCHTEN?) DAS NICHT(?: MEHR)?$", ""),
        (r"^(?:I|WE) (?:DO NOT|DONT) WANT (?:THIS|IT|THESE|THAT)$|^NO MORE$", ""),
        (r"\b(REMOVE|DELETE|ERASE) MY E ?MAIL$", r"\1 MY ADDRESS"), (r"\bTO BE (?:REMOVED|DELETED)$", "REMOVE ME"),
        (r"\bHOR(?:EN|T|E)?(?: SIE| IHR)?(?: BITTE| ENDLICH| DAMIT){0,3} AUF(?: DAMIT)?\b", "STOP"),
        (r"\bHEAR(?:ING)? FROM (?:YOU|ANY OF YOU)\b", "RECEIVE EMAIL"),
        (r"\bFOLLOW(?:ING)? UP WITH (?=ME\b|US\b)", "CONTACTING "), (r"\bDARRET", "ARRET"),
        (r"\bETRE (?:CONTACTE|SOLLICITE|DERANGE|DEMARCHE|IMPORTUNE)E?S?\b", "RECEVOIR EMAIL"),
        (r"^PLUS DE (?=MESSAGES|E ?MAILS|MAILS|COURRIELS|PUB|SPAM)", "NE PLUS "),
        (r"\bAND CONFIRM\b(?: \w+){0,6}$|\bWRONG PERSON\b| BEFORE$", ""),
        (r"^(?:PLEASE|PLS|PLZ|KINDLY) REMOVE$", "REMOVE ME"),
        (r"\b(?:THANKS|THANK YOU|THX) BUT NO THANKS?(?: YOU)?\b", ""),
        (r"\bHORE?[NT] (?:SIE |IHR )?(?:BITTE )?(?:ENDLICH )?AUF\b", "STOP"),
        (r"\bNON (?:SONO|SIAMO) INTERESSAT[OAIE]\b|\bNO EST(?:OY|AMOS) INTERESAD[OA]S?\b", ""),
        (r"\bNAO (?:TE(?:NHO|MOS) INTERESSE|EST(?:OU|AMOS) INTERESSAD[OA]S?)\b", ""),
        (r"\bUIT TE SCHRIJVEN\b", "UITSCHRIJVEN"),
        (r"\bBASTA (?:CON )?(?:QUESTE |LE |VOSTRE )*(?:E ?MAIL|MAIL|PUBBLICITA|MESSAGGI)\b", "STOP MAIL"),
        (r"\bCANCEL MY SUBSCRIPTION TO (?:YOUR|THE|THESE) (?:E ?MAILS?|MAILS|MAILINGS?|LIST)\b", "UNSUBSCRIBE"),
        (_ENDS_LETTER, "UNSUBSCRIBE"), (_LETTER_ENDED, "UNSUBSCRIBE"),
        *((refusal, "OPTOUT") for refusal in _REFUSALS),
        (r"\b(?:OR(?: ELSE)?|OTHERWISE) (?:ILL|(?:I|WE) (?:WILL|SHALL|LL|AM|ARE|HAVE))(?: \w+){1,10}$", ""),
        (r"\b(?:SONST|ANDERNFALLS|SINON|ALTRIMENTI|ANNARS|MUUTEN|ИНАЧЕ)(?: \w+){1,10}$", ""),
        (r"\bL (?=INDIRIZZO|ADRESSE)", "LA "), (r"\bDALL\b", "DAL"),
    )
)  # fmt: skip
