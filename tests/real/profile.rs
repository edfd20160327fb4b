//! The profile behind the engine's door: two phones and the server.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::{
    EngineEvent, Face, MemorySecrets, PhotoCrop, PictureRefused, Profile, ProfileError, Secret, Session, SignedOutWhy,
    User,
};
use team_server::{NewUser, ServerConfig};
use testkit::picture::{GIF, padded, png};

use crate::engine_door::{Window, practice};

/// PR-02, PR-12: from the press to the other screen.
const SEEN_WITHIN: Duration = Duration::from_secs(1);

fn window(dir: &std::path::Path) -> Window {
    Window::open(dir, Arc::new(MemorySecrets::default()))
}

fn profile(user: &User) -> &Profile {
    user.profile.as_ref().expect("a team account has one")
}

/// Waits until this window sees the other extension like this.
async fn sees(window: &mut Window, extension: &str, is_it: impl Fn(&Face) -> bool) -> Face {
    let among = |faces: Vec<Face>| faces.into_iter().find(|face| face.extension == extension && is_it(face));
    // Who waited for something else meanwhile has passed over the event.
    if let Some(face) = among(window.snapshot().await.faces) {
        return face;
    }
    window
        .wait("a face", |event| match event {
            EngineEvent::Face(face) => among(vec![face]),
            EngineEvent::Faces(faces) => among(faces),
            EngineEvent::Snapshot(snapshot) => among(snapshot.faces),
            _ => None,
        })
        .await
}

async fn me(window: &mut Window, is_it: impl Fn(&User) -> bool) -> User {
    if let Session::SignedIn(user) = window.snapshot().await.session
        && is_it(&user)
    {
        return user;
    }
    window
        .wait("oneself", |event| match event {
            EngineEvent::Session(Session::SignedIn(user)) if is_it(&user) => Some(user),
            _ => None,
        })
        .await
}

#[tokio::test]
async fn pr_02_pr_03_a_new_name_is_on_the_other_phone_within_a_second_and_in_the_next_call() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = practice(&dir.path().join("server")).await;
    let (mut noor, mut rana) = (window(&dir.path().join("a")), window(&dir.path().join("b")));
    let own = noor.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    let other = rana.engine.sign_in_practice(&url, "b").await.expect("lets us in");
    noor.wait_registered().await;
    rana.wait_registered().await;
    sees(&mut rana, &own.extension, |face| face.name == own.name).await;

    for (first, last) in [("", " "), ("two\nlines", "")] {
        assert_eq!(noor.engine.rename(first, last).await, Err(ProfileError::Name));
    }
    let began = Instant::now();
    noor.engine.rename("نُور", "حدّاد").await.expect("is renamed");
    let seen = sees(&mut rana, &own.extension, |face| face.name == "نُور حدّاد").await;
    assert!(began.elapsed() < SEEN_WITHIN, "seen after {:?}", began.elapsed());
    assert_eq!(seen.id, own.id);
    let renamed = me(&mut noor, |user| user.name == "نُور حدّاد").await;
    assert_eq!((profile(&renamed).first_name.as_str(), profile(&renamed).last_name.as_str()), ("نُور", "حدّاد"));

    noor.engine.dial(&other.extension);
    let party = rana
        .wait("a call", |event| match event {
            EngineEvent::Call(view) => Some(view.party),
            _ => None,
        })
        .await;
    assert_eq!((party.display_name.as_str(), &party.number), ("نُور حدّاد", &own.extension));
    noor.engine.shutdown().await;
    rana.engine.shutdown().await;
}

