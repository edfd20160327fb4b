//! Rights as they are kept.

use model::Reach;
use testkit::database::Place;

use super::*;
use crate::auth::password::NO_PASSWORD;
use crate::db::roles::RoleRecord;
use crate::db::users::NewRow;

testkit::on_both_databases! {
    rights_are_kept_and_nobody_writes_over_what_they_did_not_see_rg_01,
    what_a_role_allows_is_kept_rg_09,
    the_last_system_owner_stays_one,
}

const HAND: Hand<'_> = Hand { user_id: "u-admin", now: 1_764_000_000_000 };

async fn add(db: &Db, id: &str, extension: &str, role: Role) {
    let row = NewRow {
        id: id.to_owned(),
        email: &format!("{id}@example.com"),
        name: id,
        extension,
        role,
        password_hash: NO_PASSWORD,
        ready_made: false,
        created_ms: 1,
    };
    assert!(db.insert_user(row).await.unwrap());
}

async fn rights_are_kept_and_nobody_writes_over_what_they_did_not_see_rg_01(place: Place) {
    let db = Db::open(&place.url()).await.unwrap();
    add(&db, "noor", "101", Role::User).await;
    add(&db, "rana", "102", Role::Manager).await;
    let cartier = db.add_department("Cartier", HAND).await.unwrap().unwrap();
    let before = db.rights_record("noor").await.unwrap().unwrap();
    assert_eq!((before.rights, before.version, before.department.as_str()), (Rights::USUAL, 0, "default"));

    let rights = Rights { show_my_calls: false, parking: true, recording: Recording::All, ..Rights::USUAL };
    let watches = BTreeSet::from(["default".to_owned()]);
    let after =
        RightsRecord { rights, department: cartier.clone(), watches, role: Role::Receptionist, ..before.clone() };
    assert_eq!(db.change_rights("noor", &before, &after, HAND).await.unwrap(), Righted::Done);
    let now = db.rights_record("noor").await.unwrap().unwrap();
    assert_eq!(now, RightsRecord { version: 1, ..after.clone() });
    assert_eq!(db.change_rights("noor", &before, &after, HAND).await.unwrap(), Righted::Stale);
    let nowhere = RightsRecord { department: "nothing".into(), ..now.clone() };
    assert_eq!(db.change_rights("noor", &now, &nowhere, HAND).await.unwrap(), Righted::NoDepartment);
    assert_eq!(db.change_rights("nobody", &before, &before, HAND).await.unwrap(), Righted::Stale);
    assert_eq!(db.rights_record("nobody").await.unwrap(), None);
    let again = RightsRecord { rights: Rights::USUAL, watches: BTreeSet::new(), ..now.clone() };
    assert_eq!(db.change_rights("noor", &now, &again, HAND).await.unwrap(), Righted::Done);

    let standings = db.standings().await.unwrap();
    assert_eq!(standings["101"], db.standing("noor").await.unwrap().unwrap());
    assert_eq!((&standings["101"].department, standings["101"].rights), (&cartier, Rights::USUAL));
    assert_eq!(standings["102"].role, RoleRights::usual(Role::Manager));
    let audit = db.audit().await.unwrap();
    let changes: Vec<_> = audit.iter().filter(|row| row.1 == "rights.changed").collect();
    assert_eq!(changes.len(), 2, "what was refused leaves nothing: {audit:?}");
    assert!(
        changes
            .iter()
            .any(|row| row.3["before"]["switches"]["parking"] == false && row.3["after"]["role"] == "receptionist")
    );
    db.close().await;
}

async fn what_a_role_allows_is_kept_rg_09(place: Place) {
    let db = Db::open(&place.url()).await.unwrap();
    add(&db, "rana", "102", Role::Receptionist).await;
    let before = db.role_table().await.unwrap()[&Role::Receptionist];
    assert_eq!((before.rights, before.version), (RoleRights::usual(Role::Receptionist), 0));
    let after = RoleRights { monitors: true, live_panel: true, administers: Reach::Departments };
    assert!(db.change_role(Role::Receptionist, before, after, HAND).await.unwrap());
    assert!(!db.change_role(Role::Receptionist, before, RoleRights::default(), HAND).await.unwrap(), "not the newest");
    let now = db.role_table().await.unwrap()[&Role::Receptionist];
    assert_eq!(now, RoleRecord { rights: after, version: 1 });
    assert_eq!(db.standing("rana").await.unwrap().unwrap().role, after);
    assert!(db.change_role(Role::Receptionist, now, RoleRights::default(), HAND).await.unwrap());
    assert_eq!(db.role_rights(Role::Receptionist).await.unwrap(), RoleRights::default());
    db.close().await;
}

async fn the_last_system_owner_stays_one(place: Place) {
    let db = Db::open(&place.url()).await.unwrap();
    add(&db, "one", "901", Role::SystemOwner).await;
    let owner = db.rights_record("one").await.unwrap().unwrap();
    let less = RightsRecord { role: Role::SystemAdministrator, ..owner.clone() };
    assert_eq!(db.change_rights("one", &owner, &less, HAND).await.unwrap(), Righted::LastOwner);
    add(&db, "two", "902", Role::SystemOwner).await;
    assert_eq!(db.change_rights("one", &owner, &less, HAND).await.unwrap(), Righted::Done);
    db.close().await;
}
