//! Address books over real sockets, byte for byte: `PUT`, `DELETE`, and what is refused.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::SocketAddr;

use serde_json::{Value, json};
use team_server::{ServerConfig, start};
use testkit::database::Place;
use testkit::http;

const ID: &str = "0192f0c1-7a2b-7000-8000-00000000000a";

testkit::on_both_databases! {
    put_and_delete_name_the_change_they_build_on_and_refusals_are_problems
}

/// One request on a connection of its own: status and JSON.
async fn ask(at: SocketAddr, token: &str, line: &str, body: &str) -> (u16, Value) {
    let answer = http::ask_as(at, token, line, body).await;
    (answer.status, answer.json())
}

async fn put_and_delete_name_the_change_they_build_on_and_refusals_are_problems(place: Place) {
    let config = ServerConfig { database_url: place.url(), ..ServerConfig::practice(place.dir()) };
    let server = start(config).await.unwrap();
    let at = server.addr();
    let (_, login) = ask(at, "", "POST /v1/try", r#"{"profile":"a"}"#).await;
    let token = login["token"].as_str().unwrap().to_owned();
    let ask = async |line: &str, body: Value| ask(at, &token, line, &body.to_string()).await;
    let put = |base: u64, tag: &str, name: &str| json!({"book": "personal", "base": base, "edit": tag, "card": {"first_name": name}});

    let (status, row) = ask(&format!("PUT /v1/contacts/{ID}"), put(0, "a.1", "نور")).await;
    assert_eq!((status, &row["seq"], &row["card"]["first_name"]), (200, &json!(1), &json!("نور")));
    assert_eq!(row["id"], ID.replace('-', ""));
    let (status, problem) = ask(&format!("PUT /v1/contacts/{ID}"), put(0, "b.1", "Late")).await;
    assert_eq!((status, &problem["code"], &problem["status"]), (409, &json!("contact-conflict"), &json!(409)));
    assert_eq!((&problem["row"]["seq"], &problem["row"]["card"]["first_name"]), (&json!(1), &json!("نور")));
    let (status, problem) = ask(&format!("DELETE /v1/contacts/{ID}?book=personal&base=0&edit=b.2"), Value::Null).await;
    assert_eq!((status, &problem["code"]), (409, &json!("contact-conflict")));
    let (status, row) = ask(&format!("DELETE /v1/contacts/{ID}?book=personal&base=1&edit=a.2"), Value::Null).await;
    assert_eq!((status, &row["seq"], &row["card"]), (200, &json!(2), &Value::Null));
    let (status, page) = ask("GET /v1/contacts?book=personal&since=0", Value::Null).await;
    assert_eq!(
        (status, &page["newest"], &page["left"], &page["rows"][0]["card"]),
        (200, &json!(2), &json!(0), &Value::Null)
    );

    let long = json!({"book": "personal", "base": 0, "edit": "a.3", "card": {"note": "x".repeat(20_001)}});
    let huge = json!({"book": "personal", "base": 0, "edit": "a.3", "card": {"note": "x".repeat(2_200_000)}});
    let company = json!({"book": "company", "base": 0, "edit": "a.3", "card": {"first_name": "x"}});
    let badly_tagged = json!({"book": "personal", "edits": [{"id": ID, "base": 0, "edit": "no tag", "card": null}]});
    for (line, body, status, code) in [
        ("GET /v1/contacts", Value::Null, 400, "bad-request"),
        ("GET /v1/contacts?book=hers", Value::Null, 422, "bad-body"),
        ("GET /v1/contacts?book=personal&since=yesterday", Value::Null, 400, "bad-request"),
        ("PUT /v1/contacts/none", put(0, "a.3", "x"), 422, "bad-body"),
        (&format!("PUT /v1/contacts/{ID}"), put(2, "no tag", "x"), 422, "bad-body"),
        (&format!("PUT /v1/contacts/{ID}"), long, 422, "contact-limits"),
        (&format!("PUT /v1/contacts/{ID}"), huge, 413, "too-large"),
        (&format!("PUT /v1/contacts/{ID}"), company, 403, "forbidden"),
        (&format!("DELETE /v1/contacts/{ID}?book=company&edit=a.3"), Value::Null, 403, "forbidden"),
        (&format!("DELETE /v1/contacts/{ID}?book=personal"), Value::Null, 400, "bad-request"),
        ("POST /v1/contacts/push", badly_tagged, 422, "bad-body"),
        ("POST /v1/contacts/push", json!({"book": "personal"}), 422, "bad-body"),
        ("POST /v1/contacts", Value::Null, 405, "method-not-allowed"),
    ] {
        let (got, problem) = ask(line, body).await;
        assert_eq!((got, problem["code"].as_str()), (status, Some(code)), "{line}: {problem}");
    }
    let (status, problem) = self::ask(at, "guess", "GET /v1/contacts?book=personal", "").await;
    assert_eq!((status, &problem["code"]), (401, &json!("not-signed-in")));
    server.shutdown().await;
}
