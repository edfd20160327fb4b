//! Flows between endpoints and the server: in order within a flow, in any order between flows.

use std::time::Duration;

use base::{FlowId, Now};

/// Who is at the near end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A phone, by its index.
    Phone(usize),
    /// A peer that the test drives by hand, by its index.
    Raw(usize),
    /// It was closed; what was sent before still arrives at the server.
    Nobody,
}

/// How the network is, for flows that are opened from now on and for media.
#[derive(Clone, Debug)]
pub struct Weather {
    /// One-way delay of a new flow, milliseconds, drawn anew for each flow.
    pub delay_ms: (u64, u64),
    /// Can the server be reached?
    pub server_is_up: bool,
    /// How long media takes to write a description, milliseconds.
    pub media_write_ms: (u64, u64),
    /// How long ICE and DTLS take once both sides have both descriptions, milliseconds.
    pub media_connect_ms: u64,
}

impl Default for Weather {
    fn default() -> Self {
        Weather { delay_ms: (10, 10), server_is_up: true, media_write_ms: (20, 20), media_connect_ms: 60 }
    }
}

/// One WebSocket.
#[derive(Clone, Debug)]
pub struct Link {
    /// Near end.
    pub owner: Owner,
    /// Its name at the near end; at the server it is the key in the world's table.
    pub near: FlowId,
    /// One way.
    pub delay: Duration,
    /// Bytes of an earlier message are still on their way until then.
    busy_up: Now,
    busy_down: Now,
    /// Nothing arrives any more.
    pub is_cut: bool,
}

impl Link {
    pub(super) fn new(owner: Owner, near: FlowId, delay: Duration) -> Self {
        Link { owner, near, delay, busy_up: Now::ZERO, busy_down: Now::ZERO, is_cut: false }
    }

    /// When something sent now to the server arrives.
    pub(super) fn up(&mut self, now: Now) -> Now {
        self.busy_up = self.busy_up.max(now + self.delay);
        self.busy_up
    }

    /// When something sent now by the server arrives.
    pub(super) fn down(&mut self, now: Now) -> Now {
        self.busy_down = self.busy_down.max(now + self.delay);
        self.busy_down
    }
}
