//! Looking after the server, with the program itself: first administrator, configuration, copies.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use team_server::{BackupError, ServerConfig, backup, start};
use testkit::database::Place;

fn program(dir: &Path, words: &[&str], typed: &str) -> Output {
    program_with(dir, words, typed, None)
}

fn program_with(dir: &Path, words: &[&str], typed: &str, database_password: Option<&str>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_rannan-server"))
        .args(words)
        .current_dir(dir)
        .env("RANNAN_DATABASE_PASSWORD", database_password.unwrap_or_default())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses before it reads closes its end.
    let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
    child.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const ADMIN: [&str; 8] = ["admin", "create", "--email", "rana@care.example", "--name", "Rana", "--extension", "100"];

/// PW-02.
#[test]
fn the_first_administrator_needs_a_strong_password() {
    let dir = tempfile::tempdir().unwrap();
    let weak = program(dir.path(), &ADMIN, "canary-weak\n");
    assert!(!weak.status.success());
    assert!(said(&weak).contains("a capital letter, a number") && !said(&weak).contains("canary"), "{}", said(&weak));
    let checked = said(&program(dir.path(), &["check"], ""));
    assert!(checked.contains("none yet"), "check makes no database: {checked}");
    let strong = program(dir.path(), &ADMIN, "Canary-Strong-1\n");
    assert!(strong.status.success(), "{}", said(&strong));
    assert!(!said(&program(dir.path(), &ADMIN, "Canary-Strong-1\n")).contains("Canary-Strong"));
    let checked = said(&program(dir.path(), &["check"], ""));
    assert!(checked.contains("up to date") && checked.contains("1 active, 1 of them administrators"), "{checked}");
}

#[test]
fn the_configuration_that_is_printed_can_be_used() {
    let dir = tempfile::tempdir().unwrap();
    let printed = program(dir.path(), &["config"], "");
    std::fs::write(dir.path().join("rannan-server.toml"), &printed.stdout).unwrap();
    let checked = program(dir.path(), &["check", "--config", "rannan-server.toml"], "");
    assert!(checked.status.success() && said(&checked).contains("can be used"), "{}", said(&checked));
    std::fs::write(dir.path().join("rannan-server.toml"), "# one\nbindd = \"127.0.0.1:1\"\n").unwrap();
    let checked = program(dir.path(), &["--config", "rannan-server.toml"], "");
    assert!(
        !checked.status.success() && said(&checked).contains("line 2: unknown field `bindd`"),
        "{}",
        said(&checked)
    );
}

#[test]
fn metrics_that_a_start_would_refuse_are_refused_by_check_too() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("token"), "Canary-token\n").unwrap();
    for (section, works, part) in [
        ("", true, "told nowhere"),
        ("[metrics]\nbind = \"127.0.0.1:9464\"\n", true, "http://127.0.0.1:9464/metrics"),
        ("[metrics]\nbind = \"0.0.0.0:9464\"\n", false, "token_file"),
        ("[metrics]\nbind = \"0.0.0.0:9464\"\ntoken_file = \"token\"\n", true, "http://0.0.0.0:9464/metrics"),
    ] {
        std::fs::write(dir.path().join("server.toml"), section).unwrap();
        let checked = program(dir.path(), &["check", "--config", "server.toml"], "");
        assert_eq!(checked.status.success(), works, "{section}: {}", said(&checked));
        assert!(said(&checked).contains(part) && !said(&checked).contains("Canary"), "{section}: {}", said(&checked));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_server_that_runs_is_whole_private_and_overwrites_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let config = ServerConfig::practice(dir.path());
    let server = start(config.clone()).await.unwrap();
    let copy = dir.path().join("copy.db");
    backup(&config.database_url, &copy).await.unwrap();
    assert!(matches!(backup(&config.database_url, &copy).await, Err(BackupError::Exists(_))));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o077, 0);
    }
    let instance = server.instance().to_owned();
    server.shutdown().await;

    let restored = tempfile::tempdir().unwrap();
    std::fs::copy(&copy, restored.path().join("server.db")).unwrap();
    let server = start(ServerConfig::practice(restored.path())).await.unwrap();
    assert_eq!(server.instance(), instance, "the same server, from its copy");
    server.shutdown().await;
}

