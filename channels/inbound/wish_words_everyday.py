"""The words of requests to be left out as people write them in a hurry, where a word of one language would mean
something else in another: Spanish, French, Portuguese. As `wish_words`."""

EVERYDAY: dict[str, dict[str, str]] = {
    "es": {
        "remove": r"(?:SACA|SAQUE|QUITA|QUITE|BORRA|BORRE|ELIMINA|ELIMINE)(?:N|D)?(?:ME|NOS)?",
        "self": r"ME|NOS|MI|\w{3,}(?:ME|NOS)",
        "list": r"LISTA|LISTAS|BASE|DATOS",
        "mail": r"MENSAJES?|CORREOS?|PUBLICIDAD|PROPAGANDA|OFERTAS|NADA",
        "not": r"NO|NUNCA|NINGUN\w*|TAMPOCO",
        "stop": r"STOP",
        "send": r"(?:MAND|ENVI|MOLEST)(?:E[SN]?|AR(?:ME|NOS)?|ANDO(?:ME)?)|ESCRIB(?:A[SN]?|IR(?:ME|NOS)?|IENDO)",
        "contact": r"(?:CONTACT|MOLEST)(?:E[SN]?|AR(?:ME|NOS)?)|ESCRIB(?:A[SN]?|IR|IRME|IRNOS)",
        "want": r"QUIER\w*|QUEREMOS|DESE[OA]\w*",
        "receive": r"RECIB\w*",
        "more": r"MAS|YA|OTRA|VEZ|OTROS?",
        "filler": r"POR|FAVOR|DE|DEL|LAS?|EL|LOS|QUE|ME|SUS?|TUS?|EST[AEO]S?|GRACIAS|HOLA|A|AL|Y|CON|SE|LE|USTEDES"
        r"|UNA?",
    },
    "fr": {
        "remove": r"(?:RETIRE|ENLEVE|SUPPRIME|VIRE|RAYE)[ZR]?",
        "self": r"ME|M|MOI|NOUS",
        "list": r"LISTES?|FICHIERS?|BASE|DIFFUSION",
        "mail": r"MESSAGES?|COURRIELS?|PUBS?|PUBLICITES?|RELANCES?|RIEN",
        "not": r"NE|NI|PAS|JAMAIS|AUCUN\w*",
        "stop": r"ARRETE[RZ]?|CESSE[RZ]?|STOP",
        "send": r"[MN]?(?:ENVOY(?:ER|EZ)|ENVOIE|ECRI(?:RE|VEZ|S)|RELANCE[RZ]?)|SPAMME[RZ]?",
        "contact": r"[MN]?(?:ECRI(?:RE|VEZ|S)|(?:CONTACT|RELANC|DERANG|SOLLICIT)E[RZ]?)|SPAMME[RZ]?",
        "want": r"VEUX|VOULONS|SOUHAIT\w*|DESIR\w*",
        "receive": r"RECEVOIR|RECOIVE",
        "more": r"PLUS|ENCORE|DAVANTAGE",
        "filler": r"SVP|STP|SIL|PLAIT|MERCI|DE|DES|DU|LES?|LA|VOS|VOTRE|JE|A|AU|EN|CES?|CETTE|BONJOUR|QUE|ET|D",
    },
    "pt": {
        "remove": r"(?:TIR|EXCLU|REMOV|RETIR|APAG)\w*",
        "self": r"ME|MIM|NOS|MEU|MINHA",
        "list": r"LISTAS?|BASE|CADASTRO|D?ESSA|D?ESTA",
        "mail": r"MENSAGE\w*|E?MAILS?|PROPAGANDAS?|ANUNCIOS?|NADA|PUBLICIDADE",
        "not": r"NAO|NUNCA|NEM|NENHUM\w*",
        "stop": r"STOP|PAR(?:E|EM)",
        "send": r"(?:MAND|ENVI)(?:A|E|EM|AR|ANDO)|ESCREV(?:A|AM|ER|ENDO)|ENCHER",
        "contact": r"ESCREV(?:A|AM|ER)|(?:CONTA|CONTAC|INCOMOD|PERTURB)T?(?:E|EM|AR)|ENCHER",
        "want": r"QUER\w*|DESEJ\w*|GOSTARIA\w*",
        "receive": r"RECEB\w*",
        "more": r"MAIS|OUTR\w*",
        "filler": r"POR|FAVOR|DE|D[AO]S?|AS?|OS?|QUE|ME|SUAS?|SEUS?|ESSAS?|ESSES?|COM|OBRIGAD[OA]|OLA|EU|NOS|E"
        r"|TAMBEM",
    },
}
