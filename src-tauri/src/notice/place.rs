//! Where the small window stands and how large it is (design 6.3). Pure.

use ipc::{Language, Notice};

/// In logical pixels.
const WIDTH: f64 = 388.0;
/// Of a call that rings, of one that was missed, and of the line above those.
const RINGING: f64 = 176.0;
const MISSED: f64 = 56.0;
const MISSED_HEAD: f64 = 52.0;
/// From the corner of the screen.
const MARGIN: f64 = 16.0;

/// A part of the screen, in logical pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Upper edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// The corner where the system's own notifications are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Windows, Linux.
    Lower,
    /// macOS.
    Upper,
}

impl Corner {
    /// Of this system.
    #[must_use]
    pub const fn here() -> Self {
        if cfg!(target_os = "macos") { Corner::Upper } else { Corner::Lower }
    }
}

/// The window for what it shows, at the end corner of `screen` without panels: right in English, left in Arabic.
#[must_use]
pub fn place(notice: &Notice, screen: Area, language: Language, corner: Corner) -> Area {
    let rows = |count: usize, height: f64| u32::try_from(count).map_or(0.0, |count| f64::from(count) * height);
    let head = if notice.missed.is_empty() { 0.0 } else { MISSED_HEAD };
    let wanted = rows(notice.ringing.len(), RINGING) + head + rows(notice.missed.len(), MISSED);
    let width = WIDTH.min(screen.width);
    let height = wanted.min(screen.height);
    // What a screen has no room for, its margin gives.
    let (beside, below) = (MARGIN.min(screen.width - width), MARGIN.min(screen.height - height));
    let x = match language {
        Language::En => screen.x + screen.width - width - beside,
        Language::Ar => screen.x + beside,
    };
    let y = match corner {
        Corner::Lower => screen.y + screen.height - height - below,
        Corner::Upper => screen.y + below,
    };
    Area { x, y, width, height }
}

#[cfg(test)]
mod tests {
    use ipc::NoticeCall;

    use super::*;

    const SCREEN: Area = Area { x: 1920.0, y: 30.0, width: 1280.0, height: 900.0 };

    fn notice(ringing: usize, missed: usize) -> Notice {
        let call = NoticeCall { id: "1".into(), person: None, age_ms: 0, silenced: false, pending: false };
        Notice { ringing: vec![call.clone(); ringing], talking: None, missed: vec![call; missed] }
    }

    #[test]
    fn it_stands_at_the_end_corner_without_covering_a_panel() {
        let english = place(&notice(1, 0), SCREEN, Language::En, Corner::Lower);
        assert_eq!((english.x + english.width, english.y + english.height), (3184.0, 914.0));
        let arabic = place(&notice(1, 0), SCREEN, Language::Ar, Corner::Lower);
        assert_eq!((arabic.x, arabic.y), (1936.0, english.y));
        assert_eq!(place(&notice(1, 0), SCREEN, Language::En, Corner::Upper).y, 46.0);
    }

    #[test]
    fn it_grows_with_what_it_shows_and_never_past_the_screen() {
        let height = |ringing, missed| place(&notice(ringing, missed), SCREEN, Language::En, Corner::Lower).height;
        assert_eq!((height(1, 0), height(2, 0), height(0, 1), height(0, 3)), (176.0, 352.0, 108.0, 220.0));
        let tiny = Area { x: 0.0, y: 0.0, width: 320.0, height: 120.0 };
        assert_eq!(place(&notice(3, 0), tiny, Language::Ar, Corner::Lower), tiny);
    }
}
