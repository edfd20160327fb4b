//! One kind of trust: the system's roots and, if given, one more.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use crate::error::TeamError;

/// TLS 1.2 and 1.3 with the roots of the system and those of `extra_ca` (PEM, one or more certificates).
///
/// # Errors
/// [`TeamError::BadCertificate`] when `extra_ca` holds no certificate that can be read.
pub fn tls_config(extra_ca: Option<&str>) -> Result<Arc<ClientConfig>, TeamError> {
    let mut roots = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    for error in &system.errors {
        tracing::warn!(%error, "some of the system's certificates cannot be read");
    }
    let (taken, refused) = roots.add_parsable_certificates(system.certs);
    tracing::debug!(taken, refused, "certificates of the system");
    if let Some(pem) = extra_ca {
        let mut any = false;
        for certificate in CertificateDer::pem_slice_iter(pem.as_bytes()) {
            roots.add(certificate.map_err(|_| TeamError::BadCertificate)?).map_err(|_| TeamError::BadCertificate)?;
            any = true;
        }
        if !any {
            return Err(TeamError::BadCertificate);
        }
    }
    // The provider is named, so that it does not depend on what else the program links.
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring supports TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}
