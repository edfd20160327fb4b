//! Everything that can be asked, asked by everybody: each route of `docs/openapi.json` with each role, with people of the own department, of
//! another one and above, and with tokens that are worth nothing. Who may not is refused, nothing has changed, and no byte told them anything.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use futures_util::StreamExt as _;
use serde_json::{Value, json};
use testkit::database::Place;
use testkit::http;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;

use crate::directory::{PASSWORD, make, sign_in};
use crate::phones::*;
use crate::rights::change;
use crate::status_admin::with_administrator;
use crate::statuses::{OFFER, choose};

testkit::on_both_databases! {
    nobody_gets_by_a_request_what_their_role_does_not_give_rp_01_rg_11,
    nobody_is_told_by_an_event_what_their_role_does_not_give_rg_03_rg_05_rg_11,
    no_route_breaks_by_what_is_sent_to_it,
}

const ROLES: [&str; 7] =
    ["user", "receptionist", "department_administrator", "manager", "owner", "system_administrator", "system_owner"];

/// Known to their owner, and to those who administer everybody.
const FAR_TEXT: &str = "out-of-the-house-4b1d";
/// In a personal address book: nobody else's business.
const OWN_CONTACT: &str = "Private-Person-77c2";
/// Stands in the table for the id of the department of those who ask.
const OWN_DEPARTMENT: &str = "own department";
/// Whom somebody of another department calls.
const FAR_NUMBER: &str = "5557778732492";

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Also without a token.
    Open,
    /// Whoever is signed in.
    Anybody,
    /// Whoever administers anybody.
    Administers,
    /// Whoever administers everybody.
    Everybody,
    /// The system owner alone.
    SystemOwner,
    /// Whoever administers the one whom the path names, and is not below them.
    OfPath,
    /// Whoever administers the one whom the path names: who stands above may be looked at (DR-12).
    LooksAt,
    /// Whoever has the right to operate calls, which nobody here has but the receptionist, and is of the same department (RG-08).
    Operates,
    /// Whoever has the right to park, which nobody here has but the receptionist (RG-08).
    Parks,
    /// Whoever has the right to monitor, which nobody here has but the manager, whose role does so, and is of the same department (RG-09).
    Monitors,
    /// Whoever's role sees the live panel (LP-01).
    Panel,
    /// The same, of people whom the panel shows them and who are not above them (LP-04).
    Directs,
}

/// One way of asking.
struct Row {
    method: &'static str,
    template: &'static str,
    who: Who,
    /// What would be done, if it were allowed.
    body: Value,
    /// What is asked by those who may: as a rule something that is refused for another reason, so that nothing changes.
    harmless: Value,
    /// The answer to that; none: not asked.
    answer: Option<u16>,
}

fn row(template: &'static str, who: Who, answer: Option<u16>, body: Value, harmless: Value) -> Row {
    let (method, template) = template.split_once(' ').unwrap();
    Row { method, template, who, body, harmless, answer }
}

