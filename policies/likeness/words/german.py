"""German. Nouns are written with a capital, so a capital says nothing about names."""

from policies.likeness.words.vocabulary import (
    Vocabulary,
    alike,
    bent,
    meaning,
    numbered,
    opposed,
    phrases,
    valued,
    valued_phrases,
    words,
)

_ONES = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
_TENS = ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]

_PARTS_OF_DAY = "nacht abend morgen früh vormittag mittag nachmittag"
_DAYS = ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]
_LENGTHS = "jährig* tägig* wöchig* monatig* stündig* minütig* fach* köpfig* stöckig*"

GERMAN = Vocabulary(
    code="de",
    stemmer="german",
    common=words(
        "der die das den dem des ein eine einen einem einer eines und oder aber auch ist sind war waren "
        "sein wird werden wurde wurden hat haben hatte ich wir sie er es ihr ihre ihren ihrem ihrer ihres "
        "uns unser unsere unseren unserem unserer ihnen mich mir dich dir du dein mein sich so wie als "
        "dass wenn dann da denn weil dort hier jetzt nun noch nur schon sehr mehr zu zum zur in im ins am "
        "an auf aus bei beim mit nach von vom vor über unter um für durch gegen bis ab seit bereits "
        "ebenfalls derselben diese diesen dieser dieses jede jeden jeder jedes alle allen man kann können "
        "müssen muss soll darf dies davor danach hinaus bitte uhr statt je wer was wo gern"
    ),
    months=numbered(
        "jan|januar|jänner feb|februar|feber mär|märz apr|april mai jun|juni jul|juli aug|august "
        "sep|sept|september okt|oktober nov|november dez|dezember"
    ),
    weekdays=numbered(
        "montag|montags|montagen dienstag|dienstags|dienstagen mittwoch|mittwochs donnerstag|donnerstags "
        "freitag|freitags|freitagen samstag|samstags|sonnabend|sonnabends sonntag|sonntags|sonntagen"
    )
    | {
        f"{day}{part}{s}": str(n)
        for n, day in enumerate(_DAYS, start=1)
        for part in _PARTS_OF_DAY.split()
        for s in ("", "s")
    },
    weekday_groups=valued(("1-5", "werktags wochentags werktag* wochentage wochentagen"), ("6-7", "wochenend*")),
    numbers=numbered("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", first=2)
    | {f"{stem}zehn": str(13 + n) for n, stem in enumerate(["drei", "vier", "fünf", "sech", "sieb", "acht", "neun"])}
    | {ten: str(20 + 10 * n) for n, ten in enumerate(_TENS)}
    | bent("dritt viert fünft sechst siebt acht neunt zehnt elft zwölft", "e er es em", first=3)
    | numbered("dritten vierten fünften sechsten siebten achtens neunten zehnten elften zwölften", first=3)
    | bent("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf", _LENGTHS, first=2)
    | valued(
        ("2", "zweimal doppelt verdoppel*"),
        ("1500", "anderthalbtausend eineinhalbtausend"),
        ("3", "dreimal"),
        ("12", "dutzend"),
    )
    | {f"{one}und{ten}": str(21 + 10 * n + m) for n, ten in enumerate(_TENS) for m, one in enumerate(_ONES)},
    multipliers=valued(("100", "hundert"), ("1000", "tausend"), ("1000000", "million millionen mio")),
    fractions=valued(
        ("1.5", "anderthalb eineinhalb"),
        ("1/2", "hälfte halb halbe halben halber halbes halbiert*"),
        ("1/3", "drittel"),
        ("1/4", "viertel"),
        ("1/5", "fünftel"),
        ("1/10", "zehntel"),
    ),
    units=meaning(
        percent="prozent",
        EUR="euro",
        USD="dollar",
        GBP="pfund",
        cent="cent",
        second="sekunde sekunden",
        minute="minute minuten",
        hour="stunde stunden",
        day="tag tage tagen",
        week="woche wochen",
        month="monat monate monaten",
        year="jahr jahre jahren",
        mm="millimeter",
        metre="meter metern",
        kg="kilo kilogramm",
        gram="gramm",
        litre="liter litern",
    ),
    lengths=meaning(
        year="jährig", day="tägig", week="wöchig", month="monatig", hour="stündig", minute="minütig", second="sekündig"
    ),
    month_ends=phrases("ende"),
    days=meaning(
        today="heute",
        tomorrow="morgen",
        overmorrow="übermorgen",
        yesterday="gestern",
        morning="vormittag vormittags morgens",
        noon="mittag mittags",
        afternoon="nachmittag nachmittags",
        evening="abends abend",
        night="nacht nachts",
    ),
    afternoon=words("abends nachmittags"),
    ranges=words("bis und - – —"),
    negations=words("nicht kein keine keinen keinem keiner keines nie niemals ohne nichts weder"),
    again=words("wieder wiedereröffnet wiedereröffnung"),
    opposites=opposed(
        ("open", "geöffnet öffn* eröffn* offen", "geschlossen schließ* schloss*"),
        ("ship", "verschick* versandt versend* ausgeliefert", "stornier* abgesagt"),
        ("rise", "steig* gestiegen erhöh* teurer stieg", "sink* senk* gesunken gesenkt billiger fällt gefallen"),
        ("before", "vor vorher davor", "nach nachher danach"),
        ("import", "import* einles*", "export*"),
        ("start", "beginn* startet start gestartet", "beendet eingestellt"),
        ("add", "hinzu*", "entfernt entfernen gelöscht löschen"),
        ("include", "enthält enthalten inklusive", "ausgenommen exklusive"),
        ("accept", "angenommen genehmigt annehmen", "abgelehnt ablehnen"),
        ("early", "früh früher", "spät später"),
        ("free", "kostenlos gratis kostenfrei gebührenfrei", "kostenpflichtig gebührenpflichtig"),
        ("more", "mehr schneller", "weniger langsamer"),
        ("enable", "einschalt* aktivier*", "ausschalt* deaktivier*"),
        ("allow", "erlaubt erlauben", "verboten verbieten"),
        ("despite", "trotz", "wegen"),
    ),
    synonyms=alike(
        "kaufen kaufe* kauft* gekauft* erwerben erwirb* erworben* kauf|laden geschäft geschäfte läden filiale "
        "filialen|kunde kunden kundin kundinnen käufer*|beginnen beginnt* begann* start* gestartet*|schnell "
        "schnelle* rasch* zügig*|zeigen zeigt* gezeigt* präsentier* vorstell* vorgestell*|berater* fachleut* "
        "fachmann experte* spezialist*|firma firmen unternehmen betrieb betriebe|sagen sagt* mitteil* "
        "mitgeteil* informier* melden meldet*|wollen wollt* möcht* wünsch*|abholen abhol* abgeholt*|antworten "
        "antwort* beantwort*|anrufen anruf* angerufen telefon*|bekommen bekomm* erhalt* erhält* "
        "krieg*|reparieren reparier* reparat* instand*|auto autos wagen fahrzeug*|wählen wählt* gewählt* "
        "auswähl* ausgewählt*|nutzen nutzt* nutzung benutz* verwend*|anbieten anbiet* angeboten bieten "
        "bietet*|mitarbeiter* personal team kolleg*|termin termine treffen|groß große* grösse*|einfach "
        "einfache* leicht*|ganz ganze* komplett* vollständig*|helfen hilft* hilfe unterstütz*|liefern liefer* "
        "geliefert* zustell* zugestell*|gast gäste* besucher*|zimmer raum räume*|preis* tarif*|senken senk* "
        "gesenkt* reduzier* verringer*|verlängern verlänger* ausgedehnt*|einstellen eingestellt* "
        "angestellt*|bauen baut gebaut* errichte*|funktion* feature*|fehler* mängel mangel|gebiet* region* "
        "gegend*|frage* anfrage*|regel* vorschrift*|garantie* gewährleist*|paket* päckchen sendung*|seite* "
        "webseite* website*|prüfen prüf* geprüft* kontrollier*|schulen schulung* training* kurs kurse*|sofort "
        "umgehend unverzüglich|ersetzen ersetz* austausch* ausgetausch*|brauchen brauch* benötig*|herstellen "
        "herstell* hergestell* fertig* produzier* gefertigt*|ware* produkt* artikel*|verbessern "
        "verbesser*|erklären erklär* erläuter*|ändern änder* geändert*|lampe* leuchte*|lkw lastwagen|mieten "
        "miet* gemietet*|rechnung* faktura*|stelle stellen job jobs|website homepage|neu neue* neuen "
        "frisch*|kontakt* ansprech*|zusätzlich* extra|öffnungszeit* geschäftszeit*|bild bilder abbildung* foto "
        "fotos|erproben erprobt* testen getestet* ausprobiert*|defekt kaputt|strom elektrizität|umziehen "
        "umgezogen verlegt|mitbringen mitnehmen|störung störungen ausfall ausfälle panne pannen|belegen "
        "nachweisen beweisen|anleitung handbuch|gratis kostenlos* gebührenfrei umsonst|freund bekannten|neben "
        "bei direkt|größer größere größeren geräumig*|veranstaltung veranstaltungen event|mitglied mitglieder "
        "mitgliedern|techniker* monteur* mechaniker*|laptop* notebook*|daheim hause zuhause|empfang "
        "rezeption|führung* rundgang rundgänge besichtigung*|falsch falsche* fehlerhaft* unrichtig*|automatisch "
        "selbst selbsttätig|anmelden anmeld* angemeldet* registrier*|rabatt* nachlass* ermäßigung*|tipp* "
        "ratschlag* ratschläge|arzt ärzt* doktor|urlaub ferien|wohnung* apartment*|handy* smartphone* "
        "mobiltelefon*|bildschirm* display* monitor*|geschenk* präsent präsente|buchen bucht buchung* gebucht* "
        "reservier*|bestellung* auftrag aufträge aufträgen order|undicht tropf* leck|finden findet erkenn* "
        "entdeck*|sofa sofas couch"
    ),
    one_word=valued_phrases(
        (
            "kostenlos",
            (
                "ohne gebühr|ohne gebühren|ohne aufpreis|ohne mehrkosten|"
                "ohne zusatzkosten|keine gebühr|keine gebühren|ohne kosten"
            ),
        ),
        ("sofort", "ab sofort|umgehend|auf der stelle"),
        ("werktags", "an arbeitstagen|an geschäftstagen|jeden werktag"),
        ("täglich", "jeden tag|an sieben tagen der woche|sieben tage die woche|7 tage die woche"),
        ("rund um die uhr", "24 stunden am tag|tag und nacht"),
    ),
    greetings=phrases(
        "hallo|guten tag|guten morgen|guten abend|sehr geehrte|sehr geehrter|liebe|lieber|moin|grüß gott"
    ),
    sign_offs=phrases(
        "mit freundlichen grüßen|freundliche grüße|viele grüße|beste grüße|herzliche grüße|"
        "liebe grüße|mit besten grüßen|danke|vielen dank|schöne grüße|ihr team"
    ),
    dotted_dates=True,
    names_by_capital=False,
    clauses_begin_with=words("und oder aber sondern denn dass weil wenn damit sie wir"),
)
