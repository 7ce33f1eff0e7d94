"""Invented names and illnesses of the demonstration patients."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sessions_app.vocabulary.body_sites import BodySite

WOMEN = (
    "Agnieszka", "Aiko", "Amara", "Beatrix", "Bronwen", "Carmen", "Chidinma", "Constance", "Dilys",
    "Elif", "Esperanza", "Farida", "Gwendolyn", "Halina", "Ingeborg", "Iolanthe", "Jacinta",
    "Kavitha", "Leocadia", "Mairead", "Mei Hua", "Nadezhda", "Noor", "Odette", "Philippa",
    "Rosalind", "Shirin", "Siew Lan", "Thandiwe", "Wilhelmina", "Yetunde", "Zofia",
)  # fmt: skip
MEN = (
    "Ahmad", "Alasdair", "Bogdan", "Cornelius", "Desmond", "Emeka", "Evaristo", "Fergus",
    "Giovanni", "Hamish", "Hyun-woo", "Ignatius", "Jamal", "Kenji", "Lorenzo", "Muthu", "Nikolai",
    "Olumide", "Percival", "Quentin", "Rajesh", "Salvador", "Stanisław", "Tiberiu", "Ulrich",
    "Vikram", "Wei Jie", "Xavier", "Yusuf", "Zoltán",
)  # fmt: skip
FAMILIES = (
    "Abdelwahid", "Ashgrove", "Balasuriya", "Bellwether", "Brambleton", "Castellmar", "Chukwuemari",
    "Dembowska", "Drakeford-Hay", "Eiderdale", "Farrowmere", "Fitzmorrow", "Ganesharaj",
    "Goldenberry", "Halvorsund", "Hawkesmoor", "Ibarrondo", "Ikemoto", "Jankovary", "Kestrelby",
    "Kirkhallow", "Larkmoor", "Limbangan", "Maddockson", "Mbekwani", "Montalvar", "Nightingall",
    "Nwabuzor", "O'Fallowfield", "Oyelarin", "Pennywell", "Petrossova", "Quillfeather",
    "Rahmatullin", "Ravensdale", "Rosengarten", "Saltmarsh", "Santovenia", "Sorrelwood",
    "Tanglewood", "Tarkowiak", "Tsangwai", "Umbertide", "Van Oosterzee", "Vasilenkov",
    "Wetherspring", "Whitlowe", "Wijayasena", "Xiangmei", "Yarrowby", "Zabludovsky", "Zephyrin",
)  # fmt: skip

_S = BodySite


@dataclass(frozen=True)
class Illness:
    """A cancer as charts name it. `woman` None: either. `bones`: where it spreads to in bone.

    `nodes`: basins that are often removed or irradiated. `chemo`: how often treatment lowers
    blood counts. `weight`: how common it is among the patients.
    """

    words: str
    icd10: str
    weight: int
    woman: bool | None = None
    bones: tuple[BodySite, ...] = ()
    nodes: tuple[BodySite, ...] = ()
    organs: tuple[str, ...] = ()
    chemo: float = 0.4


_SPINE = (_S.SPINE_LUMBAR, _S.SPINE_THORACIC, _S.SACRUM)
ILLNESSES = (
    Illness(
        "Breast cancer, metastatic", "C50.9", 5, True,
        bones=(*_SPINE, _S.HIP_LEFT, _S.STERNUM, _S.UPPER_ARM_RIGHT),
        nodes=(_S.AXILLA_LEFT, _S.AXILLA_RIGHT), organs=("Liver", "Lung"),
    ),
    Illness(
        "Non-small-cell lung cancer, stage IV", "C34.9", 5,
        bones=(_S.SPINE_THORACIC, _S.CHEST_RIGHT, _S.SHOULDER_LEFT, _S.HIP_RIGHT),
        organs=("Adrenal gland", "Brain", "Liver"),
    ),
    Illness(
        "Prostate cancer, metastatic", "C61", 5, False,
        bones=(*_SPINE, _S.HIP_RIGHT, _S.HIP_LEFT), nodes=(_S.GROIN_LEFT,), chemo=0.25,
    ),
    Illness("Renal cell carcinoma", "C64", 2, bones=(_S.HIP_LEFT, _S.SPINE_LUMBAR, _S.SCALP)),
    Illness("Thyroid cancer, follicular", "C73", 1, bones=(_S.SPINE_THORACIC, _S.STERNUM)),
    Illness("Colon cancer, stage IV", "C18.9", 4, organs=("Liver", "Peritoneum"), chemo=0.6),
    Illness("Rectal cancer", "C20", 2, organs=("Lung",), chemo=0.5),
    Illness("Pancreatic cancer", "C25.9", 4, organs=("Liver", "Peritoneum"), chemo=0.5),
    Illness("Ovarian cancer, stage III", "C56", 3, True, organs=("Peritoneum",), chemo=0.6),
    Illness(
        "Cervical cancer", "C53.9", 1, True, nodes=(_S.GROIN_LEFT, _S.GROIN_RIGHT), chemo=0.5
    ),
    Illness("Gastric cancer", "C16.9", 2, organs=("Peritoneum",), chemo=0.5),
    Illness("Oesophageal cancer", "C15.9", 2, organs=("Liver",), chemo=0.5),
    Illness("Melanoma, stage III", "C43.9", 2, nodes=(_S.GROIN_RIGHT, _S.AXILLA_LEFT), chemo=0.1),
    Illness("Cancer of the tongue", "C02.9", 1, nodes=(_S.NECK_FRONT,), chemo=0.3),
    Illness("Non-Hodgkin lymphoma", "C85.9", 2, chemo=0.9),
    Illness("Acute myeloid leukaemia", "C92.0", 2, chemo=1.0),
    Illness("Bladder cancer", "C67.9", 2, organs=("Lung",), chemo=0.4),
    Illness("Glioblastoma", "C71.9", 2, chemo=0.5),
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """Given names, family name, and whether it is a woman's."""

    given: str
    family: str
    woman: bool


def name_stream(rng: Random) -> Iterator[Name]:
    """Give one name after another, for ever; a family name comes back as late as possible."""
    while True:
        for family in rng.sample(FAMILIES, len(FAMILIES)):
            woman = rng.random() < 0.55
            yield Name(rng.choice(WOMEN if woman else MEN), family, woman)


def draw_illness(rng: Random, *, woman: bool, in_bone: bool) -> Illness:
    """Draw a cancer that this patient can have; one that spreads to bone where that is asked."""
    fitting = [
        one for one in ILLNESSES if one.woman in (None, woman) and (one.bones or not in_bone)
    ]
    return rng.choices(fitting, weights=[one.weight for one in fitting])[0]