/// The whole table; a route that is not in it fails the test.
fn table() -> Vec<Row> {
    use Who::{
        Administers, Anybody, Directs, Everybody, LooksAt, Monitors, OfPath, Open, Operates, Panel, Parks, SystemOwner,
    };
    let none = || Value::Null;
    let read = |template, who| row(template, who, Some(200), none(), none());
    let stale = |what: Value| {
        let mut stale = what;
        stale["version"] = json!(9_999);
        stale
    };
    let status = json!({"kind": "other", "names": {"en": "Hacked", "ar": "مخترق"}, "blocks": {"queue": false, "internal": false, "external": false}});
    let user =
        json!({"extension": "6666", "name": "Hack", "email": "hack@example.com", "password": PASSWORD, "role": "user"});
    let rights = json!({
        "role": "system_owner", "department": "default", "watches": [], "version": 0,
        "switches": {"presence": true, "calls": true, "show_my_calls": true, "operations": true, "parking": true, "ivr": true,
                     "intercom": true, "monitoring": true, "recording": "off", "press_record": true}
    });
    vec![
        read("GET /healthz", Open),
        row("GET /reset", Open, None, none(), none()),
        row("POST /reset", Open, None, none(), none()),
        row("GET /sip", Open, Some(400), none(), none()),
        read("GET /v1/health", Open),
        row("POST /v1/login", Open, Some(422), json!({}), json!({})),
        read("GET /v1/openapi.json", Open),
        row("POST /v1/password/forgot", Open, Some(422), json!({}), json!({})),
        row("POST /v1/try", Open, Some(422), json!({}), json!({})),
        row("GET /v1/events", Anybody, Some(400), none(), none()),
        row("POST /v1/logout", Anybody, None, none(), none()),
        read("GET /v1/me", Anybody),
        row("PATCH /v1/me", Anybody, Some(422), json!({"first_name": ""}), json!({"first_name": "", "last_name": ""})),
        read("GET /v1/me/agent", Anybody),
        read("POST /v1/me/agent/extend", Anybody),
        read("POST /v1/me/agent/ready", Anybody),
        row("PUT /v1/me/avatar", Anybody, Some(422), json!("no picture"), json!("no picture")),
        read("DELETE /v1/me/avatar", Anybody),
        row(
            "PUT /v1/me/password",
            Anybody,
            Some(422),
            json!({"current": PASSWORD, "new": "weak"}),
            json!({"current": PASSWORD, "new": "weak"}),
        ),
        read("GET /v1/me/rights", Anybody),
        read("POST /v1/me/sip-credentials", Anybody),
        read("GET /v1/me/status", Anybody),
        row("PUT /v1/me/status", Anybody, Some(422), json!({"status": "nothing"}), json!({"status": "nothing"})),
        row(
            "PUT /v1/me/status/settings",
            Anybody,
            Some(200),
            json!({"offline_at_sign_in": true}),
            json!({"offline_at_sign_in": false}),
        ),
        read("GET /v1/presence", Anybody),
        read("GET /v1/statuses", Anybody),
        row("GET /v1/contacts", Anybody, Some(200), none(), none()),
        row(
            "POST /v1/contacts/push",
            Anybody,
            Some(200),
            json!({"book": "personal", "edits": []}),
            json!({"book": "personal", "edits": []}),
        ),
        row("PUT /v1/contacts/{id}", Anybody, Some(422), json!({"book": "nothing"}), json!({"book": "nothing"})),
        row("DELETE /v1/contacts/{id}", Anybody, Some(400), none(), none()),
        row("GET /v1/users/{id}/avatar", Anybody, Some(404), none(), none()),
        read("GET /v1/departments", Administers),
        row("POST /v1/departments", Everybody, Some(422), json!({"name": "Hacked"}), json!({"name": ""})),
        row(
            "PATCH /v1/departments/{id}",
            Everybody,
            Some(409),
            json!({"name": "Hacked", "version": 1}),
            json!({"name": "Cartier", "version": 9_999}),
        ),
        row("DELETE /v1/departments/{id}", Everybody, Some(409), none(), none()),
        read("GET /v1/admin/statuses", Everybody),
        row("POST /v1/admin/statuses", Everybody, Some(422), status.clone(), {
            let mut nameless = status;
            nameless["names"] = json!({"en": "", "ar": ""});
            nameless
        }),
        row(
            "PATCH /v1/admin/statuses/{id}",
            Everybody,
            Some(409),
            json!({"version": 1, "retired": true}),
            stale(json!({"retired": true})),
        ),
        row(
            "PUT /v1/admin/status-order",
            Everybody,
            Some(422),
            json!({"ids": ["break", "available"]}),
            json!({"ids": ["nothing"]}),
        ),
        read("GET /v1/devices", Administers),
        row("DELETE /v1/devices/{id}", OfPath, None, none(), none()),
        read("GET /v1/queues", Everybody),
        row(
            "POST /v1/queues",
            Everybody,
            Some(422),
            json!({"name": "Hacked", "extension": "6667"}),
            json!({"name": "", "extension": ""}),
        ),
        read("GET /v1/queues/{id}", Everybody),
        row(
            "PATCH /v1/queues/{id}",
            Everybody,
            Some(409),
            json!({"name": "Hacked", "extension": "800", "version": 1}),
            stale(json!({"name": "Sales", "extension": "800"})),
        ),
        row("DELETE /v1/queues/{id}", Everybody, None, none(), none()),
        row("PUT /v1/queues/{id}/agents/{user}", Everybody, None, json!({"level": 1, "position": 1}), none()),
        row("DELETE /v1/queues/{id}/agents/{user}", Everybody, None, none(), none()),
        read("GET /v1/roles", SystemOwner),
        row(
            "PUT /v1/roles/{id}",
            SystemOwner,
            Some(409),
            json!({"version": 0, "rights": {"monitors": true, "live_panel": true, "administers": "everybody"}}),
            json!({"version": 9_999, "rights": {"monitors": false, "live_panel": false, "administers": "nobody"}}),
        ),
        row("GET /v1/panel", Panel, Some(400), none(), none()),
        row("GET /v1/panel/charts", Panel, Some(400), none(), none()),
        row(
            "PUT /v1/panel/watch",
            Panel,
            Some(400),
            json!({"today_ms": 1, "yesterday_ms": 0}),
            json!({"today_ms": 1, "yesterday_ms": 0}),
        ),
        row("DELETE /v1/panel/watch", Anybody, Some(204), none(), none()),
        row(
            "POST /v1/panel/agents/{id}/force",
            Directs,
            Some(422),
            json!({"status": "dnd"}),
            json!({"status": "nothing"}),
        ),
        row("POST /v1/panel/agents/{id}/end-sessions", Directs, None, none(), none()),
        row("POST /v1/panel/callers/{id}/pull", Panel, Some(404), none(), none()),
        row("POST /v1/panel/callers/{id}/send", Panel, Some(404), json!({"to": "700"}), json!({"to": "700"})),
        read("GET /v1/users", Administers),
        row("POST /v1/users", Administers, Some(422), user.clone(), {
            let mut nameless = user;
            nameless["name"] = json!("");
            nameless
        }),
        read("GET /v1/users/{id}", LooksAt),
        row(
            "PATCH /v1/users/{id}",
            OfPath,
            Some(409),
            json!({"version": 1, "name": "Hacked"}),
            json!({"version": 9_999, "name": "Noor"}),
        ),
        row("DELETE /v1/users/{id}", OfPath, Some(409), none(), none()),
        row("POST /v1/users/{id}/end-sessions", OfPath, None, none(), none()),
        row("POST /v1/users/{id}/force", OfPath, Some(422), json!({"status": "dnd"}), json!({"status": "nothing"})),
        row(
            "POST /v1/users/{id}/pick-up",
            Operates,
            Some(409),
            json!({"word": "word-1234"}),
            json!({"word": "word-1234"}),
        ),
        row("POST /v1/users/{id}/divert", Operates, Some(409), json!({"to": "700"}), json!({"to": "700"})),
        row("POST /v1/users/{id}/transfer", Operates, Some(409), json!({"to": "700"}), json!({"to": "700"})),
        row("POST /v1/users/{id}/supervise", Monitors, Some(409), json!({"mode": "barge"}), json!({"mode": "listen"})),
        read("GET /v1/parked", Anybody),
        // Asked by those who may, it keeps a place.
        row("POST /v1/parked", Parks, None, none(), none()),
        read("GET /v1/admin/parking", Everybody),
        row("PUT /v1/admin/parking", Everybody, Some(422), json!({"ring_back_s": 60}), json!({"ring_back_s": 0})),
        read("GET /v1/admin/audit", Everybody),
        read("GET /v1/admin/recording", Everybody),
        row(
            "PUT /v1/admin/recording",
            Everybody,
            Some(422),
            json!({"consent": "tone", "retention_days": 1, "may_pause": false}),
            json!({"consent": "none", "retention_days": 99_999, "may_pause": true}),
        ),
        read("GET /v1/me/recording", Anybody),
        row("PUT /v1/me/recordings/{id}", Anybody, Some(422), json!({}), json!({})),
        row("PUT /v1/me/recordings/{id}/bytes", Anybody, Some(400), json!("no offset"), json!("no offset")),
        row(
            "POST /v1/me/recordings/{id}/done",
            Anybody,
            Some(404),
            json!({"bytes": 1, "duration_ms": 1, "sha256": ""}),
            json!({"bytes": 1, "duration_ms": 1, "sha256": ""}),
        ),
        // Nobody has one: whose they are is another test (`voicemail`).
        read("GET /v1/me/voicemail", Anybody),
        row("PUT /v1/me/voicemail/{id}", Anybody, Some(404), json!({"heard": true}), json!({"heard": true})),
        row("DELETE /v1/me/voicemail/{id}", Anybody, Some(404), none(), none()),
        row("GET /v1/me/voicemail/{id}/audio", Anybody, Some(404), none(), none()),
        // There are none: who may hear which is another test (`recordings`).
        read("GET /v1/recordings", Anybody),
        row("DELETE /v1/recordings/{id}", Anybody, Some(404), none(), none()),
        row("GET /v1/recordings/{id}/audio", Anybody, Some(404), none(), none()),
        read("GET /v1/admin/supervision", Everybody),
        row(
            "PUT /v1/admin/supervision",
            Everybody,
            Some(422),
            json!({"agents_see": true}),
            json!({"agents_see": "yes"}),
        ),
        read("GET /v1/users/{id}/rights", LooksAt),
        row("PUT /v1/users/{id}/rights", OfPath, Some(409), rights.clone(), {
            let mut own = rights;
            own["role"] = json!("user");
            own["department"] = json!(OWN_DEPARTMENT);
            stale(own)
        }),
    ]
}

