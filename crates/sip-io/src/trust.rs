//! Whom TLS believes.

use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, ring};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

/// The certificates that are believed: the system's, and those given in addition.
///
/// Building one is cheap. The system's certificates are read when the first secure flow needs them, once.
#[derive(Debug)]
pub struct Trust {
    extra: Vec<CertificateDer<'static>>,
    config: OnceLock<Arc<ClientConfig>>,
}

/// Why certificates cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The text holds no certificate, or a broken one.
    #[error("the file holds no usable certificate in PEM form")]
    BadPem,
}

impl Trust {
    /// Only the system's certificates.
    #[must_use]
    pub fn system() -> Trust {
        Trust { extra: Vec::new(), config: OnceLock::new() }
    }

    /// The system's certificates and these (PEM, one or more). A certificate that the server itself shows may be among
    /// them: it is then trusted for the names it carries, also when it calls itself an authority, as those that
    /// `openssl req -x509` makes do.
    ///
    /// # Errors
    /// [`TrustError::BadPem`].
    pub fn with_extra(pem: &str) -> Result<Trust, TrustError> {
        let extra: Vec<_> =
            CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().map_err(|_| TrustError::BadPem)?;
        if extra.is_empty() || extra.iter().any(|cert| ParsedCertificate::try_from(cert).is_err()) {
            return Err(TrustError::BadPem);
        }
        Ok(Trust { extra, config: OnceLock::new() })
    }

    /// Settings for a TLS client. Reads files at the first call: not for the async threads.
    #[must_use]
    pub fn client_config(&self) -> Arc<ClientConfig> {
        self.config.get_or_init(|| self.build()).clone()
    }

    fn build(&self) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        let native = rustls_native_certs::load_native_certs();
        if let Some(error) = native.errors.first() {
            tracing::warn!(%error, "some certificates of the system cannot be read");
        }
        roots.add_parsable_certificates(native.certs);
        roots.add_parsable_certificates(self.extra.iter().cloned());
        // The provider is named, because another crate that brings a second one would make the default ambiguous.
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("ring supports the default protocol versions");
        let config = if self.extra.is_empty() {
            builder.with_root_certificates(roots).with_no_client_auth()
        } else {
            let verifier = Pinning::new(roots, provider, self.extra.clone());
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
        };
        Arc::new(config)
    }
}

/// Verifies as usual, and accepts in addition a server that shows one of the given certificates itself.
#[derive(Debug)]
struct Pinning {
    usual: Arc<WebPkiServerVerifier>,
    pinned: Vec<CertificateDer<'static>>,
}

impl Pinning {
    fn new(roots: RootCertStore, provider: Arc<CryptoProvider>, pinned: Vec<CertificateDer<'static>>) -> Pinning {
        let usual = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .expect("there is at least the pinned root, and there are no revocation lists");
        Pinning { usual, pinned }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificate_is_refused() {
        assert!(matches!(Trust::with_extra(""), Err(TrustError::BadPem)));
        assert!(matches!(Trust::with_extra("hello"), Err(TrustError::BadPem)));
        let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(Trust::with_extra(nonsense), Err(TrustError::BadPem)));
    }
}
