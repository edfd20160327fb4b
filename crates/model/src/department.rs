//! Departments, and the rights of one person as they are shown and edited.

use crate::{Rights, Role, RoleRights};

/// A department by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Department {
    /// Its name for ever.
    pub id: String,
    /// What it is called; empty for the one that is there from the start, until somebody names it.
    pub name: String,
}

/// Longest name of a department, in characters.
pub const DEPARTMENT_NAME: usize = 60;

/// The name as it is kept: trimmed. `None`: nothing is in it, or too much, or what cannot be shown in one line.
#[must_use]
pub fn department_name(typed: &str) -> Option<&str> {
    let name = typed.trim();
    let fits = (1..=DEPARTMENT_NAME).contains(&name.chars().count());
    (fits && !name.chars().any(char::is_control)).then_some(name)
}

/// What the person at this phone may see and do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRights {
    /// Where they belong.
    pub department: Department,
    /// Further departments that they watch over.
    pub watches: Vec<Department>,
    /// What they are.
    pub role: Role,
    /// What that allows.
    pub role_rights: RoleRights,
    /// Their switches.
    pub rights: Rights,
}

/// The rights of one person as somebody edits them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightsCard {
    /// Id of the department that they belong to.
    pub department: String,
    /// Ids of further departments that they watch over.
    pub watches: Vec<String>,
    /// What they are.
    pub role: Role,
    /// Their switches.
    pub rights: Rights,
    /// Rises with each change: what is saved is based on it.
    pub version: u64,
    /// Roles that whoever asks may give them; theirs is among them unless nothing may be changed.
    pub gives: Vec<Role>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_has_a_name_of_one_line_in_any_script() {
        let sixty = "ك".repeat(60);
        for (typed, kept) in [
            ("  Cartier ", Some("Cartier")),
            ("خدمة العملاء", Some("خدمة العملاء")),
            (sixty.as_str(), Some(sixty.as_str())),
            ("", None),
            ("   ", None),
            ("two\nlines", None),
        ] {
            assert_eq!(department_name(typed), kept, "{typed:?}");
        }
        assert_eq!(department_name(&"x".repeat(61)), None);
    }
}