#[tokio::test]
async fn pr_07_pr_12_a_cropped_picture_is_on_the_other_phone_within_a_second_and_goes_again() {
    let dir = tempfile::tempdir().unwrap();
    let (_server, url) = practice(&dir.path().join("server")).await;
    let (mut noor, mut rana) = (window(&dir.path().join("a")), window(&dir.path().join("b")));
    let own = noor.engine.sign_in_practice(&url, "a").await.expect("lets us in");
    rana.engine.sign_in_practice(&url, "b").await.expect("lets us in");
    noor.wait_registered().await;
    rana.wait_registered().await;
    sees(&mut rana, &own.extension, |face| face.avatar.is_none()).await;

    let opened = noor.engine.photo_open(png(900, 600, [200, 40, 40])).await.expect("a picture");
    assert_eq!((opened.width, opened.height, opened.smaller_than), (900, 600, None));
    assert!(noor.engine.photo_preview(opened.number).expect("is open").starts_with(&[0xff, 0xd8]));
    // A window that rounds asks for a pixel too many: it gets the edge.
    let crop = PhotoCrop { x: 301, y: 0, side: 600, quarters: 1 };
    let began = Instant::now();
    noor.engine.photo_save(opened.number, crop).await.expect("is saved");
    let seen = sees(&mut rana, &own.extension, |face| face.avatar.is_some()).await;
    assert!(began.elapsed() < SEEN_WITHIN, "seen after {:?}", began.elapsed());
    let revision = seen.avatar.expect("just seen");
    for large in [true, false] {
        let picture = rana.engine.picture(&own.id, &revision, large).await.expect("answers").expect("is there");
        assert!(picture.starts_with(&[0xff, 0xd8, 0xff]));
        let again = rana.engine.picture(&own.id, &revision, large).await.expect("answers").expect("is there");
        assert!(Arc::ptr_eq(&picture, &again), "fetched once");
    }
    me(&mut noor, |user| profile(user).avatar.as_ref() == Some(&revision)).await;
    assert_eq!(noor.engine.photo_save(opened.number, crop).await, Err(ProfileError::NoSuchPhoto), "it was put away");

    let began = Instant::now();
    noor.engine.photo_remove().await.expect("is removed");
    sees(&mut rana, &own.extension, |face| face.avatar.is_none()).await;
    assert!(began.elapsed() < SEEN_WITHIN, "gone after {:?}", began.elapsed());
    assert!(rana.snapshot().await.faces.iter().all(|face| face.avatar.is_none()), "also for a window that opens now");
    noor.engine.shutdown().await;
    assert_eq!(noor.engine.photo_remove().await, Err(ProfileError::NotSignedIn));
    rana.engine.shutdown().await;
}

#[tokio::test]
async fn pr_08_pr_09_pr_10_files_are_judged_by_their_bytes_before_anything_is_decoded() {
    let dir = tempfile::tempdir().unwrap();
    let phone = window(&dir.path().join("a"));
    let small = phone.engine.photo_open(png(150, 300, [1, 2, 3])).await.expect("a picture");
    assert_eq!(small.smaller_than, Some(200), "a warning, no refusal");
    let most = padded(&png(300, 300, [1, 2, 3]), 5 * 1024 * 1024);
    let opened = phone.engine.photo_open(most).await.expect("exactly as much as is allowed");
    assert_eq!(phone.engine.photo_preview(small.number), Err(ProfileError::NoSuchPhoto), "one at a time");
    phone.engine.photo_close(opened.number);
    assert_eq!(phone.engine.photo_preview(opened.number), Err(ProfileError::NoSuchPhoto));
    let over = padded(&png(300, 300, [1, 2, 3]), 5 * 1024 * 1024 + 1);
    let refused = phone.engine.photo_open(over).await;
    assert!(matches!(refused, Err(ProfileError::Refused(PictureRefused::TooManyBytes { .. }))), "{refused:?}");
    let gif = phone.engine.photo_open(GIF.to_vec()).await;
    assert!(matches!(gif, Err(ProfileError::Refused(PictureRefused::Foreign(_)))), "{gif:?}");
    phone.engine.shutdown().await;
}

#[tokio::test]
async fn pw_01_a_new_password_signs_the_other_phone_out_and_not_this_one() {
    let dir = tempfile::tempdir().unwrap();
    let config = ServerConfig::in_dir("127.0.0.1:0".parse().unwrap(), &dir.path().join("server"));
    let new = NewUser {
        email: "noor@example.test".into(),
        name: "Noor Haddad".into(),
        extension: "201".into(),
        password: Secret::new("Kanarienvogel-1"),
        admin: false,
    };
    team_server::add_user(&config.database_url, new).await.expect("is added");
    let server = team_server::start(config).await.expect("starts");
    let url = format!("http://{}", server.addr());
    let (mut here, mut there) = (window(&dir.path().join("a")), window(&dir.path().join("b")));
    for window in [&mut here, &mut there] {
        let password = Secret::new("Kanarienvogel-1");
        window.engine.sign_in_team(&url, "noor@example.test", password, false).await.expect("lets us in");
        window.wait_registered().await;
    }
    let (old, next) = (Secret::new("Kanarienvogel-1"), Secret::new("Zaytoun-7"));
    let guessed = here.engine.change_password(&Secret::new("guess"), &next).await;
    assert_eq!(guessed, Err(ProfileError::WrongPassword { tries_left: Some(4) }));
    assert_eq!(here.engine.change_password(&old, &Secret::new("weak")).await, Err(ProfileError::WeakPassword));
    here.engine.change_password(&old, &next).await.expect("is changed");
    me(&mut here, |user| profile(user).password_changed.is_some()).await;
    there
        .wait("signed out", |event| match event {
            EngineEvent::Session(Session::SignedOut { why: Some(SignedOutWhy::Expired), .. }) => Some(()),
            _ => None,
        })
        .await;
    assert!(matches!(here.snapshot().await.session, Session::SignedIn(_)));
    assert!(there.snapshot().await.faces.is_empty(), "the team is not for somebody who is out");
    here.engine.shutdown().await;
    there.engine.shutdown().await;
    server.shutdown().await;
}
