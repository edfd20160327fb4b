//! The agent's own profile, and the faces of the team: name and picture of each.
//!
//! ```text
//! bytes of a file ─▶ Darkroom (one photograph, judged, with a preview) ─▶ crop ─▶ PUT ─▶ Me ─▶ lobby ─▶ Session
//! profile.changed, presence ─▶ Faces ─▶ windows           pictures ─▶ Album (bounded, by revision) ─▶ windows
//! ```
//!
//! Nothing of this goes through the phone loop but the results: who we are, and who the others are.

mod album;
mod darkroom;
mod faces;
mod handle;
mod own;

pub(crate) use album::Album;
pub(crate) use darkroom::Darkroom;
pub use darkroom::{OpenedPhoto, PhotoCrop};
pub use faces::Face;
pub(crate) use faces::Faces;
pub use handle::ProfileError;
pub use own::Profile;
