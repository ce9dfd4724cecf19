"""Finnish. Words bend a lot, so most entries are beginnings."""

from policies.likeness.words.finnish_numbers import NUMBERS
from policies.likeness.words.vocabulary import (
    Vocabulary,
    alike,
    meaning,
    numbered,
    opposed,
    phrases,
    valued,
    valued_phrases,
    words,
)

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
    weekday_groups=valued(("1-5", "arkisin arkena arkip*"), ("6-7", "viikonlop*")),
    numbers=NUMBERS,
    multipliers=valued(("100", "sata sataa"), ("1000", "tuhat tuhatta"), ("1000000", "miljoona miljoonaa")),
    fractions=valued(
        ("1.5", "puolitoista puolentoista"),
        ("1/2", "puolet puolella puoleen"),
        ("1/3", "kolmannes* kolmanneks* kolmasosa*"),
        ("1/4", "neljännes* neljänneks* neljäsosa*"),
        ("1/5", "viidennes* viidenneks* viidesosa*"),
        ("1/10", "kymmenesosa* kymmenys*"),
    ),
    units=meaning(
        percent="prosent*",
        EUR="euro euroa euron euros* eurolla eurolta euroon euroja eurot e",
        USD="dollari*",
        cent="sent* senti*",
        second="sekun*",
        minute="minuut*",
        hour="tunti tuntia tunnin tunnis* tunnit tunteja tuntien tuntiin",
        day="vuorokau* päivä päivää päivän päivis* päiväs* päivät päiviä päivien päivänä päiväksi päivään",
        week="viikko viikkoa viikon viikos* viikot viikkoja viikkojen viikoksi viikolla viikkoon",
        month="kuukau*",
        year="vuosi vuotta vuoden vuodes* vuodeksi vuodet vuosia vuosien vuonna vuoteen",
        mm="millimetri*",
        metre="metri metriä metrin metriltä",
        kg="kilo* kilogramma*",
        gram="gramma*",
        litre="litra*",
    ),
    lengths=meaning(
        year="vuoti", day="päiväi", week="viikkoi", month="kuukauti", hour="tunti tunni", minute="minuutti minuuti"
    ),
    month_ends=phrases("lopp|lopu"),
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
    afternoon=words("illalla iltapäivällä"),
    ranges=words("– - — ja viiva"),
    negations=words("ei eivät en et emme ette eikä älä älkää ilman eivätkä emmekä ettekä"),
    again=words("jälleen taas uudelleen uudestaan"),
    opposites=opposed(
        ("open", "avas* avaa* avat* avau* auki avoinna", "sulj* sulki* sulke* kiinni suljet*"),
        ("ship", "lähet* toimite*", "peru* peruut*"),
        ("rise", "nouse* nous* korot* kasva*", "lask* alen* pienen* väheni* tippu*"),
        ("before", "ennen", "jälkeen"),
        ("import", "tuoda tuonti* tuo", "viedä vienti* vie"),
        ("start", "aloit* alka* alkoi", "lopet* lakka*"),
        ("add", "lisätään lisätty lisäsimme lisättiin lisäämme lisäävät lisännyt", "poist*"),
        ("accept", "hyväks*", "hylät* hylk*"),
        ("early", "aikaisemmin aiemmin", "myöhemmin myöhäs*"),
        ("cheap", "halvem* halpa* edullis*", "kalli*"),
        ("free", "ilmai* maksut* veloituk*", "maksulli*"),
        ("more", "enemmän", "vähemmän"),
        ("allow", "salli* sallit*", "kiellet* kiellä*"),
    ),
    synonyms=alike(
        "hakea haet haetaan hake* haku* haki* nouta* noude* nouda*|ostaa osta* osto* hankki* hanki*|asiakas "
        "asiakka* ostaja*|nopeasti nopea* nopeam* pikai* ripeä* ripeä|näyttä* näytä* esittel* esitel*|neuvoja "
        "neuvoja* asiantuntij* konsult*|yritys yrity* firma*|kertoa kerto* kerro* kertok* ilmoit*|haluta halua* "
        "halut* toivo*|myymälä myymälä* myymälö* kauppa* kaupa* liike liikkee*|auttaa autta* auta* "
        "avusta*|vastata vastaa* vastat* vastau*|soittaa soitt* soita* puhelu*|korjata korja* kunnost*|auto "
        "autoa autot auton ajoneuvo*|valita valits* valit* valik*|käyttää käyttä* käytä* hyödyn* hyödyt*|lasku "
        "laskua laskun laskut laskuja laskujen|tarjota tarjoa* tarjot*|työntekijä työntekij* henkilökun* "
        "henkilöst* väkemme|tapaaminen tapaami* palaver* kokous kokouk*|suuri suur* iso isoa ison isot|helppo "
        "help* vaivatt* yksinkert*|kokonaan täysin|jokainen jokai* joka|matka matka* matko* reissu*|valmis "
        "valmii* valmistu*|toimittaa toimita* toimitu* jaka*|vieras vieraa* vierai* kävijä*|huone huone*|hinta "
        "hinta* hinna* hinno*|pidentää piden* pident* jatke*|palkata palkka* palkat* rekrytoi*|rakentaa "
        "raken*|ominaisuus ominaisuu* toiminto toiminno*|virhe virhe* vika vian vikoja|alue alue* seutu "
        "seudu*|kysymys kysymy* kysy kysyk* tiedustel*|sääntö säännö* määräy*|takuu takuu*|paketti paket* "
        "lähetys|sivusto sivusto* verkkosivu*|tarkastaa tarkast* tarkist*|koulutus koulut* kurssi*|vaihtaa "
        "vaihd* vaiht* korva*|tarvita tarvit* tarvits* tarpe* edellyt*|valmistaa valmista* tuottaa tuota*|tuote "
        "tuotte* tavara*|parantaa parann* parant* kohent*|selittää selit*|muuttaa muutt* muut*|lamppu lamppu* "
        "valaisi*|kuorma-auto rekka rekat|vuokrata vuokra*|yhteys yhtey* yhteyt*|lisäksi myös|aukiolo* "
        "aukioloaj*|ratkaista ratkais* selvit*|varata varaa* varat* varau*|maksaa maksa maksat maksavat "
        "hinnaltaan|opastaa opas* neuvo* neuvom*|uusi uude* uute* uuden uutta uudet uusia|loppuvuosi "
        "loppuvuo*|testata testa* kokeil*|rahti rahdi* toimituskul*|kahvila kahvil*|majoittua majoit* "
        "yöpy*|paikka paika* paikk*|seurata seura*|sijaita sijaits* löyty*|ystävä ystäv* kaveri*|talo talon "
        "talot taloista talossa|käynnistää käynnist*|pestä pesemme pesee pestään puhdist* siivo*|todistaa "
        "todist* osoit*|rikki epäkunno*|sähkö sähköä sähkön virtaa virran|puhelin puhelim* kännyk*|valokuva "
        "valokuv* kuva kuvan kuvia kuvat|ladattavissa saatavilla saatavissa|kuluttaa kulut*|koetella "
        "koettel*|häiriö häiriö*|edullinen edullis* halpa halvalla|saapua saapuu saapuvat saapunut perille|ohje "
        "ohjee* käyttöohj*|pieni pienem* pienet|nykyinen nykyis*|tapahtuma tapahtum* tilaisuu*|jäsen "
        "jäsen*|elokuva elokuv* leff*|aikataulu aikataul*|sopia sopii käy|asentaja asentaj* teknik* "
        "mekaanik*|kuulua kuulu* sisälty*|rikkoutua rikkoutu* hajo* hajoa|järjestää järjest* pidetään|läppäri "
        "läppär* kannettav*|väärä väär* virheelli*|asunto asunno* asunto* huoneisto*|näyttö näytö* ruutu "
        "ruudu*|ilmoittautua ilmoittautu* rekisteröity*|vinkki vinki* vinkk*|lahja lahja* lahjo*|lääkäri "
        "lääkär*|loma loma* lomi*|säilyä säily*|löytää löyd* löytää havait*"
    ),
    one_word=valued_phrases(
        ("maksutta", "ilman maksua|ilman lisämaksua|ilman kuluja|ilman lisäkuluja|ei maksa mitään|ei maksa"),
        ("heti", "saman tien|välittömästi"),
        ("arkisin", "työpäivinä|työpäivisin|joka arkipäivä"),
        ("päivittäin", "joka päivä|seitsemänä päivänä viikossa|viikon jokaisena päivänä"),
        ("ympäri vuorokauden", "vuorokauden ympäri|kellon ympäri|24 tuntia vuorokaudessa|yötä päivää"),
    ),
    greetings=phrases("hei|moi|terve|hyvä|hyvää huomenta|hyvää päivää|päivää|moikka|arvoisa"),
    sign_offs=phrases("ystävällisin terveisin|terveisin|terveiset|yhteistyöterveisin|kiitos|kiitos ja|nähdään|mukavaa"),
    dotted_dates=True,
    endings_tell_roles=True,
)