/// Somebody in the house, signed in.
struct Person {
    id: String,
    token: String,
    extension: String,
}

/// Two departments, somebody of each role in the first, and those whom they try to reach.
struct House {
    addr: SocketAddr,
    /// The system owner who has made all this, of a third department.
    admin: String,
    admin_id: String,
    cartier: String,
    people: Vec<Person>,
    /// A user of the same department.
    near: Person,
    /// A user of the other one.
    far: Person,
    queue: String,
    near_phone: Phone,
    far_phone: Phone,
}

impl House {
    async fn built(addr: SocketAddr, admin: String) -> House {
        let department = async |name: &str| {
            let (status, made) =
                request(addr, "POST", "/v1/departments", &admin, &json!({ "name": name }).to_string()).await;
            assert_eq!(status, 201, "{made}");
            made["id"].as_str().unwrap().to_owned()
        };
        let (cartier, sales) = (department("Cartier").await, department("Sales").await);
        let person = async |extension: &str, role: &str, department: &str| {
            let email = format!("{role}-{extension}@house.example");
            let wish = json!({
                "extension": extension, "name": format!("{role} {extension}"), "email": email, "password": PASSWORD, "role": role,
                "department": department
            });
            let (status, card) = make(addr, &admin, &wish).await;
            assert_eq!(status, 201, "{card}");
            let (status, session) = sign_in(addr, &email, PASSWORD).await;
            assert_eq!(status, 200, "{session}");
            let word = |value: &Value| value.as_str().unwrap().to_owned();
            Person { id: word(&card["id"]), token: word(&session["token"]), extension: extension.to_owned() }
        };
        let mut people = Vec::new();
        for (at, role) in ROLES.into_iter().enumerate() {
            people.push(person(&format!("70{at}"), role, &cartier).await);
        }
        let may_operate = change(addr, &admin, &people[1].id, |card| {
            card["switches"]["operations"] = json!(true);
            card["switches"]["parking"] = json!(true);
        })
        .await;
        assert_eq!(may_operate.0, 200, "{}", may_operate.1);
        let may_monitor =
            change(addr, &admin, &people[3].id, |card| card["switches"]["monitoring"] = json!(true)).await;
        assert_eq!(may_monitor.0, 200, "{}", may_monitor.1);
        let (near, far) = (person("711", "user", &cartier).await, person("722", "user", &sales).await);
        let (_, me) = request(addr, "GET", "/v1/me", &admin, "").await;
        let queue = json!({"name": "Sales", "extension": "800"}).to_string();
        let (status, queue) = request(addr, "POST", "/v1/queues", &admin, &queue).await;
        assert_eq!(status, 201, "{queue}");
        let contact = json!({
            "book": "personal", "base": 0, "edit": "0198c0de-0000-7000-8000-000000000001",
            "card": {"first_name": OWN_CONTACT, "last_name": "", "display_name": "", "company": "", "job_title": "", "numbers": [],
                     "emails": [], "sip_addresses": [], "groups": [], "fields": [], "note": "", "favourite": false}
        });
        let path = "/v1/contacts/0198c0de-0000-7000-8000-0000000000aa";
        let (status, kept) = request(addr, "PUT", path, &near.token, &contact.to_string()).await;
        assert_eq!(status, 200, "{kept}");
        let near_phone = Phone::registered_with(addr, &near.token, "near", 1).await;
        let far_phone = Phone::registered_with(addr, &far.token, "far", 2).await;
        let (status, _) = choose(addr, &far.token, "other", FAR_TEXT).await;
        assert_eq!(status, 200);
        let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
        House { addr, admin_id: id(&me), queue: id(&queue), admin, cartier, people, near, far, near_phone, far_phone }
    }

