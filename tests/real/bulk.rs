//! Many users at once, from the phone of an administrator to the server (BK-01, BK-02).

use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

use serde_json::{Value, json};

use crate::rig::{Agent, DEADLINE, Phone, PhoneSetup, Server, get, post};

fn administrator(server: &Server) -> (String, Phone) {
    let token = server.administrator("900");
    let mut phone = PhoneSetup::team(server, &Agent::of("900")).with(&["--no-tones"]).start();
    phone.wait("registered");
    (token, phone)
}

fn extensions(server: &Server, token: &str) -> Vec<String> {
    let users = get(server.addr, "/v1/users", token);
    users["users"].as_array().unwrap().iter().map(|user| user["extension"].as_str().unwrap().to_owned()).collect()
}

fn one(server: &Server, token: &str, extension: &str) -> Value {
    let users = get(server.addr, "/v1/users", token);
    let found = users["users"].as_array().unwrap().iter().find(|user| user["extension"] == extension).cloned();
    let id = found.unwrap_or_else(|| panic!("no {extension}"))["id"].as_str().unwrap().to_owned();
    get(server.addr, &format!("/v1/users/{id}"), token)
}

fn rows(phone: &mut Phone) -> Vec<Value> {
    phone.say("users-rows");
    phone.wait("users_rows")["rows"].as_array().unwrap().clone()
}

#[test]
fn from_100_to_199_are_exactly_100_users_who_can_sign_in_bk_01() {
    let server = Server::start(&[]);
    let (token, mut admin) = administrator(&server);
    admin.say("users-range 100 199 agent{id}@range.test Agent {id}");
    let plan = admin.wait("bulk");
    assert_eq!((&plan["phase"], &plan["rows"], &plan["new"]), (&json!("ready"), &json!(100), &json!(100)));
    assert_eq!(extensions(&server, &token), ["900"], "a plan makes nobody");
    let began = Instant::now();
    admin.say("users-start");
    let done = admin.wait_where("bulk", |news| news["phase"] == "done");
    eprintln!("100 users in {:?}", began.elapsed());
    assert_eq!((&done["made"], &done["failed"], &done["passwords"]), (&json!(100), &json!(0), &json!(100)));
    let expected: Vec<String> = (100..200).chain([900]).map(|extension| extension.to_string()).collect();
    assert_eq!(extensions(&server, &token), expected);

    // Everybody has a password of their own, and it opens the door.
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("passwords.csv");
    admin.say(&format!("users-passwords {}", path.display()));
    admin.wait("users_passwords");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<Vec<&str>> =
        text.trim_start_matches('\u{feff}').lines().map(|line| line.split(';').collect()).collect();
    assert_eq!((lines.len(), &lines[0]), (101, &vec!["Id", "Name", "E-mail", "Password"]));
    let different: std::collections::BTreeSet<&str> = lines.iter().map(|cells| cells[3]).collect();
    assert_eq!(different.len(), 101);
    for cells in [&lines[1], &lines[100]] {
        let login = json!({"email": cells[2], "password": cells[3], "device": "test"});
        assert!(post(server.addr, "/v1/login", None, &login)["token"].is_string(), "{} signs in", cells[0]);
    }

    // Once more: nobody is made twice.
    admin.say("users-range 199 200 agent{id}@range.test Agent {id}");
    let again = admin.wait_where("bulk", |news| news["phase"] == "ready");
    assert_eq!((&again["skipped"], &again["new"]), (&json!(1), &json!(1)));
    let rows = rows(&mut admin);
    assert_eq!((&rows[0]["why"], &rows[0]["who"]), (&json!("exists"), &json!("Agent 199")));
}

#[test]
fn after_a_lost_server_the_rest_goes_on_and_nobody_is_made_twice_bk_01() {
    let mut server = Server::start(&[]);
    let (token, mut admin) = administrator(&server);
    admin.say("users-range 100 179 agent{id}@range.test Agent {id}");
    admin.wait("bulk");
    admin.say("users-start");
    admin.wait_where("bulk", |news| news["made"].as_u64().is_some_and(|made| made >= 5));
    server.kill();
    let lost = admin.wait_where("bulk", |news| news["phase"] == "interrupted");
    let made = lost["made"].as_u64().unwrap();
    assert!((5..80).contains(&made) && lost["failed"] == 0, "{lost}");
    assert_eq!(lost["new"].as_u64(), Some(80 - made));
    server.start_again();
    let began = Instant::now();
    loop {
        admin.say("users-start");
        let now = admin.wait_where("bulk", |news| matches!(news["phase"].as_str(), Some("done" | "interrupted")));
        if now["phase"] == "done" {
            assert_eq!((&now["made"], &now["failed"]), (&json!(80), &json!(0)), "{now}");
            break;
        }
        assert!(began.elapsed() < DEADLINE, "the server does not come back");
    }
    let expected: Vec<String> = (100..180).chain([900]).map(|extension| extension.to_string()).collect();
    assert_eq!(extensions(&server, &token), expected);
}

#[test]
fn what_is_made_stays_when_it_is_stopped_bk_01() {
    let server = Server::start(&[]);
    let (token, mut admin) = administrator(&server);
    admin.say("users-range 1000 1999 agent{id}@range.test Agent {id}");
    admin.wait("bulk");
    admin.say("users-start");
    admin.wait_where("bulk", |news| news["made"].as_u64().is_some_and(|made| made >= 3));
    admin.say("users-stop");
    let stopped = admin.wait_where("bulk", |news| news["phase"] == "stopped");
    let made = usize::try_from(stopped["made"].as_u64().unwrap()).unwrap();
    assert!((3..1000).contains(&made));
    assert_eq!(extensions(&server, &token).len(), made + 1);
}

