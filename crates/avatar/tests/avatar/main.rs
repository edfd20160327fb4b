//! Pictures of strangers: what is accepted, what is refused and why, and what becomes of them. All files are made here.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod colours;
mod corpus;
mod exif;
mod jpeg;
mod metadata;
mod orientation;
mod paper;
mod png_files;
mod render;
mod strangers;
