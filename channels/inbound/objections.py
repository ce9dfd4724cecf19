"""How somebody objects by law to our mails, or takes a consent back. Normalised (upper case, no marks)."""

import re

OBJECTS = re.compile(  # one person's own objection or withdrawal by law: GDPR articles 7(3) and 21(2), and their kin
    r"\b(?:I|WE) (?:HEREBY |FORMALLY |ALSO |STRONGLY )*(?:OBJECT TO\b(?: \w+){0,12} (?:MARKETING|ADVERTISING"
    r"|(?:MY|OUR|PERSONAL) (?:PERSONAL )?DATA)|(?:WITHDRAW|REVOKE) (?:\w+ ){0,3}CONSENT)\b"
    r"|(?:\b(?:ICH|WIR|HIERMIT) (?:\w+ ){0,4}WIDER(?:SPRECHEN?|RUFEN?)|\bWIDER(?:SPRECHEN?|RUFEN?) (?:ICH|WIR))\b"
    r"(?: \w+){0,14} (?:\w*WERB\w*|DATEN|EINWILLIGUNG|\w*VERARBEITUNG|NUTZUNG)\b"
    r"|\bJE (?:M ?OPPOSE|RETIRE|REVOQUE)\b(?: \w+){0,12} (?:PROSPECTION|\w*DONNEES|CONSENTEMENT|TRAITEMENT)\b"
    r"|\bME OPONGO\b(?: \w+){0,12} (?:DATOS|TRATAMIENTO|PUBLICIDAD)\b|\b(?:REVOCO|RETIRO) (?:MI |EL )+CONSENTIMIENTO\b"
    r"|\bMI OPPONGO\b(?: \w+){0,12} (?:DATI|TRATTAMENTO|MARKETING)\b|\bREVOCO (?:IL |MIO )+CONSENSO\b"
    r"|\b(?:OPONHO ME|ME OPONHO)\b(?: \w+){0,12} (?:DADOS|TRATAMENTO|MARKETING)\b|\bREVOGO (?:O |MEU )+CONSENTIMENTO\b"
    r"|\bMAAK (?:\w+ ){0,3}BEZWAAR\b(?: \w+){0,12} (?:\w*GEGEVENS|\w*MARKETING|RECLAME)\b"
    r"|\bTREK (?:\w+ ){0,3}TOESTEMMING\b|\bATERKALLAR (?:\w+ ){0,2}SAMTYCKE\b|\bINVANDER (?:\w+ )?MOT (?:\w+ ){0,6}"
    r"(?:\w*MARKNADSFORING|BEHANDLING\w*)\b|\b(?:TILBAGEKALDER|TREKKER) (?:\w+ ){0,2}SAMTYKKE\b"
    r"|\bKIELLAN (?:\w+ ){0,4}(?:SUORAMARKKINOIN\w+|KASITTELY\w*)\b|\bPERUUTAN (?:\w+ )?SUOSTUMUKSENI\b"
    r"|\b(?:WNOSZE SPRZECIW|SPRZECIWIAM SIE)\b(?: \w+){0,12} (?:MARKETING\w*|DANYCH|PRZETWARZANI\w*)\b"
    r"|\b(?:WYCOFUJE|COFAM) (?:\w+ )?ZGODE\b|\bОТЗЫВАЮ (?:\w+ ){0,2}СОГЛАСИЕ\b|\bВОЗРАЖАЮ ПРОТИВ (?:\w+ )?ОБРАБОТКИ\b"
)
OTHER_MATTER = re.compile(  # one may object to these and like our mails
    r"\b(?:RECORD\w*|PHOTO\w*|FOTO\w*|VIDEO\w*|CALLS?|COOKIES?|FEES?|APPLICATION|INVOICE|ORDER|CONTRACT|BEWERBUNG"
    r"|\w*VERTRAG\w*|RECHNUNG\w*|BESTELLUNG\w*|AUFZEICHNUNG\w*|COMMANDE|CONTRAT|FACTURE|PEDIDO|FACTURA|ORDINE|FATTURA"
    r"|TILAUS\w*|BESTALLNING\w*|ZAMOWIENI\w*|ЗАКАЗ\w*)\b"
)
