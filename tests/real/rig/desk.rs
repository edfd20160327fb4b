//! An agent's desk: a sound server of its own, a voice into the microphone, an ear at the loudspeaker, and the phone.

use std::sync::{Mutex, MutexGuard, PoisonError};

use testkit::pulse::{FakeCard, PulseServer};

use super::sound::steady;
use super::{Agent, Ear, Phone, PhoneSetup, Server, Voice};

/// Whoever holds this may make sound.
pub type SoundTurn = MutexGuard<'static, ()>;

/// Waits for one's turn.
pub fn sound_turn() -> SoundTurn {
    static TURN: Mutex<()> = Mutex::new(());
    // A test that failed has left nothing behind that would disturb the next.
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Everything on the desk.
pub struct Desk {
    pub phone: Phone,
    pub ear: Ear,
    pub pulse: PulseServer,
    _voice: Voice,
}

impl Desk {
    /// Signed in at a team server; the agent's voice is a tone.
    pub fn of(server: &Server, extension: &str, voice_hz: f32) -> Desk {
        Desk::with(PhoneSetup::team(server, &Agent::of(extension)), voice_hz)
    }

    /// With a phone that is set up otherwise.
    pub fn with(setup: PhoneSetup, voice_hz: f32) -> Desk {
        Desk::saying(setup, &steady(voice_hz))
    }

    /// The agent says this second again and again.
    pub fn saying(setup: PhoneSetup, second: &[f32]) -> Desk {
        let pulse = PulseServer::start(&["desk"]);
        let card = FakeCard::named("desk");
        let voice = Voice::say(&pulse.address(), &card.feed, second);
        let ear = Ear::listen(&pulse.address(), &card.record);
        let mut phone = setup.pulse(&pulse.address()).with(&["--no-tones"]).start();
        phone.wait("registered");
        Desk { phone, ear, pulse, _voice: voice }
    }
}
