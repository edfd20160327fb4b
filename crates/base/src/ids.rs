//! Identifiers of our own making.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// A call as the user sees it. Not the SIP `Call-ID` header. Unique for the life of the process, never reused.
    CallId(u64)
}
id! {
    /// One of the accounts that this phone is set up with.
    AccountId(u32)
}
id! {
    /// One transport connection (a WebSocket, say). A reconnect makes a new one, so that late bytes are recognised.
    FlowId(u64)
}
