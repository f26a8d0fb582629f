"""Cox's model equals R's, with ties, late entry, strata and clusters, and refuses what cannot be fitted."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cslab.faults import NotReady, UsageError
from cslab.measure import hazard

MGUS2 = Path(__file__).parents[4] / "shared" / "data" / "reference" / "survival__mgus2.csv"


@pytest.fixture(scope="module")
def lung() -> pd.DataFrame:
    """The lung data of R's survival, complete in three covariates."""
    from lifelines.datasets import load_lung

    frame = load_lung().dropna(subset=["age", "sex", "ph.ecog"])
    return frame.rename(columns={"time": "duration", "status": "event"}).reset_index(drop=True)


@pytest.fixture(scope="module")
def heart() -> pd.DataFrame:
    """The heart transplant data of R's survival: covariates change, so patients enter late."""
    from lifelines.datasets import load_stanford_heart_transplants

    return load_stanford_heart_transplants().rename(columns={"start": "entry", "stop": "duration"})


def people(size: int = 300, seed: int = 1) -> pd.DataFrame:
    """Customers with two covariates, of whom many leave in the same months and some enter late."""
    draws = np.random.default_rng(seed)
    frame = pd.DataFrame({"visits": draws.normal(size=size), "plan": draws.choice(["basic", "pro"], size)})
    entry = np.where(draws.random(size) < 0.4, draws.integers(0, 6, size), 0)
    event = draws.random(size) < 0.6
    return frame.assign(entry=entry, duration=entry + draws.integers(1, 13, size), event=event)


def refused(frame: pd.DataFrame, covariates: list[str], **options: object) -> str:
    """What is said where the model cannot be fitted."""
    with pytest.raises(UsageError) as fault:
        hazard.cox(frame, covariates, **options)
    return fault.value.text("en")


# R 4.2.2, survival 3.5-3: coxph(Surv(time, status) ~ age + sex + ph.ecog, lung); errors also with robust = TRUE.
LUNG = [0.01106676456007, -0.5526123957036, 0.4637284753704]
LUNG_ERROR = [0.009267411013701, 0.1677390537873, 0.113577266162]
LUNG_ROBUST = [0.009881392780091, 0.1647484279521, 0.1241588486132]
# … with months in the place of days, ceiling(time / 30.4375).
TIED = [0.0111632032702, -0.5622681023663, 0.4688467346642]
TIED_ERROR = [0.009239659955903, 0.1677245106651, 0.1140286329425]
TIED_ROBUST = [0.009916543307847, 0.1646767506881, 0.1244827916235]


def test_slopes_errors_and_likelihood_equal_those_of_r(lung):
    fit = hazard.cox(lung, ["age", "sex", "ph.ecog"], cluster=None)
    assert fit.table["estimate"].tolist() == pytest.approx(LUNG, abs=1e-8)
    assert fit.table["std_error"].tolist() == pytest.approx(LUNG_ERROR, abs=1e-8)
    assert fit.loglik == pytest.approx((-744.48045576144, -729.230121374862), abs=1e-8)
    assert hazard.cox(lung, ["age", "sex", "ph.ecog"]).table["std_error"].tolist() == pytest.approx(LUNG_ROBUST)


def test_months_that_tie_many_departures_give_what_r_gives(lung):
    months = lung.assign(duration=np.ceil(lung["duration"] / 30.4375))
    for cluster, errors in ((None, TIED_ERROR), ("account_id", TIED_ROBUST)):
        table = hazard.cox(months, ["age", "sex", "ph.ecog"], cluster=cluster).table
        assert table["estimate"].tolist() == pytest.approx(TIED, abs=1e-8)
        assert table["std_error"].tolist() == pytest.approx(errors, abs=1e-8)


def test_strata_and_clusters_give_what_r_gives(lung):
    # coxph(Surv(time, status) ~ age + ph.ecog + strata(sex) + cluster(inst), lung)
    fit = hazard.cox(lung.dropna(subset=["inst"]), ["age", "ph.ecog"], strata="sex", cluster="inst")
    assert fit.table["estimate"].tolist() == pytest.approx([0.01070840139064, 0.4690629418837], abs=1e-8)
    assert fit.table["std_error"].tolist() == pytest.approx([0.006846265111775, 0.1110923848225], abs=1e-8)
    assert fit.loglik == pytest.approx((-633.8713069415, -624.035431474), abs=1e-8)


def test_late_entry_and_several_rows_a_patient_give_what_r_gives(heart):
    # coxph(Surv(start, stop, event) ~ age + year + surgery + transplant + cluster(id), heart)
    names = ["age", "year", "surgery", "transplant"]
    slopes = [0.02716664095768, -0.1463463456742, -0.637209889967, -0.01025077240908]
    errors = [0.01389189292408, 0.07307985923936, 0.3582102023844, 0.3168823490625]
    table = hazard.cox(heart, names, cluster="id").table
    assert table["estimate"].tolist() == pytest.approx(slopes, abs=1e-8)
    assert table["std_error"].tolist() == pytest.approx(errors, abs=1e-8)
    plain = [0.01371411521032, 0.07046797951886, 0.3672259961803, 0.3137547983375]
    assert hazard.cox(heart, names, cluster=None).table["std_error"].tolist() == pytest.approx(plain, abs=1e-8)


