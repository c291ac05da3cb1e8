"""The Northern Ireland Multiple Deprivation Measure 2017: all 88 figures by super output area of 2001."""

from collections.abc import Iterator

from graph.model import cube, iri
from graph.model.cube import Sparse
from graph.model.node import Node
from graph.model.rows.row import Row
from graph.model.terms import CIV, SKOS

YEAR = 2017
RANKS = {
    "MDM_rank": CIV.nimdm2017Rank,
    "D1_Income_rank": CIV.nimdm2017IncomeRank,
    "Income_child_rank": CIV.nimdm2017ChildrenIncomeDeprivedRank,
    "Income_65_rank": CIV.nimdm2017OlderPeopleIncomeDeprivedRank,
    "D2_Empl_rank": CIV.nimdm2017EmploymentRank,
    "D3_Health_rank": CIV.nimdm2017HealthRank,
    "PD_rank": CIV.nimdm2017PreventableDeathsRank,
    "PB_rank": CIV.nimdm2017PhysicalDisabilityBenefitsRank,
    "Canc_rank": CIV.nimdm2017CancerRank,
    "EA_rank": CIV.nimdm2017EmergencyAdmissionsRank,
    "LBW_rank": CIV.nimdm2017LowBirthWeightRank,
    "Dental_rank": CIV.nimdm2017DentalExtractionsRank,
    "Presc_rank": CIV.nimdm2017MultiplePrescriptionsRank,
    "LTHP_rank": CIV.nimdm2017LongTermHealthProblemsRank,
    "Mental_rank": CIV.nimdm2017MentalHealthRank,
    "P4_Education_rank": CIV.nimdm2017EducationRank,
    "Pr_SEN_rank": CIV.nimdm2017PrimarySpecialNeedsRank,
    "Pr_abs_rank": CIV.nimdm2017PrimaryAbsenceRank,
    "PP_GCSE_rank": CIV.nimdm2017NoFiveGCSEsRank,
    "PP_NEETs_rank": CIV.nimdm2017NotInEducationOrWorkRank,
    "PP_HE_rank": CIV.nimdm2017NotInHigherEducationRank,
    "PP_SEN_rank": CIV.nimdm2017PostPrimarySpecialNeedsRank,
    "PP_Abs_rank": CIV.nimdm2017PostPrimaryAbsenceRank,
    "WA_LQ_rank": CIV.nimdm2017LowQualificationsRank,
    "P5_Access_rank": CIV.nimdm2017AccessRank,
    "TT_priv_rank": CIV.nimdm2017PrivateTransportRank,
    "TT_publ_rank": CIV.nimdm2017PublicTransportRank,
    "Broadband_rank": CIV.nimdm2017SlowBroadbandRank,
    "D6_LivEnv_rank": CIV.nimdm2017LivingEnvironmentRank,
    "D6a_Qual_rank": CIV.nimdm2017HousingQualityRank,
    "Unfit_rank": CIV.nimdm2017UnfitHomesRank,
    "Disrepair_rank": CIV.nimdm2017HomesInDisrepairRank,
    "Energy_rank": CIV.nimdm2017InefficientHomesRank,
    "D6b_Access_rank": CIV.nimdm2017HousingAccessRank,
    "Overcrowd_rank": CIV.nimdm2017OvercrowdedRank,
    "Adapt_rank": CIV.nimdm2017NotAdaptedRank,
    "D6b_Outdoor_rank": CIV.nimdm2017OutdoorsRank,
    "LAPS_rank": CIV.nimdm2017LocalAreaProblemsRank,
    "Road_Defect_rank": CIV.nimdm2017RoadDefectsRank,
    "Collisions_rank": CIV.nimdm2017CollisionsRank,
    "Flood_risk_rank": CIV.nimdm2017FloodRiskRank,
    "D7_CD_rank": CIV.nimdm2017CrimeAndDisorderRank,
    "D7a_Crime_rank": CIV.nimdm2017CrimeRank,
    "Violent_rank": CIV.nimdm2017ViolentCrimeRank,
    "Burglary_rank": CIV.nimdm2017BurglaryRank,
    "Theft_rank": CIV.nimdm2017TheftRank,
    "Veh_crime_rank": CIV.nimdm2017VehicleCrimeRank,
    "Drim_Dam_rank": CIV.nimdm2017CriminalDamageRank,
    "D7ab_Disorder_rank": CIV.nimdm2017DisorderRank,
    "Delib_fire_rank": CIV.nimdm2017DeliberateFiresRank,
    "ASB_rank": CIV.nimdm2017AntisocialBehaviourRank,
}
FIGURES = {
    "Income_perc": CIV.nimdm2017IncomeDeprived,
    "Income_child_perc": CIV.nimdm2017ChildrenIncomeDeprived,
    "Income_65_perc": CIV.nimdm2017OlderPeopleIncomeDeprived,
    "Empl_perc": CIV.nimdm2017EmploymentDeprived,
    "PD_ratio": CIV.nimdm2017PreventableDeaths,
    "PB_ratio": CIV.nimdm2017PhysicalDisabilityBenefits,
    "EA_ratio": CIV.nimdm2017EmergencyAdmissions,
    "LBW_perc": CIV.nimdm2017LowBirthWeight,
    "Dental_ratio": CIV.nimdm2017DentalExtractions,
    "Presc_ratio": CIV.nimdm2017MultiplePrescriptions,
    "LTHP_ratio": CIV.nimdm2017LongTermHealthProblems,
    "Pr_SEN_perc": CIV.nimdm2017PrimarySpecialNeeds,
    "Pr_abs_perc": CIV.nimdm2017PrimaryAbsence,
    "PP_GCSE_perc": CIV.nimdm2017NoFiveGCSEs,
    "PP_NEETs_perc": CIV.nimdm2017NotInEducationOrWork,
    "PP_SEN_perc": CIV.nimdm2017PostPrimarySpecialNeeds,
    "PP_Abs_perc": CIV.nimdm2017PostPrimaryAbsence,
    "WA_LQ_perc": CIV.nimdm2017LowQualifications,
    "Broadband_speed": CIV.nimdm2017SlowBroadband,
    "Unfit_perc": CIV.nimdm2017UnfitHomes,
    "Disrepair_perc": CIV.nimdm2017HomesInDisrepair,
    "Energy_perc": CIV.nimdm2017InefficientHomes,
    "Overcrowd_perc": CIV.nimdm2017Overcrowded,
    "Adapt_perc": CIV.nimdm2017NotAdapted,
    "LAPS_perc": CIV.nimdm2017LocalAreaProblems,
    "Road_Defect_ratio": CIV.nimdm2017RoadDefects,
    "Collisions_perc": CIV.nimdm2017Collisions,
    "Flood_risk_perc": CIV.nimdm2017FloodRisk,
    "Violent_rate": CIV.nimdm2017ViolentCrime,
    "Burglary_rate": CIV.nimdm2017Burglary,
    "Theft_rate": CIV.nimdm2017Theft,
    "Veh_crime_rate": CIV.nimdm2017VehicleCrime,
    "Drim_Dam_rate": CIV.nimdm2017CriminalDamage,
    "Delib_fire_rate": CIV.nimdm2017DeliberateFires,
    "ASB_rate": CIV.nimdm2017AntisocialBehaviour,
}
WITH_GAPS = {
    "Canc_ratio": Sparse("nimdm2017", "cancer", CIV.nimdm2017Cancer),
    "PP_HE_perc": Sparse("nimdm2017", "not-in-higher-education", CIV.nimdm2017NotInHigherEducation),
}


def nodes(row: Row) -> Iterator[Node]:
    """Ranks and indicators of a super output area, its name and its district."""
    code = row.need("SOA2001")
    seen = cube.observation("nimdm2017", code, YEAR)
    cube.measure(row, seen, RANKS, row.count)
    cube.measure(row, seen, FIGURES, row.figure)
    yield seen
    for column, sparse in WITH_GAPS.items():
        yield from sparse.observation(row, column, code, YEAR)
    area = Node(iri.area(code), CIV.Area)
    area.add(SKOS.prefLabel, row.need("SOA2001name"))
    area.add(SKOS.notation, code)
    area.add(CIV.areaType, iri.concept("area-type", "super-output-area"))
    area.add(CIV.within, iri.area(row.need("LGD2014code")))
    yield area
