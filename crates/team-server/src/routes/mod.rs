//! Handlers, one file per noun.

pub(crate) mod account;
pub(crate) mod agent;
pub(crate) mod audit;
pub(crate) mod contacts;
pub(crate) mod departments;
pub(crate) mod devices;
pub(crate) mod directory;
pub(crate) mod events;
pub(crate) mod forgotten;
pub(crate) mod health;
pub(crate) mod openapi;
pub(crate) mod operate;
pub(crate) mod oversight;
pub(crate) mod panel;
pub(crate) mod parking;
pub(crate) mod practice;
pub(crate) mod profile;
pub(crate) mod queues;
pub(crate) mod recordings;
pub(crate) mod reset;
pub(crate) mod rights;
pub(crate) mod roles;
pub(crate) mod status;
pub(crate) mod status_admin;
pub(crate) mod supervision;
pub(crate) mod voicemail;
