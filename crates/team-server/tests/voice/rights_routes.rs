//! Who may say what others may: departments, roles, rights (RG-01, RP-01).

use std::net::SocketAddr;

use serde_json::{Value, json};
use testkit::database::Place;

use crate::phones::*;
use crate::rights::change;
use crate::status_admin::with_administrator;

testkit::on_both_databases! {
    only_those_who_administer_see_and_change_rights_rg_01_rp_01,
    a_department_with_people_stays,
    what_a_role_allows_is_the_system_owners_to_say_rg_09,
    nobody_writes_over_what_somebody_else_has_changed_since,
}

async fn member(addr: SocketAddr, profile: &str) -> (String, String) {
    let token = token(addr, profile).await;
    let (_, me) = request(addr, "GET", "/v1/me", &token, "").await;
    (token, me["id"].as_str().unwrap().to_owned())
}

async fn get(addr: SocketAddr, path: &str, token: &str) -> (u16, Value) {
    request(addr, "GET", path, token, "").await
}

fn code((status, problem): &(u16, Value)) -> (u16, &str) {
    (*status, problem["code"].as_str().unwrap_or_default())
}

async fn make(addr: SocketAddr, admin: &str, name: &str) -> (u16, Value) {
    request(addr, "POST", "/v1/departments", admin, &json!({ "name": name }).to_string()).await
}

async fn only_those_who_administer_see_and_change_rights_rg_01_rp_01(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let ((noor, noor_id), (rana, rana_id)) = (member(addr, "noor").await, member(addr, "rana").await);
    let rights = |id: &str| format!("/v1/users/{id}/rights");
    let (_, card) = get(addr, &rights(&noor_id), &admin).await;
    assert_eq!(
        (&card["role"], &card["switches"]["show_my_calls"], &card["version"]),
        (&json!("user"), &json!(true), &json!(0))
    );

    for (method, path, body) in [
        ("GET", rights(&rana_id), String::new()),
        ("GET", rights(&noor_id), String::new()),
        ("PUT", rights(&noor_id), card.to_string()),
        ("GET", "/v1/departments".into(), String::new()),
        ("POST", "/v1/departments".into(), json!({"name": "Mine"}).to_string()),
        ("PATCH", "/v1/departments/default".into(), json!({"name": "Mine", "version": 1}).to_string()),
        ("DELETE", "/v1/departments/default?version=1".into(), String::new()),
        ("GET", "/v1/roles".into(), String::new()),
        (
            "PUT",
            "/v1/roles/user".into(),
            json!({"version": 0, "rights": {"monitors": true, "live_panel": true, "administers": "everybody"}})
                .to_string(),
        ),
    ] {
        let answer = request(addr, method, &path, &noor, &body).await;
        assert_eq!(code(&answer), (403, "forbidden"), "{method} {path}");
    }

    // A department administrator: the own department, and no role above the own.
    let (_, sales) = make(addr, &admin, "Sales").await;
    let sales = sales["id"].as_str().unwrap().to_owned();
    let (status, card) = change(addr, &admin, &noor_id, |card| card["role"] = json!("department_administrator")).await;
    assert_eq!((status, &card["role"]), (200, &json!("department_administrator")));
    let (status, card) = get(addr, &rights(&rana_id), &noor).await;
    assert_eq!((status, &card["gives"]), (200, &json!(["user", "receptionist", "department_administrator"])));
    assert_eq!(get(addr, "/v1/departments", &noor).await.1["departments"].as_array().unwrap().len(), 1);
    let (status, _) = change(addr, &noor, &rana_id, |card| card["switches"]["operations"] = json!(true)).await;
    assert_eq!(status, 200);
    assert_eq!(get(addr, "/v1/me/rights", &rana).await.1["switches"]["operations"], true);
    for wrong in ["owner", "system_owner"] {
        let answer = change(addr, &noor, &rana_id, |card| card["role"] = json!(wrong)).await;
        assert_eq!(code(&answer), (403, "forbidden"), "{wrong}");
        let answer = change(addr, &noor, &noor_id, |card| card["role"] = json!(wrong)).await;
        assert_eq!(code(&answer), (403, "forbidden"), "{wrong}, to oneself");
    }
    let answer = change(addr, &noor, &rana_id, |card| card["department"] = json!(sales)).await;
    assert_eq!(code(&answer), (403, "forbidden"), "a department that is not theirs");
    change(addr, &admin, &rana_id, |card| card["department"] = json!(sales)).await;
    assert_eq!(code(&get(addr, &rights(&rana_id), &noor).await), (404, "not-found"), "moved out of sight (RG-11)");
    let answer = request(addr, "POST", "/v1/departments", &noor, &json!({"name": "More"}).to_string()).await;
    assert_eq!(code(&answer), (403, "forbidden"));

    for (change_to, expected) in [
        (json!({"role": "emperor"}), (422, "bad-body")),
        (json!({"department": "nothing"}), (422, "bad-body")),
        (json!({"department": "\u{0}"}), (422, "bad-body")),
        (json!({"watches": ["nothing"]}), (422, "bad-body")),
        (json!({"watches": vec!["default"; 101]}), (422, "bad-body")),
        (json!({"switches": {"presence": "perhaps"}}), (422, "bad-body")),
    ] {
        let answer = change(addr, &admin, &rana_id, |card| {
            for (name, value) in change_to.as_object().unwrap() {
                card[name] = value.clone();
            }
        })
        .await;
        assert_eq!(code(&answer), expected, "{change_to}");
    }
    for nobody in ["nothing", "%00", "a%2Fb"] {
        assert_eq!(get(addr, &rights(nobody), &admin).await.0, 404, "{nobody}");
    }
    server.shutdown().await;
}

