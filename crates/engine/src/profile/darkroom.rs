//! The photograph that somebody is cropping: one at a time, its file and a small preview. The open picture itself, up to 150 MB, lives
//! for as long as it is worked on only.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use avatar::{Crop, Refused, Size, Turn};

use super::ProfileError;

/// Longer side of the preview in pixels: sharp in the crop dialog at four times the size.
const PREVIEW_SIDE: u32 = 1280;

/// What a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedPhoto {
    /// For what comes next; another photograph opened since makes it stale.
    pub number: u64,
    /// Pixels from left to right, when it stands upright.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// It will look coarse: the shorter side has fewer pixels than this (PR-10).
    pub smaller_than: Option<u32>,
}

/// A square of the upright photograph, then turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoCrop {
    /// Pixels left of the square.
    pub x: u32,
    /// Pixels above it.
    pub y: u32,
    /// Pixels on each side.
    pub side: u32,
    /// Quarters of a circle, clockwise.
    pub quarters: u8,
}

struct Photo {
    number: u64,
    file: Arc<[u8]>,
    size: Size,
    preview: Arc<[u8]>,
}

#[derive(Default)]
struct Bench {
    opened: u64,
    photo: Option<Photo>,
}

/// Where it lies. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Darkroom(Arc<Mutex<Bench>>);

impl Darkroom {
    /// Opens a file; the photograph of before is put away.
    pub(crate) async fn open(&self, file: Vec<u8>) -> Result<OpenedPhoto, ProfileError> {
        let file: Arc<[u8]> = file.into();
        let bytes = file.clone();
        self.lock().photo = None;
        let (size, warning, preview) = blocking(move || -> Result<_, Refused> {
            let picture = avatar::open(&bytes)?;
            Ok((picture.size(), picture.warning(), picture.preview(PREVIEW_SIDE).bytes))
        })
        .await?
        .map_err(ProfileError::Refused)?;
        let mut bench = self.lock();
        bench.opened += 1;
        let number = bench.opened;
        bench.photo = Some(Photo { number, file, size, preview: preview.into() });
        let smaller_than = warning.map(|avatar::Warning::Small { recommended }| recommended);
        Ok(OpenedPhoto { number, width: size.width, height: size.height, smaller_than })
    }

    /// The whole photograph upright, as a JPEG.
    pub(crate) fn preview(&self, number: u64) -> Result<Arc<[u8]>, ProfileError> {
        self.photo(number, |photo| photo.preview.clone())
    }

    /// The square, ready to be sent. The photograph stays, in case that fails.
    pub(crate) async fn develop(&self, number: u64, crop: PhotoCrop) -> Result<Vec<u8>, ProfileError> {
        let (file, size) = self.photo(number, |photo| (photo.file.clone(), photo.size))?;
        // A window counts in fractions of pixels: one that rounds over the edge means the edge.
        let square = Crop { x: crop.x, y: crop.y, side: crop.side }.pushed_into(size);
        let turn = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters][usize::from(crop.quarters % 4)];
        blocking(move || {
            let picture = avatar::open(&file).map_err(ProfileError::Refused)?;
            let squares = picture.render(square, turn).map_err(|fault| ProfileError::Internal(fault.to_string()))?;
            Ok(squares.large.bytes)
        })
        .await?
    }

    /// Puts the photograph away.
    pub(crate) fn close(&self, number: u64) {
        let mut bench = self.lock();
        if bench.photo.as_ref().is_some_and(|photo| photo.number == number) {
            bench.photo = None;
        }
    }

    fn photo<T>(&self, number: u64, take: impl FnOnce(&Photo) -> T) -> Result<T, ProfileError> {
        self.lock().photo.as_ref().filter(|photo| photo.number == number).map(take).ok_or(ProfileError::NoSuchPhoto)
    }

    fn lock(&self) -> MutexGuard<'_, Bench> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ProfileError> {
    tokio::task::spawn_blocking(work).await.map_err(|fault| ProfileError::Internal(fault.to_string()))
}
