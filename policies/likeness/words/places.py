"""Places and peoples as the described languages call them, by the beginnings of the words; the first is English."""

from policies.likeness.words.vocabulary import phrases

PLACES = tuple(
    tuple(group.split())
    for group in phrases(
        "austria austrian itäval österreich австри|belgium belgian belgi бельги|britain british brit британи|bulgaria "
        "bulgari болгари|china chinese kiina kiinal china chines кита tsina|croatia kroati хорвати|czech tšek tschech "
        "чеш чехи|denmark danish tansk dänemark dänisch дани датск|estonia viro estland эстони|europ euroo "
        "европ|finland finnish suome finnland finnisch финлянд финск|france french ransk frankreich französisch франц "
        "pransya|germany german saksa saksass saksan saks deutsch герман немец alemanya|greece greek kreik griech "
        "греци|hungary hungarian unkar ungar венгр|iceland islan исланд|india intia indien инди|ireland irish irlan "
        "irland ирланд|italy italian itali italien итал|japan japani япон hapon|latvia lettland латви|lithuania "
        "liettua litau литв|netherlands dutch alankom hollan niederl нидерланд голланд|norway norwegian norj norweg "
        "норвег норвеж|philippines filippi philippin филиппин pilipinas|poland polish puola polen polnisch польш "
        "польск|portugal portugali португал|romania romani rumäni румын|russia russian venäj russland russisch росси "
        "русск|slovakia slovaki slowak словак|spain spanish espanja spanien spanisch испан espanya|sweden swedish "
        "ruots schwed швед швец|switzerland swiss sveits schweiz швейцар|turkey turkish turk türk турци|ukraine "
        "ukrain украин|america american amerik америк|athens ateena athen афин|beijing peking пекин|berlin berliini "
        "berliin берлин|brussels brysel brüssel брюссел|cologne köln кельн|copenhagen kööpenham kopenhagen "
        "копенгаг|florence firenze florenz флоренц|geneva genev genf женев|helsinki helsing хельсинк|lisbon lissabon "
        "лиссабон|london lontoo лондон|milan milano mailan mailand милан|moscow mosko moskau москв|munich münchen "
        "мюнхен|naples napoli neapel неапол|paris pariisi парис париж|prague praha prag прага праге прагу|rome rooma "
        "rom рим|stockholm tukholm стокгольм|tallinn tallinna таллин|venice venets venedig венеци|vienna wien wiener "
        "вена вене венс|warsaw varsova warschau варшав|zurich zürich цюрих|danube tonav donau дуна|rhine rhein rein "
        "рейн|baltic itämer ostsee балти|alps alpit alpen альп"
    )
)
