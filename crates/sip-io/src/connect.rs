//! From a target to an open WebSocket.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::pump::MAX_FRAME_BYTES;
use crate::{FlowFault, FlowTarget, Trust};

/// Name, TCP, TLS and upgrade together may take this long.
const CONNECT_LIMIT: Duration = Duration::from_secs(8);
/// Several addresses of one name: each but the last gets this long, so that a dead one does not eat the whole limit.
const ADDRESS_LIMIT: Duration = Duration::from_secs(2);

/// Any stream of bytes.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// An open WebSocket over whatever carries it.
pub(crate) type Socket = WebSocketStream<Box<dyn Stream>>;

/// Opens a SIP WebSocket (RFC 7118 §4): sub-protocol `sip` asked for and checked, certificate verified for the target's host.
pub(crate) async fn connect(target: &FlowTarget, trust: &Arc<Trust>) -> Result<(Socket, SocketAddr), FlowFault> {
    timeout(CONNECT_LIMIT, attempt(target, trust)).await.unwrap_or(Err(FlowFault::TimedOut))
}

async fn attempt(target: &FlowTarget, trust: &Arc<Trust>) -> Result<(Socket, SocketAddr), FlowFault> {
    let (tcp, config) = tokio::join!(dial(target), async {
        if target.secure { client_config(trust.clone()).await.map(Some) } else { Ok(None) }
    });
    let (tcp, peer) = tcp.map_err(|error| FlowFault::of_io(&error))?;
    let stream: Box<dyn Stream> = match config? {
        Some(config) => Box::new(secure(target, tcp, config).await?),
        None => Box::new(tcp),
    };
    let mut request = target.url().into_client_request().map_err(|_| FlowFault::Unreachable)?;
    request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_static("sip"));
    let limits =
        WebSocketConfig::default().max_message_size(Some(MAX_FRAME_BYTES)).max_frame_size(Some(MAX_FRAME_BYTES));
    let upgraded = tokio_tungstenite::client_async_with_config(request, stream, Some(limits)).await;
    upgraded.map(|(socket, _)| (socket, peer)).map_err(|error| FlowFault::of_handshake(&error))
}

async fn dial(target: &FlowTarget) -> io::Result<(TcpStream, SocketAddr)> {
    let mut addresses = lookup_host((target.host.as_str(), target.port)).await?.peekable();
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    while let Some(address) = addresses.next() {
        let attempt = TcpStream::connect(address);
        let limit = if addresses.peek().is_some() { ADDRESS_LIMIT } else { CONNECT_LIMIT };
        match timeout(limit, attempt).await {
            Ok(Ok(stream)) => {
                // A small message must not wait for the acknowledgement of the one before it.
                stream.set_nodelay(true)?;
                return Ok((stream, address));
            }
            Ok(Err(error)) => last = error,
            Err(_) => last = io::ErrorKind::TimedOut.into(),
        }
    }
    Err(last)
}

async fn client_config(trust: Arc<Trust>) -> Result<Arc<ClientConfig>, FlowFault> {
    // Reading the system's certificates is file work.
    tokio::task::spawn_blocking(move || trust.client_config()).await.map_err(|error| {
        tracing::error!(%error, "the certificates of the system cannot be read");
        FlowFault::BadCertificate
    })
}

async fn secure(
    target: &FlowTarget,
    tcp: TcpStream,
    config: Arc<ClientConfig>,
) -> Result<impl Stream + use<>, FlowFault> {
    let name = ServerName::try_from(target.host.clone()).map_err(|_| FlowFault::Unreachable)?;
    TlsConnector::from(config).connect(name, tcp).await.map_err(|error| match FlowFault::of_io(&error) {
        // The server was reached; it hung up in the middle of the handshake.
        FlowFault::Unreachable => FlowFault::Refused { status: None },
        fault => fault,
    })
}
