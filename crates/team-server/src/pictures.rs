//! Pictures of strangers become two plain squares (docs/decisions/0008-pictures.md), one at a time and off the runtime: an open
//! picture may hold 384 MiB, and calls need the processor more.

use std::sync::Arc;
use std::time::Duration;

use avatar::{Crop, Refused, Rendered, Turn};
use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::random;

/// Longest file, and the longest body of a request that brings one.
pub(crate) const MAX_FILE: usize = avatar::Limits::PICKED.file_bytes;
/// Pictures that are open at the same time.
const PARALLEL: usize = 1;
/// How long one waits for its turn.
const WAIT: Duration = Duration::from_secs(5);

/// The room where pictures are opened.
pub(crate) struct Pictures {
    places: Arc<Semaphore>,
}

/// Why there are no squares.
#[derive(Debug)]
pub(crate) enum NoPicture {
    /// The queue did not move.
    Crowded,
    /// The file is none that we take.
    Refused(Refused),
    /// A fault of ours.
    Failed,
}

impl Pictures {
    pub(crate) fn new() -> Self {
        Pictures { places: Arc::new(Semaphore::new(PARALLEL)) }
    }

    /// The largest square in the middle, in both sizes. Whoever wants another part of their photograph sends that part.
    pub(crate) async fn render(&self, file: Bytes) -> Result<Rendered, NoPicture> {
        let place = tokio::time::timeout(WAIT, self.places.clone().acquire_owned()).await;
        let Ok(Ok(place)) = place else { return Err(NoPicture::Crowded) };
        let work = spawn_blocking(move || {
            let _place = place;
            let picture = avatar::open(&file).map_err(NoPicture::Refused)?;
            picture.render(Crop::centre_of(picture.size()), Turn::None).map_err(|fault| {
                tracing::error!(%fault, "the middle of a picture is not within it");
                NoPicture::Failed
            })
        });
        work.await.unwrap_or_else(|fault| {
            tracing::error!(%fault, "opening a picture failed");
            Err(NoPicture::Failed)
        })
    }
}

/// Names what the server wrote: 128 bits of its SHA-256.
pub(crate) fn revision(rendered: &Rendered) -> String {
    random::hex(&Sha256::digest(&rendered.large.bytes)[..16])
}
