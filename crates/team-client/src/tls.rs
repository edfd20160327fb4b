//! Whom TLS believes: the system's certificates and, if given, some more.
//!
//! The rule is the one of SIP flows (`sip-io`'s `trust`), or `--ca` would let the phone register but not sign in. It is written
//! in both rooms: neither may lean on the other, and the words below them do no TLS.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{WebPkiServerVerifier, verify_server_name};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

use crate::error::TeamError;

/// TLS 1.2 and 1.3 with the roots of the system and those of `extra_ca` (PEM, one or more certificates). A certificate that
/// the server itself shows may be among them: it is then trusted for the names it carries, also when it calls itself an
/// authority, as those that `openssl req -x509` makes do.
///
/// # Errors
/// [`TeamError::BadCertificate`] when `extra_ca` holds no certificate, or one that cannot be read.
pub fn tls_config(extra_ca: Option<&str>) -> Result<Arc<ClientConfig>, TeamError> {
    let extra = extra_ca.map(read).transpose()?.unwrap_or_default();
    let mut roots = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    for error in &system.errors {
        tracing::warn!(%error, "some of the system's certificates cannot be read");
    }
    let (taken, refused) = roots.add_parsable_certificates(system.certs);
    tracing::debug!(taken, refused, "certificates of the system");
    roots.add_parsable_certificates(extra.iter().cloned());
    // The provider is named, so that it does not depend on what else the program links.
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .expect("ring supports TLS 1.2 and 1.3");
    if extra.is_empty() {
        return Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()));
    }
    let usual = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .map_err(|_| TeamError::BadCertificate)?;
    let verifier = Arc::new(Pinning { usual, pinned: extra });
    Ok(Arc::new(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()))
}

fn read(pem: &str) -> Result<Vec<CertificateDer<'static>>, TeamError> {
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
    let certificates = read.map_err(|_| TeamError::BadCertificate)?;
    if certificates.is_empty() || certificates.iter().any(|one| ParsedCertificate::try_from(one).is_err()) {
        return Err(TeamError::BadCertificate);
    }
    Ok(certificates)
}

/// Verifies as usual, and accepts in addition a server that shows one of the given certificates itself.
#[derive(Debug)]
struct Pinning {
    usual: Arc<WebPkiServerVerifier>,
    pinned: Vec<CertificateDer<'static>>,
}

impl ServerCertVerifier for Pinning {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.usual.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // The name is still verified; the issuer is what pinning replaces. The key is proven by the handshake.
            Err(_) if self.pinned.iter().any(|pin| pin.as_ref() == end_entity.as_ref()) => {
                verify_server_name(&ParsedCertificate::try_from(end_entity)?, server_name)?;
                Ok(ServerCertVerified::assertion())
            }
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.usual.supported_verify_schemes()
    }
}
