//! The plan of a contact centre for demonstrations: three departments, each with a queue, agents, somebody who leads it all, and
//! telephone lines from which callers call.

use model::{AgentOptions, Role};
use team_api::{QueueSettings, QueueTierRules};

use super::names::person;
use super::plan::{Plan, PlannedPerson, PlannedQueue};

/// English and Arabic name and the queue's extension of each department.
const DEPARTMENTS: [(&str, &str, &str); 3] =
    [("Sales", "المبيعات", "801"), ("Support", "الدعم الفني", "802"), ("Billing", "الفواتير", "803")];
/// Where each of six agents in a row belongs: the last department has few.
const PLACES: [usize; 6] = [0, 1, 1, 0, 1, 2];
/// Callers' telephones belong to nobody's team.
const LINES: (&str, &str) = ("Telephone lines", "خطوط الهاتف");
const FIRST_AGENT: usize = 101;
const FIRST_LINE: usize = 9001;
/// Shorter than usual, so that something happens.
const AGENT: AgentOptions = AgentOptions {
    call_timeout: 12,
    wrap_up: 10,
    busy_delay: 5,
    reject_delay: 5,
    no_answer_delay: 5,
    ..AgentOptions::USUAL
};

impl Plan {
    /// The first person is the newcomer, who may see and do everything; then come so many agents and so many callers. `arabic` says of the
    /// person, department or queue with a number in which script its name is written.
    #[must_use]
    pub fn contact_centre(agents: usize, callers: usize, arabic: impl Fn(usize) -> bool) -> Plan {
        let both = |number: usize, (en, ar): (&str, &str)| if arabic(number) { ar.to_owned() } else { en.to_owned() };
        let mut departments: Vec<String> =
            DEPARTMENTS.iter().enumerate().map(|(number, (en, ar, _))| both(number, (en, ar))).collect();
        departments.push(both(0, LINES));
        let newcomer = PlannedPerson {
            name: both(0, ("Jamie Newcomer", "جنى الجديدة")),
            email: "demo@rannan.local".to_owned(),
            extension: "100".to_owned(),
            role: Role::SystemOwner,
            department: 1,
            watches: vec![0, 2],
            agent: Some(AGENT),
        };
        let agent = |number: usize| {
            let (name, mailbox) = person(number, arabic(number));
            PlannedPerson {
                name,
                email: format!("{mailbox}@rannan.local"),
                extension: (FIRST_AGENT + number).to_string(),
                // Each department has somebody who leads it.
                role: if number < DEPARTMENTS.len() { Role::Manager } else { Role::User },
                department: PLACES[number % PLACES.len()],
                watches: Vec::new(),
                agent: Some(AGENT),
            }
        };
        let line = |number: usize| {
            let (name, mailbox) = person(agents + number, arabic(number));
            PlannedPerson {
                name,
                email: format!("{mailbox}@lines.rannan.local"),
                extension: (FIRST_LINE + number).to_string(),
                role: Role::User,
                department: DEPARTMENTS.len(),
                watches: Vec::new(),
                agent: None,
            }
        };
        let people = std::iter::once(newcomer).chain((0..agents).map(agent)).chain((0..callers).map(line)).collect();
        let mut plan =
            Plan { departments, people, queues: Vec::new(), breaks: vec![("Lunch".into(), "الغداء".into())] };
        plan.queues = (0..DEPARTMENTS.len()).map(|number| queue(&plan, number)).collect();
        plan
    }
}

/// Level 1: the own department. Level 2, after some seconds: one of each other department, and the newcomer.
fn queue(plan: &Plan, number: usize) -> PlannedQueue {
    let serves = |(at, person): (usize, &PlannedPerson)| {
        let is_first =
            plan.people.iter().position(|it| it.department == person.department && it.role != Role::SystemOwner);
        let level = match person.department == number && person.role != Role::SystemOwner {
            true => 1,
            false if person.role == Role::SystemOwner || is_first == Some(at) => 2,
            false => return None,
        };
        person.agent.map(|_| (at, level, 1))
    };
    let settings = QueueSettings {
        name: plan.departments[number].clone(),
        extension: DEPARTMENTS[number].2.to_owned(),
        tier_rules: Some(QueueTierRules { wait_s: 10, multiply: false, at_once_without_agents: true }),
        ..QueueSettings::default()
    };
    PlannedQueue { settings, agents: plan.people.iter().enumerate().filter_map(serves).collect() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn everybody_has_an_extension_a_place_and_work() {
        for (agents, callers) in [(1, 1), (12, 18), (60, 66)] {
            let plan = Plan::contact_centre(agents, callers, |number| number % 2 == 1);
            assert_eq!(plan.people.len(), 1 + agents + callers);
            let extensions: BTreeSet<_> = plan.people.iter().map(|it| &it.extension).collect();
            let emails: BTreeSet<_> = plan.people.iter().map(|it| &it.email).collect();
            assert_eq!((extensions.len(), emails.len()), (plan.people.len(), plan.people.len()));
            let serve: BTreeSet<_> = plan.queues.iter().flat_map(|it| &it.agents).map(|it| it.0).collect();
            assert_eq!(serve, (0..=agents).collect(), "who is an agent serves a queue, and nobody else");
            assert!(plan.queues.iter().all(|queue| !queue.agents.is_empty()));
        }
    }
}
