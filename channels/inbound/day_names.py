"""The names of months and weekdays, as absence notes write and decline them, in many languages."""

_MONTHS = (
    (
        "jan janv january januar janvier enero gennaio janeiro januari styczeń stycznia января янв ene gen "
        "tammikuu tammikuuta tammikuun ledna ocak ιανουαρίου ιαν ianuarie січня януари siječnja januára janvāris "
        "sausio"
    ),
    (
        "feb february februar février fév févr febrero febbraio fevereiro fev februari luty lutego февраля фев "
        "helmikuu helmikuuta helmikuun pebrero února şubat φεβρουαρίου φεβ februarie лютого февруари veljače únor "
        "február vasario"
    ),
    (
        "mar march märz mrz mars marzo março maart mrt marzec marca марта мар maaliskuu maaliskuuta maaliskuun "
        "marso března mart μαρτίου μαρ martie березня март ožujka březen március kovo"
    ),
    (
        "apr april avril avr abril abr aprile kwiecień kwietnia апреля апр huhtikuu huhtikuuta huhtikuun dubna "
        "nisan απριλίου απρ aprilie квітня април travnja duben április balandžio"
    ),
    (
        "may mai mayo maggio maio mei maj maja мая toukokuu toukokuuta toukokuun května mayıs μαΐου μαίου травня "
        "май svibnja květen május gegužės"
    ),
    (
        "jun june juni juin junio giugno giu junho czerwiec czerwca июня июн kesäkuu kesäkuuta kesäkuun hunyo "
        "června haziran ιουνίου ιουν iunie червня юни lipnja červen június jún birželio"
    ),
    (
        "jul july juli juillet juil julio luglio lug julho lipiec lipca июля июл heinäkuu heinäkuuta heinäkuun "
        "hulyo července temmuz ιουλίου ιουλ iulie липня юли srpnja červenec július júl liepos"
    ),
    (
        "aug august août aout agosto ago augustus augusti sierpień sierpnia августа авг elokuu elokuuta elokuun "
        "srpna ağustos αυγούστου αυγ серпня август kolovoza srpen augusztus rugpjūčio"
    ),
    (
        "sep sept september septembre septiembre setiembre settembre set setembro wrzesień września сентября сен "
        "сент syyskuu syyskuuta syyskuun setyembre září eylül σεπτεμβρίου σεπ septembrie вересня септември rujna "
        "szeptember rugsėjo"
    ),
    (
        "oct october okt oktober octobre octubre ottobre ott outubro out październik października октября окт "
        "lokakuu lokakuuta lokakuun oktubre října ekim οκτωβρίου οκτ octombrie жовтня октомври říjen október "
        "spalio"
    ),
    (
        "nov november novembre noviembre novembro listopad listopada ноября ноя marraskuu marraskuuta marraskuun "
        "nobyembre kasım νοεμβρίου νοε noiembrie листопада ноември studenog studenoga listopadu lapkričio"
    ),
    (
        "dec december dez dezember décembre déc diciembre dic dicembre dezembro grudzień grudnia декабря дек "
        "joulukuu joulukuuta joulukuun disyembre desember des prosince aralık δεκεμβρίου δεκ decembrie грудня "
        "декември prosinca prosinec decembra gruodžio"
    ),
)
MONTHS = {name: number for number, line in enumerate(_MONTHS, start=1) for name in line.split()}
_WEEKDAYS = (
    (
        "monday montag lundi lunes lunedì segunda segunda-feira maandag måndag mandag maanantai maanantaina "
        "maanantaihin poniedziałek poniedziałku понедельник понедельника 月曜 星期一 周一 週一 δευτέρα luni "
        "понеділка понеделник ponedjeljka pondělí pondělka hétfő hétfőn pazartesi понеділок"
    ),
    (
        "tuesday dienstag mardi martes martedì terça terça-feira dinsdag tisdag tirsdag tiistai tiistaina "
        "tiistaihin wtorek wtorku вторник вторника 火曜 星期二 周二 週二 τρίτη marți вівторка utorka úterý kedd "
        "kedden salı вівторок"
    ),
    (
        "wednesday mittwoch mercredi miércoles mercoledì quarta quarta-feira woensdag onsdag keskiviikko "
        "keskiviikkona keskiviikkoon środa środę środy среда среду среды miyerkules 水曜 星期三 周三 週三 τετάρτη "
        "miercuri середи сряда srijede středa středu středy szerda szerdán çarşamba середу"
    ),
    (
        "thursday donnerstag jeudi jueves giovedì quinta quinta-feira donderdag torsdag torstai torstaina "
        "torstaihin czwartek czwartku четверг четверга huwebes 木曜 星期四 周四 週四 πέμπτη joi четвъртък "
        "četvrtka čtvrtek čtvrtka csütörtök csütörtökön perşembe"
    ),
    (
        "friday freitag vendredi viernes venerdì sexta sexta-feira vrijdag fredag perjantai perjantaina "
        "perjantaihin piątek piątku пятница пятницу пятницы biyernes 金曜 星期五 周五 週五 παρασκευή vineri "
        "п'ятниці петък petka pátek pátku péntek pénteken cuma"
    ),
    (
        "saturday samstag samedi sábado sabato zaterdag lördag lørdag lauantai lauantaina lauantaihin sobota "
        "sobotę soboty суббота субботу субботы sabado 土曜 星期六 周六 週六 σάββατο sâmbătă суботи събота subote "
        "szombat cumartesi"
    ),
    (
        "sunday sonntag dimanche domingo domenica zondag söndag søndag sunnuntai sunnuntaina sunnuntaihin "
        "niedziela niedzielę niedzieli воскресенье воскресенья linggo 日曜 星期日 周日 週日 κυριακή duminică "
        "неділі неделя nedjelje neděle vasárnap pazar"
    ),
)
WEEKDAYS = {name: number for number, line in enumerate(_WEEKDAYS) for name in line.split()}
