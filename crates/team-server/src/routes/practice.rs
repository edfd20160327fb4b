//! *Try it on this computer*: a session without a password, for this computer only.
//!
//! A web page that the user happens to visit must not get one. So three doors: the connection comes from loopback, the header `Host` names
//! loopback (a page whose name was rebound to 127.0.0.1 cannot), and there is no `Origin` (browsers send it with every POST).

use std::net::{IpAddr, SocketAddr};

use axum::Json;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use team_api::{LoginAnswer, Try, code};

use super::account::open_session;
use crate::extract::Body;
use crate::problem::Refusal;
use crate::state::Server;

const MAX_PROFILE: usize = 64;

pub(crate) async fn try_it(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Result<Body<Try>, Refusal>,
) -> Result<Json<LoginAnswer>, Refusal> {
    if !server.config.practice {
        return Err(Refusal::not_found());
    }
    if !peer.ip().to_canonical().is_loopback() || !host_is_loopback(&headers) || headers.contains_key(header::ORIGIN) {
        return Err(Refusal::forbidden("Practice is for this computer only."));
    }
    let Body(Try { profile }) = body?;
    if profile.is_empty() || profile.chars().count() > MAX_PROFILE || profile.chars().any(char::is_control) {
        return Err(Refusal::bad_body("A profile has 1 to 64 characters."));
    }
    let agent = server.db.practice_agent(&profile).await?.ok_or_else(|| {
        Refusal::new(StatusCode::CONFLICT, code::NO_FREE_AGENT, "Every ready-made agent belongs to another profile.")
    })?;
    open_session(&server, &agent, "practice").await.map(Json)
}

fn host_is_loopback(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(header::HOST).iter();
    let (Some(Ok(host)), None) = (hosts.next().map(|h| h.to_str()), hosts.next()) else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_names_are_loopback() {
        let check = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            host_is_loopback(&headers)
        };
        for host in ["127.0.0.1:5080", "127.8.9.1", "localhost:1", "LocalHost", "[::1]:5080"] {
            assert!(check(host), "{host}");
        }
        for host in ["127.0.0.1.evil.test", "evil.test:80", "localhost.evil.test", "192.168.1.5", "", "[::2]", "::1"] {
            assert!(!check(host), "{host}");
        }
        assert!(!host_is_loopback(&HeaderMap::new()));
    }
}
