//! What the window may ask, a file for each noun. Commands return at once or with their result; progress comes as events.

pub mod agent;
pub mod calls;
pub mod contacts;
pub mod convert;
pub mod devices;
pub mod directory;
pub mod directory_bulk;
pub mod history;
pub mod import_convert;
pub mod login_start;
pub mod operate;
pub mod panel;
pub mod profile;
pub mod queue_admin;
pub mod recording;
pub mod rights;
pub mod rules;
pub mod session;
pub mod sources;
pub mod status;
pub mod status_admin;
pub mod supervision;
pub mod transfer;
pub mod window;
