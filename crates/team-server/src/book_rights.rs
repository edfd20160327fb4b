//! Who may change which address book. One pure function; whatever concerns it asks here.

use model::Book;
use team_api::Role;

/// Everybody has a book of their own; the company's is read by all and changed by administrators.
#[must_use]
pub(crate) fn may_change(role: Role, book: Book) -> bool {
    match book {
        Book::Personal => true,
        Book::Company => match role {
            Role::Admin => true,
            Role::Agent | Role::Supervisor | Role::Unknown => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_administrators_change_the_company_book() {
        use Role::{Admin, Agent, Supervisor, Unknown};
        assert!([Agent, Supervisor, Admin, Unknown].iter().all(|role| may_change(*role, Book::Personal)));
        let allowed = [Agent, Supervisor, Admin, Unknown].map(|role| may_change(role, Book::Company));
        assert_eq!(allowed, [false, false, true, false]);
    }
}
