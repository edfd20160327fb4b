//! What can be said of a user. Pure; the routes ask here.

use std::net::IpAddr;

use ipnet::IpNet;
use model::{
    AGENT_OPTION_MAX, AgentOptions, PasswordRules, Skill, is_extension, is_line, normal_email, pin_digits, user_name,
};
use team_api::{AgentCard, code};

use crate::routes::account::MAX_PASSWORD;

/// Skills that one agent may have.
const MOST_SKILLS: usize = 50;
/// Longest name of a skill, in characters.
const SKILL_NAME: usize = 64;
/// Networks that one user may have.
const MOST_NETWORKS: usize = 64;

/// What is wrong: the code of the problem, and a sentence for the administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flaw(pub &'static str, pub &'static str);

/// What somebody is as an agent of queues.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agent {
    pub is_agent: bool,
    pub options: AgentOptions,
    /// By name, each once.
    pub skills: Vec<Skill>,
}

/// Something to be good at, and how good (AO-07)?
pub(crate) fn is_skill(name: &str, level: u8) -> bool {
    is_line(name, SKILL_NAME) && (1..=100).contains(&level)
}

/// A name, tidied.
pub(crate) fn name(text: &str) -> Result<&str, Flaw> {
    user_name(text).ok_or(Flaw(code::USER_NAME, "A name has 1 to 200 characters, in one line."))
}

/// An e-mail address, trimmed and in lower case.
pub(crate) fn email(text: &str) -> Result<String, Flaw> {
    normal_email(text).ok_or(Flaw(code::USER_EMAIL, "This is no e-mail address."))
}

/// An extension as it may be (EC-01).
pub(crate) fn extension(text: &str) -> Result<&str, Flaw> {
    is_extension(text)
        .then_some(text)
        .ok_or(Flaw(code::USER_EXTENSION, "The extension has 1 to 32 letters, digits or . - _"))
}

/// Is it strong enough (PW-02)?
pub(crate) fn password(text: &str) -> Result<(), Flaw> {
    if text.len() > MAX_PASSWORD {
        return Err(Flaw(code::USER_CARD, "The password is too long."));
    }
    let detail = "A password has 8 characters, a capital and a small letter, a number and a special character.";
    PasswordRules::of(text).all_kept().then_some(()).ok_or(Flaw(code::WEAK_PASSWORD, detail))
}

/// Networks in canonical form, each once (EC-09): `address/prefix`, or an address alone.
pub(crate) fn acl(networks: &[String]) -> Result<Vec<String>, Flaw> {
    if networks.len() > MOST_NETWORKS {
        return Err(Flaw(code::USER_ACL, "Up to 64 networks."));
    }
    let mut kept = Vec::with_capacity(networks.len());
    for text in networks {
        let network = network(text).ok_or(Flaw(code::USER_ACL, "A network is 192.0.2.0/24 or 2001:db8::/32."))?;
        let network = network.to_string();
        if !kept.contains(&network) {
            kept.push(network);
        }
    }
    Ok(kept)
}

/// One of them. An IPv4 address that is written as IPv6 is IPv4: so it comes in on a socket for both.
pub(crate) fn network(text: &str) -> Option<IpNet> {
    let text: String = text.trim().chars().map(|c| base::ascii_digit(c).unwrap_or(c)).collect();
    let network = match text.parse::<IpNet>() {
        Ok(network) => network.trunc(),
        Err(_) => IpNet::from(text.parse::<IpAddr>().ok()?),
    };
    match network {
        IpNet::V6(v6) if v6.prefix_len() >= 96 => match v6.addr().to_ipv4_mapped() {
            Some(v4) => Some(IpNet::V4(ipnet::Ipv4Net::new(v4, v6.prefix_len() - 96).ok()?)),
            None => Some(network),
        },
        IpNet::V4(_) | IpNet::V6(_) => Some(network),
    }
}

