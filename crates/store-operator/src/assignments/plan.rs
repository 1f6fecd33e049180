//! What a new stay does to the stays there are.

use domain::{Timestamp, Window};

use super::in_the_way::InTheWay;
use super::standing::Standing;

/// What has to be done so that a new stay can be.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Assignments to complete, and when they end.
    pub(super) endings: Vec<(String, Timestamp)>,
    /// Whether the new stay is still in force, or over already.
    pub(super) active: bool,
}

/// Plans a stay in `new`, which is not empty: a meter and a location are never in two stays at one moment, and never
/// in two assignments that are in force.
///
/// A stay that runs when the new one begins ends then. One that began later, or is over and
/// overlaps, is in the way; so is one in force that the new one, still to come, would follow.
pub(super) fn plan(
    new: &Window,
    standing: &[Standing],
    now: Timestamp,
) -> Result<Plan, Box<InTheWay>> {
    let active = new.until.is_none_or(|until| now < until);
    let mut plan = Plan {
        endings: Vec::new(),
        active,
    };
    for stay in standing {
        plan.endings
            .extend(ending(stay, new, active, now)?.map(|end| (stay.id.clone(), end)));
    }
    Ok(plan)
}

/// When that stay ends on account of the new one, if it does.
fn ending(
    stay: &Standing,
    new: &Window,
    new_is_active: bool,
    now: Timestamp,
) -> Result<Option<Timestamp>, Box<InTheWay>> {
    let over = stay.window.until.filter(|until| *until <= new.from);
    let runs_at_start = stay.active && over.is_none() && stay.window.from <= new.from;
    let refuse = |why: &str| Err(stay.in_the_way(why, now));
    match over {
        _ if runs_at_start && stay.same => refuse("it is there already"),
        _ if runs_at_start && now < new.from => refuse(
            "a move that is still to come cannot be entered; end that stay first, or give a from \
             that is not in the future",
        ),
        _ if runs_at_start => Ok(Some(new.from)),
        _ if stay.window.overlaps(new) => refuse("the new stay would overlap it"),
        Some(until) if stay.active && until <= now => Ok(Some(until)),
        _ if stay.active && new_is_active => refuse("end that stay first"),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn window(from: i64, until: Option<i64>) -> Window {
        Window {
            from: at(from),
            until: until.map(at),
        }
    }

    fn standing(id: &str, window: Window, active: bool) -> Standing {
        Standing {
            id: id.to_owned(),
            unit: "SLM-1".to_owned(),
            location: "North gate".to_owned(),
            project: "Harbour Tower".to_owned(),
            same: false,
            window,
            active,
        }
    }

    #[test]
    fn a_running_stay_ends_when_the_new_one_begins() {
        let running = standing("old", window(10, None), true);
        let plan = plan(&window(50, None), &[running], at(50)).unwrap();
        assert_eq!(plan.endings, [("old".to_owned(), at(50))]);
        assert!(plan.active);
    }

    #[test]
    fn a_move_may_be_entered_late_but_not_early() {
        let running = [standing("old", window(10, None), true)];
        assert!(plan(&window(40, None), &running, at(50)).is_ok());
        let refusal = plan(&window(60, None), &running, at(50))
            .unwrap_err()
            .to_string();
        assert!(refusal.contains("still to come"), "{refusal}");
    }

    #[test]
    fn a_stay_that_began_later_is_in_the_way() {
        let running = [standing("old", window(45, None), true)];
        let refusal = plan(&window(40, None), &running, at(50))
            .unwrap_err()
            .to_string();
        assert!(
            refusal.contains("overlap") && refusal.contains("North gate"),
            "{refusal}"
        );
    }

    #[test]
    fn history_can_be_completed_without_touching_what_runs() {
        let running = [standing("old", window(45, None), true)];
        let plan = plan(&window(20, Some(45)), &running, at(50)).unwrap();
        assert_eq!(
            plan,
            Plan {
                endings: vec![],
                active: false
            }
        );
    }

    #[test]
    fn a_stay_that_ended_by_itself_is_completed_by_the_way() {
        let ended = [standing("old", window(10, Some(30)), true)];
        let plan = plan(&window(50, None), &ended, at(50)).unwrap();
        assert_eq!(plan.endings, [("old".to_owned(), at(30))]);
    }

    prop_compose! {
        fn any_window(longest: i64)(from in 0..60_i64, length in 1..longest, open in any::<bool>()) -> Window {
            window(from, (!open).then_some(from + length))
        }
    }

    proptest! {
        /// Whatever there was, if it was in order, so it is with the new stay.
        #[test]
        fn what_is_planned_leaves_everything_in_order(
            lengths in proptest::collection::vec((0..10_i64, 1..10_i64), 0..6),
            last_runs in any::<bool>(),
            last_is_active in any::<bool>(),
            new in any_window(30),
            now in 0..80_i64,
        ) {
            let mut from = 0;
            let mut before = Vec::new();
            for (index, (gap, length)) in lengths.iter().enumerate() {
                let last = index + 1 == lengths.len();
                from += gap;
                let until = (!(last && last_runs)).then_some(from + length);
                let active = last && (last_is_active || last_runs);
                before.push(standing(&index.to_string(), window(from, until), active));
                from += length;
            }
            if let Ok(plan) = plan(&new, &before, at(now)) {
                let mut after: Vec<_> = before
                    .into_iter()
                    .map(|mut stay| {
                        if let Some((_, end)) = plan.endings.iter().find(|(id, _)| *id == stay.id) {
                            prop_assert!(stay.window.from <= *end && *end <= at(now));
                            stay.window.until = Some(*end);
                            stay.active = false;
                        }
                        Ok(stay)
                    })
                    .collect::<Result<_, _>>()?;
                after.push(standing("new", new, plan.active));
                for (index, one) in after.iter().enumerate() {
                    for other in &after[index + 1..] {
                        prop_assert!(!one.window.overlaps(&other.window), "{one:?} {other:?}");
                        prop_assert!(!(one.active && other.active), "{one:?} {other:?}");
                    }
                }
            }
        }
    }
}