def test_one_cause_at_a_time_gives_what_r_gives():
    if not MGUS2.exists():
        pytest.skip("needs ../shared/data/reference/survival__mgus2.csv")
    frame = pd.read_csv(MGUS2, encoding="utf-8")
    turned = frame.assign(duration=frame["ptime"], event=frame["pstat"] == 1)
    # coxph(Surv(etime, event == "pcm") ~ age + sex + mspike, mgus2)
    fit = hazard.cox(turned, ["age", "sex", "mspike"], cluster=None)
    found = fit.table.set_index("name")
    assert found.loc["age", "estimate"] == pytest.approx(0.01635218760146, abs=1e-8)
    assert found.loc["mspike", "estimate"] == pytest.approx(0.884078070234, abs=1e-8)
    assert found.loc["sex", "std_error"] == pytest.approx(0.1884498778373, abs=1e-8)
    assert fit.set_aside == int(frame["mspike"].isna().sum())


def test_the_rossi_data_give_what_r_gives():
    from lifelines.datasets import load_rossi

    frame = load_rossi().rename(columns={"week": "duration", "arrest": "event"})
    table = hazard.cox(frame, ["fin", "age", "race", "wexp", "mar", "paro", "prio"], cluster=None).table
    slopes = [-0.37942217, -0.05743774, 0.31389979, -0.1497957, -0.43370388, -0.08487108, 0.09149708]
    assert table["estimate"].tolist() == pytest.approx(slopes, abs=1e-8)


def test_a_row_cut_in_two_at_any_month_changes_nothing():
    frame = people().reset_index(names="account_id")
    longer = frame["duration"] - frame["entry"] > 3
    middle = frame["entry"] + 3
    early = frame.assign(duration=np.where(longer, middle, frame["duration"]), event=frame["event"] & ~longer)
    cut = pd.concat([early, frame[longer].assign(entry=middle[longer])])
    whole, parts = (hazard.cox(rows, ["visits", "plan"]) for rows in (frame, cut))
    assert parts.table["estimate"].tolist() == pytest.approx(whole.table["estimate"].tolist(), abs=1e-9)
    assert parts.table["std_error"].tolist() == pytest.approx(whole.table["std_error"].tolist(), abs=1e-9)
    assert parts.table["n"].tolist() == whole.table["n"].tolist()


def test_times_within_a_stratum_alone_count_by_their_order():
    frame = people().assign(term_months=lambda rows: np.arange(len(rows)) % 2)
    moved = frame.assign(**{name: frame[name] + 100 * frame["term_months"] for name in ("entry", "duration")})
    plain, later = (hazard.cox(rows, ["visits"], strata="term_months") for rows in (frame, moved))
    assert later.table["estimate"].tolist() == pytest.approx(plain.table["estimate"].tolist(), abs=1e-9)


def test_a_stratum_in_which_nobody_left_tells_nothing():
    frame = people().assign(term_months=lambda rows: np.arange(len(rows)) % 2)
    alone = frame[frame["term_months"] == 1]
    quiet = frame.assign(event=frame["event"] & (frame["term_months"] == 1))
    fits = [hazard.cox(rows, ["visits"], strata="term_months").table["estimate"][0] for rows in (quiet, alone)]
    assert fits[0] == pytest.approx(fits[1])


def test_half_of_a_pair_leaves_first_with_the_chance_that_its_ratio_says():
    draws = np.random.default_rng(3)
    pairs, first = np.repeat(np.arange(4_000), 2), draws.random(4_000) < 2 / 3  # ratio 2: two in three leave first
    big = np.tile([1, 0], 4_000)
    goes = np.where(big == 1, np.repeat(first, 2), np.repeat(~first, 2))
    frame = pd.DataFrame({"big": big, "duration": np.where(goes, 1, 2), "event": goes, "pair": pairs})
    fit = hazard.cox(frame, ["big"], strata="pair")
    assert fit.table["ratio"][0] == pytest.approx(first.sum() / (~first).sum(), rel=1e-6)


def test_the_mean_customer_of_a_fit_stays_as_the_baseline_says():
    frame = people(2_000)
    fit = hazard.cox(frame, ["visits"])
    mean = frame.assign(visits=frame["visits"].mean()).head(1)
    from cslab.measure.survival import at, kaplan_meier

    share = fit.survival(mean, [0, 6]).iloc[0].tolist()
    assert share[0] == 1
    assert share[1] == pytest.approx(at(kaplan_meier(frame), 6).estimate, abs=0.02)
    assert fit.log_ratio(mean)[0] == pytest.approx(0, abs=1e-9)


