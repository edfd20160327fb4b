//! What would become of wishes, before anything is done (BK-01, BK-02). Pure: judged by what is known of the directory at this moment.
//! The server judges each row again when it is carried out.

use std::collections::{BTreeMap, BTreeSet};

use model::{DirectoryUser, PasswordRules, Role};

use super::job::RowState;
use super::wish::{BulkWhy, RowFault, UserField, UserWish};

/// What is known when a plan is made.
#[derive(Clone, Debug)]
pub(super) struct Known {
    users: BTreeMap<String, DirectoryUser>,
    /// Extension of who signs in with it.
    emails: BTreeMap<String, String>,
    /// Name of the queue that has the extension.
    queues: BTreeMap<String, String>,
    /// Nobody gives or changes a role above it.
    own_role: Role,
}

/// What would become of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub state: RowState,
    pub fault: Option<RowFault>,
    /// Who is there already, or who has what the row wants: a name.
    pub who: String,
    /// Id of the user who would be changed.
    pub user: Option<String>,
}

impl Verdict {
    /// Not to be done.
    pub fn bad(why: BulkWhy, field: UserField, who: &str) -> Verdict {
        Verdict { state: RowState::Bad, fault: Some(RowFault::new(why, field)), who: who.to_owned(), user: None }
    }

    fn skipped(why: BulkWhy, field: UserField, who: &str) -> Verdict {
        Verdict { state: RowState::Skipped, ..Verdict::bad(why, field, who) }
    }

    fn fine(state: RowState, who: &str, user: Option<String>) -> Verdict {
        Verdict { state, fault: None, who: who.to_owned(), user }
    }
}

impl Known {
    pub fn new(users: Vec<DirectoryUser>, queues: Vec<(String, String)>, own_role: Role) -> Known {
        let emails = users.iter().map(|user| (user.email.to_lowercase(), user.extension.clone())).collect();
        let users = users.into_iter().map(|user| (user.extension.clone(), user)).collect();
        Known { users, emails, queues: queues.into_iter().collect(), own_role }
    }
}

/// Judges wishes one after the other: those of earlier rows count for later ones.
pub(super) struct Judge<'k> {
    known: &'k Known,
    /// Who is there already is changed; else skipped.
    changes: bool,
    extensions: BTreeSet<String>,
    emails: BTreeSet<String>,
}

impl<'k> Judge<'k> {
    pub fn new(known: &'k Known, changes: bool) -> Judge<'k> {
        Judge { known, changes, extensions: BTreeSet::new(), emails: BTreeSet::new() }
    }

    pub fn judge(&mut self, wish: &UserWish) -> Verdict {
        let Known { users, emails, queues, own_role } = self.known;
        if !self.extensions.insert(wish.extension.clone()) {
            return Verdict::bad(BulkWhy::Twice, UserField::Id, "");
        }
        if let Some(queue) = queues.get(&wish.extension) {
            return Verdict::bad(BulkWhy::Queue, UserField::Id, queue);
        }
        let there = users.get(&wish.extension);
        match there {
            Some(user) if !self.changes => return Verdict::skipped(BulkWhy::Exists, UserField::Id, &user.name),
            Some(user) if !wish.says_something() => {
                return Verdict::skipped(BulkWhy::Nothing, UserField::Ignore, &user.name);
            }
            Some(user) if user.role > *own_role => return Verdict::bad(BulkWhy::NotYours, UserField::Id, &user.name),
            Some(_) => {}
            None if wish.name.is_none() => return Verdict::bad(BulkWhy::BadName, UserField::Name, ""),
            None if wish.email.is_none() => return Verdict::bad(BulkWhy::BadEmail, UserField::Email, ""),
            None => {}
        }
        if wish.role.is_some_and(|role| role > *own_role) {
            return Verdict::bad(BulkWhy::RoleAbove, UserField::Role, "");
        }
        if let Some(password) = &wish.password
            && !PasswordRules::of(password.reveal()).all_kept()
        {
            return Verdict::bad(BulkWhy::WeakPassword, UserField::Password, "");
        }
        if let Some(email) = &wish.email {
            let holder = emails.get(email).filter(|extension| **extension != wish.extension);
            if let Some(holder) = holder {
                let name = users.get(holder).map_or("", |user| user.name.as_str());
                return Verdict::bad(BulkWhy::EmailTaken, UserField::Email, name);
            }
            if !self.emails.insert(email.clone()) {
                return Verdict::bad(BulkWhy::EmailTaken, UserField::Email, "");
            }
        }
        match there {
            Some(user) => Verdict::fine(RowState::Change, &user.name, Some(user.id.clone())),
            None => Verdict::fine(RowState::New, "", None),
        }
    }
}

/// A user of the extension who is exactly whom the wish wanted: made by a request whose answer was lost.
pub(super) fn made_before<'u>(wish: &UserWish, users: &'u [DirectoryUser]) -> Option<&'u DirectoryUser> {
    let is_it = |user: &&DirectoryUser| {
        user.extension == wish.extension
            && Some(&user.name) == wish.name.as_ref()
            && Some(&user.email) == wish.email.as_ref()
    };
    users.iter().find(is_it)
}