/// The networks of a card that is kept; one that cannot be read any more is one from which nobody comes.
pub(crate) fn networks(kept: &[String]) -> Vec<IpNet> {
    let nowhere = IpNet::from(IpAddr::from([0, 0, 0, 0]));
    kept.iter().map(|text| network(text).unwrap_or(nowhere)).collect()
}

/// A PIN in ASCII digits (EC-05), in whatever script it was typed; empty: there shall be none.
pub(crate) fn pin(typed: &str) -> Result<String, Flaw> {
    pin_digits(typed).ok_or(Flaw(code::USER_PIN, "An access PIN has 4 to 12 digits."))
}

/// The options of an agent (AO-01 to AO-07), tidied.
pub(crate) fn agent(card: &AgentCard) -> Result<Agent, Flaw> {
    let options = AgentOptions {
        call_timeout: card.call_timeout,
        wrap_up: card.wrap_up,
        max_no_answer: card.max_no_answer,
        busy_delay: card.busy_delay,
        reject_delay: card.reject_delay,
        no_answer_delay: card.no_answer_delay,
    };
    let AgentOptions { call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay } = options;
    let numbers = [call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay];
    if numbers.iter().any(|number| *number > AGENT_OPTION_MAX) {
        return Err(Flaw(code::USER_CARD, "Each option of an agent is 0 to 999."));
    }
    if call_timeout == 0 {
        return Err(Flaw(code::USER_CARD, "A call has to ring for a second at least."));
    }
    if card.skills.len() > MOST_SKILLS {
        return Err(Flaw(code::USER_CARD, "Up to 50 skills."));
    }
    let mut skills = Vec::with_capacity(card.skills.len());
    for skill in &card.skills {
        let name = skill.name.trim();
        if !is_skill(name, skill.level) {
            return Err(Flaw(code::USER_CARD, "A skill has a name of 1 to 64 characters and a level of 1 to 100."));
        }
        skills.push(Skill { name: name.to_owned(), level: skill.level });
    }
    skills.sort();
    if skills.windows(2).any(|pair| pair[0].name == pair[1].name) {
        return Err(Flaw(code::USER_CARD, "Each skill is named once."));
    }
    Ok(Agent { is_agent: card.is_agent, options, skills })
}