    /// The registered phone of somebody.
    async fn device(&self, extension: &str) -> String {
        let (_, all) = request(self.addr, "GET", "/v1/devices", &self.admin, "").await;
        let one = all["devices"].as_array().unwrap().iter().find(|one| one["extension"] == extension).unwrap();
        one["id"].as_str().unwrap().to_owned()
    }

    /// All that could have been changed.
    async fn as_it_stands(&self) -> String {
        let mut all = Vec::new();
        for path in [
            "/v1/users",
            "/v1/departments",
            "/v1/roles",
            "/v1/queues",
            "/v1/admin/statuses",
            "/v1/admin/supervision",
            "/v1/admin/recording",
            "/v1/admin/parking",
        ] {
            all.push(request(self.addr, "GET", path, &self.admin, "").await.1);
        }
        for id in [&self.near.id, &self.far.id, &self.admin_id] {
            all.push(request(self.addr, "GET", &format!("/v1/users/{id}/rights"), &self.admin, "").await.1);
        }
        all.push(json!([self.device(&self.near.extension).await, self.device(&self.far.extension).await]));
        let book = "/v1/contacts?book=personal&since=0";
        all.push(request(self.addr, "GET", book, &self.near.token, "").await.1);
        json!(all).to_string()
    }
}

/// What follows `{id}` in a template, for the subject at hand.
struct Subject {
    name: &'static str,
    user: String,
    device: String,
    /// Of the department of those who ask.
    near: bool,
    /// Of a role above a system administrator's.
    above: bool,
}

