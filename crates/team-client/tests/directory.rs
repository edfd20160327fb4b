//! The directory through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod owned;

use std::time::Duration;

use base::{Chance, Secret};
use model::{AgentCard, DirectoryUser, EditUser, NewUser, Role, Skill, StatusKind, made_password};
use owned::{client, refused, server};
use team_client::{EventStream, StreamItem, TeamEvent, code};
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);

fn layla(password: &Secret) -> NewUser {
    let skills = vec![Skill { name: "العربية".into(), level: 90 }];
    NewUser {
        extension: "2119".into(),
        name: "ليلى منصور".into(),
        email: "layla@care.example".into(),
        password: password.clone(),
        role: Role::User,
        department: None,
        agent: AgentCard { is_agent: true, skills, ..AgentCard::default() },
        acl: vec!["127.0.0.1".into()],
        pin: Secret::new("4711"),
        use_voicemail: true,
    }
}

async fn event<T>(events: &mut EventStream, mut wanted: impl FnMut(TeamEvent) -> Option<T>) -> T {
    let search = async {
        loop {
            let Some(StreamItem::Event(event)) = events.next().await else { continue };
            if let Some(found) = wanted(event) {
                return found;
            }
        }
    };
    timeout(DEADLINE, search).await.expect("it is told")
}

async fn row(events: &mut EventStream, is_so: impl Fn(&DirectoryUser) -> bool) -> DirectoryUser {
    event(events, |event| match event {
        TeamEvent::DirectoryChanged { changed, .. } => changed.into_iter().find(&is_so),
        _ => None,
    })
    .await
}

#[tokio::test]
async fn a_user_is_made_seen_changed_and_deleted_us_01_ec_03_dr_00_dr_10() {
    let dir = tempfile::tempdir().unwrap();
    let (server, owner) = server(&dir).await;
    let mut events = owner.events();
    while !matches!(timeout(DEADLINE, events.next()).await.unwrap(), Some(StreamItem::Connected { .. })) {}
    let password = made_password(&mut Chance::from_number(3));
    let card = owner.add_user(layla(&password)).await.unwrap();
    assert!(card.use_voicemail);
    assert_eq!((card.acl.as_slice(), card.has_pin), (["127.0.0.1/32".to_owned()].as_slice(), true));
    assert_eq!(card.agent.skills, layla(&password).agent.skills);
    let seen = row(&mut events, |row| row.extension == "2119").await;
    assert_eq!((seen.id.as_str(), seen.agent, seen.online), (card.id.as_str(), true, false));

    let hers = client(&server);
    hers.login("layla@care.example", &password, "test").await.expect("a password that is made is one (PW-02)");
    let mut her_events = hers.events();
    while !matches!(timeout(DEADLINE, her_events.next()).await.unwrap(), Some(StreamItem::Connected { .. })) {}
    row(&mut events, |row| row.extension == "2119" && row.online).await;
    owner.force_status(&card.id, "dnd", "").await.unwrap();
    let forced = event(&mut her_events, |event| match event {
        TeamEvent::StatusForced(forced) => Some(forced),
        _ => None,
    });
    let forced = forced.await;
    assert_eq!(
        (forced.by.as_str(), forced.by_extension.as_str(), forced.kind),
        ("Owner", "900", StatusKind::DoNotDisturb)
    );

    let edit = EditUser { version: card.version, name: Some("Layla".into()), ..EditUser::default() };
    assert_eq!(owner.edit_user(&card.id, edit.clone()).await.unwrap().name, "Layla");
    assert_eq!(refused(owner.edit_user(&card.id, edit).await), (409, code::USER_CHANGED.into()));
    assert_eq!(owner.directory().await.unwrap().iter().filter(|user| user.name == "Layla").count(), 1);
    assert_eq!(owner.registered_devices().await.unwrap(), []);
    assert_eq!(refused(owner.unregister_device("nothing").await).0, 404);
    owner.end_sessions(&card.id).await.unwrap();
    hers.me().await.expect_err("signed out");

    let again = layla(&password);
    for (new, expected) in [
        (again.clone(), (409, code::EXTENSION_TAKEN)),
        (NewUser { extension: "21 20".into(), ..again.clone() }, (422, code::USER_EXTENSION)),
        (NewUser { name: " ".into(), ..again.clone() }, (422, code::USER_NAME)),
        (NewUser { email: "nobody".into(), ..again.clone() }, (422, code::USER_EMAIL)),
        (NewUser { acl: vec!["here".into()], ..again.clone() }, (422, code::USER_ACL)),
        (NewUser { pin: Secret::new("1"), ..again }, (422, code::USER_PIN)),
    ] {
        assert_eq!(refused(owner.add_user(new).await), (expected.0, expected.1.to_owned()));
    }
    owner.delete_user(&card.id, 2).await.unwrap();
    event(&mut events, |event| match event {
        TeamEvent::DirectoryChanged { gone, .. } => gone.contains(&card.id).then_some(()),
        _ => None,
    })
    .await;
    assert_eq!(refused(owner.user_card(&card.id).await), (404, code::NOT_FOUND.into()));
    server.shutdown().await;
}
