//! What the tests are made of.

mod desk;
mod json;
mod phone;
mod programs;
mod server;
mod sound;
mod tls;

pub use desk::{Desk, sound_turn};
pub use json::{get, patch, post, put};
pub use phone::{DEADLINE, Phone, PhoneSetup};
pub use server::{Agent, Server};
pub use sound::{Ear, Room, Voice, syllables};
pub use tls::TlsFront;
