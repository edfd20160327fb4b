//! Statuses through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::Duration;

use model::{Blocks, OwnStatus, StatusKind};
use team_client::{StreamItem, TeamClient, TeamError, TeamEvent, code};
use team_server::{RunningServer, ServerConfig, start};
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);
const NOW: Duration = Duration::ZERO;

async fn signed_in(dir: &tempfile::TempDir, profile: &str) -> (RunningServer, TeamClient) {
    let server = start(ServerConfig::practice(dir.path())).await.unwrap();
    let client = another(&server, profile).await;
    (server, client)
}

async fn another(server: &RunningServer, profile: &str) -> TeamClient {
    let client = TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    client.try_practice(profile).await.unwrap();
    client
}

fn refused(result: Result<OwnStatus, TeamError>) -> (u16, String) {
    match result {
        Err(TeamError::Server { status, code }) => (status, code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn statuses_are_listed_in_order_with_what_they_block_st_02() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = signed_in(&dir, "a").await;
    let statuses = client.statuses().await.unwrap();
    let kinds: Vec<StatusKind> = statuses.iter().map(|status| status.kind).collect();
    use StatusKind::{Available, Break, DoNotDisturb, Meeting, Offline, Other};
    assert_eq!(kinds, [Available, Break, DoNotDisturb, Meeting, Other, Offline]);
    assert!(statuses.iter().all(|status| status.blocks == Blocks::usual(status.kind)));
    let mine = client.my_status().await.unwrap();
    assert_eq!((mine.kind, mine.marked_offline, mine.offline_at_sign_in), (Available, false, false));
    server.shutdown().await;
}

#[tokio::test]
async fn own_words_are_kept_with_the_last_three_and_empty_ones_refused_st_06() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = signed_in(&dir, "a").await;
    for text in ["", "   ", "two\nlines", &"x".repeat(41)] {
        assert_eq!(
            refused(client.choose_status("other", text, NOW).await),
            (422, code::STATUS_TEXT.into()),
            "{text:?}"
        );
    }
    for text in ["one", "صلاة", "three", "  four — أربعة  ", "one"] {
        client.choose_status("other", text, NOW).await.unwrap();
        // The server orders by milliseconds.
        tokio::time::timeout(Duration::from_millis(3), std::future::pending::<()>()).await.unwrap_err();
    }
    let mine = client.my_status().await.unwrap();
    assert_eq!((mine.kind, mine.text.as_str()), (StatusKind::Other, "one"));
    assert_eq!(mine.recent_texts, ["one", "four — أربعة", "three"]);
    let plain = client.choose_status("break", "no words here", NOW).await.unwrap();
    assert_eq!((plain.text.as_str(), plain.recent_texts.len()), ("", 3));
    server.shutdown().await;
}

#[tokio::test]
async fn only_the_server_sets_offline_and_strangers_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = signed_in(&dir, "a").await;
    for status in ["offline", "holiday", ""] {
        let (number, code) = refused(client.choose_status(status, "", NOW).await);
        assert_eq!((number, code.as_str()), (422, code::UNKNOWN_STATUS), "{status}");
    }
    server.shutdown().await;
}

#[tokio::test]
async fn the_newest_wish_wins_whenever_it_arrives_st_12() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = signed_in(&dir, "a").await;
    let other_phone = another(&server, "a").await;
    let first = other_phone.choose_status("meeting", "", NOW).await.unwrap();
    let late = client.choose_status("break", "", Duration::from_secs(600)).await;
    assert_eq!(refused(late), (409, code::NEWER_STATUS.into()), "chosen ten minutes ago, told now");
    assert_eq!(client.my_status().await.unwrap(), first);
    let again = client.choose_status("meeting", "", Duration::from_secs(600)).await.unwrap();
    assert_eq!(again, first, "the same once more, when the first answer was lost");
    let now = client.choose_status("dnd", "", NOW).await.unwrap();
    assert!(now.version > first.version);
    server.shutdown().await;
}

#[tokio::test]
async fn every_phone_of_a_person_hears_of_a_change_and_it_survives_a_restart_st_13() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = signed_in(&dir, "a").await;
    let other_phone = another(&server, "a").await;
    let mut events = other_phone.events();
    let is_open = timeout(DEADLINE, events.next()).await.unwrap();
    assert_eq!(is_open, Some(StreamItem::Connected { resync: false }));
    let chosen = client.choose_status("break", "", NOW).await.unwrap();
    let told = timeout(Duration::from_secs(1), events.next()).await.expect("within a second");
    assert_eq!(told, Some(StreamItem::Event(TeamEvent::StatusChanged(chosen.clone()))));
    server.shutdown().await;

    let server = start(ServerConfig::practice(dir.path())).await.unwrap();
    let again = another(&server, "a").await;
    assert_eq!(again.my_status().await.unwrap(), chosen);
    server.shutdown().await;
}

#[tokio::test]
async fn each_sign_in_begins_offline_when_it_was_set_so_st_07() {
    let dir = tempfile::tempdir().unwrap();
    let (server, client) = signed_in(&dir, "a").await;
    client.choose_status("meeting", "", NOW).await.unwrap();
    assert!(!client.set_offline_at_sign_in(true).await.unwrap().marked_offline);
    client.logout().await.unwrap();
    let mine = another(&server, "a").await.my_status().await.unwrap();
    assert!(mine.marked_offline && mine.offline_at_sign_in);

    let again = another(&server, "a").await;
    again.set_offline_at_sign_in(false).await.unwrap();
    let mine = another(&server, "a").await.my_status().await.unwrap();
    assert_eq!((mine.marked_offline, mine.kind), (false, StatusKind::Meeting), "with the last status");
    server.shutdown().await;
}
