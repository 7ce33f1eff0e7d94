"""Signs of a blood clot in a limb."""

from collections.abc import Iterable
from datetime import date

from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.rule import Rule
from sessions_app.safety.wording import told
from sessions_app.vocabulary.body_sites import BodySite, Side, limb
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.severity import Evidence, Level

_LIMBS = (
    limb(Side.LEFT, "arm"),
    limb(Side.RIGHT, "arm"),
    limb(Side.LEFT, "leg"),
    limb(Side.RIGHT, "leg"),
)


def _whole_limbs(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Return the sites with every limb they lie in; all four limbs where none is named."""
    return sites.union(*(whole for whole in _LIMBS if not sites or sites & whole))


def _clot_signs(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Stop, and leave the whole limb alone."""
    signs = facts.of(FactKind.LIMB_CLOT_SIGNS)
    if signs:
        yield V1.finding(
            f"Signs of a clot: {told(signs, today)}.",
            signs,
            sites=frozenset[BodySite]().union(*(_whole_limbs(fact.sites) for fact in signs)),
            ceiling=NO_CONTACT,
        )


V1 = Rule(
    id="V1",
    version=1,
    title="Signs of a clot in a limb",
    topic="clots",
    levels=(Level.STOP,),
    wording="One limb is swollen, warm, red or painful, or a vein is hard and sore.",
    reason="It may be a clot; massage might loosen it.",
    adaptation="No session and no touch to the limb. Tell the medical team today.",
    source="NHS and Thrombosis UK, signs of deep vein thrombosis.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=date(2026, 11, 21),
    check=_clot_signs,
)
