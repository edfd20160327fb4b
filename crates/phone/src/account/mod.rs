//! The account in use: its flow, its registration, and how it comes back after a loss.

mod attachment;
mod back_off;
mod link;
mod registering;

pub(crate) use attachment::Attachment;
pub(crate) use back_off::BackOff;
pub(crate) use registering::Registered;