fn path_of(template: &str, subject: &Subject, house: &House) -> String {
    let id = match template.split('/').nth(2).unwrap_or_default() {
        "departments" => house.cartier.as_str(),
        "queues" => house.queue.as_str(),
        "admin" => "break",
        "roles" => "user",
        "devices" => subject.device.as_str(),
        "contacts" => "0198c0de-0000-7000-8000-0000000000aa",
        _ => subject.user.as_str(),
    };
    template.replace("{id}", id).replace("{user}", &subject.user)
}

/// May somebody of this role, by the table and SPEC 1.5?
fn may(who: Who, role: &str, subject: &Subject) -> bool {
    let everybody = matches!(role, "system_administrator" | "system_owner");
    let departments = everybody || matches!(role, "department_administrator" | "owner");
    match who {
        Who::Open | Who::Anybody => true,
        Who::Administers => departments,
        Who::Everybody => everybody,
        Who::SystemOwner => role == "system_owner",
        Who::Panel => !matches!(role, "user" | "receptionist"),
        Who::Directs if subject.above => role == "system_owner",
        Who::Directs => !matches!(role, "user" | "receptionist") && (subject.near || everybody),
        Who::Monitors => role == "manager" && subject.near,
        Who::Parks => role == "receptionist",
        Who::Operates => role == "receptionist" && subject.near,
        Who::OfPath if subject.above => role == "system_owner",
        Who::OfPath | Who::LooksAt => everybody || departments && subject.near,
    }
}

