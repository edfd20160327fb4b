//! Nothing but the picture leaves this room (SPEC PR-07).

use avatar::{Crop, Encoded, Turn, open};

use crate::exif::{ORDERS, SECRET, app1, tiff};
use crate::paper::cells;
use crate::png_files::{chunk, insert_before, rgb, stored};

/// The markers of a JPEG up to its first scan.
fn markers(file: &[u8]) -> Vec<u8> {
    let mut found = Vec::new();
    let mut at = 2;
    while found.last() != Some(&0xDA) {
        assert_eq!(file[at], 0xFF);
        found.push(file[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([file[at + 2], file[at + 3]]));
    }
    found
}

fn assert_bare(encoded: &Encoded, what: &str) {
    let markers = markers(&encoded.bytes);
    // JFIF's own header of 16 bytes (no thumbnail), tables, frame, scan.
    assert!(markers.iter().all(|m| [0xE0, 0xDB, 0xC0, 0xC4, 0xDA].contains(m)), "{what}: {markers:x?}");
    assert_eq!(markers.iter().filter(|&&m| m == 0xE0).count(), 1, "{what}");
    assert_eq!(encoded.bytes[2..6], [0xFF, 0xE0, 0, 16], "{what}");
    assert!(encoded.bytes.ends_with(&[0xFF, 0xD9]), "{what}");
    assert!(!encoded.bytes.windows(SECRET.len()).any(|w| w == SECRET), "{what}");
}

#[test]
fn pr07_output_holds_no_metadata() {
    let exif = app1(&tiff(ORDERS[0], 6));
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0", SECRET].concat();
    let icc = [b"ICC_PROFILE\0\x01\x01", SECRET].concat();
    let iptc = [b"Photoshop 3.0\0", SECRET].concat();
    let mut jpeg = cells(|jpeg| {
        jpeg.segment(0xE1, &exif).segment(0xE1, &xmp).segment(0xE2, &icc).segment(0xED, &iptc).segment(0xFE, SECRET)
    });
    jpeg.extend(SECRET);
    let mut png = rgb((40, 40), |x, y| [x as u8, y as u8, 0]);
    let text = [b"Comment\0", SECRET].concat();
    let profile = [b"p\0\0".to_vec(), stored(SECRET)].concat();
    let chunks = [chunk(b"tEXt", &text), chunk(b"eXIf", &tiff(ORDERS[1], 3)), chunk(b"iCCP", &profile)];
    png = insert_before(&png, b"IDAT", &chunks.concat());
    png.extend(SECRET);
    for (file, what) in [(jpeg, "JPEG"), (png, "PNG")] {
        let picture = open(&file).unwrap();
        let rendered = picture.render(Crop::centre_of(picture.size()), Turn::None).unwrap();
        assert_bare(&rendered.large, what);
        assert_bare(&rendered.small, what);
        assert_bare(&picture.preview(30), what);
    }
}
