//! Servers that say nothing, nonsense, or too much; each answers every connection with the same bytes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use model::{SourceKind, SourceWhy};
use sources::Ask;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::rig::{ask, named};

/// Answers each connection with these bytes once something was asked, and then for ever with `rest`.
async fn answering(bytes: Vec<u8>, rest: Vec<u8>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("listens");
    let at = listener.local_addr().expect("has an address").to_string();
    let connections = Arc::<AtomicUsize>::default();
    let count = connections.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            let (bytes, rest) = (bytes.clone(), rest.clone());
            tokio::spawn(async move {
                let mut some = [0; 4096];
                let _ = stream.read(&mut some).await;
                let _ = stream.write_all(&bytes).await;
                while !rest.is_empty() && stream.write_all(&rest).await.is_ok() {}
                // Open until the other side has enough.
                while matches!(stream.read(&mut some).await, Ok(count) if count > 0) {}
            });
        }
    });
    (at, connections)
}

fn dav(at: &str) -> Ask {
    let mut ask = ask(SourceKind::CardDav, &format!("http://{at}/"), "noor", "canary-secret-hostile");
    ask.limits.answer = Duration::from_millis(500);
    ask.limits.answer_bytes = 1024 * 1024;
    ask
}

fn ldap(at: &str) -> Ask {
    Ask { source: ask(SourceKind::Ldap, &format!("ldap://{at}"), "noor", "x").source, ..dav(at) }
}

async fn both(bytes: &[u8], rest: &[u8]) -> (SourceWhy, SourceWhy) {
    let (at, _) = answering(bytes.to_vec(), rest.to_vec()).await;
    (named(&dav(&at)).await, named(&ldap(&at)).await)
}

#[tokio::test]
async fn pain_15_silence_is_a_time_out() {
    assert_eq!(both(b"", b"").await, (SourceWhy::TimedOut, SourceWhy::TimedOut));
    let slow = ask(SourceKind::CardDav, "http://127.0.0.1:1/", "", "");
    assert_eq!(named(&slow).await, SourceWhy::Unreachable);
}

#[tokio::test]
async fn what_is_no_protocol_is_named_so() {
    assert_eq!(both(b"SSH-2.0-x\r\n\r\n", b"").await, (SourceWhy::NotUnderstood, SourceWhy::NotUnderstood));
    // An element without end, and one inside another for ever.
    assert_eq!(both(b"\x30\x80", b"\x30\x80").await.1, SourceWhy::NotUnderstood);
    assert_eq!(both(b"\x30\x84\x7f\xff\xff\xff", b"0").await.1, SourceWhy::TooLarge);
}

#[tokio::test]
async fn an_endless_answer_ends() {
    let endless = b"HTTP/1.1 207 Multi-Status\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x10000));
    assert_eq!(both(endless, chunk.as_bytes()).await.0, SourceWhy::TooLarge);
    let announced = b"HTTP/1.1 207 Multi-Status\r\nContent-Length: 99999999999\r\n\r\n";
    assert_eq!(both(announced, b"").await.0, SourceWhy::TooLarge);
}

#[tokio::test]
async fn no_redirect_and_no_link_leads_to_another_host() {
    let (other, visitors) = answering(b"".to_vec(), b"".to_vec()).await;
    let away = format!("HTTP/1.1 301 Moved\r\nLocation: http://{other}/\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(both(away.as_bytes(), b"").await.0, SourceWhy::Elsewhere);
    let body = format!(
        "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>/</d:href><d:propstat><d:prop><d:current-user-principal>\
         <d:href>http://{other}/</d:href></d:current-user-principal></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat>\
         </d:response></d:multistatus>"
    );
    let link = format!("HTTP/1.1 207 Multi-Status\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    assert_eq!(both(link.as_bytes(), b"").await.0, SourceWhy::Elsewhere);
    assert_eq!(visitors.load(Ordering::Relaxed), 0, "nobody went there");
    let round = b"HTTP/1.1 301 Moved\r\nLocation: /\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    assert_eq!(both(round, b"").await.0, SourceWhy::NotUnderstood);
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn passwords_are_neither_in_logs_nor_in_errors() {
    let log = Log::default();
    let to = log.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || to.clone());
    let guard = tracing::subscriber::set_default(subscriber.finish());
    for bytes in [&b"HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"[..], b"nonsense\r\n\r\n", b"0\x05\x02\x01\x01a\x00"]
    {
        let (at, _) = answering(bytes.to_vec(), Vec::new()).await;
        for ask in [dav(&at), ldap(&at)] {
            let outcome = format!("{:?} {ask:?}", sources::test(&ask).await);
            assert!(!outcome.contains("canary-secret"), "{outcome}");
        }
    }
    drop(guard);
    let said = String::from_utf8_lossy(&log.0.lock().expect("nobody panicked")).into_owned();
    assert!(said.contains("carddav"), "something was logged: {said}");
    assert!(!said.contains("canary-secret") && !said.contains("bm9vcjpj"), "{said}");
}
