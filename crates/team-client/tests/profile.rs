//! Name, picture and password through the client, against the real server.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::time::{Duration, Instant};

use base::Secret;
use team_client::{
    AvatarSize, EventStream, Me, ProfileSeen, Service, StreamItem, TeamClient, TeamError, TeamEvent, code,
};
use team_server::{NewUser, RunningServer, ServerConfig, add_user, start};
use testkit::picture::{GIF, bomb, padded, png};
use tokio::time::timeout;

const DEADLINE: Duration = Duration::from_secs(20);
/// PR-02, PR-12.
const SEEN_WITHIN: Duration = Duration::from_secs(1);
const MIB: usize = 1024 * 1024;

async fn practice(dir: &tempfile::TempDir) -> RunningServer {
    start(ServerConfig::practice(dir.path())).await.unwrap()
}

async fn client(server: &RunningServer, profile: &str) -> TeamClient {
    let client = TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    client.try_practice(profile).await.unwrap();
    client
}

/// A server with one user, whose password is `Correct-Horse-7`.
async fn with_user(dir: &tempfile::TempDir) -> RunningServer {
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().unwrap(), dir.path());
    let user = NewUser {
        email: "noor@example.com".into(),
        name: "Noor Haddad".into(),
        extension: "201".into(),
        password: Secret::new(PASSWORD),
        admin: false,
    };
    add_user(&config.database_url, user).await.unwrap();
    start(config).await.unwrap()
}

const PASSWORD: &str = "Correct-Horse-7";

async fn log_in(server: &RunningServer, password: &str) -> Result<TeamClient, TeamError> {
    let client = TeamClient::new(&format!("http://{}", server.addr()), None).unwrap();
    client.login("noor@example.com", &Secret::new(password), "desk").await.map(|_| client)
}

async fn connected(client: &TeamClient) -> EventStream {
    let mut events = client.events();
    match timeout(DEADLINE, events.next()).await.unwrap() {
        Some(StreamItem::Connected { .. }) => events,
        other => panic!("{other:?}"),
    }
}

