//! Sending a call to somebody else: commands like those of any call. Progress comes with the call's view.

use std::sync::atomic::Ordering;

use base::CallId;
use phone::Command;

use crate::handle::EngineHandle;

impl EngineHandle {
    /// Sends the far end of `call` to what was typed, without asking there.
    pub fn transfer(&self, call: CallId, target: &str) {
        self.command(Command::Transfer { call, target: target.to_owned() });
    }

    /// Holds `about` and calls what was typed, to ask before it is transferred there.
    pub fn consult(&self, about: CallId, target: &str) -> CallId {
        let call = CallId(self.0.next_call.fetch_add(1, Ordering::Relaxed));
        self.command(Command::Consult { call, about, target: target.to_owned() });
        call
    }

    /// Connects the far ends of two calls.
    pub fn complete_transfer(&self, call: CallId, to: CallId) {
        self.command(Command::CompleteTransfer { call, to });
    }
}
