//! Who may change which address book. One pure function; whatever concerns it asks here.

use model::{Book, Reach, RoleRights};

/// Everybody has a book of their own; the company's is read by all and changed by those whose role administers everybody.
#[must_use]
pub(crate) fn may_change(role: RoleRights, book: Book) -> bool {
    match book {
        Book::Personal => true,
        Book::Company => role.administers == Reach::Everybody,
    }
}

#[cfg(test)]
mod tests {
    use model::Role;

    use super::*;

    #[test]
    fn only_administrators_change_the_company_book() {
        use Role::{Manager, Owner, SystemAdministrator, SystemOwner, User};
        let roles = [User, Manager, Owner, SystemAdministrator, SystemOwner].map(RoleRights::usual);
        assert!(roles.iter().all(|role| may_change(*role, Book::Personal)));
        assert_eq!(roles.map(|role| may_change(role, Book::Company)), [false, false, false, true, true]);
    }
}
