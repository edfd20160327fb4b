//! What a team server, or whoever pretends to be one, sends on the event stream: whatever it is, the stream goes on.
//!
//! Each case is one text frame, behind it an event that is known; the case is over when that one has come through. Run with
//! `cargo +nightly fuzz run event_stream` inside `crates/fuzz`.
#![no_main]

use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use base::Secret;
use futures_util::SinkExt as _;
use libfuzzer_sys::fuzz_target;
use team_client::{EventStream, StreamItem, TeamClient, TeamEvent};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// Longer than any case may take on a busy machine.
const DEADLINE: Duration = Duration::from_secs(10);
/// The client takes no longer frames.
const LONGEST: usize = 200 * 1024;
const MARK: &str = r#"{"seq":1,"at_ms":1,"type":"statuses.changed"}"#;

struct Rig {
    server: WebSocketStream<TcpStream>,
    client: EventStream,
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("a runtime"));
static RIG: LazyLock<Mutex<Rig>> = LazyLock::new(|| Mutex::new(RUNTIME.block_on(connect())));

async fn connect() -> Rig {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it listens"));
    let client = TeamClient::new(&url, None).expect("a plain address").with_token(Secret::new("t")).events();
    let (socket, _) = listener.accept().await.expect("the client comes");
    let server = tokio_tungstenite::accept_async(socket).await.expect("it speaks WebSocket");
    Rig { server, client }
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    // Another mark would end the case before its end.
    if text.len() > LONGEST || text.contains("statuses.changed") {
        return;
    }
    let mut rig = RIG.lock().expect("one case at a time");
    RUNTIME.block_on(async {
        let Rig { server, client } = &mut *rig;
        server.feed(Message::text(text)).await.expect("it listens");
        server.send(Message::text(MARK)).await.expect("it listens");
        loop {
            match timeout(DEADLINE, client.next()).await.expect("the stream hangs").expect("the stream ended") {
                StreamItem::Event(TeamEvent::StatusesChanged) => break,
                StreamItem::Lost { why, .. } => panic!("the stream was given up: {why}"),
                StreamItem::Event(_) | StreamItem::Connected { .. } => {}
            }
        }
    });
});
