//! TLS in front of the server, as a reverse proxy does it.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

/// A listener with a certificate of an authority of its own; ends when dropped.
pub struct TlsFront {
    pub port: u16,
    /// Certificate of the authority, PEM.
    pub authority: String,
    listener: Option<std::net::TcpListener>,
    identity: Option<(CertificateDer<'static>, PrivateKeyDer<'static>)>,
    runtime: Runtime,
}

impl TlsFront {
    /// With a certificate for this name. Serves nothing yet.
    pub fn named(name: &str) -> TlsFront {
        let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names are good names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("random")).expect("signs itself");
        let key = KeyPair::generate().expect("random");
        let leaf =
            CertificateParams::new(vec![name.to_owned()]).expect("a name").signed_by(&key, &authority).expect("signs");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        TlsFront {
            port: listener.local_addr().expect("is bound").port(),
            authority: authority.pem(),
            listener: Some(listener),
            identity: Some((leaf.der().clone(), key)),
            runtime: Runtime::new().expect("a runtime"),
        }
    }

    /// Forwards to this server from now on.
    pub fn serve(&mut self, to: SocketAddr) {
        let (cert, key) = self.identity.take().expect("serves one server");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("ring supports them")
            .with_no_client_auth()
            .with_single_cert(vec![cert], key)
            .expect("they belong together");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = self.listener.take().expect("serves one server");
        listener.set_nonblocking(true).expect("a socket");
        self.runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).expect("a socket");
            while let Ok((tcp, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // A client that does not believe us, or a server that is gone, ends this one connection.
                    if let (Ok(mut tls), Ok(mut server)) = (acceptor.accept(tcp).await, TcpStream::connect(to).await) {
                        let _ = copy_bidirectional(&mut tls, &mut server).await;
                    }
                });
            }
        });
    }
}