#[test]
fn a_table_in_windows_1256_makes_changes_and_says_what_is_wrong_bk_02() {
    let server = Server::start(&["101"]);
    let (token, mut admin) = administrator(&server);
    let queue = json!({"name": "Support", "extension": "800"});
    post(server.addr, "/v1/queues", Some(&token), &queue);
    let text = "الرقم;الاسم;البريد الإلكتروني;الدور;موظف اتصال;مهلة الرنين;كلمة المرور\r\n\
        301;\"منصور; ليلى\";layla@table.test;مستخدم;نعم;25;\r\n\
        101;نور حداد;;;;;\r\n\
        302;سامي;no mail;مستخدم;لا;;\r\n\
        303;هناء;hana@table.test;ملك;;;\r\n\
        800;طابور;queue@table.test;;;;\r\n\
        301;مرة أخرى;twice@table.test;;;;\r\n\
        \r\n\
        304;=1+1;formula@table.test;مستخدم;0;;Kanarienvogel-7\r\n";
    let bytes: Vec<u8> = text.chars().map(windows_1256).collect();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("agents.csv");
    std::fs::write(&path, bytes).unwrap();
    admin.say(&format!("users-import {}", path.display()));
    let plan = admin.wait("bulk");
    assert_eq!(
        (&plan["rows"], &plan["new"], &plan["change"], &plan["bad"]),
        (&json!(7), &json!(2), &json!(1), &json!(4)),
        "{plan}"
    );
    let why: Vec<(u64, String)> = rows(&mut admin)
        .iter()
        .filter_map(|row| Some((row["line"].as_u64()?, row["why"].as_str()?.to_owned())))
        .collect();
    let expected = [(4, "bad_email"), (5, "no_role"), (6, "queue"), (7, "twice")];
    assert_eq!(why, expected.map(|(line, why)| (line, why.to_owned())));
    admin.say("users-start");
    let done = admin.wait_where("bulk", |news| news["phase"] == "done");
    assert_eq!((&done["made"], &done["changed_users"], &done["failed"]), (&json!(2), &json!(1), &json!(0)), "{done}");

    let layla = one(&server, &token, "301");
    assert_eq!(
        (&layla["name"], &layla["agent"]["is_agent"], &layla["agent"]["call_timeout"]),
        (&json!("منصور; ليلى"), &json!(true), &json!(25))
    );
    let noor = one(&server, &token, "101");
    assert_eq!(
        (&noor["name"], &noor["email"]),
        (&json!("نور حداد"), &json!("agent101@example.test")),
        "only what the table says"
    );
    let login = json!({"email": "formula@table.test", "password": "Kanarienvogel-7", "device": "test"});
    assert!(post(server.addr, "/v1/login", None, &login)["token"].is_string());

    let errors = dir.path().join("errors.csv");
    admin.say(&format!("users-faults {}", errors.display()));
    admin.wait("users_faults");
    let errors = std::fs::read_to_string(errors).unwrap();
    let lines: Vec<&str> = errors.trim_start_matches('\u{feff}').lines().collect();
    assert!(lines[0].ends_with(";Reason") && lines[1] == "302;سامي;no mail;مستخدم;لا;;;bad_email", "{errors}");

    let users = dir.path().join("users.csv");
    admin.say(&format!("users-export {}", users.display()));
    admin.wait("users_exported");
    let users = std::fs::read_to_string(users).unwrap();
    assert!(users.starts_with("\u{feff}Id;Name;E-mail;Role;Department;Agent\r\n"), "{users}");
    assert!(users.contains("304;'=1+1;formula@table.test;User;"), "{users}");
    assert!(users.contains("301;\"منصور; ليلى\";layla@table.test;User;"), "{users}");
    assert!(!users.contains("Kanarienvogel"), "no secrets");
}

#[test]
fn whoever_administers_nobody_plans_nothing_bk_01() {
    let server = Server::start(&["101"]);
    let mut phone = PhoneSetup::team(&server, &Agent::of("101")).with(&["--no-tones"]).start();
    phone.wait("registered");
    phone.say("users-range 100 199 agent{id}@range.test Agent {id}");
    assert_eq!(phone.wait("error")["code"], "bulk");
}

/// The letters that stand in the table above, and ASCII.
fn windows_1256(c: char) -> u8 {
    const LETTERS: [(char, u8); 36] = [
        ('ء', 0xC1),
        ('آ', 0xC2),
        ('أ', 0xC3),
        ('ؤ', 0xC4),
        ('إ', 0xC5),
        ('ئ', 0xC6),
        ('ا', 0xC7),
        ('ب', 0xC8),
        ('ة', 0xC9),
        ('ت', 0xCA),
        ('ث', 0xCB),
        ('ج', 0xCC),
        ('ح', 0xCD),
        ('خ', 0xCE),
        ('د', 0xCF),
        ('ذ', 0xD0),
        ('ر', 0xD1),
        ('ز', 0xD2),
        ('س', 0xD3),
        ('ش', 0xD4),
        ('ص', 0xD5),
        ('ض', 0xD6),
        ('ط', 0xD8),
        ('ظ', 0xD9),
        ('ع', 0xDA),
        ('غ', 0xDB),
        ('ف', 0xDD),
        ('ق', 0xDE),
        ('ك', 0xDF),
        ('ل', 0xE1),
        ('م', 0xE3),
        ('ن', 0xE4),
        ('ه', 0xE5),
        ('و', 0xE6),
        ('ى', 0xEC),
        ('ي', 0xED),
    ];
    let found = LETTERS.iter().find(|(letter, _)| *letter == c).map(|(_, byte)| *byte);
    found.or_else(|| u8::try_from(c).ok().filter(u8::is_ascii)).unwrap_or_else(|| panic!("{c:?} is none of them"))
}
