"""What the laws set as limits, as data with the article of each. Applies none of it and never guesses a regime.

Limits that run from receipt do so whatever verification takes. Where a text leaves a doubt, the earlier date stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from assistant.reply import Right
from assistant.tickets.clocks import Span, Unit
from assistant.tickets.values import ClockName, Regime

_GDPR = "Regulation (EU) 2016/679"
_CCPA = "California Code of Regulations, title 11"
_DPDP = "Digital Personal Data Protection Act 2023 and Rules 2025, G.S.R. 846(E)"
_CERT_IN = "CERT-In Directions 20(3)/2022 of 28 April 2022"
# Rules 3, 5 to 16, 22 and 23 come into force eighteen months after the notification of 13 November 2025.
DPDP_IN_FORCE = date(2027, 5, 14)


@dataclass(frozen=True, slots=True)
class LegalLimit:
    """One limit of a law: what it is for, and the rights it holds for."""

    name: ClockName
    rights: frozenset[Right]
    span: Span
    cite: str


@dataclass(frozen=True, slots=True)
class RegimeRules:
    """`extended` is the longest span from the start, extension included. `pause` cites what allows a clock to stand
    still; without it none does. `holidays` is the country and subdivision whose holidays are no business days.
    """

    source: str
    limits: tuple[LegalLimit, ...]
    extended: Span | None = None
    extension: str = ""
    pause: str = ""
    in_force_from: date | None = None
    holidays: tuple[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class RegulatorLimit:
    """Hours in which the organisation may owe a regulator a report, from when it noticed."""

    name: ClockName
    hours: int
    cite: str
    source: str
    regime: Regime | None = None
    in_force_from: date | None = None


# Articles 15 to 22; marketing is objected to under 21(2).
_GDPR_RIGHTS = frozenset(
    {
        Right.ACCESS,
        Right.CORRECTION,
        Right.DELETION,
        Right.MARKETING_OPT_OUT,
        Right.PORTABILITY,
        Right.RESTRICTION,
        Right.OBJECTION,
    }
)
_CCPA_RIGHTS = frozenset({Right.ACCESS, Right.CORRECTION, Right.DELETION, Right.PORTABILITY})
# Neither the Act nor the Rules give these a number; the ninety days of grievances are taken as the most there may be.
_DPDP_RIGHTS = frozenset({Right.ACCESS, Right.CORRECTION, Right.DELETION, Right.GRIEVANCE})

REGIMES: Mapping[Regime, RegimeRules] = MappingProxyType(
    {
        Regime.GDPR: RegimeRules(
            source=_GDPR,
            limits=(LegalLimit(ClockName.ANSWER, _GDPR_RIGHTS, Span(1, Unit.MONTHS), "GDPR Art. 12(3)"),),
            extended=Span(3, Unit.MONTHS),
            extension="GDPR Art. 12(3)",
            # While the person has been asked for what identifies them (EDPB Guidelines 01/2022).
            pause="GDPR Art. 12(6)",
        ),
        Regime.CCPA: RegimeRules(
            source=_CCPA,
            limits=(
                LegalLimit(ClockName.ACKNOWLEDGE, _CCPA_RIGHTS, Span(10, Unit.BUSINESS_DAYS), "11 CCR § 7021(a)"),
                LegalLimit(ClockName.ANSWER, _CCPA_RIGHTS, Span(45, Unit.DAYS), "11 CCR § 7021(b)"),
                # Under this regime the other right is the one to opt out of sale or sharing.
                LegalLimit(
                    ClockName.ANSWER, frozenset({Right.OTHER}), Span(15, Unit.BUSINESS_DAYS), "11 CCR § 7026(f)"
                ),
                LegalLimit(
                    ClockName.ANSWER, frozenset({Right.RESTRICTION}), Span(15, Unit.BUSINESS_DAYS), "11 CCR § 7027"
                ),
            ),
            extended=Span(90, Unit.DAYS),
            extension="11 CCR § 7021(b)",
            holidays=("US", "CA"),
        ),
        Regime.DPDP: RegimeRules(
            source=_DPDP,
            limits=(LegalLimit(ClockName.ANSWER, _DPDP_RIGHTS, Span(90, Unit.DAYS), "DPDP Rules 2025 r. 14(3)"),),
            in_force_from=DPDP_IN_FORCE,
        ),
    }
)

REGULATORS = (
    RegulatorLimit(ClockName.REPORT_CERT_IN, 6, "CERT-In Directions 20(3)/2022, (ii)", _CERT_IN),
    RegulatorLimit(ClockName.REPORT_GDPR, 72, "GDPR Art. 33(1)", _GDPR, Regime.GDPR),
    RegulatorLimit(ClockName.REPORT_DPDP, 72, "DPDP Rules 2025 r. 7(2)", _DPDP, Regime.DPDP, DPDP_IN_FORCE),
)
