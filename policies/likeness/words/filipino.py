"""Filipino (Tagalog), as business people write it: mixed with English and Spanish words."""

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

FILIPINO = Vocabulary(
    code="tl",
    common=words(
        "ang ng mga sa na ay at o si ni kay sina nina kina ito iyon iyan iyong nito noon noong doon roon "
        "dito dyan ako ko akin kami namin amin aming tayo natin atin ikaw ka mo iyo kayo ninyo inyo "
        "inyong siya niya kaniya sila nila kanila po opo din rin lang lamang pa pag kung kapag dahil para "
        "mula hanggang simula tuwing pati kahit man pero ngunit bago habang kaya kasi ba nga naman yata "
        "sana may mayroon meron nasa isa isang lahat bawat pang nang kundi upang nito gaya ano paano sino "
        "alin saan kailan gaano sya nyo ibang ibig loob anumang kasama"
    ),
    months=numbered(
        "enero|january pebrero|february marso|march abril|april mayo hunyo|june hulyo|july agosto|august "
        "setyembre|september oktubre|october nobyembre|november disyembre|december"
    ),
    weekdays=numbered(
        "lunes|monday martes|tuesday miyerkules|miyerkoles|wednesday huwebes|thursday biyernes|friday "
        "sabado|saturday linggo|sunday"
    ),
    weekday_groups=valued(("1-5", "weekday weekdays"), ("6-7", "weekend weekends")),
    numbers=numbered(
        "dalawa|dalawang|dos tatlo|tatlong|tres apat|kuwatro lima|limang|singko anim|sais "
        "pito|pitong|siyete walo|walong|otso siyam|nuwebe sampu|sampung|diyes labing-isa|onse "
        "labindalawa|labindalawang|dose",
        first=2,
    )
    | valued(
        ("2", "doble dobleng dodoblehin dinoble doblehin nadoble dumoble"),
        ("3", "ikatlo ikatlong"),
        ("4", "ikaapat"),
        ("5", "ikalima ikalimang"),
        ("6", "ikaanim"),
        ("7", "ikapito ikapitong"),
        ("8", "ikawalo ikawalong"),
        ("9", "ikasiyam"),
        ("10", "ikasampu ikasampung diyes"),
        ("12", "dosena dosenang"),
        ("13", "labintatlo labintatlong"),
        ("14", "labing-apat"),
        ("11", "labing-isa labing-isang"),
        ("16", "labing-anim"),
        ("17", "labimpito labimpitong"),
        ("18", "labing-walo labing-walong"),
        ("19", "labinsiyam"),
        ("60", "animnapu animnapung animnapu't"),
        ("70", "pitumpu pitumpung pitumpu't"),
        ("80", "walumpu walumpung walumpu't"),
        ("90", "siyamnapu siyamnapung siyamnapu't"),
        ("100", "sandaan sandaang"),
        ("15", "labinlima labinlimang kinse"),
        ("20", "dalawampu dalawampung dalawampu't bente"),
        ("30", "tatlumpu tatlumpung tatlumpu't"),
        ("40", "apatnapu apatnapung apatnapu't"),
        ("50", "limampu limampung limampu't"),
    ),
    multipliers=valued(("100", "daan daang"), ("1000", "libo libong"), ("1000000", "milyon milyong")),
    fractions=valued(("1/2", "kalahati kalahating"), ("1/3", "sangkatlo"), ("1/4", "sangkapat")),
    units=meaning(
        percent="porsiyento porsiyentong porsyento porsyentong percent",
        PHP="piso pisong peso pesos",
        USD="dolyar dolyares",
        EUR="euro",
        CNY="yuan",
        cent="sentimo",
        second="segundo segundong",
        minute="minuto minutong",
        hour="oras",
        day="araw",
        week="linggo linggong",
        month="buwan buwang",
        year="taon taong",
        metre="metro",
        kg="kilo kilong",
        gram="gramo gramong",
        litre="litro litrong",
    ),
    month_ends=phrases("katapusan|dulo"),
    days=meaning(
        today="ngayon ngayong",
        yesterday="kahapon",
        morning="umaga",
        noon="tanghali tanghalian magtanghali",
        afternoon="hapon",
        **{"evening+night": "gabi", "morning+night": "madaling-araw"},
    ),
    afternoon=words("pm"),
    ranges=words("hanggang at - – —"),
    weeks_after=words("na isang kada bawat nakaraang susunod ngayong noong dalawang tatlong apat limang anim buong"),
    negations=words("hindi wala walang huwag di hindi-hindi"),
    again=words("ulit muli muling"),
    opposites=opposed(
        (
            "open",
            "binuks* buksan bukas magbubukas pagbubukas nagbukas",
            "isinara sarado isara magsasara nagsara sinara",
        ),
        ("ship", "naipadala ipinadala ipapadala papunta", "kinansela kanselado kanselahin"),
        ("rise", "tataas tumaas itataas tinaasan", "bababa bumaba ibababa binabaan nabawasan"),
        ("before", "bago", "pagkatapos matapos"),
        ("import", "import mag-import", "export mag-export i-export"),
        ("start", "magsisimula nagsimula sinimulan", "itinigil ititigil"),
        ("add", "idinagdag dagdag", "inalis tinanggal"),
        ("accept", "tinanggap inaprubahan", "tinanggihan"),
        ("cheap", "mura murang", "mahal mahalang"),
        ("free", "libre libreng", "may-bayad"),
        ("allow", "puwede pinapayagan", "bawal ipinagbabawal"),
        ("despite", "kahit", "dahil"),
    ),
    synonyms=alike(
        "bumili bilhin bibili mabibili nabili binili|tindahan shop store|kostumer customer kliyente suki "
        "mamimili|magsimula nagsimula simula magsisimula nagsisimula umpisa nagumpisa|mabilis mabilisan "
        "agad|ipakita ipinapakita ipapakita ipinakita|eksperto espesyalista tagapayo|kumpanya kompanya "
        "firma|sabihin sabihan ipaalam ipagbigay-alam|gusto nais ibig|kunin makuha makukuha kukunin "
        "nakukuha|sagutin sumagot sasagot sasagutin|tawag tumawag tawagan telepono|ayusin inaayos kumpunihin "
        "pagkumpuni|kotse sasakyan|piliin pumili pipiliin|gamitin ginagamit gumamit|empleyado kawani tauhan "
        "staff|malaki malaking|madali madaling simple|buo buong lahat|tulong tumulong tulungan suporta|ihatid "
        "maghatid naghahatid ihahatid paghahatid delivery deliver|bisita panauhin turista|kuwarto silid "
        "kwarto|presyo halaga|dagdagan pahabain pinahaba|kumuha kinuha|gawin ginawa gumawa ginagawa|produkto "
        "paninda kalakal|pagkakamali mali error|lugar pook rehiyon|tanong katanungan tanungin|patakaran "
        "tuntunin|garantiya warranty|pakete parsela parcel|pahina website site|suriin sinuri sinusuri "
        "inspeksyon|turuan sanayin pagsasanay kurso|kaagad agad-agad|palitan pinalitan pinapalitan|kailangan "
        "kinakailangan|pagbutihin pinabuti pinahusay|baguhin binago pagbabago|ilaw lampara|trak truck|upa "
        "paupahan renta|bill invoice resibo|pumunta dumaan bumisita|magbayad bayaran|miting pulong tipanan "
        "appointment|larawan larawang litrato litratong retrato|teleponong cellphone selpon|kaibigan kaibigang "
        "barkada|problema aberya depekto|importante mahalaga|tahanan bahay|tugon sagot|karagdagan dagdag "
        "ekstra|malapit tabi katabi|maluwang maluwag|kuryente elektrisidad|kumonsumo nakokonsumo "
        "kumokonsumo|subukan sinubok sinubukan|gumana umandar gumagana umaandar|teknisyan technician|dapat "
        "kailangang|awtomatiko awtomatikong kusa kusang|maaari maaaring puwede puwedeng|paaralan eskuwela "
        "eskuwelahan pampaaralan pang-eskuwela|tumutulo tagas tumatagas|umupa umarkila arkilahin "
        "nagpapaupa|doktor doktora manggagamot|regalo handog|payo tip tips|diskuwento bawas tawad|tiket "
        "ticket|kompyuter computer|laptop notebook|sulat liham|hanapin hinahanap natutukoy nahahanap"
    ),
    one_word=valued_phrases(
        ("libre", "walang bayad|walang singil|walang dagdag na bayad|nang walang bayad"),
        ("weekdays", "tuwing araw ng trabaho|sa mga araw ng trabaho|tuwing may pasok"),
        ("buong araw at gabi", "24 oras sa isang araw|24 oras bawat araw|24 oras araw-araw|araw at gabi"),
    ),
    greetings=phrases(
        "hi|hello|kumusta|magandang araw|magandang umaga|magandang hapon|magandang gabi|mahal na|mahal naming"
    ),
    sign_offs=phrases("salamat|maraming salamat|lubos na gumagalang|gumagalang|sumasainyo|nagmamahal|ingat"),
)
