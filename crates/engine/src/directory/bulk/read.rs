//! One row of a table as a wish (BK-02). Pure; takes any cells.

use base::Secret;
use book::csv::bare;
use model::{AGENT_OPTION_MAX, Department, PasswordRules, is_extension, normal_email, pin_digits, user_name};

use super::wish::{BulkWhy, RowFault, UserField, UserWish};
use super::words;

/// Bytes of a cell. A quote that is never closed makes a cell of the rest of the file.
const LONGEST_CELL: usize = 10_000;

/// Reads a row: as much as can be read of it, and what is wrong first. An empty cell says nothing.
pub(super) fn wish(
    cells: &[String],
    mapping: &[UserField],
    departments: &[Department],
) -> (UserWish, Option<RowFault>) {
    let mut wish = UserWish::default();
    let mut fault = None;
    for (cell, field) in cells.iter().zip(mapping) {
        let text = bare(cell.trim());
        let read = match (field, text) {
            (UserField::Ignore, _) => continue,
            (_, long) if long.len() > LONGEST_CELL => Err(BulkWhy::TooLong),
            (_, "") => continue,
            (field, text) => say(&mut wish, *field, text, departments),
        };
        if let Err(why) = read {
            fault.get_or_insert(RowFault::new(why, *field));
        }
    }
    let fault = match fault {
        None if wish.extension.is_empty() => Some(RowFault::new(BulkWhy::BadId, UserField::Id)),
        fault => fault,
    };
    (wish, fault)
}

fn say(wish: &mut UserWish, field: UserField, text: &str, departments: &[Department]) -> Result<(), BulkWhy> {
    match field {
        UserField::Ignore => {}
        UserField::Id => {
            let id: String = text.chars().map(|c| base::ascii_digit(c).unwrap_or(c)).collect();
            if !is_extension(&id) {
                return Err(BulkWhy::BadId);
            }
            wish.extension = id;
        }
        UserField::Password => {
            if !PasswordRules::of(text).all_kept() {
                return Err(BulkWhy::WeakPassword);
            }
            wish.password = Some(Secret::new(text));
        }
        UserField::Pin => wish.pin = Some(Secret::new(pin_digits(text).ok_or(BulkWhy::BadPin)?)),
        UserField::Role => wish.role = Some(words::role_named(text).ok_or(BulkWhy::NoRole)?),
        UserField::Name => wish.name = Some(user_name(text).ok_or(BulkWhy::BadName)?.to_owned()),
        UserField::Email => wish.email = Some(normal_email(text).ok_or(BulkWhy::BadEmail)?),
        UserField::Department => {
            let is_it = |it: &&Department| {
                it.id == text || (!it.name.is_empty() && words::plain(&it.name) == words::plain(text))
            };
            let found = departments.iter().find(is_it).ok_or(BulkWhy::NoDepartment)?;
            wish.department = Some(found.id.clone());
        }
        UserField::Agent => wish.is_agent = Some(words::is_yes(text).ok_or(BulkWhy::BadAgent)?),
        UserField::CallTimeout => {
            wish.agent.call_timeout = Some(number(text).filter(|it| *it > 0).ok_or(BulkWhy::BadNumber)?)
        }
        UserField::WrapUp => wish.agent.wrap_up = Some(number(text).ok_or(BulkWhy::BadNumber)?),
        UserField::MaxNoAnswer => wish.agent.max_no_answer = Some(number(text).ok_or(BulkWhy::BadNumber)?),
        UserField::BusyDelay => wish.agent.busy_delay = Some(number(text).ok_or(BulkWhy::BadNumber)?),
        UserField::RejectDelay => wish.agent.reject_delay = Some(number(text).ok_or(BulkWhy::BadNumber)?),
        UserField::NoAnswerDelay => wish.agent.no_answer_delay = Some(number(text).ok_or(BulkWhy::BadNumber)?),
    }
    Ok(())
}

fn number(text: &str) -> Option<u16> {
    let digits: Option<String> = text.chars().map(base::ascii_digit).collect();
    digits?.parse().ok().filter(|number| *number <= AGENT_OPTION_MAX)
}

#[cfg(test)]
mod tests {
    use model::Role;
    use proptest::prelude::*;

    use super::*;

    fn read(cells: &[(UserField, &str)]) -> Result<UserWish, RowFault> {
        let (mapping, cells): (Vec<_>, Vec<_>) = cells.iter().map(|(field, text)| (*field, (*text).to_owned())).unzip();
        let care = Department { id: "d-1".into(), name: "خدمة العملاء".into() };
        match wish(&cells, &mapping, &[care]) {
            (wish, None) => Ok(wish),
            (_, Some(fault)) => Err(fault),
        }
    }

    #[test]
    fn a_row_says_what_its_columns_hold_bk_02() {
        let said = read(&[
            (UserField::Id, " ٢١١٩ "),
            (UserField::Name, "ليلى"),
            (UserField::Email, "Layla@Care.Example"),
            (UserField::Role, "مدير"),
            (UserField::Department, "خدمه العملاء"),
            (UserField::Agent, "2"),
            (UserField::CallTimeout, "٢٠"),
            (UserField::WrapUp, ""),
            (UserField::Ignore, "=cmd"),
        ])
        .unwrap();
        assert_eq!((said.extension.as_str(), said.name.as_deref()), ("2119", Some("ليلى")));
        assert_eq!((said.email.as_deref(), said.role), (Some("layla@care.example"), Some(Role::Manager)));
        assert_eq!((said.department.as_deref(), said.is_agent), (Some("d-1"), Some(true)));
        assert_eq!((said.agent.call_timeout, said.agent.wrap_up), (Some(20), None));
        assert!(said.says_of_card());
    }

    #[test]
    fn each_fault_names_its_cell_bk_02() {
        use UserField as F;
        for (field, text, why) in [
            (F::Id, "21 19", BulkWhy::BadId),
            (F::Id, "", BulkWhy::BadId),
            (F::Name, "a\nb", BulkWhy::BadName),
            (F::Email, "layla", BulkWhy::BadEmail),
            (F::Password, "short", BulkWhy::WeakPassword),
            (F::Pin, "12", BulkWhy::BadPin),
            (F::Role, "Agnet", BulkWhy::NoRole),
            (F::Department, "Moon", BulkWhy::NoDepartment),
            (F::Agent, "maybe", BulkWhy::BadAgent),
            (F::CallTimeout, "0", BulkWhy::BadNumber),
            (F::WrapUp, "1000", BulkWhy::BadNumber),
            (F::BusyDelay, "-1", BulkWhy::BadNumber),
            (F::Name, &"x".repeat(20_000), BulkWhy::TooLong),
        ] {
            let found = match field {
                F::Id => read(&[(F::Id, text)]),
                field => read(&[(F::Id, "1"), (field, text)]),
            };
            assert_eq!(found, Err(RowFault::new(why, field)), "{field:?} {text:.20}");
        }
    }

    proptest! {
        #[test]
        fn any_cells_under_any_mapping_are_read_or_have_a_fault_bk_02(
            cells in prop::collection::vec(".{0,40}", 0..20),
            mapping in prop::collection::vec(0usize..15, 0..20),
        ) {
            let mapping: Vec<UserField> = mapping.into_iter().map(|at| UserField::every()[at]).collect();
            match wish(&cells, &mapping, &[]) {
                (said, None) => prop_assert!(is_extension(&said.extension)),
                (_, Some(fault)) => prop_assert!(fault.field == UserField::Id || mapping.contains(&fault.field)),
            }
        }
    }
}
