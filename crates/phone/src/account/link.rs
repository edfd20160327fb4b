//! Where the connection to the registrar stands.
//!
//! ```text
//!                 sign in                  flow up                   registered
//!   (no account) ─────────▶ Connecting ───────────▶ Up: Asked ────────────────────▶ Up: Confirmed
//!                            │    ▲                  │     ▲ │                        │
//!                 flow down  │    │ retry_at         │     │ │ refused                │
//!                            ▼    │                  │     │ ▼                        │
//!                            Down ◀──── flow down ───┴── Up: Pausing ◀── refresh ─────┤
//!                            ▲  no answer                       refused               │
//!                            └────────────────── flow down ───────────────────────────┘
//!   sign out: Up ──▶ SigningOut ──▶ (no account); from Connecting and Down at once.
//!   network changed: Up, Connecting ──▶ Connecting (a new flow, at once).
//! ```
//!
//! Calls are not in this picture: an answered call keeps running in each of these states.

use base::{FlowId, Now};

/// The flow and what was asked on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// `OpenFlow` was asked for; `FlowUp` or `FlowDown` will come.
    Connecting { flow: FlowId },
    /// No flow. The next attempt starts at `retry_at`; `None`: only the user can mend it.
    Down { retry_at: Option<Now> },
    /// The flow carries SIP.
    Up { flow: FlowId, standing: Standing },
    /// Unregister was sent; calls are ending. Over when both are done, or at `give_up_at`. `flow` is gone once it is lost.
    SigningOut { flow: Option<FlowId>, unregistered: bool, give_up_at: Now },
}

/// What the registrar thinks of us on this flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// REGISTER is on its way.
    Asked,
    /// Registered; the user agent refreshes.
    Confirmed,
    /// Refused. Tried again at `retry_at`; `None`: only the user can mend it.
    Pausing { retry_at: Option<Now> },
}

impl Link {
    /// The flow that bytes may go out on.
    pub(crate) fn open_flow(self) -> Option<FlowId> {
        match self {
            Link::Up { flow, .. } => Some(flow),
            Link::SigningOut { flow, .. } => flow,
            Link::Connecting { .. } | Link::Down { .. } => None,
        }
    }

    /// The flow that inputs may belong to.
    pub(crate) fn flow(self) -> Option<FlowId> {
        match self {
            Link::Connecting { flow } | Link::Up { flow, .. } => Some(flow),
            Link::SigningOut { flow, .. } => flow,
            Link::Down { .. } => None,
        }
    }

    /// When this state ends by itself.
    pub(crate) fn deadline(self) -> Option<Now> {
        match self {
            Link::Down { retry_at } | Link::Up { standing: Standing::Pausing { retry_at }, .. } => retry_at,
            Link::SigningOut { give_up_at, .. } => Some(give_up_at),
            Link::Connecting { .. } | Link::Up { standing: Standing::Asked | Standing::Confirmed, .. } => None,
        }
    }
}