/// A path with what a reader needs in its query.
fn with_query(method: &str, path: &str, version: u64) -> String {
    match (method, path) {
        ("GET", "/v1/contacts") => format!("{path}?book=personal&since=0"),
        ("DELETE", path) if path.starts_with("/v1/departments/") || path.starts_with("/v1/users/") => {
            format!("{path}?version={version}")
        }
        _ => path.to_owned(),
    }
}

async fn ask(addr: SocketAddr, row: &Row, path: &str, token: &str, body: &Value, department: &str) -> http::Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str())];
    let body = if body.is_null() { String::new() } else { body.to_string().replace(OWN_DEPARTMENT, department) };
    http::ask(addr, &format!("{} {path}", row.method), &headers, body).await
}

async fn nobody_gets_by_a_request_what_their_role_does_not_give_rp_01_rg_11(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let house = House::built(server.addr(), admin).await;
    let addr = house.addr;
    let rows = table();
    let described: BTreeSet<(String, String)> = {
        let (_, document) = request(addr, "GET", "/v1/openapi.json", "", "").await;
        let paths = document["paths"].as_object().unwrap().clone();
        let methods = |(path, item): (String, Value)| {
            let of = item.as_object().unwrap().keys().filter(|key| *key != "parameters").cloned().collect::<Vec<_>>();
            of.into_iter().map(move |method| (method.to_uppercase(), path.clone()))
        };
        paths.into_iter().flat_map(methods).collect()
    };
    let in_table = rows.iter().map(|row| (row.method.to_owned(), row.template.to_owned())).collect();
    assert_eq!(described, in_table, "left: the document, right: the table of this test");

    let subjects = [
        Subject {
            name: "of the same department",
            user: house.near.id.clone(),
            device: house.device(&house.near.extension).await,
            near: true,
            above: false,
        },
        Subject {
            name: "of another department",
            user: house.far.id.clone(),
            device: house.device(&house.far.extension).await,
            near: false,
            above: false,
        },
        Subject { name: "above", user: house.admin_id.clone(), device: "nothing".into(), near: false, above: true },
    ];
    let before = house.as_it_stands().await;
    let (mut refused, mut allowed, mut wrong) = (0, 0, Vec::new());
    for row in &rows {
        for subject in &subjects {
            let path = path_of(row.template, subject, &house);
            for (role, person) in ROLES.into_iter().zip(&house.people) {
                let place = format!("{role}: {} {} for somebody {}", row.method, row.template, subject.name);
                let everybody = matches!(role, "system_administrator" | "system_owner");
                let answer = if may(row.who, role, subject) {
                    let Some(expected) = row.answer else { continue };
                    let answer = ask(
                        addr,
                        row,
                        &with_query(row.method, &path, 9_999),
                        &person.token,
                        &row.harmless,
                        &house.cartier,
                    )
                    .await;
                    if answer.status != expected {
                        wrong.push(format!(
                            "{place}: {} {:.300}",
                            answer.status,
                            String::from_utf8_lossy(&answer.body)
                        ));
                    }
                    allowed += 1;
                    answer
                } else {
                    let answer =
                        ask(addr, row, &with_query(row.method, &path, 1), &person.token, &row.body, &house.cartier)
                            .await;
                    if !matches!(answer.status, 403 | 404) {
                        wrong.push(format!("{place}: {}, and may not", answer.status));
                    }
                    refused += 1;
                    answer
                };
                let text = String::from_utf8_lossy(&answer.body);
                assert!(!text.contains(OWN_CONTACT), "{place}: a personal contact of somebody else");
                assert!(everybody || !text.contains(FAR_TEXT), "{place}: the status of another department (RG-05)");
                let mail = format!("user-{}@house.example", house.far.extension);
                assert!(everybody || !text.contains(&mail), "{place}: the card of another department");
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(refused > 300 && allowed > 400, "{refused} refused, {allowed} allowed");
    assert_eq!(house.as_it_stands().await, before, "something has changed");

    // Tokens that are worth nothing.
    let suspended = {
        let (_, card) = request(addr, "GET", &format!("/v1/users/{}", house.people[6].id), &house.admin, "").await;
        let wish = json!({"version": card["version"], "active": false}).to_string();
        let answer = request(addr, "PATCH", &format!("/v1/users/{}", house.people[6].id), &house.admin, &wish).await;
        assert_eq!(answer.0, 200, "{}", answer.1);
        house.people[6].token.clone()
    };
    let left = {
        assert_eq!(request(addr, "POST", "/v1/logout", &house.people[5].token, "").await.0, 204);
        house.people[5].token.clone()
    };
    let before = house.as_it_stands().await;
    for row in rows.iter().filter(|row| row.who != Who::Open) {
        let path = with_query(row.method, &path_of(row.template, &subjects[0], &house), 1);
        for (whose, token) in
            [("suspended", &suspended), ("signed out", &left), ("invented", &"0".repeat(43)), ("none", &String::new())]
        {
            let status = ask(addr, row, &path, token, &row.body, &house.cartier).await.status;
            assert!(matches!(status, 401 | 403), "{whose}: {} {path}: {status}", row.method);
        }
    }
    assert_eq!(house.as_it_stands().await, before, "something has changed");
    server.shutdown().await;
}

/// All frames of a stream until one that holds `end`.
async fn captured(addr: SocketAddr, token: &str, since: &str, end: &str, mut act: impl AsyncFnMut()) -> String {
    let mut ask = format!("ws://{addr}/v1/events{since}").into_client_request().unwrap();
    ask.headers_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    let mut stream = tokio_tungstenite::connect_async(ask).await.unwrap().0;
    act().await;
    let mut all = String::new();
    let read = async {
        while let Some(Ok(message)) = stream.next().await {
            if let Message::Text(text) = message {
                all.push_str(&text);
                all.push('\n');
                if text.contains(end) {
                    return;
                }
            }
        }
        panic!("the stream ended");
    };
    timeout(DEADLINE, read).await.expect("the last event comes");
    all
}

async fn nobody_is_told_by_an_event_what_their_role_does_not_give_rg_03_rg_05_rg_11(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let mut house = House::built(server.addr(), admin).await;
    let addr = house.addr;
    // What follows happens once for each stream, so that each sees it live; the end of it is a name that everybody is told.
    for (at, (role, person)) in ROLES.into_iter().zip(&house.people).enumerate() {
        let end = format!("Last-{at}");
        let (near, far, far_phone) = (&house.near, &house.far, &mut house.far_phone);
        let admin = house.admin.as_str();
        let all = captured(addr, &person.token, "", &end, async || {
            choose(addr, &far.token, "available", "").await;
            let call = far_phone.call(FAR_NUMBER, OFFER.into()).await;
            assert_eq!(far_phone.failed(call).await, 404);
            choose(addr, &far.token, "other", FAR_TEXT).await;
            let force = json!({"status": "meeting"}).to_string();
            let path = format!("/v1/users/{}/force", far.id);
            assert_eq!(request(addr, "POST", &path, admin, &force).await.0, 204);
            let answer = change(addr, admin, &far.id, |card| card["switches"]["operations"] = json!(at % 2 == 0)).await;
            assert_eq!(answer.0, 200, "{}", answer.1);
            choose(addr, &far.token, "other", FAR_TEXT).await;
            let last = json!({"first_name": "Noor", "last_name": end}).to_string();
            assert_eq!(request(addr, "PATCH", "/v1/me", &near.token, &last).await.0, 200);
        })
        .await;
        assert!(!all.contains(FAR_NUMBER), "{role}: whom another department calls (RG-03, RG-11)\n{all}");
        assert!(!all.contains("status.forced") && !all.contains("call."), "{role}: what is somebody else's\n{all}");
        let everybody = matches!(role, "system_administrator" | "system_owner");
        assert!(everybody || !all.contains(FAR_TEXT), "{role}: the status of another department (RG-05)\n{all}");
        let mail = format!("user-{}@house.example", house.far.extension);
        assert!(everybody || !all.contains(&mail), "{role}: a card of another department\n{all}");
        // Replayed: what was remembered is judged again, by the same rights.
        let again = captured(addr, &person.token, "?since=1", "\"hello\"", async || {}).await;
        let (_, me) = request(addr, "GET", "/v1/me", &person.token, "").await;
        assert_eq!(me["extension"], person.extension.as_str());
        assert!(!again.contains(FAR_NUMBER) && (everybody || !again.contains(FAR_TEXT)), "{role}: replayed\n{again}");
    }
    drop(house.near_phone);
    server.shutdown().await;
}

/// With U+0000 in every text.
fn with_nul(body: &Value) -> Value {
    match body {
        Value::String(text) => json!(format!("{text}\u{0}")),
        Value::Array(all) => all.iter().map(with_nul).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), with_nul(value))).collect(),
        other => other.clone(),
    }
}

