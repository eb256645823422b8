"""The directory a new workspace starts with, fitted to the office whose first report comes in."""

from dataclasses import replace

from app.domain.patterns import late
from app.domain.report import Metadata
from app.domain.units import Unit

SAMPLE_PLACE = "云港"
"""The sample's district: bodies named after it are nobody else's."""
SAMPLE_GROUPS = ("街道", "园区")

_PLACE = late(
    r"^(?:20\d\d年)?([^\s，。]{1,12}?)(自治区|自治县|省|市|区|县|旗)(?=20\d\d年|政府|人民政府|“|国民)"
)
LETTERS = {
    "省": ("省", "s"),
    "自治区": ("自治区", "zzq"),
    "市": ("市", "s"),
    "县": ("县", "x"),
    "自治县": ("县", "x"),
    "旗": ("旗", "q"),
}
"""How a government's own bodies begin (市科技局), and that in pinyin initials, by how its place's name ends."""


def for_any_office(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The sample's directory without what only the sample has: its streets and parks, its place's name."""
    kept = (unit for unit in units if unit.group not in SAMPLE_GROUPS)
    return tuple(_without_place(unit) for unit in kept)


def for_report(units: tuple[Unit, ...], metadata: Metadata) -> tuple[Unit, ...]:
    """The directory at the report's level: 区科技局 becomes 市科技局 for a city. As it is for a district."""
    found = _PLACE.match(metadata.title) or _PLACE.match(metadata.issuer)
    letter, initial = LETTERS.get(found[2], ("", "")) if found else ("", "")
    return tuple(_at_level(unit, letter, initial) for unit in units) if letter else units


def _without_place(unit: Unit) -> Unit:
    if unit.code == "公安":
        return replace(unit, name="区公安分局")
    name = unit.name.replace(f"国家税务总局{SAMPLE_PLACE}区", "区").replace(
        f"共青团{SAMPLE_PLACE}区", "共青团区"
    )
    if SAMPLE_PLACE in name:  # 云港海关
        bare = name.replace(SAMPLE_PLACE, "")
        aliases = tuple(alias for alias in unit.aliases if alias != bare)
        initials = unit.initials.removeprefix("yg")
        return replace(unit, name=bare, short_name=bare, initials=initials, aliases=aliases)
    return replace(unit, name=name.replace("云州", ""))


def _at_level(unit: Unit, letter: str, initial: str) -> Unit:
    def moved(name: str) -> str:
        name = name.replace("公安分局", "公安局")
        name = name.replace("共青团区", f"共青团{letter}").replace("团区委", f"团{letter}委")
        return letter + name[1:] if name.startswith("区") else name

    short = moved(unit.short_name)
    initials = unit.initials
    if short.startswith(letter):
        initials = initial + initials[1:]
    elif unit.code == "团委":
        initials = f"t{initial}w"
    if unit.code == "公安":
        initials = initials.removesuffix("fj") + "j"
    aliases = tuple(dict.fromkeys(map(moved, unit.aliases)))
    return replace(unit, name=moved(unit.name), short_name=short, initials=initials, aliases=aliases)
