"""The clinical facts that the safety rules read.

The validity spans are our design unless a rule's source names one: after that many days a fact is
to be asked again. A fact past its date is never read as gone.
"""

from decimal import Decimal
from typing import Self

from sessions_app.vocabulary.body_sites import BodySite, both
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.recorded import FactTopic, Recorded
from sessions_app.vocabulary.units import Unit

LONGEST_SPANS = 2
"""A fact may be declared valid for at most so many of its kind's usual spans (our design)."""

LONGEST_DAYS = 730
"""The same where a kind has no usual span."""

LYMPH_BASINS = both("axilla", "groin") | {BodySite.NECK_FRONT, BodySite.NECK_BACK}
"""Where lymph nodes are removed or irradiated: armpits, groins, neck."""

_BONES, _BLOOD, _CLOTS, _LYMPH, _CANCER, _TREATMENT, _DEVICES, _SKIN, _SIGNS, _STATE, _CONSENT = (
    FactTopic
)
_LOOKED_UP = Recorded(FactTopic.BONES)  # only so that FactKind("code") reads well to type checkers
_COUNT = (Unit.PER_NL, Unit.PER_UL)
_POINTS = (Unit.POINTS,)


class FactKind(Coded):
    """What a clinical fact is about. Members: code, label, meaning, how it is recorded."""

    recorded: Recorded

    def __new__(
        cls,
        code: str,
        label: str = "",
        meaning: str = "",
        recorded: Recorded = _LOOKED_UP,
    ) -> Self:
        """Make the member from its row in the table below."""
        member = cls._worded(code, label, meaning)
        member.recorded = recorded
        return member

    BONE_METASTASIS = (
        *("bone_metastasis", "Bone metastasis"),
        "Cancer in bone. Name the sites; with none named, the team is to be asked.",
        Recorded(_BONES, 180, sites=True),
    )
    FRACTURE_RISK = (
        *("fracture_risk", "Fracture risk"),
        "A bone the team fears may break, with Mirels' score where a clinician stored one.",
        Recorded(_BONES, 90, sites=True, units=_POINTS, worse="high", least=4, most=12),
    )
    FRAGILE_BONES = (
        *("fragile_bones", "Fragile bones"),
        "Osteoporosis, myeloma, or long treatment with steroids.",
        Recorded(_BONES, 365),
    )
    UNSTABLE_SPINE = (
        *("unstable_spine", "Unstable spine"),
        "Said by the team, or a SINS of 7 or more without a plan (0-18 points).",
        Recorded(_BONES, 90, units=_POINTS, worse="high", least=0, most=18),
    )
    PLATELETS = (
        *("platelets", "Platelet count"),
        "A laboratory count with its unit and date.",
        Recorded(_BLOOD, 7, units=_COUNT, most=3_000_000),
    )
    NEUTROPHILS = (
        *("neutrophils", "Neutrophil count"),
        "A laboratory count with its unit and date.",
        Recorded(_BLOOD, 7, units=_COUNT, most=200_000),
    )
    HAEMOGLOBIN = (
        *("haemoglobin", "Haemoglobin"),
        "A laboratory value with its unit and date.",
        Recorded(_BLOOD, 14, units=(Unit.G_PER_DL, Unit.G_PER_L), most=25),
    )
    BLEEDING_RISK = (
        *("bleeding_risk", "Bleeds or bruises easily"),
        "Anticoagulant medicine, a bleeding disorder, or easy bruising.",
        Recorded(_BLOOD, 30),
    )
    LIMB_CLOT_SIGNS = (
        *("limb_clot_signs", "Signs of a clot in a limb"),
        "One limb swollen, warm, red or painful, or a hard sore vein.",
        Recorded(_CLOTS, 7, sites=True),
    )
    RECENT_CLOT = (
        *("recent_clot", "Clot in the last three months"),
        "A deep vein thrombosis or pulmonary embolism that is being treated.",
        Recorded(_CLOTS, 90, sites=True),
    )
    LYMPH_NODES = (
        *("lymph_nodes", "Lymph nodes removed or irradiated"),
        "Name the basin: armpit, groin or neck. Counts for life.",
        Recorded(_LYMPH, None, sites=True, offered=LYMPH_BASINS),
    )
    LYMPHOEDEMA = (
        *("lymphoedema", "Lymphoedema"),
        "Swelling of a limb or quarter of the trunk after lymph nodes were treated.",
        Recorded(_LYMPH, 180, sites=True),
    )
    SUDDEN_SWELLING = (
        *("sudden_swelling", "Swelling that grew suddenly"),
        "A limb or region that swelled within hours or days.",
        Recorded(_LYMPH, 7, sites=True),
    )
    NEW_LEG_OEDEMA = (
        *("new_leg_oedema", "New swelling of both legs"),
        "Both legs swollen, and the team does not know of it yet.",
        Recorded(_LYMPH, 7),
    )
    CHRONIC_OEDEMA = (
        *("chronic_oedema", "Long-standing oedema"),
        "Swelling that the team knows of.",
        Recorded(_LYMPH, 90, sites=True),
    )
    OTHER_METASTASIS = (
        *("other_metastasis", "Other metastasis"),
        "Cancer spread to an organ or soft tissue.",
        Recorded(_CANCER, 180),
    )
    TUMOUR = (
        *("tumour", "Tumour, enlarged nodes or recurrence"),
        "A place where a tumour lies near the surface, or nodes are enlarged.",
        Recorded(_CANCER, 180, sites=True),
    )
    SURGERY = (
        *("surgery", "Surgery"),
        "An operation: the day, and the sites of the scar.",
        Recorded(_TREATMENT, 42, sites=True),
    )
    PROCEDURE = (
        *("procedure", "Operation or procedure this admission"),
        "Anything done in the operating theatre or by a needle or scope during this stay.",
        Recorded(_TREATMENT, 14),
    )
    RADIOTHERAPY = (
        *("radiotherapy", "External radiotherapy"),
        "The field, and the day of the last treatment so far.",
        Recorded(_TREATMENT, 42, sites=True),
    )
    RADIONUCLIDE = (
        *("radionuclide", "Radioactive implant or drug"),
        "Brachytherapy or a radionuclide that is still active.",
        Recorded(_TREATMENT, 7),
    )
    RADIATION_FIBROSIS = (
        *("radiation_fibrosis", "Hardened skin after radiation"),
        "Late fibrosis in a former field.",
        Recorded(_TREATMENT, None, sites=True),
    )
    CHEMOTHERAPY = (
        *("chemotherapy", "Chemotherapy dose"),
        "The day of the last dose of chemotherapy or another hazardous drug.",
        Recorded(_TREATMENT, 3),
    )
    ACTIVE_TREATMENT = (
        *("active_treatment", "Cancer treatment under way"),
        "Any treatment against the cancer in these weeks.",
        Recorded(_TREATMENT, 30),
    )
    MYELOSUPPRESSIVE_THERAPY = (
        *("myelosuppressive_therapy", "Treatment that lowers blood counts"),
        "Chemotherapy or other treatment after which platelets may fall.",
        Recorded(_TREATMENT, 30),
    )
    DEVICE = (
        *("device", "Port, line or drain"),
        "A port, line, drain, pump or infusion in or on the body.",
        Recorded(_DEVICES, 30, sites=True),
    )
    STENT = (
        *("stent", "Stent"),
        "A stent of the ureter, bile duct or a vessel, and the region it lies in.",
        Recorded(_DEVICES, 90, sites=True),
    )
    STOMA = (
        *("stoma", "Stoma, feeding tube or catheter bag"),
        "An opening or tube that must not be pressed or lain on.",
        Recorded(_DEVICES, 90),
    )
    MEDICINE_PATCH = (
        *("medicine_patch", "Medicine patch"),
        "Fentanyl or another medicine through the skin; name the site.",
        Recorded(_DEVICES, 3, sites=True),
    )
    WOUND = (
        *("wound", "Open wound"),
        "A wound, ulcer, fungating tumour or pressure sore.",
        Recorded(_SKIN, 14, sites=True),
    )
    FRAGILE_SKIN = (
        *("fragile_skin", "Fragile or sore skin"),
        "Rash, hand-foot syndrome, graft-versus-host disease, bruises, thin skin from steroids.",
        Recorded(_SKIN, 14, sites=True),
    )
    NEUROPATHY = (
        *("neuropathy", "Numbness or neuropathy"),
        "Numb or tingling hands or feet, or elsewhere.",
        Recorded(_SKIN, 90, sites=True),
    )
    ALLODYNIA = (
        *("allodynia", "Light touch hurts"),
        "Burning or pain on light touch.",
        Recorded(_SKIN, 30, sites=True),
    )
    TEMPERATURE = (
        *("temperature", "Temperature"),
        "A measured body temperature.",
        Recorded(_SIGNS, 0, units=(Unit.CELSIUS, Unit.FAHRENHEIT), worse="high", least=25, most=45),
    )
    SHIVERING = (
        *("shivering", "Shivering or feverish"),
        "Shivers, chills or feels feverish, whatever the thermometer says.",
        Recorded(_SIGNS, 0),
    )
    BACK_PAIN_SIGNS = (
        *("back_pain_signs", "Warning pain in back or neck"),
        (
            "In the chest spine or neck, growing in the lower back, unremitting, worse on "
            "straining, tender over the spine, or waking at night."
        ),
        Recorded(_SIGNS, 0),
    )
    CORD_SIGNS = (
        *("cord_signs", "Weak legs, numbness, bladder or bowel change"),
        "Limb weakness, trouble walking, numbness, band-like pain, bladder or bowel change.",
        Recorded(_SIGNS, 0),
    )
    EMBOLISM_SIGNS = (
        *("embolism_signs", "Sudden breathlessness or chest pain"),
        "Sudden breathlessness, chest pain, blood in sputum, or collapse.",
        Recorded(_SIGNS, 0),
    )
    INFECTION = (
        *("infection", "Infection or isolation"),
        "Cellulitis, shingles, a contagious illness, or isolation.",
        Recorded(_SIGNS, 7),
    )
    NEW_PAIN = (
        *("new_pain", "New or different pain"),
        "A pain that is new, or of another kind than before.",
        Recorded(_SIGNS, 0),
    )
    SEDATION = (
        *("sedation", "Drowsy or confused by medicine"),
        "Cannot say reliably what is pleasant and what hurts.",
        Recorded(_SIGNS, 0),
    )
    NEURO_SIGNS = (
        *("neuro_signs", "Seizure, new confusion or severe headache"),
        "A seizure in the last 24 hours, new confusion, or a severe headache.",
        Recorded(_SIGNS, 1),
    )
    BLOOD_PRESSURE = (
        *("blood_pressure", "Systolic blood pressure"),
        "The upper value.",
        Recorded(_STATE, 1, units=(Unit.MMHG,), most=300),
    )
    DIZZINESS = (
        *("dizziness", "Dizzy on rising"),
        "Dizzy or faint when sitting or standing up.",
        Recorded(_STATE, 7),
    )
    BREATHLESS_LYING = (
        *("breathless_lying", "Cannot lie flat"),
        "Breathless lying flat, raised pressure in the head, or vomiting.",
        Recorded(_STATE, 7),
    )
    ABDOMEN_ENLARGED = (
        *("abdomen_enlarged", "Enlarged belly, liver or spleen"),
        "Ascites, a large liver or a large spleen.",
        Recorded(_STATE, 30),
    )
    CACHEXIA = (
        *("cachexia", "Very thin or exhausted"),
        "Cachexia, bony points, exhaustion.",
        Recorded(_STATE, 60),
    )
    ACTIVELY_DYING = (
        *("actively_dying", "Actively dying"),
        "The team expects death within days.",
        Recorded(_STATE, 7),
    )
    CANNOT_SELF_REPORT = (
        *("cannot_self_report", "Cannot say how it is"),
        "Scores and wishes have to be told by somebody else.",
        Recorded(_STATE, 7),
    )
    CONSENT = (
        *("consent", "Consent to massage"),
        "The patient's consent, or that it was withdrawn or refused.",
        Recorded(_CONSENT, 365, values=((1, "given"), (0, "withdrawn or refused"))),
    )
    SENSITIVE_CONSENT = (
        *("sensitive_consent", "Consent for breast, chest wall or buttock"),
        "A separate written consent for these areas.",
        Recorded(_CONSENT, 365, values=((1, "given"), (0, "withdrawn or refused"))),
    )
    ALLERGY = (
        *("allergy", "Allergy or nausea with smells"),
        "Nut oils, lanolin, latex, fragrance; smells that bring nausea.",
        Recorded(_CONSENT, 365),
    )

    @property
    def needs_sites(self) -> bool:
        """Whether places are asked for."""
        return self.recorded.sites

    @property
    def default_validity_days(self) -> int | None:
        """After how many days the fact is asked again; None for lifelong."""
        return self.recorded.days

    @property
    def unit_choices(self) -> tuple[Unit, ...]:
        """The units of a measurement; empty for anything else."""
        return self.recorded.units

    @property
    def value_choices(self) -> tuple[tuple[int, str], ...]:
        """The answers where the value is one of a few."""
        return self.recorded.values

    @property
    def sites_offered(self) -> frozenset[BodySite] | None:
        """Where such a fact can be; None for anywhere."""
        return self.recorded.offered

    @property
    def longest_validity_days(self) -> int:
        """For how many days a fact of this kind may be declared valid."""
        usual = self.default_validity_days
        return LONGEST_DAYS if usual is None else LONGEST_SPANS * usual

    def believes(self, value: Decimal, unit: Unit) -> bool:
        """Return whether a value in this unit can be true."""
        return self.recorded.least <= unit.to_base(value) <= self.recorded.most

    @property
    def has_value(self) -> bool:
        """Whether a value belongs to it."""
        return bool(self.unit_choices or self.value_choices)

    @property
    def value_required(self) -> bool:
        """Whether it says nothing without its value: a laboratory value or an answer."""
        return self.has_value and Unit.POINTS not in self.unit_choices

    @property
    def may_be_absent(self) -> bool:
        """Whether «asked, and not so» can be recorded of it (value 0): a hazard without a value."""
        return not self.has_value

    def value_words(self, value: Decimal | None, unit: str) -> str:
        """Return a value as it was written: a count with its unit, or an answer in words."""
        if value is None:
            return ""
        if self.may_be_absent:
            return "" if value else "asked: not so"
        for answer, in_words in self.value_choices:
            if value == answer:
                return in_words
        for one in self.unit_choices:
            if one.value == unit:
                return one.written(value)
        return f"{value.normalize():,f} {unit}".strip()
