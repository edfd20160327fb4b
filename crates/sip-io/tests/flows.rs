//! Flows over real sockets on this computer.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use base::FlowId;
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls_pki_types::PrivateKeyDer;
use sip_io::{Flow, FlowEvent, FlowFault, FlowNews, FlowTarget, SILENCE_LIMIT, Trust};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::http::HeaderValue;

const LIMIT: Duration = Duration::from_secs(5);

/// A listener on this computer and its URL.
async fn listener(scheme: &str, host: &str) -> (TcpListener, FlowTarget) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, FlowTarget::parse(&format!("{scheme}://{host}:{port}/sip")).unwrap())
}

/// Takes one SIP WebSocket, as a server of RFC 7118 does.
#[expect(clippy::result_large_err, reason = "the library's callback has this shape")]
async fn accept<S: AsyncRead + AsyncWrite + Unpin>(stream: S) -> WebSocketStream<S> {
    let answer = |request: &Request, mut response: Response| {
        assert_eq!(request.headers().get("sec-websocket-protocol").unwrap(), "sip");
        assert_eq!(request.uri().path(), "/sip");
        response.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_static("sip"));
        Ok(response)
    };
    tokio_tungstenite::accept_hdr_async(stream, answer).await.unwrap()
}

fn open(target: &FlowTarget, trust: Trust) -> (Flow, mpsc::Receiver<FlowEvent>) {
    let (tx, rx) = mpsc::channel(16);
    (Flow::open(FlowId(7), target.clone(), Arc::new(trust), tx), rx)
}

async fn next(events: &mut mpsc::Receiver<FlowEvent>) -> FlowNews {
    let event = timeout(LIMIT, events.recv()).await.expect("news within the limit").expect("the flow lives");
    assert_eq!(event.flow, FlowId(7));
    event.news
}

async fn up(events: &mut mpsc::Receiver<FlowEvent>) {
    let news = next(events).await;
    assert!(matches!(news, FlowNews::Up { peer } if peer.ip().is_loopback()), "{news:?}");
}

fn frame(text: &'static str) -> Bytes {
    Bytes::from_static(text.as_bytes())
}

#[tokio::test]
async fn frames_travel_both_ways_as_text_and_as_binary() {
    let (listener, target) = listener("ws", "127.0.0.1").await;
    let server = tokio::spawn(async move {
        let mut ws = accept(listener.accept().await.unwrap().0).await;
        assert_eq!(ws.next().await.unwrap().unwrap(), Message::text("OPTIONS"));
        assert_eq!(ws.next().await.unwrap().unwrap(), Message::binary(vec![0xff, 0xfe]));
        ws.send(Message::text("text")).await.unwrap();
        ws.send(Message::binary(vec![1, 2])).await.unwrap();
        assert!(matches!(ws.next().await, Some(Ok(Message::Close(_)))), "closing is polite");
    });
    let (flow, mut events) = open(&target, Trust::system());
    assert!(flow.send(frame("OPTIONS")), "what is sent before the flow is up waits");
    up(&mut events).await;
    assert!(flow.send(Bytes::from_static(&[0xff, 0xfe])));
    assert_eq!(next(&mut events).await, FlowNews::Frame(frame("text")));
    assert_eq!(next(&mut events).await, FlowNews::Frame(Bytes::from_static(&[1, 2])));
    flow.close();
    timeout(LIMIT, server).await.unwrap().unwrap();
    assert!(events.recv().await.is_none(), "a flow that we close says nothing more");
}

#[tokio::test]
async fn rubbish_in_frames_does_not_close_the_flow() {
    let (listener, target) = listener("ws", "127.0.0.1").await;
    tokio::spawn(async move {
        let mut ws = accept(listener.accept().await.unwrap().0).await;
        for rubbish in [
            Message::text(""),
            Message::text("\r\n\r\n"),
            Message::binary(vec![0; 60_000]),
            Message::text("INVITE\0\r\n"),
        ] {
            ws.send(rubbish).await.unwrap();
        }
        ws.send(Message::Ping(Bytes::from_static(b"x"))).await.unwrap();
        ws.send(Message::Pong(Bytes::from_static(b"unasked"))).await.unwrap();
        ws.send(Message::text("end")).await.unwrap();
        while let Some(Ok(message)) = ws.next().await {
            if message == Message::text("still here") {
                ws.send(Message::text("heard")).await.unwrap();
            }
        }
    });
    let (flow, mut events) = open(&target, Trust::system());
    up(&mut events).await;
    while next(&mut events).await != FlowNews::Frame(frame("end")) {}
    assert!(flow.send(frame("still here")));
    assert_eq!(next(&mut events).await, FlowNews::Frame(frame("heard")));
}

