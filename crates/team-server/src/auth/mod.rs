//! Who may come in: passwords, tokens, the number of tries.

pub(crate) mod limits;
pub(crate) mod password;
pub(crate) mod token;
