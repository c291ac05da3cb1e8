"""A year of a charity in the register of England and Wales: what the columns of three tables say of it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from graph.model import iri
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, Iri, Value

LIST = "GB-CHC"
DAY = ("%Y-%m-%d %H:%M:%S.%f0", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d")  # text, with seven digits of a second; JSON; plain

RETURN_DATES = {
    "fin_period_start_date": CIV.yearStart,
    "latest_acc_fin_period_start_date": CIV.yearStart,
    "reporting_due_date": CIV.dueOn,
    "ar_due_date": CIV.dueOn,
    "date_annual_return_received": CIV.receivedOn,
    "ar_received_date": CIV.receivedOn,
    "date_accounts_received": CIV.accountsReceivedOn,
}
RETURN_TEXTS = {"ar_cycle_reference": CIV.returnCycle, "suppression_type": CIV.withholdingReason}
RETURN_FLAGS = {
    "accounts_qualified": CIV.accountsQualified,
    "suppression_ind": CIV.figuresWithheld,
    "charity_raises_funds_from_public": CIV.raisesFundsFromPublic,
    "charity_professional_fundraiser": CIV.usedProfessionalFundraiser,
    "charity_agreement_professional_fundraiser": CIV.agreementWithFundraiser,
    "charity_commercial_participator": CIV.usedCommercialParticipator,
    "charity_agreement_commerical_participator": CIV.agreementWithCommercialParticipator,  # the register's spelling
    "grant_making_is_main_activity": CIV.grantMakingIsMainActivity,
    "charity_receives_govt_funding_contracts": CIV.hasGovernmentContracts,
    "charity_receives_govt_funding_grants": CIV.hasGovernmentGrants,
    "charity_has_trading_subsidiary": CIV.hasTradingSubsidiary,
    "trustee_also_director_of_subsidiary": CIV.trusteeIsDirectorOfSubsidiary,
    "does_trustee_receive_any_benefit": CIV.trusteeBenefits,
    "trustee_payments_acting_as_trustee": CIV.trusteePaidAsTrustee,
    "trustee_receives_payments_services": CIV.trusteePaidForServices,
    "trustee_receives_other_benefit": CIV.trusteeOtherBenefit,
    "trustee_resigned_employment": CIV.trusteeBecameEmployee,
    "employees_salary_over_60k": CIV.staffOver60000,
    "charity_only_accounts": CIV.charityOnlyAccounts,
    "consolidated_accounts": CIV.consolidatedAccounts,
}
RETURN_COUNTS = {
    "count_govt_contracts": CIV.governmentContracts,
    "count_govt_grants": CIV.governmentGrants,
    "count_volunteers": CIV.volunteers,
    "count_employees": CIV.employees,
}
RETURN_AMOUNTS = {
    "latest_income": CIV.income,
    "latest_expenditure": CIV.expenditure,
    "total_gross_income": CIV.income,
    "total_gross_expenditure": CIV.expenditure,
    "income_from_government_contracts": CIV.incomeFromGovernmentContracts,
    "income_from_government_grants": CIV.incomeFromGovernmentGrants,
    "income_donations_and_legacies": CIV.incomeFromDonations,
    "income_other_trading_activities": CIV.incomeFromTrading,
    "income_charitable_activities": CIV.incomeFromCharitableActivities,
    "income_investments": CIV.incomeFromInvestments,
    "income_other": CIV.otherIncome,
    "income_total_income_and_endowments": CIV.totalIncomeAndEndowments,
    "income_legacies": CIV.incomeFromLegacies,
    "income_endowments": CIV.endowmentsReceived,
    "expenditure_raising_funds": CIV.spendingOnRaisingFunds,
    "expenditure_charitable_expenditure": CIV.spendingOnCharitableActivities,
    "expenditure_other": CIV.otherSpending,
    "expenditure_total": CIV.totalSpending,
    "expenditure_investment_management": CIV.spendingOnInvestmentManagement,
    "expenditure_grants_institution": CIV.grantsToInstitutions,
    "expenditure_governance": CIV.spendingOnGovernance,
    "expenditure_support_costs": CIV.supportCosts,
    "expenditure_depreciation": CIV.depreciation,
    "gain_loss_investment": CIV.gainOnInvestments,
    "gain_loss_pension_fund": CIV.gainOnPensionFund,
    "gain_loss_revaluation_fixed_investment": CIV.gainOnRevaluation,
    "gain_loss_other": CIV.otherGain,
    "reserves": CIV.reserves,
    "assets_total_fixed": CIV.fixedAssets,
    "assets_own_use": CIV.ownUseAssets,
    "assets_long_term_investment": CIV.longTermInvestments,
    "defined_benefit_pension_scheme": CIV.pensionSchemeBalance,
    "assets_other_assets": CIV.otherAssets,
    "assets_total_liabilities": CIV.liabilities,
    "assets_current_investment": CIV.currentInvestments,
    "assets_total_assets_and_liabilities": CIV.netAssets,
    "creditors_one_year_total_current": CIV.creditorsWithinOneYear,
    "creditors_falling_due_after_one_year": CIV.creditorsAfterOneYear,
    "assets_cash": CIV.cash,
    "funds_endowment": CIV.endowmentFunds,
    "funds_unrestricted": CIV.unrestrictedFunds,
    "funds_restricted": CIV.restrictedFunds,
    "funds_total": CIV.totalFunds,
}
_EDGES = (60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 200, 250, 300, 350, 400, 450, 500)  # thousands of pounds
PAY_BANDS = {f"count_salary_band_{low}001_{high}000": f"{low}001-{high}000" for low, high in pairwise(_EDGES)} | {
    "count_salary_band_over_500000": "over-500000"
}


def accounts(row: Row, number: str, year_end: date, body: Node) -> Node:
    """The year, with every figure that this table has of it."""
    year = Node(iri.annual_return(LIST, number, year_end), CIV.AnnualReturn)
    body.add(CIV.annualReturn, year.iri)
    year.add(CIV.yearEnd, year_end)
    stated(year, row, RETURN_DATES, lambda column: row.date(column, *DAY))
    stated(year, row, RETURN_TEXTS, row.text)
    stated(year, row, RETURN_FLAGS, row.flag)
    stated(year, row, RETURN_COUNTS, row.count)
    stated(year, row, RETURN_AMOUNTS, row.money)
    return year


def pay_bands(row: Row, body: Node, year: Node, year_end: date) -> Iterator[Node]:
    """How many of the staff were in each band of pay; a band that is left empty is not stated."""
    for column, band in PAY_BANDS.items():
        if row.has(column) and (staff := row.count(column)) is not None:
            found = Node(iri.part("pay-band-count", body.iri, year_end.isoformat(), band), CIV.PayBandCount)
            found.add(CIV.payBand, iri.concept("ccew-pay-band", band))
            found.add(CIV.staffCount, staff)
            year.add(CIV.payBandCount, found.iri)
            yield found


def stated(node: Node, row: Row, terms: Mapping[str, Iri], read: Callable[[str], Value | None]) -> None:
    """State of the thing what the columns say that the table has."""
    for column, term in terms.items():
        if row.has(column):
            node.add(term, read(column))