async fn a_department_with_people_stays(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (noor, noor_id) = member(addr, "noor").await;
    let (status, cartier) = make(addr, &admin, "  Cartier ").await;
    assert_eq!((status, &cartier["name"], &cartier["people"]), (201, &json!("Cartier"), &json!(0)));
    let path = format!("/v1/departments/{}", cartier["id"].as_str().unwrap());
    assert_eq!(code(&make(addr, &admin, "Cartier").await), (409, "department-taken"));
    for wrong in ["", "  ", "two\nlines", &"x".repeat(61)] {
        assert_eq!(code(&make(addr, &admin, wrong).await), (422, "department-name"), "{wrong:?}");
    }
    change(addr, &admin, &noor_id, |card| card["department"] = cartier["id"].clone()).await;
    let answer = request(addr, "DELETE", &format!("{path}?version=1"), &admin, "").await;
    assert_eq!(code(&answer), (409, "department-in-use"));
    let rename = |name: &str, version: u64| json!({"name": name, "version": version}).to_string();
    let (status, renamed) = request(addr, "PATCH", &path, &admin, &rename("كارتييه", 1)).await;
    assert_eq!((status, &renamed["people"], &renamed["version"]), (200, &json!(1), &json!(2)));
    assert_eq!(get(addr, "/v1/me/rights", &noor).await.1["department"]["name"], "كارتييه");
    let answer = request(addr, "PATCH", &path, &admin, &rename("Late", 1)).await;
    assert_eq!(code(&answer), (409, "department-changed"));

    change(addr, &admin, &noor_id, |card| {
        card["watches"] = json!([cartier["id"]]);
        card["department"] = json!("default");
    })
    .await;
    assert_eq!(request(addr, "DELETE", &format!("{path}?version=1"), &admin, "").await.0, 409);
    assert_eq!(request(addr, "DELETE", &format!("{path}?version=2"), &admin, "").await.0, 204);
    assert_eq!(request(addr, "DELETE", &format!("{path}?version=2"), &admin, "").await.0, 404);
    assert_eq!(request(addr, "DELETE", &path, &admin, "").await.0, 400);
    assert_eq!(get(addr, "/v1/me/rights", &noor).await.1["watches"], json!([]), "nobody watches over what is gone");
    let answer = request(addr, "DELETE", "/v1/departments/default?version=1", &admin, "").await;
    assert_eq!(code(&answer), (409, "department-in-use"));
    server.shutdown().await;
}

async fn what_a_role_allows_is_the_system_owners_to_say_rg_09(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (noor, noor_id) = member(addr, "noor").await;
    let (status, roles) = get(addr, "/v1/roles", &admin).await;
    assert_eq!((status, roles["roles"].as_array().unwrap().len()), (200, 7));
    let allow = |monitors: bool, administers: &str, version: u64| {
        json!({"version": version, "rights": {"monitors": monitors, "live_panel": true, "administers": administers}})
            .to_string()
    };
    change(addr, &admin, &noor_id, |card| card["role"] = json!("system_administrator")).await;
    let answer = request(addr, "PUT", "/v1/roles/receptionist", &noor, &allow(true, "nobody", 0)).await;
    assert_eq!(code(&answer), (403, "forbidden"), "administers everybody, and not roles");
    assert_eq!(get(addr, "/v1/admin/statuses", &noor).await.0, 200);

    // What is taken from a role is taken at once.
    let (status, row) =
        request(addr, "PUT", "/v1/roles/system_administrator", &admin, &allow(true, "departments", 0)).await;
    assert_eq!((status, &row["version"]), (200, &json!(1)));
    assert_eq!(get(addr, "/v1/admin/statuses", &noor).await.0, 403);
    let (_, mine) = get(addr, "/v1/me/rights", &noor).await;
    assert_eq!(
        (&mine["role_rights"]["administers"], &mine["role_rights"]["monitors"]),
        (&json!("departments"), &json!(true))
    );
    for (path, body, expected) in [
        ("/v1/roles/system_administrator", allow(true, "nobody", 0), (409, "rights-changed")),
        ("/v1/roles/system_owner", allow(true, "departments", 0), (409, "last-owner")),
        ("/v1/roles/user", allow(true, "planet", 0), (422, "bad-body")),
        ("/v1/roles/emperor", allow(true, "nobody", 0), (404, "not-found")),
    ] {
        assert_eq!(code(&request(addr, "PUT", path, &admin, &body).await), expected, "{path} {body}");
    }
    let (_, me) = get(addr, "/v1/me", &admin).await;
    let answer = change(addr, &admin, me["id"].as_str().unwrap(), |card| card["role"] = json!("user")).await;
    assert_eq!(code(&answer), (409, "last-owner"), "the last one");
    server.shutdown().await;
}

async fn nobody_writes_over_what_somebody_else_has_changed_since(place: Place) {
    let (server, admin) = with_administrator(&place).await;
    let addr = server.addr();
    let (_, noor_id) = member(addr, "noor").await;
    let path = format!("/v1/users/{noor_id}/rights");
    let (_, first) = get(addr, &path, &admin).await;
    for version in 1..=2 {
        let (status, card) = change(addr, &admin, &noor_id, |card| card["switches"]["recording"] = json!("all")).await;
        assert_eq!((status, &card["version"], &card["switches"]["recording"]), (200, &json!(version), &json!("all")));
    }
    let answer = request(addr, "PUT", &path, &admin, &first.to_string()).await;
    assert_eq!(code(&answer), (409, "rights-changed"));
    assert_eq!(get(addr, &path, &admin).await.1["switches"]["recording"], "all");
    server.shutdown().await;
}
