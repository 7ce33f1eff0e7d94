"""The clinical facts that the safety rules read.

The validity spans are our design unless a rule's source names one: after that many days a fact is
to be asked again. A fact past its date is never read as gone.
"""

from sessions_app.vocabulary.body_sites import BodySite, both
from sessions_app.vocabulary.recorded import FactTopic, Recorded, RecordedKind
from sessions_app.vocabulary.units import Unit

LYMPH_BASINS = both("axilla", "groin") | {BodySite.NECK_FRONT, BodySite.NECK_BACK}
"""Where lymph nodes are removed or irradiated: armpits, groins, neck."""

_BONES, _BLOOD, _CLOTS, _LYMPH, _CANCER, _TREATMENT, _DEVICES, _SKIN, _SIGNS, _STATE, _CONSENT = (
    FactTopic
)
_COUNT = (Unit.PER_NL, Unit.PER_UL)
_POINTS = (Unit.POINTS,)


class FactKind(RecordedKind):
    """What a clinical fact is about. Members: code, label, meaning, how it is recorded."""

    # fmt: off
    BONE_METASTASIS = (
        *("bone_metastasis", "Bone metastasis"),
        "Cancer in bone. Name the sites; with none named, the team is to be asked.",
        Recorded(_BONES, 180, sites=True))
    FRACTURE_RISK = (
        *("fracture_risk", "Fracture risk"),
        "A bone the team fears may break, with Mirels' score where a clinician stored one.",
        Recorded(_BONES, 90, sites=True, units=_POINTS, worse="high", least=4, most=12))
    FRAGILE_BONES = (
        *("fragile_bones", "Fragile bones"),
        "Osteoporosis, myeloma, or long treatment with steroids.",
        Recorded(_BONES, 365))
    UNSTABLE_SPINE = (
        *("unstable_spine", "Unstable spine"),
        "Said by the team, or a SINS of 7 or more without a plan (0-18 points).",
        Recorded(_BONES, 90, units=_POINTS, worse="high", least=0, most=18))
    PLATELETS = (
        *("platelets", "Platelet count"),
        "A laboratory count with its unit and date.",
        Recorded(_BLOOD, 7, units=_COUNT, most=3_000_000))
    NEUTROPHILS = (
        *("neutrophils", "Neutrophil count"),
        "A laboratory count with its unit and date.",
        Recorded(_BLOOD, 7, units=_COUNT, most=200_000))
    HAEMOGLOBIN = (
        *("haemoglobin", "Haemoglobin"),
        "A laboratory value with its unit and date.",
        Recorded(_BLOOD, 14, units=(Unit.G_PER_DL, Unit.G_PER_L), most=25))
    BLEEDING_RISK = (
        *("bleeding_risk", "Bleeds or bruises easily"),
        "Anticoagulant medicine, a bleeding disorder, or easy bruising.",
        Recorded(_BLOOD, 30))
    LIMB_CLOT_SIGNS = (
        *("limb_clot_signs", "Signs of a clot in a limb"),
        "One limb swollen, warm, red or painful, or a hard sore vein.",
        Recorded(_CLOTS, 7, sites=True))
    RECENT_CLOT = (
        *("recent_clot", "Clot in the last three months"),
        "A deep vein thrombosis or pulmonary embolism that is being treated.",
        Recorded(_CLOTS, 90, sites=True))
    LYMPH_NODES = (
        *("lymph_nodes", "Lymph nodes removed or irradiated"),
        "Name the basin: armpit, groin or neck. Counts for life.",
        Recorded(_LYMPH, None, sites=True, offered=LYMPH_BASINS))
    LYMPHOEDEMA = (
        *("lymphoedema", "Lymphoedema"),
        "Swelling of a limb or quarter of the trunk after lymph nodes were treated.",
        Recorded(_LYMPH, 180, sites=True))
    SUDDEN_SWELLING = (
        *("sudden_swelling", "Swelling that grew suddenly"),
        "A limb or region that swelled within hours or days.",
        Recorded(_LYMPH, 7, sites=True))
    NEW_LEG_OEDEMA = (
        *("new_leg_oedema", "New swelling of both legs"),
        "Both legs swollen, and the team does not know of it yet.",
        Recorded(_LYMPH, 7))
    CHRONIC_OEDEMA = (
        *("chronic_oedema", "Long-standing oedema"),
        "Swelling that the team knows of.",
        Recorded(_LYMPH, 90, sites=True))
    OTHER_METASTASIS = (
        *("other_metastasis", "Other metastasis"),
        "Cancer spread to an organ or soft tissue.",
        Recorded(_CANCER, 180))
    TUMOUR = (
        *("tumour", "Tumour, enlarged nodes or recurrence"),
        "A place where a tumour lies near the surface, or nodes are enlarged.",
        Recorded(_CANCER, 180, sites=True))
    SURGERY = (
        *("surgery", "Surgery"),
        "An operation: the day, and the sites of the scar.",
        Recorded(_TREATMENT, 42, sites=True))
    PROCEDURE = (
        *("procedure", "Operation or procedure this admission"),
        "Anything done in the operating theatre or by a needle or scope during this stay.",
        Recorded(_TREATMENT, 14))
    RADIOTHERAPY = (
        *("radiotherapy", "External radiotherapy"),
        "The field, and the day of the last treatment so far.",
        Recorded(_TREATMENT, 42, sites=True))
    RADIONUCLIDE = (
        *("radionuclide", "Radioactive implant or drug"),
        "Brachytherapy or a radionuclide that is still active.",
        Recorded(_TREATMENT, 7))
    RADIATION_FIBROSIS = (
        *("radiation_fibrosis", "Hardened skin after radiation"),
        "Late fibrosis in a former field.",
        Recorded(_TREATMENT, None, sites=True))
    CHEMOTHERAPY = (
        *("chemotherapy", "Chemotherapy dose"),
        "The day of the last dose of chemotherapy or another hazardous drug.",
        Recorded(_TREATMENT, 3))
    ACTIVE_TREATMENT = (
        *("active_treatment", "Cancer treatment under way"),
        "Any treatment against the cancer in these weeks.",
        Recorded(_TREATMENT, 30))
    MYELOSUPPRESSIVE_THERAPY = (
        *("myelosuppressive_therapy", "Treatment that lowers blood counts"),
        "Chemotherapy or other treatment after which platelets may fall.",
        Recorded(_TREATMENT, 30))
    DEVICE = (
        *("device", "Port, line or drain"),
        "A port, line, drain, pump or infusion in or on the body.",
        Recorded(_DEVICES, 30, sites=True))
    STENT = (
        *("stent", "Stent"),
        "A stent of the ureter, bile duct or a vessel, and the region it lies in.",
        Recorded(_DEVICES, 90, sites=True))
    STOMA = (
        *("stoma", "Stoma, feeding tube or catheter bag"),
        "An opening or tube that must not be pressed or lain on.",
        Recorded(_DEVICES, 90))
    MEDICINE_PATCH = (
        *("medicine_patch", "Medicine patch"),
        "Fentanyl or another medicine through the skin; name the site.",
        Recorded(_DEVICES, 3, sites=True))
    WOUND = (
        *("wound", "Open wound"),
        "A wound, ulcer, fungating tumour or pressure sore.",
        Recorded(_SKIN, 14, sites=True))
    FRAGILE_SKIN = (
        *("fragile_skin", "Fragile or sore skin"),
        "Rash, hand-foot syndrome, graft-versus-host disease, bruises, thin skin from steroids.",
        Recorded(_SKIN, 14, sites=True))
    NEUROPATHY = (
        *("neuropathy", "Numbness or neuropathy"),
        "Numb or tingling hands or feet, or elsewhere.",
        Recorded(_SKIN, 90, sites=True))
    ALLODYNIA = (
        *("allodynia", "Light touch hurts"),
        "Burning or pain on light touch.",
        Recorded(_SKIN, 30, sites=True))
    TEMPERATURE = (
        *("temperature", "Temperature"),
        "A measured body temperature.",
        Recorded(_SIGNS, 0, units=(Unit.CELSIUS, Unit.FAHRENHEIT), worse="high", least=25, most=45))
    FEVERISH = (
        *("feverish", "Shivering or feverish"),
        "Shivers, chills or feels feverish, whatever the thermometer says.",
        Recorded(_SIGNS, 0))
    BACK_PAIN_SIGNS = (
        *("back_pain_signs", "Warning pain in back or neck"),
        (
            "In the chest spine or neck, growing in the lower back, unremitting, worse on "
            "straining, tender over the spine, or waking at night."
        ),
        Recorded(_SIGNS, 0))
    CORD_SIGNS = (
        *("cord_signs", "Weak legs, numbness, bladder or bowel change"),
        "Limb weakness, trouble walking, numbness, band-like pain, bladder or bowel change.",
        Recorded(_SIGNS, 0))
    EMBOLISM_SIGNS = (
        *("embolism_signs", "Sudden breathlessness or chest pain"),
        "Sudden breathlessness, chest pain, blood in sputum, or collapse.",
        Recorded(_SIGNS, 0))
    INFECTION = (
        *("infection", "Infection or isolation"),
        "Cellulitis, shingles, a contagious illness, or isolation.",
        Recorded(_SIGNS, 7))
    NEW_PAIN = (
        *("new_pain", "New or different pain"),
        "A pain that is new, or of another kind than before.",
        Recorded(_SIGNS, 0))
    SEDATION = (
        *("sedation", "Drowsy or confused by medicine"),
        "Cannot say reliably what is pleasant and what hurts.",
        Recorded(_SIGNS, 0))
    NEURO_SIGNS = (
        *("neuro_signs", "Seizure, new confusion or severe headache"),
        "A seizure in the last 24 hours, new confusion, or a severe headache.",
        Recorded(_SIGNS, 1))
    BLOOD_PRESSURE = (
        *("blood_pressure", "Systolic blood pressure"),
        "The upper value.",
        Recorded(_STATE, 1, units=(Unit.MMHG,), most=300))
    DIZZINESS = (
        *("dizziness", "Dizzy on rising"),
        "Dizzy or faint when sitting or standing up.",
        Recorded(_STATE, 7))
    BREATHLESS_LYING = (
        *("breathless_lying", "Cannot lie flat"),
        "Breathless lying flat, raised pressure in the head, or vomiting.",
        Recorded(_STATE, 7))
    ABDOMEN_ENLARGED = (
        *("abdomen_enlarged", "Enlarged belly, liver or spleen"),
        "Ascites, a large liver or a large spleen.",
        Recorded(_STATE, 30))
    CACHEXIA = (
        *("cachexia", "Very thin or exhausted"),
        "Cachexia, bony points, exhaustion.",
        Recorded(_STATE, 60))
    ACTIVELY_DYING = (
        *("actively_dying", "Actively dying"),
        "The team expects death within days.",
        Recorded(_STATE, 7))
    CANNOT_SELF_REPORT = (
        *("cannot_self_report", "Cannot say how it is"),
        "Scores and wishes have to be told by somebody else.",
        Recorded(_STATE, 7))
    CONSENT = (
        *("consent", "Consent to massage"),
        "The patient's consent, or that it was withdrawn or refused.",
        Recorded(_CONSENT, 365, values=((1, "given"), (0, "withdrawn or refused"))))
    SENSITIVE_CONSENT = (
        *("sensitive_consent", "Consent for breast, chest wall or buttock"),
        "A separate written consent for these areas.",
        Recorded(_CONSENT, 365, values=((1, "given"), (0, "withdrawn or refused"))))
    ALLERGY = (
        *("allergy", "Allergy or nausea with smells"),
        "Nut oils, lanolin, latex, fragrance; smells that bring nausea.",
        Recorded(_CONSENT, 365))
    # fmt: on
