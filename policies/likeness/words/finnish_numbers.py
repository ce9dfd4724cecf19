"""Finnish numbers in words: counted, in order and as the beginning of a length, in all the cases they bend through."""

from collections.abc import Iterator

from policies.likeness.words.vocabulary import bent, numbered, valued

_CASES = """\
yksi yhden yhtä yhdessä yhdestä yhteen yhdellä yhdeltä yhdelle yhtenä yhdeksi
kaksi kahden kahta kahdessa kahdesta kahteen kahdella kahdelta kahdelle kahtena kahdeksi
kolme kolmen kolmea kolmessa kolmesta kolmeen kolmella kolmelta kolmelle kolmena kolmeksi
neljä neljän neljää neljässä neljästä neljään neljällä neljältä neljälle neljänä neljäksi
viisi viiden viittä viidessä viidestä viiteen viidellä viideltä viidelle viitenä viideksi
kuusi kuuden kuutta kuudessa kuudesta kuuteen kuudella kuudelta kuudelle kuutena kuudeksi
seitsemän seitsemän seitsemää seitsemässä seitsemästä seitsemään seitsemällä seitsemältä seitsemälle \
seitsemänä seitsemäksi
kahdeksan kahdeksan kahdeksaa kahdeksassa kahdeksasta kahdeksaan kahdeksalla kahdeksalta kahdeksalle \
kahdeksana kahdeksaksi
yhdeksän yhdeksän yhdeksää yhdeksässä yhdeksästä yhdeksään yhdeksällä yhdeksältä yhdeksälle yhdeksänä yhdeksäksi
kymmenen kymmenen kymmentä kymmenessä kymmenestä kymmeneen kymmenellä kymmeneltä kymmenelle kymmenenä kymmeneksi
"""
# A line for each of one to ten: nominative, genitive, partitive, the six cases of place, essive, translative.
_FORMS = [forms.split() for forms in _CASES.splitlines()]
_TEN = ["kymmentä", *_FORMS[9][1:]]
_ORDINALS = (
    "kolmas|kolmannen|kolmatta|kolmantena|kolmannella|kolmannessa|kolmannelle|kolmanteen|kolmannesta "
    "neljäs|neljännen|neljättä|neljäntenä|neljännellä|neljännessä|neljännelle|neljänteen|neljännestä "
    "viides|viidennen|viidettä|viidentenä|viidennellä|viidennessä|viidennelle|viidenteen|viidennestä "
    "kuudes|kuudennen|kuudetta|kuudentena|kuudennella|kuudennessa|kuudennelle|kuudenteen|kuudennesta "
    "seitsemäs|seitsemännen|seitsemättä|seitsemäntenä|seitsemännellä|seitsemännessä|seitsemännelle|seitsemänteen "
    "kahdeksas|kahdeksannen|kahdeksatta|kahdeksantena|kahdeksannella|kahdeksannessa|kahdeksannelle|kahdeksanteen "
    "yhdeksäs|yhdeksännen|yhdeksättä|yhdeksäntenä|yhdeksännellä|yhdeksännessä|yhdeksännelle|yhdeksänteen "
    "kymmenes|kymmenennen|kymmenettä|kymmenentenä|kymmenennellä|kymmenennessä|kymmenennelle|kymmenenteen"
)
_LENGTHS = "vuoti* päiväi* viikkoi* kuukauti* tunti* tunni* minuutti* minuuti* henki* kerroksi*"


def _counted() -> Iterator[tuple[str, str]]:
    for number, forms in enumerate(_FORMS[1:], start=2):
        yield from ((form, str(number)) for form in forms)
    for number, forms in enumerate(_FORMS[:9], start=1):
        yield from ((f"{form}toista", str(10 + number)) for form in forms)
    for tens, forms in enumerate(_FORMS[1:9], start=2):
        yield f"{forms[0]}sataa", str(100 * tens)
        for form, ten, *ones in zip(forms, _TEN, *_FORMS[:9], strict=True):
            yield f"{form}{ten}", str(10 * tens)
            yield from ((f"{form}{ten}{one}", str(10 * tens + n)) for n, one in enumerate(ones, start=1))


NUMBERS = (
    dict(_counted())
    | numbered(_ORDINALS, first=3)
    | bent("kaksi kolmi neli viisi kuusi seitsen kahdeksan yhdeksän kymmen", _LENGTHS, first=2)
    | bent("kahden kolmen neljän viiden kuuden seitsemän kahdeksan yhdeksän kymmenen", _LENGTHS, first=2)
    | valued(("2", "kahdesti kaksinkertai*"), ("3", "kolmesti kolminkertai*"), ("12", "tusina tusinan tusinaa"))
)
