//! Whether more waits than should.

use super::{CATCH_UP, TARGET_STEP};

/// Frames over which the least delay is observed.
const WINDOW_FRAMES: u32 = 100;

/// The least that waited since the window began.
#[derive(Default)]
pub(super) struct DelayWindow {
    frames: u32,
    least: Option<i64>,
    /// Frames since we want to leave something out.
    wanting: u32,
    /// Far too much waits: look again soon.
    hurry: bool,
}

impl DelayWindow {
    /// Notes what waits now; true while 10 ms should be left out when there is an occasion.
    pub(super) fn wants_shortening(&mut self, waiting: i64, target: i64) -> bool {
        self.least = Some(self.least.map_or(waiting, |least| least.min(waiting)));
        self.frames += 1;
        if self.frames >= WINDOW_FRAMES {
            let excess = self.least.take().unwrap_or(0) - target;
            self.frames = 0;
            self.hurry = excess > CATCH_UP;
            self.wanting = match excess {
                e if e > CATCH_UP => WINDOW_FRAMES,
                e if e >= TARGET_STEP => self.wanting.max(1),
                _ => 0,
            };
        }
        if self.wanting > 0 {
            self.wanting += 1;
        }
        self.wanting > 0
    }

    /// No pause came for a second, or far too much waits: speech is shortened too.
    pub(super) fn is_impatient(&self) -> bool {
        self.wanting >= WINDOW_FRAMES
    }

    /// Something was left out: begin to observe anew.
    pub(super) fn shortened(&mut self) {
        let frames = if self.hurry { WINDOW_FRAMES - 10 } else { 0 };
        *self = DelayWindow { frames, ..DelayWindow::default() };
    }
}
