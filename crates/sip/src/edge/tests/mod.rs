//! Behaviour of the whole edge with moved time: frames in, frames out.

mod administered;
mod bad_input;
mod calls;
mod forking;
mod mailbox;
mod operate;
mod parking;
mod queues;
mod reconnect;
mod registration;
mod rig;
mod stranded;
mod supervised;
mod turned_away;
