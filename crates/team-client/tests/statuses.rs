//! The statuses of a team through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod owned;

use model::{Blocks, ManagedStatus, Status, StatusKind, StatusNames};
use owned::{client, refused, server};
use team_client::code;

fn called(en: &str, ar: &str) -> StatusNames {
    StatusNames { en: en.into(), ar: ar.into() }
}

fn ids(all: &[ManagedStatus]) -> Vec<String> {
    all.iter().filter(|one| !one.retired).map(|one| one.status.id.clone()).collect()
}

#[tokio::test]
async fn an_administrator_makes_changes_orders_and_retires_statuses_st_05() {
    let dir = tempfile::tempdir().unwrap();
    let (server, owner) = server(&dir).await;
    let before = owner.managed_statuses().await.unwrap();
    assert!(before.iter().all(|one| one.built_in && !one.retired), "{before:?}");

    let lunch = called("Lunch", "غداء");
    let blocks = Blocks { queue: true, internal: false, external: true };
    let made = owner.add_status(StatusKind::Break, &lunch, blocks).await.unwrap();
    assert_eq!((made.status.names.as_ref(), made.status.blocks, made.built_in), (Some(&lunch), blocks, false));
    assert_eq!(refused(owner.add_status(StatusKind::Break, &called("", "غداء"), blocks).await).1, code::STATUS_NAMES);

    let noor = client(&server);
    noor.try_practice("noor").await.unwrap();
    let offered = noor.statuses().await.unwrap();
    assert!(offered.iter().any(|one| one.id == made.status.id && one.blocks == blocks), "{offered:?}");
    assert_eq!(refused(noor.managed_statuses().await), (403, code::FORBIDDEN.into()));

    let wish = ManagedStatus {
        status: Status { names: Some(called("Dinner", "عشاء")), ..made.status.clone() },
        ..made.clone()
    };
    let kept = owner.edit_status(&wish).await.unwrap();
    assert_eq!(kept.status.names, wish.status.names);
    assert_eq!(refused(owner.edit_status(&wish).await), (409, code::STATUS_CHANGED.into()), "somebody was faster");

    let mut order = ids(&owner.managed_statuses().await.unwrap());
    order.rotate_right(1);
    assert_eq!(ids(&owner.order_statuses(order.clone()).await.unwrap()), order);
    assert_eq!(refused(owner.order_statuses(order[1..].to_vec()).await).1, code::BAD_BODY);

    let gone = owner.edit_status(&ManagedStatus { retired: true, ..kept }).await.unwrap();
    assert!(gone.retired);
    assert!(noor.statuses().await.unwrap().iter().all(|one| one.id != gone.status.id));
    for nothing in ["", "../me", "nothing"] {
        let wish = ManagedStatus { status: Status { id: nothing.into(), ..gone.status.clone() }, ..gone.clone() };
        assert_eq!(refused(owner.edit_status(&wish).await).0, 404, "{nothing:?}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_built_in_is_renamed_and_called_by_its_kind_again_st_04_st_05() {
    let dir = tempfile::tempdir().unwrap();
    let (server, owner) = server(&dir).await;
    let all = owner.managed_statuses().await.unwrap();
    let dnd = all.into_iter().find(|one| one.status.kind == StatusKind::DoNotDisturb).unwrap();
    assert!(dnd.blocks_fixed && dnd.status.names.is_none());
    let named =
        ManagedStatus { status: Status { names: Some(called("Quiet", "هدوء")), ..dnd.status.clone() }, ..dnd };
    let named = owner.edit_status(&named).await.unwrap();
    assert_eq!(named.status.names, Some(called("Quiet", "هدوء")));
    assert_eq!(named.status.blocks, Blocks::usual(StatusKind::DoNotDisturb));
    let plain = ManagedStatus { status: Status { names: None, ..named.status.clone() }, ..named };
    let plain = owner.edit_status(&plain).await.unwrap();
    assert_eq!(plain.status.names, None);
    let retired = owner.edit_status(&ManagedStatus { retired: true, ..plain }).await;
    assert_eq!(refused(retired), (409, code::BUILT_IN_STATUS.into()));
    server.shutdown().await;
}