async fn no_route_breaks_by_what_is_sent_to_it(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let house = House::built(server.addr(), admin).await;
    let addr = house.addr;
    let owner = &house.people[6].token;
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let bodies = ["", "{", "null", "[]", "{}", "\u{0}", "{\"version\":-1}", "{\"version\":1e400}", deep.as_str()];
    let huge = format!("\"{}\"", "x".repeat(6 * 1024 * 1024));
    for row in table().iter().filter(|row| row.template != "/v1/logout" && row.template != "/v1/me/password") {
        for id in ["%00", "..%2f..%2fme", "%f0%9f%92%a3", "' OR 1=1 --", &"9".repeat(2_000)] {
            let id = id.replace(' ', "%20").replace('\'', "%27");
            let path = with_query(row.method, &row.template.replace("{id}", &id).replace("{user}", &id), 1);
            let status = ask(addr, row, &path, owner, &row.harmless, &house.cartier).await.status;
            assert!(status < 500, "{} {path}: {status}", row.method);
            if !row.template.contains('{') {
                break;
            }
        }
        let subject = Subject { name: "", user: "nobody".into(), device: "nothing".into(), near: false, above: false };
        let path = with_query(row.method, &path_of(row.template, &subject, &house), 9_999);
        if row.method == "DELETE" && path.contains("/queues/") {
            continue;
        }
        let bearer = format!("Bearer {owner}");
        for body in bodies {
            let answer = http::ask(addr, &format!("{} {path}", row.method), &[("Authorization", &bearer)], body).await;
            assert!(answer.status < 500, "{} {path} with {:.20}: {}", row.method, body, answer.status);
        }
        let nul = with_nul(&row.body).to_string();
        let answer = http::ask(addr, &format!("{} {path}", row.method), &[("Authorization", &bearer)], nul).await;
        assert!(answer.status < 500, "{} {path} with U+0000: {}", row.method, answer.status);
        // Whoever does not read the body may close while it is still being sent: then there is no answer at all.
        let line = format!("{} {path}", row.method);
        if let Ok(answer) = http::try_ask(addr, &line, &[("Authorization", &bearer)], huge.as_str()).await {
            assert!(answer.status < 500, "{} {path} with 6 MiB: {}", row.method, answer.status);
        }
    }
    assert_eq!(request(addr, "GET", "/v1/me", owner, "").await.0, 200, "still there");
    server.shutdown().await;
}