#[cfg(test)]
mod tests {
    use model::StatusKind;

    use super::*;

    fn user(extension: &str, role: Role) -> DirectoryUser {
        DirectoryUser {
            id: format!("u-{extension}"),
            extension: extension.into(),
            name: format!("Agent {extension}"),
            email: format!("agent{extension}@a"),
            role,
            department: "d".into(),
            agent: false,
            active: true,
            online: false,
            registered: false,
            on_call: false,
            status: "offline".into(),
            kind: StatusKind::Offline,
            status_names: None,
            text: String::new(),
        }
    }

    fn known() -> Known {
        let users = vec![user("101", Role::User), user("102", Role::SystemOwner)];
        Known::new(users, vec![("800".into(), "Support".into())], Role::SystemAdministrator)
    }

    fn wish(extension: &str) -> UserWish {
        UserWish {
            extension: extension.into(),
            name: Some(format!("New {extension}")),
            email: Some(format!("new{extension}@a")),
            ..UserWish::default()
        }
    }

    #[track_caller]
    fn check(changes: bool, wish: &UserWish, state: RowState, fault: Option<(BulkWhy, UserField)>, who: &str) {
        let verdict = Judge::new(&known(), changes).judge(wish);
        assert_eq!((verdict.state, verdict.fault.map(|fault| (fault.why, fault.field))), (state, fault), "{wish:?}");
        assert_eq!(verdict.who, who, "{wish:?}");
    }

    #[test]
    fn a_plan_says_what_would_happen_bk_01_bk_02() {
        use RowState::{Bad, Change, New, Skipped};
        use UserField as F;
        check(false, &wish("103"), New, None, "");
        check(false, &wish("101"), Skipped, Some((BulkWhy::Exists, F::Id)), "Agent 101");
        check(true, &wish("101"), Change, None, "Agent 101");
        check(true, &wish("102"), Bad, Some((BulkWhy::NotYours, F::Id)), "Agent 102");
        check(false, &wish("800"), Bad, Some((BulkWhy::Queue, F::Id)), "Support");
        let only = UserWish { extension: "101".into(), ..UserWish::default() };
        check(true, &only, Skipped, Some((BulkWhy::Nothing, F::Ignore)), "Agent 101");
        check(true, &UserWish { name: None, ..wish("103") }, Bad, Some((BulkWhy::BadName, F::Name)), "");
        check(true, &UserWish { email: None, ..wish("103") }, Bad, Some((BulkWhy::BadEmail, F::Email)), "");
        let taken = UserWish { email: Some("agent101@a".into()), ..wish("103") };
        check(true, &taken, Bad, Some((BulkWhy::EmailTaken, F::Email)), "Agent 101");
        let own = UserWish { email: Some("agent101@a".into()), ..wish("101") };
        check(true, &own, Change, None, "Agent 101");
        let above = UserWish { role: Some(Role::SystemOwner), ..wish("103") };
        check(true, &above, Bad, Some((BulkWhy::RoleAbove, F::Role)), "");
    }

    #[test]
    fn rows_of_one_table_do_not_take_from_each_other_bk_02() {
        let known = known();
        let mut judge = Judge::new(&known, true);
        assert_eq!(judge.judge(&wish("103")).state, RowState::New);
        assert_eq!(judge.judge(&wish("103")).fault.map(|fault| fault.why), Some(BulkWhy::Twice));
        let same = UserWish { email: wish("103").email, ..wish("104") };
        assert_eq!(judge.judge(&same).fault.map(|fault| fault.why), Some(BulkWhy::EmailTaken));
    }

    #[test]
    fn only_the_very_same_user_was_made_by_us_bk_01() {
        let users = [user("101", Role::User)];
        let ours = UserWish { name: Some("Agent 101".into()), email: Some("agent101@a".into()), ..wish("101") };
        assert!(made_before(&ours, &users).is_some());
        assert!(made_before(&wish("101"), &users).is_none());
        assert!(made_before(&UserWish { extension: "102".into(), ..ours }, &users).is_none());
    }
}
