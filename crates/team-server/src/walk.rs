//! A walk over the router: what it mounts is what `docs/openapi.json` describes, path by path and method by method, and only what it says
//! needs a token needs one.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use serde_json::Value;
use testkit::database::Place;
use testkit::http;

use crate::router::paths;
use crate::{ServerConfig, start};

const METHODS: [&str; 6] = ["get", "post", "put", "patch", "delete", "trace"];

testkit::on_both_databases! {
    every_route_is_described_and_everything_described_is_a_route,
}

/// Status, head and body of the answer to somebody without a token or a body.
async fn ask(at: SocketAddr, method: &str, path: &str) -> (u16, String, Value) {
    let answer = http::ask(at, &format!("{} {path}", method.to_ascii_uppercase()), &[], "").await;
    let body = answer.json();
    (answer.status, answer.head, body)
}

async fn every_route_is_described_and_everything_described_is_a_route(place: Place) {
    let config = ServerConfig { database_url: place.url(), ..ServerConfig::practice(place.dir()) };
    let server = start(config).await.unwrap();
    let at = server.addr();
    let (status, head, document) = ask(at, "get", team_api::path::OPENAPI).await;
    assert_eq!(status, 200);
    assert!(head.contains("content-type: application/json"), "{head}");
    assert_eq!(document, serde_json::from_str::<Value>(&team_api::openapi_json()).unwrap());

    let described = document["paths"].as_object().unwrap();
    let mounted: BTreeSet<&str> = paths().into_iter().collect();
    assert_eq!(mounted, described.keys().map(String::as_str).collect(), "left: the router, right: the document");
    let mut operations = 0;
    for (template, item) in described {
        let path = template.replace("{id}", "0");
        for method in METHODS {
            let (status, _, problem) = ask(at, method, &path).await;
            let place = format!("{method} {template}: {status} {problem}");
            let Some(operation) = item.get(method) else {
                assert_eq!(status, 405, "{place}, and is not described");
                continue;
            };
            operations += 1;
            let code = problem["code"].as_str().unwrap_or_default();
            assert_ne!(code, team_api::code::METHOD, "{place}, and is described");
            assert_eq!(code == team_api::code::NOT_SIGNED_IN, operation.get("security").is_some(), "{place}");
            assert!(operation["responses"].get(status.to_string()).is_some(), "{place}: this answer is not described");
        }
    }
    assert!(operations > described.len());
    let (status, _, problem) = ask(at, "get", "/v1/nothing").await;
    assert_eq!((status, problem["code"].as_str()), (404, Some("not-found")));
    server.shutdown().await;
}
