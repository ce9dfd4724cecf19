"""Finnish. Words bend a lot, so most entries are beginnings."""

from policies.likeness.words.vocabulary import Vocabulary, meaning, numbered, opposed, phrases, valued, words

_UNITS = (
    "kaksi|kahden|kahta|kahdessa|kahdella|kahteen|kahdesta kolme|kolmen|kolmea|kolmessa|kolmeen "
    "neljä|neljän|neljää|neljässä viisi|viiden|viittä|viidessä|viiteen "
    "kuusi|kuuden|kuutta|kuudessa|kuuteen seitsemän|seitsemää|seitsemään kahdeksan|kahdeksaa|kahdeksaan "
    "yhdeksän|yhdeksää|yhdeksään kymmenen|kymmentä|kymmeneen yksitoista|yhdentoista "
    "kaksitoista|kahdentoista"
)
_TENS = ["kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän"]

FINNISH = Vocabulary(
    code="fi",
    stemmer="finnish",
    common=words(
        "ja tai sekä myös on ovat oli olivat olla ole olemme olet se ne sen sitä niitä niiden siellä "
        "siinä siitä sille hän hänen hänestä he tämä tämän tätä nämä että jos niin kuin kun mutta vaan "
        "joten koska sillä siis me te minä sinä meidän teidän sinun meillä teillä sinulle teille sinut "
        "kanssa kanssasi joka jotka jonka mikä miten missä vain nyt jo vielä enää asti saakka alkaen "
        "lähtien mukaan kaikki kaikissa kaikista oma oman omasta omassa omalla omaan omat aina taas noin "
        "yli voi voit voivat saa saat näin ensin siten vuoksi niinä noiden samaan sama klo kello kohti "
        "tästä tähän jopa enintään lue"
    ),
    months=numbered(
        "tammikuu* helmikuu* maaliskuu* huhtikuu* toukokuu* kesäkuu* heinäkuu* elokuu* syyskuu* lokakuu* "
        "marraskuu* joulukuu*"
    ),
    weekdays=numbered("maanantai* tiistai* keskiviik* torstai* perjantai* lauantai* sunnuntai*"),
    numbers=numbered(_UNITS, first=2)
    | {f"{unit}toista": str(12 + n) for n, unit in enumerate(_TENS)}
    | {f"{unit}kymmentä": str(20 + 10 * n) for n, unit in enumerate(_TENS)},
    multipliers=valued(("100", "sata sataa"), ("1000", "tuhat tuhatta"), ("1000000", "miljoona miljoonaa")),
    fractions=valued(("1/2", "puolet puolella puoleen"), ("1/3", "kolmannes* kolmanneks*"), ("1/4", "neljännes*")),
    units=meaning(
        percent="prosent*",
        EUR="euro euroa euron euros* e",
        USD="dollari*",
        cent="sent* senti*",
        minute="minuut*",
        hour="tunti tuntia tunnin tunnis*",
        day="päivä päivää päivän päivis* päiväs*",
        week="viikko viikkoa viikon viikos*",
        month="kuukau*",
        year="vuosi vuotta vuoden vuodes*",
        mm="millimetri*",
        metre="metri metriä metrin metriltä",
        kg="kilo* kilogramma*",
        litre="litra*",
    ),
    days=meaning(
        today="tänään",
        tomorrow="huomenna huomiseksi",
        overmorrow="ylihuomenna",
        yesterday="eilen",
        morning="aamu aamulla aamuisin aamupäivä*",
        noon="puolipäiv* puoltapäiv* keskipäiv*",
        afternoon="iltapäiv*",
        evening="ilta illalla iltaisin",
        night="yöllä öisin yöhön yö",
    ),
    ranges=words("– - — ja viiva"),
    negations=words("ei eivät en et emme ette eikä älä älkää ilman eivätkä emmekä ettekä"),
    opposites=opposed(
        ("open", "avas* avaa* avat* avau* auki avoinna", "sulj* sulki* sulke* kiinni suljet*"),
        ("ship", "lähet* toimite*", "peru* peruut*"),
        ("rise", "nouse* nous* korot* kasva*", "lask* alen* pienen* väheni* tippu*"),
        ("before", "ennen", "jälkeen"),
        ("import", "tuoda tuonti* tuo", "viedä vienti* vie"),
        ("start", "aloit* alka* alkoi", "lopet* loppu päätty*"),
        ("add", "lisä*", "poist*"),
        ("accept", "hyväks*", "hylät* hylk*"),
        ("early", "aikaisemmin aiemmin", "myöhemmin myöhäs*"),
        ("cheap", "halvem* halpa* edullis*", "kalli*"),
        ("free", "ilmai* maksut* veloituk*", "maksulli*"),
        ("more", "enemmän", "vähemmän"),
        ("allow", "salli* sallit*", "kiellet* kiellä*"),
    ),
    greetings=phrases("hei|moi|terve|hyvä|hyvää huomenta|hyvää päivää|päivää|moikka|arvoisa"),
    sign_offs=phrases("ystävällisin terveisin|terveisin|terveiset|yhteistyöterveisin|kiitos|kiitos ja|nähdään|mukavaa"),
    dotted_dates=True,
)