def test_a_stratum_or_a_word_that_was_not_there_is_named():
    frame = people().assign(term_months=lambda rows: np.where(np.arange(len(rows)) % 2, 12, 1))
    fit = hazard.cox(frame, ["plan"], strata="term_months")
    with pytest.raises(UsageError, match="36"):
        fit.survival(frame.head(2).assign(term_months=36), [1])
    with pytest.raises(UsageError, match="team"):
        fit.log_ratio(frame.assign(plan="team"))
    with pytest.raises(UsageError, match="99"):
        fit.survival(frame, [99])


def test_covariates_that_change_are_never_carried_forward():
    from dataclasses import replace

    changing = replace(hazard.cox(people(), ["visits"]), changing=True)
    with pytest.raises(NotReady, match=r"visits.*landmark"):
        changing.survival(people(), [3])


@pytest.mark.parametrize(
    ("change", "covariates", "said"),
    [
        ({"event": False}, ["visits"], "nobody has left"),
        ({"event": lambda rows: rows.index == 0}, ["visits"], "only one"),
        ({"visits": 1.0}, ["visits"], "visits"),
        ({"visits": np.nan}, ["visits"], "visits"),
        ({"twice": lambda rows: 2 * rows["visits"]}, ["visits", "twice"], "twice"),
        ({"duration": 0, "entry": 0}, ["visits"], "never at risk"),
        ({"entry": 50}, ["visits"], "never at risk"),
        ({}, ["visit"], "visits"),
        ({}, [], "Name at least one"),
    ],
)
def test_what_cannot_be_fitted_is_said_with_its_column(change, covariates, said):
    assert said in refused(people().assign(**change), covariates)


def test_a_value_of_which_nobody_left_is_named():
    frame = people()
    frame["plan"] = np.where(frame["event"], "basic", frame["plan"])
    assert "plan = pro" in refused(frame, ["visits", "plan"])


def test_a_number_that_orders_all_departures_is_named():
    frame = pd.DataFrame({"duration": np.arange(1, 41), "event": True, "tenure": np.arange(40.0)})
    assert "tenure" in refused(frame, ["tenure"])


def test_a_stratum_that_is_not_there_is_named_with_the_nearest():
    assert "plan" in refused(people(), ["visits"], strata=["plans"])


def test_a_missing_stratum_is_a_stratum_of_its_own():
    frame = people().assign(term_months=lambda rows: np.where(np.arange(len(rows)) % 2, 12, np.nan))
    fit = hazard.cox(frame, ["visits"], strata="term_months")
    assert len(fit.survival(frame, [3])) == len(frame)


def scarce(left: int, size: int = 60) -> pd.DataFrame:
    """Customers of whom the first so many leave, with three covariates of chance."""
    draws = np.random.default_rng(3)
    frame = pd.DataFrame(draws.normal(size=(size, 3)), columns=["a", "b", "c"])
    return frame.assign(duration=draws.integers(1, 13, size), event=np.arange(size) < left)


def test_more_slopes_than_departures_are_refused():
    assert "3 departures cannot carry 3 numbers" in refused(scarce(3), ["a", "b", "c"])


def test_few_departures_are_told_and_their_errors_are_no_smaller_than_by_the_likelihood():
    frame = scarce(5)
    fit, plain = (hazard.cox(frame, ["a", "b", "c"], cluster=one) for one in ("account_id", None))
    assert [note.key for note in fit.notes] == ["hazard_few_events"] and "5" in fit.notes[0].text("ja")
    assert (fit.table["std_error"] >= plain.table["std_error"] - 1e-12).all()
    assert not hazard.cox(scarce(50), ["a", "b", "c"]).notes


def two_terms() -> pd.DataFrame:
    """Of short terms all but the last leave by month 4 and one stays to month 6; of long ones nobody leaves."""
    short = pd.DataFrame({"term": 1, "duration": [1, 2, 3, 4, 6], "event": [True] * 4 + [False]})
    long = pd.DataFrame({"term": 12, "duration": [12] * 5, "event": False})
    visits = [2.0, 1.0, 3.0, 0.0, 1.5] * 2
    return pd.concat([short, long], ignore_index=True).assign(visits=visits)


def test_a_curve_goes_as_far_as_anybody_of_the_stratum_was_watched():
    frame = two_terms()
    fit = hazard.cox(frame, ["visits"], strata="term")
    curves = fit.survival(frame[frame["term"] == 1], [4, 6])
    assert (curves[4] == curves[6]).all()
    assert fit.survival(frame[frame["term"] == 12], [12])[12].eq(1).all()
    with pytest.raises(UsageError, match=r"term = 1.*ends at 6"):
        fit.survival(frame, [7])


def test_a_stratum_in_which_nobody_left_is_told():
    notes = hazard.cox(two_terms(), ["visits"], strata="term").notes
    assert "term = 12" in next(note for note in notes if note.key == "cox_nobody_left").text("en")
