//! The sound server tells when devices come, go or change: nothing is polled.

use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, PoisonError};

use pulseaudio::protocol::{Command, SubscriptionMask};

use super::connection::{Connection, Fault, Message};
use super::devices::list_over;
use crate::{AudioDeviceInfo, OpenError};

/// Ends a watch from another thread.
#[derive(Default)]
pub(crate) struct Cut(Mutex<State>);

#[derive(Default)]
enum State {
    #[default]
    Idle,
    Watching(UnixStream),
    Over,
}

impl Cut {
    /// Ends the watch that runs, and any later one before it begins.
    pub(crate) fn now(&self) {
        if let State::Watching(socket) = std::mem::replace(&mut *self.lock(), State::Over) {
            // An error means that the server was faster; the read ends either way.
            let _ = socket.shutdown(Shutdown::Both);
        }
    }

    /// False: it is over already.
    fn begin(&self, socket: UnixStream) -> bool {
        let mut state = self.lock();
        match *state {
            State::Idle | State::Watching(_) => {
                *state = State::Watching(socket);
                true
            }
            State::Over => false,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // One assignment each time: nothing is ever half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the list at once, and again whenever something about a device has changed. Returns when the server or the watch ends.
pub(crate) fn watch(cut: &Cut, tell: &mut impl FnMut(Vec<AudioDeviceInfo>)) -> Result<(), OpenError> {
    follow(cut, tell).map_err(|fault| fault.into_open_error(None))
}

fn follow(cut: &Cut, tell: &mut impl FnMut(Vec<AudioDeviceInfo>)) -> Result<(), Fault> {
    let mut connection = Connection::open()?;
    let events = SubscriptionMask::SINK | SubscriptionMask::SOURCE | SubscriptionMask::SERVER;
    connection.do_it(&Command::Subscribe(events))?;
    if !cut.begin(connection.settle()?) {
        return Ok(());
    }
    loop {
        // What happens while the list is on its way makes it old: ask again.
        loop {
            let list = list_over(&mut connection)?;
            if !connection.take_event() {
                tell(list);
                break;
            }
        }
        while !matches!(connection.read()?, Message::Command { command: Command::SubscribeEvent(_), .. }) {}
    }
}
