//! Who may come in: passwords, tokens, the number of tries, credentials for SIP.

pub(crate) mod ephemeral;
pub(crate) mod limits;
pub(crate) mod password;
pub(crate) mod token;
