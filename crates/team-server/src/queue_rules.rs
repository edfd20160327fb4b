//! What an administrator may say of a queue. Pure.

use acd::{LIMITS, Strategy};
use model::{is_extension, is_line};
use team_api::QueueSettings;

use crate::directory_rules::is_skill;

/// Longest time that can be set, in seconds: a day.
const LONGEST_S: u32 = 86_400;
/// Skills that a queue may need.
const MOST_SKILLS: usize = 20;

/// What is wrong, in a sentence for the administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flaw(pub &'static str);

/// The settings, tidied. `others` are the queues that it may overflow to.
pub(crate) fn check(wish: QueueSettings, others: &[&str]) -> Result<QueueSettings, Flaw> {
    let mut it = QueueSettings { name: wish.name.trim().to_owned(), ..wish };
    if !is_line(&it.name, 100) {
        return Err(Flaw("The name has 1 to 100 characters."));
    }
    if !is_extension(&it.extension) {
        return Err(Flaw("The extension has 1 to 32 letters, digits or . - _"));
    }
    if Strategy::from_code(&it.strategy).is_none() {
        return Err(Flaw("There is no such strategy."));
    }
    let wait_s = it.tier_rules.map_or(0, |rules| rules.wait_s);
    let times = [it.max_wait_s, it.max_wait_no_agent_s, it.discard_abandoned_after_s, it.service_level_s, wait_s];
    if times.iter().any(|time| *time > LONGEST_S) {
        return Err(Flaw("No time is longer than a day."));
    }
    if !(1..=LIMITS.callers).contains(&usize::try_from(it.max_callers).unwrap_or(usize::MAX)) {
        return Err(Flaw("1 to 1000 callers can wait."));
    }
    match it.overflow.as_str() {
        "hang_up" => it.overflow_to.clear(),
        "queue" if others.contains(&it.overflow_to.as_str()) => {}
        "extension" | "voicemail" if is_extension(&it.overflow_to) && it.overflow_to != it.extension => {}
        _ => {
            return Err(Flaw(
                "Callers can be sent nowhere, to another queue, to an extension or to the voice box of one.",
            ));
        }
    }
    if it.skills.len() > MOST_SKILLS || !it.skills.iter().all(|skill| is_skill(&skill.name, skill.level)) {
        return Err(Flaw("Up to 20 skills, each with a level of 1 to 100."));
    }
    it.skills.sort_by(|a, b| a.name.cmp(&b.name));
    if it.skills.windows(2).any(|pair| pair[0].name == pair[1].name) {
        return Err(Flaw("Each skill is named once."));
    }
    Ok(it)
}

#[cfg(test)]
mod tests {
    use super::*;
    use team_api::QueueSkill;

    #[test]
    fn settings_are_tidied_or_refused_by_table() {
        let fine = QueueSettings { name: " Sales ".into(), extension: "800".into(), ..QueueSettings::default() };
        assert_eq!(check(fine.clone(), &[]).unwrap().name, "Sales");
        let arabic = QueueSkill { name: "arabic".into(), level: 50 };
        for (flawed, what) in [
            (QueueSettings { name: "  ".into(), ..fine.clone() }, "name"),
            (QueueSettings { extension: "8 0".into(), ..fine.clone() }, "extension"),
            (QueueSettings { strategy: "best".into(), ..fine.clone() }, "strategy"),
            (QueueSettings { max_wait_s: 86_401, ..fine.clone() }, "time"),
            (QueueSettings { max_callers: 1001, ..fine.clone() }, "callers"),
            (QueueSettings { max_callers: 0, ..fine.clone() }, "callers"),
            (QueueSettings { overflow: "queue".into(), overflow_to: "q2".into(), ..fine.clone() }, "no such queue"),
            (QueueSettings { overflow: "extension".into(), overflow_to: "800".into(), ..fine.clone() }, "itself"),
            (QueueSettings { overflow: "voicemail".into(), overflow_to: String::new(), ..fine.clone() }, "whose box"),
            (QueueSettings { skills: vec![arabic.clone(), arabic.clone()], ..fine.clone() }, "skill twice"),
            (QueueSettings { skills: vec![QueueSkill { level: 0, ..arabic.clone() }], ..fine.clone() }, "skill level"),
        ] {
            assert!(check(flawed, &[]).is_err(), "{what}");
        }
        let to_box = QueueSettings { overflow: "voicemail".into(), overflow_to: "101".into(), ..fine.clone() };
        assert!(check(to_box, &[]).is_ok());
        let onward = QueueSettings { overflow: "queue".into(), overflow_to: "q2".into(), ..fine };
        assert!(check(onward, &["q2"]).is_ok());
    }
}
