"""Names and codes of countries. Names come from the phonenumbers package (Unicode's locale data), in its languages."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_LANGUAGES: Final = (
    "en",
    "fi",
    "sv",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "da",
    "nb",
    "ru",
    "zh",
    "ja",
    "pl",
    "et",
    "fil",
)
_OTHER_NAMES: Final = {
    "usa": "US", "u s a": "US", "u s": "US", "united states of america": "US", "america": "US", "uk": "GB", "u k": "GB",
    "great britain": "GB", "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "holland": "NL", "czech republic": "CZ", "czechia": "CZ", "russia": "RU", "russian federation": "RU",
    "south korea": "KR", "korea": "KR", "republic of korea": "KR", "korea republic of": "KR", "north korea": "KP",
    "viet nam": "VN", "uae": "AE", "prc": "CN", "people s republic of china": "CN", "mainland china": "CN",
    "hong kong": "HK", "taiwan": "TW", "macau": "MO", "macao": "MO", "iran": "IR", "syria": "SY", "bolivia": "BO",
    "tanzania": "TZ", "venezuela": "VE", "moldova": "MD", "laos": "LA", "brunei": "BN", "ivory coast": "CI",
    "cape verde": "CV", "swaziland": "SZ", "burma": "MM", "macedonia": "MK", "north macedonia": "MK", "turkey": "TR",
    "türkiye": "TR", "turkiye": "TR", "palestine": "PS", "vatican": "VA", "congo": "CG", "kosovo": "XK", "eire": "IE",
    "republic of ireland": "IE", "brasil": "BR", "deutschland": "DE", "philippines": "PH", "pilipinas": "PH",
    "中华人民共和国": "CN", "中國": "CN", "台灣": "TW", "香港": "HK", "россия": "RU",
}  # fmt: skip
_ALPHA3: Final = (
    "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ "
    "BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BWABW CAFCF CANCA "
    "CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ "
    "DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM "
    "GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK "
    "HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ "
    "KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO "
    "MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ "
    "MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA "
    "PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN "
    "SGPSG SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC "
    "SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA URYUY "
    "USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS XKXXK YEMYE ZAFZA ZMBZM ZWEZW"
)


@lru_cache(maxsize=1)
def alpha3() -> Mapping[str, str]:
    """Codes of three letters to codes of two (ISO 3166-1)."""
    return {pair[:3]: pair[3:] for pair in _ALPHA3.split()}


@lru_cache(maxsize=1)
def alpha2() -> frozenset[str]:
    """All codes of two letters."""
    return frozenset(alpha3().values())


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """Names in lower case, words apart by one space, to codes of two letters."""
    from phonenumbers.geodata.locale import LOCALE_DATA

    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, names in LOCALE_DATA.items():
            name = names.get(language, "")
            name = names.get(name[1:], "") if name.startswith("*") else name
            if name and len(code) == 2 and code.isalpha():
                found.setdefault(_plain(name), code)
    return found | {_plain(name): code for name, code in _OTHER_NAMES.items()}


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text.casefold()).split())