async fn profile_news(events: &mut EventStream) -> ProfileSeen {
    loop {
        match timeout(DEADLINE, events.next()).await.expect("in time").expect("the stream goes on") {
            StreamItem::Event(TeamEvent::ProfileChanged(seen)) => return seen,
            StreamItem::Event(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, TeamError>) -> (u16, String) {
    match result {
        Err(TeamError::Server { status, code }) => (status, code),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_name_is_kept_byte_for_byte_and_the_team_sees_it_at_once_pr_02_pr_03() {
    let dir = tempfile::tempdir().unwrap();
    let server = practice(&dir).await;
    let (noor, rana) = (client(&server, "a").await, client(&server, "b").await);
    let before = noor.me().await.unwrap();
    assert_eq!((before.first_name.as_str(), before.last_name.as_str()), ("Noor", "Haddad"));
    assert_eq!((before.service, before.avatar.as_ref()), (Service::Voice, None));
    let mut events = connected(&rana).await;

    let (first, last) = ("نُور\u{200c}e\u{301}", "  حدّاد O’Neil ");
    let began = Instant::now();
    let me = noor.rename(first, last).await.unwrap();
    let seen = profile_news(&mut events).await;
    assert!(began.elapsed() < SEEN_WITHIN, "seen after {:?}", began.elapsed());
    assert_eq!((me.first_name.as_str(), me.last_name.as_str()), (first, "حدّاد O’Neil"));
    assert_eq!(me.name, format!("{first} حدّاد O’Neil"));
    assert_eq!((&seen.name, &seen.id, seen.profile_version), (&me.name, &me.id, me.profile_version));
    let listed = rana.colleagues().await.unwrap().into_iter().find(|colleague| colleague.id == me.id).unwrap();
    assert_eq!((listed.name, listed.profile_version), (me.name.clone(), me.profile_version));
    assert_eq!(noor.sip_credentials().await.unwrap().display_name, me.name, "calls are made under it");
    assert_eq!(noor.rename(first, last).await.unwrap(), me, "the same again is no change");

    for (first, last) in [("", " \t"), ("two\nlines", "x"), (&*"ن".repeat(101), "")] {
        assert_eq!(refusal(noor.rename(first, last).await), (422, code::NAME.into()), "{first:?}");
    }
    assert_eq!(noor.me().await.unwrap(), me);
    server.shutdown().await;
    let again = practice(&dir).await;
    assert_eq!(client(&again, "a").await.me().await.unwrap(), me, "also after a restart");
    again.shutdown().await;
}

#[tokio::test]
async fn a_picture_is_made_anew_by_the_server_and_the_team_sees_it_come_and_go_pr_07_pr_12() {
    let dir = tempfile::tempdir().unwrap();
    let server = practice(&dir).await;
    let (noor, rana) = (client(&server, "a").await, client(&server, "b").await);
    let mut events = connected(&rana).await;
    let began = Instant::now();
    let me = noor.set_avatar(png(640, 400, [200, 30, 30])).await.unwrap();
    let seen = profile_news(&mut events).await;
    assert!(began.elapsed() < SEEN_WITHIN, "seen after {:?}", began.elapsed());
    assert_eq!(seen.avatar, me.avatar);
    let revision = me.avatar.clone().expect("there is one");
    assert_eq!(revision.len(), 32);
    for (size, side) in [(AvatarSize::Large, 400), (AvatarSize::Small, 128)] {
        let picture = rana.avatar(&me.id, size).await.unwrap().expect("there is one");
        assert_eq!(picture.revision, revision);
        assert!(picture.jpeg.starts_with(&[0xff, 0xd8, 0xff]), "whatever came, a plain JPEG is kept");
        assert_eq!(jpeg_size(&picture.jpeg), (side, side), "{size:?}");
    }
    assert_eq!(
        noor.set_avatar(png(640, 400, [200, 30, 30])).await.unwrap().avatar,
        me.avatar,
        "same picture, same name"
    );
    assert_ne!(noor.set_avatar(png(640, 400, [30, 30, 200])).await.unwrap().avatar, me.avatar);

    let began = Instant::now();
    assert_eq!(noor.remove_avatar().await.unwrap().avatar, None);
    while profile_news(&mut events).await.avatar.is_some() {}
    assert!(began.elapsed() < SEEN_WITHIN, "gone after {:?}", began.elapsed());
    assert_eq!(rana.avatar(&me.id, AvatarSize::Small).await.unwrap(), None);
    assert_eq!(noor.remove_avatar().await.unwrap().avatar, None, "also twice");
    assert_eq!(rana.avatar("../me", AvatarSize::Small).await.unwrap(), None, "an id is no path");
    server.shutdown().await;
}

#[tokio::test]
async fn odd_files_are_refused_with_their_reason_and_change_nothing_pr_08_pr_09() {
    let dir = tempfile::tempdir().unwrap();
    let server = practice(&dir).await;
    let noor = client(&server, "a").await;
    let good = png(300, 300, [10, 200, 10]);
    let me = noor.set_avatar(good.clone()).await.unwrap();
    let cut = &good[..good.len() / 2];
    for (file, code) in [
        (Vec::new(), "picture-empty"),
        // Its name would say .jpg: nobody asks for the name.
        (GIF.to_vec(), "picture-foreign"),
        (b"RIFF\x24\0\0\0WEBPVP8 ".to_vec(), "picture-foreign"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "picture-foreign"),
        (b"hello".to_vec(), "picture-unknown"),
        (bomb(60_000, 60_000), "picture-too-many-pixels"),
        (cut.to_vec(), "picture-truncated"),
    ] {
        assert_eq!(refusal(noor.set_avatar(file).await), (422, code.into()));
    }
    assert_eq!(noor.me().await.unwrap(), me);

    let most = noor.set_avatar(padded(&good, 5 * MIB)).await.unwrap();
    assert_eq!(most.avatar, me.avatar, "the same picture with much beside it");
    assert_eq!(refusal(noor.set_avatar(padded(&good, 5 * MIB + 1)).await), (413, code::TOO_LARGE.into()));
    server.shutdown().await;
}

#[tokio::test]
async fn a_new_password_ends_every_other_session_and_keeps_this_one_pw_01() {
    let dir = tempfile::tempdir().unwrap();
    let server = with_user(&dir).await;
    let (here, there) = (log_in(&server, PASSWORD).await.unwrap(), log_in(&server, PASSWORD).await.unwrap());
    assert_eq!(here.me().await.unwrap().password_changed, None);
    let mut elsewhere = connected(&there).await;
    let change = |current: &'static str, new: &'static str| {
        let here = here.clone();
        async move { here.change_password(&Secret::new(current), &Secret::new(new)).await }
    };
    for weak in ["Short-1", "no-capital-1", "NO-SMALL-1", "No-Number-", "NoSpecial1", "قهوتيهيل١!"] {
        assert_eq!(refusal(change(PASSWORD, weak).await), (422, code::WEAK_PASSWORD.into()), "{weak}");
    }
    let me: Me = change(PASSWORD, "Zaytoun-7 قهوة").await.unwrap();
    assert!(me.password_changed.is_some());
    assert_eq!(here.me().await.unwrap(), me, "this session goes on");
    let ended = timeout(DEADLINE, async {
        loop {
            match elsewhere.next().await {
                Some(StreamItem::Lost { why: TeamError::Expired, .. }) => return,
                Some(_) => {}
                None => panic!("it says why"),
            }
        }
    });
    ended.await.expect("the other one hears of it");
    assert_eq!(there.me().await, Err(TeamError::Expired));
    assert!(matches!(log_in(&server, PASSWORD).await, Err(TeamError::WrongCredentials { .. })));
    log_in(&server, "Zaytoun-7 قهوة").await.unwrap();
    server.shutdown().await;
}

#[tokio::test]
async fn guesses_of_the_current_password_are_counted_with_those_at_the_sign_in_pw_01() {
    let dir = tempfile::tempdir().unwrap();
    let server = with_user(&dir).await;
    let here = log_in(&server, PASSWORD).await.unwrap();
    let new = Secret::new("Zaytoun-7!");
    for left in [4, 3, 2, 1, 0] {
        let guessed = here.change_password(&Secret::new("guess"), &new).await;
        assert_eq!(guessed, Err(TeamError::WrongCredentials { tries_left: Some(left) }));
    }
    for password in ["guess", PASSWORD] {
        let limited = here.change_password(&Secret::new(password), &new).await;
        assert!(matches!(limited, Err(TeamError::RateLimited { .. })), "{limited:?}");
    }
    assert!(matches!(log_in(&server, PASSWORD).await, Err(TeamError::RateLimited { .. })), "the same count");
    assert!(here.me().await.is_ok(), "whoever is in stays in");
    server.shutdown().await;
}

/// Width and height of a baseline JPEG, from its frame header.
fn jpeg_size(jpeg: &[u8]) -> (u16, u16) {
    let at = jpeg.windows(2).position(|marker| marker == [0xff, 0xc0]).expect("a baseline frame");
    let number = |at: usize| u16::from_be_bytes([jpeg[at], jpeg[at + 1]]);
    (number(at + 7), number(at + 5))
}
