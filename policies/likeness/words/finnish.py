"""Finnish. Words bend a lot, so most entries are beginnings."""

from policies.likeness.words.vocabulary import Vocabulary, meaning, numbered, opposed, words

_UNITS = (
    "kaksi|kahden|kahta|kahdessa|kahdella|kahteen|kahdesta kolme|kolmen|kolmea|kolmessa|kolmeen neljä|neljän|neljää|neljässä "
    "viisi|viiden|viittä|viidessä|viiteen kuusi|kuuden|kuutta|kuudessa seitsemän|seitsemää kahdeksan|kahdeksaa "
    "yhdeksän|yhdeksää kymmenen|kymmentä yksitoista|yhdentoista kaksitoista|kahdentoista"
)
_TENS = ["kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän"]

FINNISH = Vocabulary(
    code="fi",
    stemmer="finnish",
    common=words(
        "ja tai sekä myös on ovat oli olivat olla ole olemme olet se ne sen sitä niitä niiden siellä siinä siitä sille hän "
        "hänen hänestä he tämä tämän tätä nämä että jos niin kuin kun mutta vaan joten koska sillä siis me te minä sinä "
        "meidän teidän sinun meillä teillä sinulle teille sinut kanssa kanssasi joka jotka jonka mikä miten missä vain nyt "
        "jo vielä enää asti saakka alkaen lähtien mukaan kaikki kaikissa kaikista oma oman aina taas noin yli voi voit "
        "voivat saa saat näin ensin siten vuoksi niinä noiden samaan sama klo kello kohti tästä tähän jopa enintään lue"
    ),
    months={
        f"{name}kuu*": str(n)
        for n, name in enumerate(
            ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"], start=1
        )
    },
    weekdays={
        f"{name}*": str(n)
        for n, name in enumerate(
            ["maanantai", "tiistai", "keskiviik", "torstai", "perjantai", "lauantai", "sunnuntai"], start=1
        )
    },
    numbers=numbered(_UNITS, first=2)
    | {f"{unit}toista": str(12 + n) for n, unit in enumerate(_TENS)}
    | {f"{unit}kymmentä": str(20 + 10 * n) for n, unit in enumerate(_TENS)},
    multipliers={"sata": "100", "sataa": "100", "tuhat": "1000", "tuhatta": "1000", "miljoona": "1000000", "miljoonaa": "1000000"},
    fractions={"puolet": "1/2", "puolella": "1/2", "puoleen": "1/2", "kolmannes*": "1/3", "kolmanneks*": "1/3", "neljännes*": "1/4"},
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
        ("buy", "osta* osti*", "myy* myi*"),
        ("free", "ilmai* maksut* veloituk*", "maksulli*"),
        ("more", "enemmän", "vähemmän"),
        ("allow", "salli* sallit*", "kiellet* kiellä*"),
    ),
    greetings=("hei", "moi", "terve", "hyvä", "hyvää huomenta", "hyvää päivää", "päivää", "moikka", "arvoisa"),
    sign_offs=(
        "ystävällisin terveisin", "terveisin", "terveiset", "yhteistyöterveisin", "kiitos", "kiitos ja", "nähdään", "mukavaa",
    ),
    dotted_dates=True,
)  # fmt: skip
