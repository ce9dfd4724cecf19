"""English."""

from policies.likeness.words.vocabulary import (
    Vocabulary,
    alike,
    meaning,
    numbered,
    opposed,
    phrases,
    tens,
    valued,
    valued_phrases,
    words,
)

_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"

ENGLISH = Vocabulary(
    code="en",
    stemmer="english",
    common=words(
        "a an the this that these those it its he she they them his her their him i me my mine we us our "
        "ours you your yours is are was were be been being am has have had do does did will would shall "
        "should can could may might must of in on at to for from by with about into onto over under as "
        "and or but so if then than when while who which what where how why there here also too very just "
        "only even still already again now one each every all any some more most such same both either "
        "until till through per via out up down off because since please let get got like as much many "
        "own whatever ll ve re s t d mr mrs ms dr"
    ),
    months=numbered(
        "jan|january feb|february mar|march apr|april may jun|june jul|july aug|august sep|sept|september "
        "oct|october nov|november dec|december"
    ),
    weekdays=numbered(
        "mon|monday|mondays tue|tuesday|tuesdays wed|wednesday|wednesdays thu|thursday|thursdays "
        "fri|friday|fridays saturday|saturdays sunday|sundays"
    ),
    weekday_groups=valued(("1-5", "weekday weekdays workday workdays"), ("6-7", "weekend weekends")),
    numbers=numbered("two three four five six seven eight nine", first=2)
    | numbered(_TEENS, first=10)
    | tens("twenty thirty forty fifty sixty seventy eighty ninety")
    | numbered("third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth", first=3)
    | valued(("2", "twice doubled doubles doubling"), ("3", "thrice"), ("12", "dozen"), ("20", "twentieth")),
    multipliers=valued(("100", "hundred"), ("1000", "thousand k"), ("1000000", "million"), ("12", "dozen")),
    fractions=valued(
        ("1/2", "half halves halved"),
        ("1/3", "thirdpart"),
        ("1/4", "quarter"),
        ("1/5", "fifthpart"),
        ("1/10", "tenthpart"),
    ),
    units=meaning(
        percent="percent",
        EUR="euro euros",
        USD="dollar dollars",
        GBP="pound pounds",
        PHP="peso pesos",
        RUB="rouble roubles ruble rubles",
        CNY="yuan",
        cent="cent cents",
        second="seconds",
        minute="minute minutes mins",
        hour="hour hours",
        day="day days",
        week="week weeks",
        month="month months",
        year="year years",
        mm="millimetre millimetres",
        metre="metre metres meter meters",
        kg="kilo kilos kilogram kilograms",
        gram="gram grams",
        litre="litre litres",
    ),
    month_ends=phrases("end"),
    days=meaning(
        today="today",
        tomorrow="tomorrow",
        yesterday="yesterday",
        morning="morning mornings",
        noon="noon midday",
        afternoon="afternoon afternoons",
        evening="evening evenings",
        night="night nights overnight midnight",
    ),
    afternoon=words("pm"),
    ranges=words("to until till and - – —"),
    negations=words(
        "not no never cannot nothing none neither nor without longer isn't aren't don't doesn't didn't won't can't"
    ),
    again=words("again reopen reopens reopened reopening"),
    opposites=opposed(
        ("open", "open opens opened opening reopen*", "clos* shut*"),
        ("ship", "ship* dispatch* sent deliver*", "cancel*"),
        ("rise", "rais* rise* rising rose increas* higher grow* grew", "lower* reduc* decreas* fall* fell drop* cut*"),
        ("before", "before", "after"),
        ("import", "import*", "export*"),
        ("start", "start* begin* began launch*", "stop* discontinu*"),
        ("add", "add adds added adding", "remov* delet*"),
        ("include", "includ*", "exclud*"),
        ("accept", "accept* approv*", "reject* refus* declin*"),
        ("win", "win wins won", "lose loses lost"),
        ("early", "early earlier", "late later"),
        ("hire", "hire hires hired join joins joined", "fire fired leave leaves left"),
        ("cheap", "cheap*", "expensive dear dearer"),
        ("free", "free", "charge* paid"),
        ("more", "more faster", "less fewer slower"),
        ("enable", "enabl*", "disabl*"),
        ("allow", "allow* permit*", "forbid* ban banned prohibit*"),
    ),
    synonyms=alike(
        "buy buys bought buying purchase purchases purchased purchasing|shop shops store stores|customer "
        "customers client clients|begin begins began beginning start starts started starting|quick quickly fast "
        "rapid rapidly swift swiftly|help helps helped assist assists assistance|expert experts specialist "
        "specialists adviser advisers advisor advisors consultant consultants|company companies firm firms|tell "
        "tells told inform informs informed notify notifies notified|want wants wish wishes|show shows showed "
        "shown present presents presented demonstrate demonstrates demonstrated|collect collects collected pick "
        "picks picked fetch fetches fetched|answer answers answered reply replies replied respond responds "
        "responded|phone phones telephone telephones call calls|get gets got receive receives received obtain "
        "obtains|repair repairs repaired fix fixes fixed mend mends mended|car cars vehicle vehicles|choose "
        "chooses chose select selects selected|use uses used utilise utilises|bill bills invoice invoices|fee "
        "fees charge charges|offer offers provide provides|staff employees colleagues team|meeting meetings "
        "appointment appointments|large big|house home|trip journey|simple easy|entire whole|deliver delivers "
        "delivered delivering delivery deliveries|guest guests visitor visitors|room rooms bedroom "
        "bedrooms|price prices rate rates tariff tariffs|reduce reduces reduced cut cuts lower lowers "
        "lowered|extend extends extended lengthen lengthened prolong prolonged|employ hire hires hired recruit "
        "recruits recruited|build builds built construct constructs constructed|send sends sending|feature "
        "features function functions|error errors mistake mistakes fault faults|area areas region regions "
        "district districts|question questions query queries enquiry enquiries|rule rules regulation "
        "regulations|warranty guarantee guarantees|parcel parcels package packages|site website page "
        "pages|check checks checked inspect inspects inspected inspection|teach teaches taught train trains "
        "trained|near nearby|immediately instantly|money cash|permit permits licence license|grow grows growing "
        "expand expands expanded|replace replaces replaced substitute substitutes|need needs needed require "
        "requires required|make makes made produce produces produced manufacture manufactured|product products "
        "goods|order orders|contact contacts contacted reach reaches reached|improve improves improved "
        "better|explain explains explained|change changes changed alter alters altered|join joins joined|brew "
        "brews brewed|lamp lamps light lights|floor floors storey storeys|lorry lorries truck trucks|rent rents "
        "rented lease leases leased|picture pictures photo photos photograph photographs image "
        "images|electricity power|broken defective faulty|test tests tested testing trial trials|beside "
        "alongside|move moves moved relocate relocates relocated|friend friends companion companions|breakdown "
        "breakdowns failure failures outage outages|consume consumes consumed|available downloadable|bigger "
        "larger|winter wintertime|instructions manual manuals|event events occasion occasions|member "
        "members|space spaces|technician technicians engineer engineers mechanic mechanics fitter "
        "fitters|laptop laptops notebook notebooks|search searches searching searched look looks looking seek "
        "seeks seeking|children kids child kid|somebody someone anybody anyone|post mail|wrong incorrect|leak "
        "leaks leaking drip drips dripping|finish finishes finished complete completes completed|discount "
        "discounts rebate rebates|gift gifts|holiday holidays vacation vacations|booking bookings book books "
        "booked reserve reserves reserved reservation reservations|ill sick|course courses class classes "
        "workshop workshops|sign register registers registered registration enrol enrols enrolled|advice tip "
        "tips hint hints|flat flats apartment apartments|mobile cellphone smartphone smartphones|screen screens "
        "display displays monitor monitors|soon shortly|currently presently|approximately roughly about|stove "
        "stoves cooker cookers|doctor doctors physician physicians|keep keeps kept retain retains retained|find "
        "finds found detect detects detected discover discovers|mark marks marked highlight highlights "
        "highlighted|sofa sofas couch couches|exercise drill"
    ),
    one_word=valued_phrases(
        (
            "free",
            (
                "no fee|no charge|no extra charge|no cost|no extra cost|at no cost|"
                "at no charge|free of charge|without charge|without extra charge|without a fee"
            ),
        ),
        ("immediately", "right away|straight away|at once"),
        ("weekdays", "on working days|on business days|each working day|every working day|every business day"),
        ("daily", "seven days a week|7 days a week|every day|each day"),
        ("around the clock", "round the clock|24 hours a day|twenty-four hours a day|day and night|24/7"),
    ),
    greetings=phrases("hi|hello|dear|good morning|good afternoon|good evening|good day|hey|greetings"),
    sign_offs=phrases(
        "kind regards|best regards|regards|best wishes|cheers|sincerely|yours|thanks|thank you|"
        "see you|all the best|warm regards|many thanks|best"
    ),
)
