//! A range of extensions as wishes (BK-01). Pure.

use model::{AgentCard, EXTENSION, Role, normal_email, user_name};

use super::wish::{AgentWish, UserWish};

/// Users of one range.
const MOST: u64 = 1_000;
/// What stands for the Id in a pattern.
const PLACE: &str = "{id}";

/// Users with one Id after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RangeWish {
    /// The first Id: a number, in digits of any script. Zeros in front stay.
    pub first: String,
    /// The last Id.
    pub last: String,
    /// Name of each; `{id}` in it becomes the Id.
    pub name: String,
    /// Sign-in name of each; `{id}` has to be in it unless there is only one.
    pub email: String,
    /// Role of each.
    pub role: Role,
    /// Id of the department of each; `None`: the own one.
    pub department: Option<String>,
    /// How each takes calls from queues.
    pub agent: AgentCard,
}

/// Why it is no range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum RangeFault {
    /// One of them is no number, or the last is before the first: "Bad from or to".
    #[error("bad from or to")]
    Bounds,
    /// More than 1,000.
    #[error("more than 1,000 users")]
    TooMany,
    /// The pattern makes no names.
    #[error("the pattern makes no names")]
    Name,
    /// The pattern makes no e-mail addresses, or the same for all.
    #[error("the pattern makes no e-mail addresses")]
    Email,
}

/// A wish for each of them, in order.
pub(super) fn wishes(range: &RangeWish) -> Result<Vec<UserWish>, RangeFault> {
    let (first, last) = (digits(&range.first)?, digits(&range.last)?);
    let (from, to): (u64, u64) = (number(&first)?, number(&last)?);
    if to < from {
        return Err(RangeFault::Bounds);
    }
    if to - from >= MOST {
        return Err(RangeFault::TooMany);
    }
    if from != to && !range.email.contains(PLACE) {
        return Err(RangeFault::Email);
    }
    let width = first.len();
    (from..=to)
        .map(|id| {
            let id = format!("{id:0width$}");
            let name = range.name.replace(PLACE, &id);
            let email = range.email.replace(PLACE, &id);
            Ok(UserWish {
                name: Some(user_name(&name).ok_or(RangeFault::Name)?.to_owned()),
                email: Some(normal_email(&email).ok_or(RangeFault::Email)?),
                role: Some(range.role),
                department: range.department.clone(),
                is_agent: Some(range.agent.is_agent),
                agent: AgentWish::all(range.agent.options),
                skills: range.agent.skills.clone(),
                extension: id,
                ..UserWish::default()
            })
        })
        .collect()
}

fn digits(typed: &str) -> Result<String, RangeFault> {
    let digits: Option<String> = typed.trim().chars().map(base::ascii_digit).collect();
    digits.filter(|digits| (1..=EXTENSION).contains(&digits.len())).ok_or(RangeFault::Bounds)
}

fn number(digits: &str) -> Result<u64, RangeFault> {
    digits.parse().map_err(|_| RangeFault::Bounds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(first: &str, last: &str) -> RangeWish {
        RangeWish {
            first: first.into(),
            last: last.into(),
            name: "Agent {id}".into(),
            email: "Agent{id}@care.example".into(),
            role: Role::User,
            department: None,
            agent: AgentCard::default(),
        }
    }

    fn ids(range: &RangeWish) -> Result<Vec<String>, RangeFault> {
        wishes(range).map(|all| all.into_iter().map(|wish| wish.extension).collect())
    }

    #[test]
    fn from_100_to_199_are_100_users_bk_01() {
        let all = wishes(&range("100", "199")).unwrap();
        assert_eq!(all.len(), 100);
        assert_eq!((all[0].extension.as_str(), all[99].extension.as_str()), ("100", "199"));
        assert_eq!(all[7].name.as_deref(), Some("Agent 107"));
        assert_eq!(all[7].email.as_deref(), Some("agent107@care.example"));
    }

    #[test]
    fn bounds_by_table_bk_01() {
        for (first, last, expected) in [
            ("7", "7", Ok(vec!["7"])),
            ("٩٨", " 100 ", Ok(vec!["98", "99", "100"])),
            ("098", "100", Ok(vec!["098", "099", "100"])),
            ("200", "199", Err(RangeFault::Bounds)),
            ("", "199", Err(RangeFault::Bounds)),
            ("-1", "5", Err(RangeFault::Bounds)),
            ("1a", "5", Err(RangeFault::Bounds)),
            ("1", "99999999999999999999999", Err(RangeFault::Bounds)),
            ("0", "18446744073709551615", Err(RangeFault::TooMany)),
            ("1", "1001", Err(RangeFault::TooMany)),
        ] {
            let expected = expected.map(|all| all.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(ids(&range(first, last)), expected, "{first} to {last}");
        }
        assert_eq!(ids(&range("1", "1000")).unwrap().len(), 1000);
    }

    #[test]
    fn patterns_by_table_bk_01() {
        let with = |name: &str, email: &str| {
            ids(&RangeWish { name: name.into(), email: email.into(), ..range("1", "2") }).map(|all| all.len())
        };
        assert_eq!(with("موظف {id}", "{id}@a"), Ok(2));
        assert_eq!(with("Reception", "{id}-{id}@a"), Ok(2));
        assert_eq!(with(" ", "{id}@a"), Err(RangeFault::Name));
        assert_eq!(with("a", "all@a"), Err(RangeFault::Email));
        assert_eq!(with("a", "{id}"), Err(RangeFault::Email));
        assert_eq!(ids(&RangeWish { email: "one@a".into(), ..range("5", "5") }), Ok(vec!["5".into()]));
    }
}