#[tokio::test]
async fn a_frame_beyond_the_limit_ends_the_flow() {
    let (listener, target) = listener("ws", "127.0.0.1").await;
    tokio::spawn(async move {
        let mut ws = accept(listener.accept().await.unwrap().0).await;
        // The flow may already be gone when the last bytes are written.
        let _ = ws.send(Message::binary(vec![0; sip_io::MAX_FRAME_BYTES + 1])).await;
        while let Some(Ok(_)) = ws.next().await {}
    });
    let (_flow, mut events) = open(&target, Trust::system());
    up(&mut events).await;
    assert_eq!(next(&mut events).await, FlowNews::Down(FlowFault::Closed));
}

#[tokio::test]
async fn a_server_that_closes_or_resets_means_closed() {
    for reset in [false, true] {
        let (listener, target) = listener("ws", "127.0.0.1").await;
        tokio::spawn(async move {
            let mut ws = accept(listener.accept().await.unwrap().0).await;
            if reset {
                ws.get_ref().set_zero_linger().unwrap();
            } else {
                ws.close(None).await.unwrap();
            }
        });
        let (_flow, mut events) = open(&target, Trust::system());
        up(&mut events).await;
        assert_eq!(next(&mut events).await, FlowNews::Down(FlowFault::Closed), "reset: {reset}");
    }
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    let (listener, target) = listener("ws", "127.0.0.1").await;
    drop(listener);
    let (_flow, mut events) = open(&target, Trust::system());
    assert_eq!(next(&mut events).await, FlowNews::Down(FlowFault::Unreachable));
}

#[tokio::test]
async fn a_name_that_does_not_exist_is_unreachable() {
    let target = FlowTarget::parse("ws://nobody.invalid:80/").unwrap();
    let (_flow, mut events) = open(&target, Trust::system());
    let event = timeout(Duration::from_secs(9), events.recv()).await.unwrap().unwrap();
    assert!(matches!(event.news, FlowNews::Down(FlowFault::Unreachable | FlowFault::TimedOut)), "{event:?}");
}

#[tokio::test]
async fn an_http_server_that_is_no_sip_websocket_refuses() {
    for (answer, expected) in [
        ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", FlowFault::Refused { status: Some(404) }),
        ("SSH-2.0-OpenSSH_9.2\r\n\r\n", FlowFault::Refused { status: None }),
    ] {
        let (listener, target) = listener("ws", "127.0.0.1").await;
        tokio::spawn(async move {
            let (mut tcp, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let read = tcp.read(&mut request).await.unwrap();
            assert!(read > 0, "an upgrade request");
            tcp.write_all(answer.as_bytes()).await.unwrap();
            // Until the flow hangs up.
            while tcp.read(&mut request).await.is_ok_and(|read| read > 0) {}
        });
        let (_flow, mut events) = open(&target, Trust::system());
        assert_eq!(next(&mut events).await, FlowNews::Down(expected));
    }
}

#[tokio::test]
async fn a_websocket_without_the_sip_sub_protocol_is_refused() {
    let (listener, target) = listener("ws", "127.0.0.1").await;
    tokio::spawn(async move {
        let ws = tokio_tungstenite::accept_async(listener.accept().await.unwrap().0).await;
        drop(ws);
    });
    let (_flow, mut events) = open(&target, Trust::system());
    assert_eq!(next(&mut events).await, FlowNews::Down(FlowFault::Refused { status: None }));
}

/// What a server shows, and what its clients need to believe it.
struct Identity {
    shown: Vec<rustls_pki_types::CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    authority_pem: String,
}

fn issued(names: &[&str]) -> Identity {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let leaf = CertificateParams::new(names).unwrap().signed_by(&key, &authority).unwrap();
    Identity {
        shown: vec![leaf.der().clone()],
        key: PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        authority_pem: authority.pem(),
    }
}

/// As `openssl req -x509` makes them: one certificate that is server and authority at once.
fn self_signed_authority(name: &str) -> Identity {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let cert = params.self_signed(&key).unwrap();
    Identity {
        shown: vec![cert.der().clone()],
        key: PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        authority_pem: cert.pem(),
    }
}

/// Serves one secure flow and sends `hello` on it.
fn serve_tls(listener: TcpListener, identity: Identity) {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(identity.shown, identity.key)
        .unwrap();
    tokio::spawn(async move {
        let (tcp, _) = listener.accept().await.unwrap();
        // A client that does not believe us ends the handshake.
        if let Ok(tls) = TlsAcceptor::from(Arc::new(config)).accept(tcp).await {
            let mut ws = accept(tls).await;
            ws.send(Message::text("hello")).await.unwrap();
            while let Some(Ok(_)) = ws.next().await {}
        }
    });
}

async fn check_tls(identity: Identity, trust_pem: Option<&str>, dialled: &str, expected: Result<(), FlowFault>) {
    let (listener, target) = listener("wss", dialled).await;
    serve_tls(listener, identity);
    let trust = trust_pem.map_or_else(Trust::system, |pem| Trust::with_extra(pem).unwrap());
    let (_flow, mut events) = open(&target, trust);
    match expected {
        Ok(()) => {
            up(&mut events).await;
            assert_eq!(next(&mut events).await, FlowNews::Frame(frame("hello")));
        }
        Err(fault) => assert_eq!(next(&mut events).await, FlowNews::Down(fault)),
    }
}

#[tokio::test]
async fn a_certificate_of_a_trusted_issuer_for_the_dialled_name_is_believed() {
    let identity = issued(&["localhost", "127.0.0.1"]);
    let authority = identity.authority_pem.clone();
    check_tls(identity, Some(&authority), "localhost", Ok(())).await;
    let identity = issued(&["127.0.0.1"]);
    let authority = identity.authority_pem.clone();
    check_tls(identity, Some(&authority), "127.0.0.1", Ok(())).await;
}

#[tokio::test]
async fn a_certificate_for_another_name_is_bad() {
    let identity = issued(&["phones.example.com"]);
    let authority = identity.authority_pem.clone();
    check_tls(identity, Some(&authority), "localhost", Err(FlowFault::BadCertificate)).await;
}

#[tokio::test]
async fn a_certificate_of_an_unknown_issuer_is_bad() {
    check_tls(issued(&["localhost"]), None, "localhost", Err(FlowFault::BadCertificate)).await;
    let other = issued(&["localhost"]).authority_pem;
    check_tls(issued(&["localhost"]), Some(&other), "localhost", Err(FlowFault::BadCertificate)).await;
}

#[tokio::test]
async fn a_given_certificate_is_believed_for_its_own_name_only() {
    let identity = self_signed_authority("localhost");
    let pem = identity.authority_pem.clone();
    check_tls(identity, Some(&pem), "localhost", Ok(())).await;
    let identity = self_signed_authority("phones.example.com");
    let pem = identity.authority_pem.clone();
    check_tls(identity, Some(&pem), "localhost", Err(FlowFault::BadCertificate)).await;
}

#[tokio::test]
async fn tls_to_a_server_that_speaks_none_is_refused() {
    let (listener, target) = listener("wss", "127.0.0.1").await;
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        tcp.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        let mut rest = [0; 1024];
        while tcp.read(&mut rest).await.is_ok_and(|n| n > 0) {}
    });
    let (_flow, mut events) = open(&target, Trust::system());
    assert_eq!(next(&mut events).await, FlowNews::Down(FlowFault::Refused { status: None }));
}

