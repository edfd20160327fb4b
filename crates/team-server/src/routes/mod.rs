//! Handlers, one file per noun.

pub(crate) mod account;
pub(crate) mod contacts;
pub(crate) mod events;
pub(crate) mod forgotten;
pub(crate) mod health;
pub(crate) mod openapi;
pub(crate) mod practice;
pub(crate) mod profile;
pub(crate) mod reset;
pub(crate) mod status;
pub(crate) mod status_admin;
