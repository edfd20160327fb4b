//! What arrives on the server's SIP WebSockets, from strangers and from known phones.
//!
//! Frames are cut at `\0\0`; the first byte of each chooses the flow: a stranger, a phone that is known, or the echo.
//! Run with `cargo +nightly fuzz run edge_frame` inside `crates/fuzz`.
#![no_main]

use std::time::Duration;

use base::{Chance, FlowId, Now, Secret, WallMs};
use libfuzzer_sys::fuzz_target;
use sip::edge::{Edge, EdgeConfig};

const WALL: WallMs = WallMs(1_700_000_000_000);

fuzz_target!(|data: &[u8]| {
    let mut edge = Edge::new(EdgeConfig::new("rannan.local", Secret::new("s")), Chance::from_number(1));
    edge.set_users(["101", "102"].map(str::to_owned));
    let mut now = Now::ZERO;
    for (flow, user) in [(1, None), (2, Some("101")), (3, Some("102"))] {
        let _ = edge.flow_up(now, FlowId(flow), user.map(str::to_owned));
        if let Some(user) = user {
            let _ = edge.receive(now, WALL, FlowId(flow), register(user, flow).as_bytes());
        }
    }
    for frame in cut(data).take(64) {
        let Some((&choice, frame)) = frame.split_first() else { continue };
        let flow = FlowId(1 + u64::from(choice) % 3);
        let _ = edge.receive(now, WALL, flow, frame);
        now = now + Duration::from_millis(u64::from(choice) * 20);
        let _ = edge.tick(now, WALL);
        if choice == 255 {
            let _ = edge.flow_down(now, flow);
            let _ = edge.flow_up(now, flow, None);
        }
    }
    let (forks, transactions) = edge.load();
    assert!(forks <= 64 && transactions <= 64 * 12, "bounded");
});

fn register(user: &str, flow: u64) -> String {
    format!(
        "REGISTER sip:rannan.local SIP/2.0\r\nVia: SIP/2.0/WS p{flow}.invalid;branch=z9hG4bKr{flow}\r\nMax-Forwards: 70\r\n\
         From: <sip:{user}@rannan.local>;tag=r\r\nTo: <sip:{user}@rannan.local>\r\nCall-ID: r{flow}\r\nCSeq: 1 REGISTER\r\n\
         Contact: <sip:p{flow}@p{flow}.invalid;transport=ws>\r\nContent-Length: 0\r\n\r\n"
    )
}

fn cut(data: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(data);
    std::iter::from_fn(move || {
        let all = rest.take()?;
        match all.windows(2).position(|w| w == [0, 0]) {
            Some(at) => {
                rest = Some(&all[at + 2..]);
                Some(&all[..at])
            }
            None => Some(all),
        }
    })
}