/// Forwards one connection until `hole` is set; from then on it swallows everything, as a dead link does.
async fn relay(listener: TcpListener, to: SocketAddr, hole: Arc<AtomicBool>) {
    let (client, _) = listener.accept().await.unwrap();
    let server = TcpStream::connect(to).await.unwrap();
    let (client_rx, client_tx) = client.into_split();
    let (server_rx, server_tx) = server.into_split();
    let one_way = async |mut from: tokio::net::tcp::OwnedReadHalf, mut to: tokio::net::tcp::OwnedWriteHalf| {
        let mut buffer = [0; 4096];
        while let Ok(n @ 1..) = from.read(&mut buffer).await {
            if !hole.load(Ordering::Relaxed) && to.write_all(&buffer[..n]).await.is_err() {
                break;
            }
        }
    };
    tokio::join!(one_way(client_rx, server_tx), one_way(server_rx, client_tx));
}

#[tokio::test]
async fn a_link_that_swallows_everything_is_found_out_by_pings() {
    let (server, _) = listener("ws", "127.0.0.1").await;
    let server_addr = server.local_addr().unwrap();
    tokio::spawn(async move {
        let mut ws = accept(server.accept().await.unwrap().0).await;
        while let Some(Ok(_)) = ws.next().await {}
    });
    let (front, target) = listener("ws", "127.0.0.1").await;
    let hole = Arc::new(AtomicBool::new(false));
    tokio::spawn(relay(front, server_addr, hole.clone()));

    let (_flow, mut events) = open(&target, Trust::system());
    up(&mut events).await;
    let first = timeout(sip_io::PING_EVERY + LIMIT, events.recv()).await.unwrap().unwrap();
    assert!(matches!(first.news, FlowNews::RoundTrip(rtt) if rtt < LIMIT), "{first:?}");

    hole.store(true, Ordering::Relaxed);
    let since = Instant::now();
    let down = timeout(SILENCE_LIMIT + LIMIT, events.recv()).await.unwrap().unwrap();
    assert_eq!(down.news, FlowNews::Down(FlowFault::TimedOut));
    assert!(since.elapsed() <= SILENCE_LIMIT + Duration::from_secs(1), "took {:?}", since.elapsed());
}