impl From<&Agent> for AgentCard {
    fn from(agent: &Agent) -> Self {
        let AgentOptions { call_timeout, wrap_up, max_no_answer, busy_delay, reject_delay, no_answer_delay } =
            agent.options;
        let skill = |skill: &Skill| team_api::QueueSkill { name: skill.name.clone(), level: skill.level };
        AgentCard {
            is_agent: agent.is_agent,
            call_timeout,
            wrap_up,
            max_no_answer,
            busy_delay,
            reject_delay,
            no_answer_delay,
            skills: agent.skills.iter().map(skill).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use team_api::QueueSkill;

    use super::*;

    fn skill(name: &str, level: u8) -> QueueSkill {
        QueueSkill { name: name.into(), level }
    }

    #[test]
    fn options_are_0_to_999_and_skills_1_to_100_ao_01_ao_07() {
        let fine = AgentCard {
            is_agent: true,
            skills: vec![skill(" Refunds ", 60), skill("العربية", 100)],
            ..AgentCard::default()
        };
        let kept = agent(&fine).unwrap();
        assert_eq!(kept.options, AgentOptions::USUAL);
        assert_eq!(kept.skills[0], Skill { name: "Refunds".into(), level: 60 });
        assert_eq!(agent(&AgentCard::from(&kept)), Ok(kept), "the same after both ways");
        for (flawed, what) in [
            (AgentCard { call_timeout: 0, ..fine.clone() }, "call timeout"),
            (AgentCard { call_timeout: 1000, ..fine.clone() }, "call timeout"),
            (AgentCard { wrap_up: 1000, ..fine.clone() }, "wrap up"),
            (AgentCard { max_no_answer: 1000, ..fine.clone() }, "max no answer"),
            (AgentCard { busy_delay: 1000, ..fine.clone() }, "busy delay"),
            (AgentCard { reject_delay: 1000, ..fine.clone() }, "reject delay"),
            (AgentCard { no_answer_delay: u16::MAX, ..fine.clone() }, "no answer delay"),
            (AgentCard { skills: vec![skill("", 1)], ..fine.clone() }, "nameless skill"),
            (AgentCard { skills: vec![skill("a\nb", 1)], ..fine.clone() }, "two lines"),
            (AgentCard { skills: vec![skill("a", 0)], ..fine.clone() }, "level 0"),
            (AgentCard { skills: vec![skill("a", 101)], ..fine.clone() }, "level 101"),
            (AgentCard { skills: vec![skill("a", 1), skill("a ", 2)], ..fine.clone() }, "twice"),
            (AgentCard { skills: vec![skill("a", 1); 51], ..fine.clone() }, "too many"),
        ] {
            assert_eq!(agent(&flawed).map_err(|flaw| flaw.0), Err(code::USER_CARD), "{what}");
        }
        let edges = AgentCard { wrap_up: 0, max_no_answer: 0, busy_delay: 999, call_timeout: 1, ..fine };
        assert!(agent(&edges).is_ok());
    }

    #[test]
    fn networks_are_kept_in_canonical_form_ec_09() {
        let kept = |texts: &[&str]| acl(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        let texts = [
            "192.0.2.77/24",
            " 192.0.2.0/24 ",
            "198.51.100.7",
            "2001:DB8:0:0::1/32",
            "::1",
            "::ffff:10.1.2.3/104",
            "١٠.٠.٠.٠/٨",
            "0.0.0.0/0",
        ];
        let expected = ["192.0.2.0/24", "198.51.100.7/32", "2001:db8::/32", "::1/128", "10.0.0.0/8", "0.0.0.0/0"];
        assert_eq!(kept(&texts).unwrap(), expected);
        for flawed in ["", "192.0.2.0/33", "192.0.2/24", "2001:db8::/129", "care.example", "10.0.0.1/8 10.0.0.2/8"] {
            assert_eq!(kept(&[flawed]).map_err(|flaw| flaw.0), Err(code::USER_ACL), "{flawed:?}");
        }
        assert!(acl(&vec!["10.0.0.1".to_owned(); 65]).is_err());
    }

    #[test]
    fn a_pin_is_4_to_12_digits_in_any_script_ec_05() {
        for (typed, kept) in [("1234", "1234"), ("١٢٣٤", "1234"), ("", ""), (" 123456789012 ", "123456789012")] {
            assert_eq!(pin(typed).as_deref(), Ok(kept));
        }
        for flawed in ["123", "1234567890123", "12a4", "12 34"] {
            assert_eq!(pin(flawed).map_err(|flaw| flaw.0), Err(code::USER_PIN), "{flawed:?}");
        }
    }

    #[test]
    fn names_extensions_and_passwords_by_table_ec_01_ec_02_pw_02() {
        assert_eq!(name("  ليلى منصور "), Ok("ليلى منصور"));
        for flawed in ["", "  ", "a\nb", &"x".repeat(201)] {
            assert!(name(flawed).is_err(), "{flawed:?}");
        }
        assert_eq!(extension("2119"), Ok("2119"));
        for flawed in ["", "21 19", "٢١", "a@b", &"1".repeat(33)] {
            assert!(extension(flawed).is_err(), "{flawed:?}");
        }
        assert_eq!(email(" Layla@Care.Example "), Ok("layla@care.example".to_owned()));
        assert!(email("layla").is_err());
        assert_eq!(password("Correct-Horse-7"), Ok(()));
        assert_eq!(password("weak").map_err(|flaw| flaw.0), Err(code::WEAK_PASSWORD));
        assert_eq!(password(&"Aa1-".repeat(300)).map_err(|flaw| flaw.0), Err(code::USER_CARD));
    }
}
