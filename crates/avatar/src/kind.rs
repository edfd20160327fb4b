//! What kind of file bytes are, judged by the bytes (SPEC PR-08).

use std::fmt;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JPEG, also with more behind it (MPO, motion photo).
    Jpeg,
    /// PNG, also animated.
    Png,
    /// Known, and not accepted.
    Foreign(Foreign),
    /// Nothing we know.
    Unknown,
}

/// Files that people take for a photograph, so that the window can say what theirs is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// Graphics Interchange Format.
    Gif,
    /// WebP.
    Webp,
    /// Scalable Vector Graphics.
    Svg,
    /// HEIC, as iPhones write it.
    Heic,
    /// AVIF.
    Avif,
    /// Windows bitmap.
    Bmp,
    /// TIFF, and the cameras' raw files built on it (DNG, CR2, NEF, ARW).
    Tiff,
    /// Portable Document Format.
    Pdf,
    /// Windows icon.
    Ico,
    /// Photoshop document.
    Psd,
    /// JPEG 2000.
    Jpeg2000,
    /// JPEG XL.
    JpegXl,
    /// MP4, QuickTime, Matroska, AVI.
    Video,
    /// ZIP: office documents, archives.
    Zip,
    /// A web page, often a download that failed.
    Html,
}

base::codes!(Foreign {
    Gif = "gif",
    Webp = "webp",
    Svg = "svg",
    Heic = "heic",
    Avif = "avif",
    Bmp = "bmp",
    Tiff = "tiff",
    Pdf = "pdf",
    Ico = "ico",
    Psd = "psd",
    Jpeg2000 = "jpeg2000",
    JpegXl = "jpegxl",
    Video = "video",
    Zip = "zip",
    Html = "html",
});

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Kind {
    /// Looks at no more than the first kilobyte.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Kind {
        let head = &bytes[..bytes.len().min(1024)];
        if head.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Kind::Jpeg;
        }
        if head.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Kind::Png;
        }
        let magic = MAGIC.iter().find(|(at, magic, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
        magic
            .map(|(_, _, foreign)| *foreign)
            .or_else(|| riff(head))
            .or_else(|| iso_media(head))
            .or_else(|| markup(head))
            .map_or(Kind::Unknown, Kind::Foreign)
    }
}

const MAGIC: &[(usize, &[u8], Foreign)] = &[
    (0, b"GIF87a", Foreign::Gif),
    (0, b"GIF89a", Foreign::Gif),
    (0, b"II*\0", Foreign::Tiff),
    (0, b"MM\0*", Foreign::Tiff),
    (0, b"II+\0", Foreign::Tiff),
    (0, b"MM\0+", Foreign::Tiff),
    (0, b"%PDF-", Foreign::Pdf),
    (0, b"8BPS", Foreign::Psd),
    (0, b"\0\0\x01\0", Foreign::Ico),
    (0, b"\0\0\0\x0cjP  ", Foreign::Jpeg2000),
    (0, b"\xff\x4f\xff\x51", Foreign::Jpeg2000),
    (0, b"\0\0\0\x0cJXL ", Foreign::JpegXl),
    (0, b"\xff\x0a", Foreign::JpegXl),
    (0, b"\x1a\x45\xdf\xa3", Foreign::Video),
    (0, b"PK\x03\x04", Foreign::Zip),
    (0, b"BM", Foreign::Bmp),
];

fn riff(head: &[u8]) -> Option<Foreign> {
    match (head.get(..4)?, head.get(8..12)?) {
        (b"RIFF", b"WEBP") => Some(Foreign::Webp),
        (b"RIFF", b"AVI ") => Some(Foreign::Video),
        _ => None,
    }
}

/// ISO/IEC 14496-12: `ftyp` with a major and compatible brands; the major one of an iPhone's picture may be a general `mif1`.
fn iso_media(head: &[u8]) -> Option<Foreign> {
    if head.get(4..8)? != b"ftyp" {
        return None;
    }
    let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
    let brands = head.get(8..length.clamp(12, head.len().max(12)))?;
    let has = |wanted: &[&[u8; 4]]| brands.chunks_exact(4).any(|brand| wanted.iter().any(|w| brand == w.as_slice()));
    if has(&[b"avif", b"avis"]) {
        return Some(Foreign::Avif);
    }
    if has(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"]) {
        return Some(Foreign::Heic);
    }
    Some(Foreign::Video)
}

fn markup(head: &[u8]) -> Option<Foreign> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !text.starts_with(b"<") {
        return None;
    }
    let has = |tag: &[u8]| text.windows(tag.len()).any(|window| window.eq_ignore_ascii_case(tag));
    if has(b"<html") || has(b"<!doctype html") {
        return Some(Foreign::Html);
    }
    if has(b"<svg") || has(b"<!doctype svg") {
        return Some(Foreign::Svg);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_behind_a_prolog_and_comments_is_svg() {
        let svg = b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- drawn by hand --><SVG xmlns='...'>";
        assert_eq!(Kind::of(svg), Kind::Foreign(Foreign::Svg));
    }

    #[test]
    fn iphone_pictures_with_a_general_major_brand_are_heic() {
        assert_eq!(Kind::of(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), Kind::Foreign(Foreign::Heic));
        assert_eq!(Kind::of(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif"), Kind::Foreign(Foreign::Avif));
        assert_eq!(Kind::of(b"\xff\xff\xff\xffftypisom"), Kind::Foreign(Foreign::Video));
        assert_eq!(Kind::of(b"\0\0\0\0ftyp"), Kind::Unknown);
    }

    #[test]
    fn words_read_back() {
        assert_eq!(Foreign::from_code("heic"), Some(Foreign::Heic));
        assert_eq!(Foreign::from_code("jpeg"), None);
    }
}
