use model::{Department, Role, RoleRights, StatusKind};

use super::*;

fn user(id: &str, name: &str, role: Role) -> DirectoryUser {
    DirectoryUser {
        id: id.into(),
        extension: format!("21{id}"),
        name: name.into(),
        email: format!("{id}@care.example"),
        role,
        department: "default".into(),
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

fn own(role: Role) -> OwnRights {
    OwnRights {
        department: Department { id: "default".into(), name: String::new() },
        watches: Vec::new(),
        role,
        role_rights: RoleRights::usual(role),
        rights: model::Rights::USUAL,
    }
}

fn opened(rows: &mut DirectoryRows) -> oneshot::Receiver<Result<Directory, DirectoryError>> {
    let (asker, answer) = oneshot::channel();
    assert!(rows.open(asker));
    answer
}

fn rows() -> DirectoryRows {
    let mut rows = DirectoryRows::default();
    rows.belongs_to(Some("1".into()));
    rows.live(true);
    rows
}

fn ids(told: Option<Told>) -> (Vec<String>, Vec<String>) {
    let told = told.unwrap_or_default();
    (told.changed.into_iter().map(|row| row.user.id).collect(), told.gone)
}

#[test]
fn who_asks_gets_the_list_with_what_came_meanwhile_dr_00() {
    let mut rows = rows();
    let rights = own(Role::Owner);
    let mut answer = opened(&mut rows);
    let later = DirectoryUser { online: true, ..user("2", "Rana", Role::User) };
    assert_eq!(rows.news(vec![later], vec!["3".into()], Some(&rights)), None, "the answer is on its way");
    let list = vec![user("3", "Gone", Role::User), user("2", "Rana", Role::User), user("1", "Noor", Role::Owner)];
    assert_eq!(rows.list(Ok(list), Some(&rights)), None, "who asked has it");
    let directory = answer.try_recv().unwrap().unwrap();
    assert!(directory.complete);
    let seen: Vec<_> = directory.users.iter().map(|row| (row.user.id.as_str(), row.mine, row.user.online)).collect();
    assert_eq!(seen, [("1", true, false), ("2", false, true)]);
}

#[test]
fn only_what_is_otherwise_is_told_and_nothing_when_nobody_looks_dr_05() {
    let mut rows = rows();
    assert_eq!(rows.news(vec![user("2", "Rana", Role::User)], Vec::new(), None), None, "nobody looks");
    assert!(!rows.stale());
    let _answer = opened(&mut rows);
    rows.list(Ok(vec![user("2", "Rana", Role::User), user("3", "Sami", Role::User)]), None);
    let online = DirectoryUser { online: true, ..user("2", "Rana", Role::User) };
    assert_eq!(ids(rows.news(vec![online.clone()], Vec::new(), None)), (vec!["2".into()], Vec::new()));
    assert_eq!(rows.news(vec![online.clone()], Vec::new(), None), None, "known already");
    // The stream was lost and is back: what has changed meanwhile is told by itself.
    assert!(rows.stale());
    let told = rows.list(Ok(vec![user("2", "Rana", Role::User), user("4", "Dana", Role::User)]), None);
    assert_eq!(ids(told), (vec!["2".into(), "4".into()], vec!["3".into()]));
    assert!(rows.stale());
    let same = rows.list(Ok(vec![user("2", "Rana", Role::User), user("4", "Dana", Role::User)]), None);
    assert_eq!(same, Some(Told::default()), "up to date again");
    rows.leave();
    assert_eq!(rows.news(vec![online], Vec::new(), None), None);
}

#[test]
fn who_stands_above_may_be_looked_at_only_and_another_role_judges_anew_dr_12() {
    let mut rows = rows();
    let mut answer = opened(&mut rows);
    let list = vec![user("1", "Noor", Role::DepartmentAdministrator), user("2", "Rana", Role::SystemOwner)];
    rows.list(Ok(list), Some(&own(Role::DepartmentAdministrator)));
    let may: Vec<bool> = answer.try_recv().unwrap().unwrap().users.iter().map(|row| row.may_edit).collect();
    assert_eq!(may, [true, false]);
    let told = rows.judged_anew(Some(&own(Role::SystemOwner)));
    assert_eq!(ids(told), (vec!["2".into()], Vec::new()));
}

#[test]
fn who_cannot_be_answered_is_told_why() {
    let mut rows = rows();
    let mut answer = opened(&mut rows);
    rows.list(Err(DirectoryError::NotYours), None);
    assert_eq!(answer.try_recv().unwrap(), Err(DirectoryError::NotYours));
    assert!(!rows.stale(), "nobody looks at what nobody got");
    rows.belongs_to(None);
    let (asker, mut answer) = oneshot::channel();
    assert!(!rows.open(asker));
    assert_eq!(answer.try_recv().unwrap(), Err(DirectoryError::NotSignedIn));
}

#[test]
fn rows_are_found_as_contacts_are_in_either_script_and_with_any_digits_dr_00() {
    let mut rows = rows();
    let _answer = opened(&mut rows);
    let away = DirectoryUser { text: "في تدريب".into(), ..user("3", "Sami Haddad", Role::User) };
    rows.list(Ok(vec![user("2", "ليلى منصور", Role::User), away]), None);
    for (typed, found) in [
        ("", vec!["2", "3"]),
        ("ليلي", vec!["2"]),
        ("layla", vec!["2"]),
        ("sami", vec!["3"]),
        ("212", vec!["2"]),
        ("٢١٣", vec!["3"]),
        ("3@care", vec!["3"]),
        ("تدريب", vec!["3"]),
        ("nobody", vec![]),
    ] {
        assert_eq!(rows.search(typed), found, "{typed:?}");
    }
}
