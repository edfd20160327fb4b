//! One connection to an LDAP server: TCP, TLS when it is due, whole messages.

use std::net::SocketAddr;

use model::SourceWhy;
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Host;

use super::ber::{SEQUENCE, whole_length};
use super::message::{Answer, Op, read, starttls, unbind};
use crate::address::{self, LdapPlace, Tls};
use crate::connect;
use crate::limits::Limits;
use crate::reading::Ask;
use crate::stop::Stop;

/// Bytes of one message: an entry without pictures is a thousandth of it.
const LARGEST_MESSAGE: usize = 1024 * 1024;

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// The connection.
pub(super) struct Talk {
    stream: Box<dyn Stream>,
    /// What has come and is not yet a message.
    bytes: Vec<u8>,
    last_id: u32,
    limits: Limits,
    received: usize,
}

impl Talk {
    /// Connects, with TLS as the address wants it.
    pub(super) async fn open(ask: &Ask) -> Result<Self, Stop> {
        let place = address::ldap(&ask.source, ask.password.is_some())?;
        let addresses = connect::addresses(ask, &place.host, place.port).await?;
        let tcp = reach(ask, &addresses).await?;
        let stream: Box<dyn Stream> = match place.tls {
            Tls::Never => Box::new(tcp),
            Tls::AtOnce => Box::new(secure(ask, &place, tcp).await?),
            Tls::Asked => {
                let mut plain = Talk::over(ask, Box::new(tcp));
                let id = plain.ask(starttls).await?;
                match plain.answer(id).await?.op {
                    Op::Extended(outcome) if outcome.code == 0 => {}
                    Op::Extended(outcome) => return Err(Stop::new(SourceWhy::NoTls, &outcome.message)),
                    _ => return Err(SourceWhy::NoTls.into()),
                }
                // What came in the clear after the answer was not said by the server (as CVE-2011-0411 was about).
                if !plain.bytes.is_empty() {
                    return Err(SourceWhy::NotUnderstood.into());
                }
                Box::new(secure(ask, &place, plain.stream).await?)
            }
        };
        Ok(Talk::over(ask, stream))
    }

    fn over(ask: &Ask, stream: Box<dyn Stream>) -> Self {
        Talk { stream, bytes: Vec::new(), last_id: 0, limits: ask.limits, received: 0 }
    }

    /// Sends a question; gives its number.
    pub(super) async fn ask(&mut self, message: impl FnOnce(u32) -> Vec<u8>) -> Result<u32, Stop> {
        self.last_id += 1;
        let bytes = message(self.last_id);
        let sending = timeout(self.limits.answer, async {
            self.stream.write_all(&bytes).await?;
            self.stream.flush().await
        });
        sending.await.map_err(|_| SourceWhy::TimedOut)?.map_err(|error| connect::why(&error))?;
        Ok(self.last_id)
    }

    /// The next answer to a question. Whatever else comes is not for us.
    pub(super) async fn answer(&mut self, id: u32) -> Result<Answer, Stop> {
        let waiting = timeout(self.limits.answer, async {
            loop {
                let answer = self.next().await?;
                match &answer.op {
                    // It hangs up, and says why (RFC 4511 §4.4.1).
                    Op::Extended(outcome) if answer.id == 0 => {
                        return Err(Stop::new(SourceWhy::Unreachable, &outcome.message));
                    }
                    _ if answer.id == id => return Ok(answer),
                    _ => {}
                }
            }
        });
        waiting.await.unwrap_or(Err(SourceWhy::TimedOut.into()))
    }

    /// Says goodbye; nobody answers that.
    pub(super) async fn close(mut self) {
        let _ = self.ask(unbind).await;
        let _ = timeout(self.limits.answer, self.stream.shutdown()).await;
    }

    async fn next(&mut self) -> Result<Answer, Stop> {
        loop {
            let broken = |_| Stop::from(SourceWhy::NotUnderstood);
            // Whatever begins otherwise is no LDAP, and need not be waited for.
            if self.bytes.first().is_some_and(|tag| *tag != SEQUENCE) {
                return Err(SourceWhy::NotUnderstood.into());
            }
            match whole_length(&self.bytes).map_err(broken)? {
                Some(length) if length > LARGEST_MESSAGE => return Err(SourceWhy::TooLarge.into()),
                Some(length) if length <= self.bytes.len() => {
                    let rest = self.bytes.split_off(length);
                    let message = std::mem::replace(&mut self.bytes, rest);
                    return read(&message).map_err(broken);
                }
                Some(_) | None => self.more().await?,
            }
        }
    }

    async fn more(&mut self) -> Result<(), Stop> {
        let mut some = [0; 16 * 1024];
        let count = self.stream.read(&mut some).await.map_err(|error| connect::why(&error))?;
        if count == 0 {
            return Err(SourceWhy::Unreachable.into());
        }
        self.received += count;
        if self.received > self.limits.answer_bytes {
            return Err(SourceWhy::TooLarge.into());
        }
        self.bytes.extend_from_slice(&some[..count]);
        Ok(())
    }
}

/// The first address that answers.
async fn reach(ask: &Ask, addresses: &[SocketAddr]) -> Result<TcpStream, Stop> {
    let mut last = Stop::from(SourceWhy::Unreachable);
    for address in addresses {
        match timeout(ask.limits.connect, TcpStream::connect(address)).await {
            Ok(Ok(tcp)) => return Ok(tcp),
            Ok(Err(error)) => last = connect::why(&error),
            Err(_) => last = SourceWhy::TimedOut.into(),
        }
    }
    Err(last)
}

async fn secure<S: Stream>(ask: &Ask, place: &LdapPlace, tcp: S) -> Result<tokio_rustls::client::TlsStream<S>, Stop> {
    let name = match &place.host {
        Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|_| SourceWhy::BadAddress)?,
        Host::Ipv4(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
        Host::Ipv6(ip) => ServerName::from(std::net::IpAddr::from(*ip)),
    };
    let connector = TlsConnector::from(connect::trust(ask).await?);
    let agreed = timeout(ask.limits.connect, connector.connect(name, tcp)).await;
    agreed.map_err(|_| SourceWhy::TimedOut)?.map_err(|error| match connect::why(&error) {
        // It was reached, and hung up when TLS began.
        Stop::Fault(fault) if fault.why == SourceWhy::Unreachable => SourceWhy::NoTls.into(),
        stop => stop,
    })
}