#[tokio::test]
async fn what_is_no_database_is_not_copied_and_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let config = ServerConfig::in_dir(ServerConfig::USUAL_BIND, dir.path());
    let copy = dir.path().join("copy.db");
    assert!(matches!(backup(&config.database_url, &copy).await, Err(BackupError::Missing(_))));
    assert!(matches!(backup("postgres://x/y", &copy).await, Err(BackupError::NotSqlite)));
    std::fs::write(dir.path().join("server.db"), [b'x'; 5000]).unwrap();
    assert!(backup(&config.database_url, &copy).await.is_err());
    let left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["server.db"], "nothing half done");
}

#[cfg(unix)]
#[test]
fn on_postgres_the_same_commands_work_and_copies_are_left_to_pg_dump() {
    let place = Place::postgres();
    let url = place.url();
    let with_database = |words: &[&str]| {
        let words: Vec<&str> = words.iter().copied().chain(["--database", &url]).collect();
        program(place.dir(), &words, "Canary-Strong-1\n")
    };
    let checked = with_database(&["check"]);
    assert!(checked.status.success() && said(&checked).contains("PostgreSQL, none yet"), "{}", said(&checked));
    let added = with_database(&ADMIN);
    assert!(added.status.success(), "{}", said(&added));
    let again = with_database(&ADMIN);
    assert!(!again.status.success() && said(&again).contains("is taken"), "{}", said(&again));
    let checked = said(&with_database(&["check"]));
    for part in ["PostgreSQL, up to date", "1 active, 1 of them administrators", "pg_dump"] {
        assert!(checked.contains(part), "{part}: {checked}");
    }
    let copied = with_database(&["backup", "copy.db"]);
    assert_eq!(copied.status.code(), Some(1));
    assert!(said(&copied).contains("pg_dump"), "{}", said(&copied));
    let left = std::fs::read_dir(place.dir()).unwrap().count();
    assert_eq!(left, 0, "no SQLite file beside it, no half copy");
}

#[cfg(unix)]
#[test]
fn the_password_of_postgres_comes_by_environment_or_file_and_is_never_told() {
    let password = "Canary &=?%#'ñ";
    let place = Place::postgres_with_password(password);
    let url = place.url();
    let words = ["check", "--database", &url];
    let right = program_with(place.dir(), &words, "", Some(password));
    assert!(right.status.success(), "{}", said(&right));
    std::fs::write(place.dir().join("word"), format!("{password}\n")).unwrap();
    let file = format!("database = \"{url}\"\ndatabase_password_file = \"word\"\n");
    std::fs::write(place.dir().join("server.toml"), file).unwrap();
    let right = program(place.dir(), &["check", "--config", "server.toml"], "");
    assert!(right.status.success(), "{}", said(&right));
    for wrong in [
        program(place.dir(), &words, ""),
        program_with(place.dir(), &words, "", Some("Canary-wrong")),
        program_with(place.dir(), &["check", "--config", "server.toml"], "", Some("Canary-wins")),
        program_with(place.dir(), &["--database", &url], "", Some("Canary-serve")),
        program(place.dir(), &["--database", &url.replace('@', ":Canary-seen@")], ""),
    ] {
        assert!(!wrong.status.success(), "{}", said(&wrong));
        assert!(!said(&wrong).contains("Canary"), "{}", said(&wrong));
    }
}

#[test]
fn a_database_that_is_neither_is_named_as_such() {
    let dir = tempfile::tempdir().unwrap();
    for words in [&["check", "--database", "mysql://db/x"][..], &["--database", "server.db"]] {
        let output = program(dir.path(), words, "");
        assert!(!output.status.success() && said(&output).contains("postgres://"), "{}", said(&output));
    }
}
