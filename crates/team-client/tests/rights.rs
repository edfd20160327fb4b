//! Rights through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod owned;

use std::time::Duration;

use model::{Reach, Recording, Rights, RightsCard, Role};
use owned::{client, refused, server};
use team_client::{EventStream, StreamItem, TeamEvent, code};
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);

async fn hears_of_rights(events: &mut EventStream) {
    let search = async {
        while events.next().await.expect("the session lives") != StreamItem::Event(TeamEvent::RightsChanged) {}
    };
    timeout(DEADLINE, search).await.expect("it is told");
}

#[tokio::test]
async fn rights_are_read_changed_and_heard_of_rg_01_rp_01() {
    let dir = tempfile::tempdir().unwrap();
    let (server, owner) = server(&dir).await;
    let noor = client(&server);
    let me = noor.try_practice("noor").await.unwrap().me;
    let mut events = noor.events();
    while !matches!(timeout(DEADLINE, events.next()).await.unwrap(), Some(StreamItem::Connected { .. })) {}

    let mine = noor.my_rights().await.unwrap();
    assert_eq!((mine.role, mine.rights, mine.role_rights.administers), (Role::User, Rights::USUAL, Reach::Nobody));
    assert_eq!((mine.department.id.as_str(), mine.department.name.as_str()), ("default", ""));
    assert_eq!(owner.departments().await.unwrap(), [mine.department]);

    let card = owner.user_rights(&me.id).await.unwrap();
    assert_eq!(card.gives, Role::every());
    let rights = Rights { calls: false, recording: Recording::External, ..card.rights };
    let wish = RightsCard { rights, role: Role::Receptionist, ..card.clone() };
    let kept = owner.put_user_rights(&me.id, &wish).await.unwrap();
    assert_eq!((kept.rights, kept.role, kept.version), (rights, Role::Receptionist, 1));
    hears_of_rights(&mut events).await;
    let mine = noor.my_rights().await.unwrap();
    assert_eq!((mine.rights, mine.role), (rights, Role::Receptionist));

    let late = owner.put_user_rights(&me.id, &card).await;
    assert_eq!(refused(late), (409, code::RIGHTS_CHANGED.into()));
    assert_eq!(refused(noor.user_rights(&me.id).await), (403, code::FORBIDDEN.into()));
    assert_eq!(refused(noor.departments().await), (403, code::FORBIDDEN.into()));
    for nobody in ["", "../me", "nothing"] {
        assert_eq!(refused(owner.user_rights(nobody).await).0, 404, "{nobody:?}");
    }
    server.shutdown().await;
}
